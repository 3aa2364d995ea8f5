"""Files that are attached are read within limits, and what cannot be read goes to a person."""

import resource
import time
from datetime import UTC, datetime

import pytest

from classifiers import first_classifier
from handlers import AllHandlers
from mailbot.adapters.attached_limits import ReadingLimits
from mailbot.adapters.attachments import AttachmentTexts, _answers, missing_tools
from mailbot.adapters.texts import Texts
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import AttachedText, Attachment, Mail
from mailbot.domain.parsing import parse
from mailbot.domain.proposal import Acknowledge, AskOfficer, OpenCase
from mailbot.domain.suggestion import FactName, Flag, Suggestion
from mailbot.work.judging import Judging
from tests import papers

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
READER = AttachmentTexts()
POINTING = {
    "nl": "Goedemorgen, mijn brief vindt u in de bijlage. Groet, P. Visser",
    "en": "Hi, please find my letter attached. Thanks",
    "tr": "Merhaba, mektubum ektedir, ekteki dosyaya bakın.",
    "ar": "مرحبا، الرسالة في المرفق",
}


class UnaskedReader:
    """A reader nobody may ask."""

    def read(self, files: object) -> tuple[AttachedText, ...]:
        """Say that it was asked."""
        raise AssertionError("opened a file that nobody needed")

    def shows_identity_document(self, file: Attachment) -> bool | None:
        """Say that it was asked."""
        raise AssertionError("opened a file that nobody needed")


def attachment(content: bytes, kind: str, name: str = "brief") -> Attachment:
    return Attachment(name, kind, kind, len(content), content)


def judged(raw: bytes) -> tuple[Mail, Suggestion]:
    judging = Judging(first_classifier(), READER)
    return judging.judge(parse(raw, NOW, Texts()))


def paper(kind: str, language: str) -> tuple[str, str, bytes]:
    text = papers.LETTERS[language]
    if kind == "pdf":
        return "brief.pdf", papers.PDF, papers.pdf(text, language)
    if kind == "docx":
        return "brief.docx", papers.DOCX, papers.docx(text)
    drawn = papers.picture(text, language, "JPEG")
    if kind == "scan":
        return "scan.pdf", papers.PDF, papers.scanned(drawn)
    return "IMG_2041.jpg", "image/jpeg", drawn


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar"])
@pytest.mark.parametrize("kind", ["pdf", "docx", "scan", "picture"])
def test_a_request_that_stands_only_in_a_file_is_understood(kind: str, language: str) -> None:
    """A PDF, a Word document, a scanned page and a photograph count, in four languages."""
    mail, got = judged(papers.mail_with(POINTING[language], paper(kind, language)))
    facts = {fact.name: fact for fact in got.facts}
    child = facts[FactName.CHILD_NAME]
    # A word that two kinds share may put another one first; what is asked is never lost.
    assert (True, language) == (Kind.ACCESS in {one.kind for one in got.kinds}, got.language)
    assert papers.CHILDREN[language] == child.value
    assert () == mail.not_read
    assert mail.attached_texts[0].source == child.source
    assert mail.attached_texts[0].text[child.start :].startswith(child.value)


def test_a_request_in_an_attached_mail_is_understood() -> None:
    """A colleague attaches the mail of a parent: its words decide, and they are named."""
    inner = ("brief.eml", "message/rfc822", papers.LETTERS["nl"].encode())
    _, got = judged(papers.mail_with("Zie bijgevoegde mail van een ouder.", inner))
    assert got.primary is Kind.ACCESS
    assert {"Brief"} == {piece.source for piece in got.kinds[0].evidence}


def test_a_chatty_mail_does_not_hide_the_letter_it_carries() -> None:
    """Where the words ask nothing, the file is opened although they do not speak of it."""
    body = (
        "Hallo allemaal, wij zijn net terug van vakantie en het was heerlijk in Spanje. We hopen"
        " dat iedereen weer uitgerust is en zin heeft in het nieuwe schooljaar. Tot gauw! Petra"
    )
    _, got = judged(papers.mail_with(body, paper("pdf", "nl")))
    assert got.primary is Kind.ACCESS


def test_no_file_is_opened_where_the_mail_says_enough() -> None:
    """A clear mail of some length that points at nothing costs no process and no second."""
    body = (
        "Geachte functionaris, ik verzoek u om inzage in alle gegevens die de school over mijn zoon"
        " Sem Bakker bewaart. Hij zit in groep 7. Ik ontvang graag een kopie van zijn dossier."
    )
    raw = papers.mail_with(body, ("logo.jpg", "image/jpeg", papers.holiday_photograph()))
    judging = Judging(first_classifier(), UnaskedReader())
    mail, got = judging.judge(parse(raw, NOW, Texts()))
    assert (got.primary, mail.attached_texts) == (Kind.ACCESS, ())


def test_automatic_mail_and_named_identity_documents_are_never_opened() -> None:
    """An out-of-office asks nothing; of an identity document nothing may be kept (8.2.2)."""
    judging = Judging(first_classifier(), UnaskedReader())
    passport = ("paspoort.jpg", "image/jpeg", papers.passport())
    answer = papers.mail_with("zie bijlage", paper("pdf", "nl")).replace(
        b"Subject:", b"Auto-Submitted: auto-replied\nSubject:", 1
    )
    for raw in (answer, papers.mail_with("zie bijlage", passport)):
        mail, _ = judging.judge(parse(raw, NOW, Texts()))
        assert mail.attached_texts == ()


UNREADABLE = {
    "encrypted": (papers.PDF, lambda: papers.pdf("geheim", password="x")),
    "damaged": (papers.PDF, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40),
    "no_text": ("image/jpeg", papers.holiday_photograph),
    "too_large": ("image/png", papers.picture_bomb),
    "type_not_read": ("application/msword", lambda: b"\xd0\xcf\x11\xe0" + bytes(900)),
}


@pytest.mark.parametrize("problem", UNREADABLE)
def test_what_cannot_be_read_is_held_for_a_person(problem: str) -> None:
    """A case opens whose kind nobody knows, and a person is asked to look at the file."""
    kind, made = UNREADABLE[problem]
    mail, got = judged(papers.mail_with("Zie bijlage.", ("stuk", kind, made())))
    proposals = AllHandlers(frozenset(Kind)).propose(mail, got, None)
    assert [problem] == [one.problem for one in mail.not_read]
    assert AskOfficer("attachment_not_read") in proposals
    assert [None] == [one.kind for one in proposals if isinstance(one, OpenCase)]
    assert Acknowledge("ack_unsure") in proposals


def test_a_photograph_beside_a_clear_request_asks_nobody_twice() -> None:
    """The photo that must go from the site holds no letters, and the mail says what is asked."""
    photograph = ("klas.jpg", "image/jpeg", papers.holiday_photograph())
    raw = papers.mail_with(
        "Haal deze foto van mijn zoon Sem van de website, zie bijlage.", photograph
    )
    mail, got = judged(raw)
    proposals = AllHandlers(frozenset(Kind)).propose(mail, got, None)
    assert (Kind.ERASURE, False) == (got.primary, got.unsure)
    assert AskOfficer("attachment_not_read") not in proposals


@pytest.mark.parametrize("turned", [90, 180])
def test_a_photograph_that_lies_on_its_side_is_turned(turned: int) -> None:
    """Telephones do not always know which way was up."""
    drawn = papers.picture(papers.LETTERS["nl"], turned=turned)
    [read] = READER.read([attachment(drawn, "image/png")])
    assert "inzage in het volledige dossier" in read.text


def test_a_logo_is_left_out() -> None:
    """What is too small to hold a letter is neither read nor held against anybody."""
    assert () == READER.read([attachment(papers.logo(), "image/png")])


@pytest.mark.parametrize("made", [papers.passport, papers.identity_card])
def test_an_identity_document_is_seen_by_its_machine_readable_lines(made: object) -> None:
    """It is flagged whatever its name, and not a word of it is kept (reglement 8.2.2)."""
    content = made()  # type: ignore[operator]
    mail, got = judged(papers.mail_with("zie bijlage", ("IMG_1.jpg", "image/jpeg", content)))
    assert Flag.IDENTITY_DOCUMENT in got.flags
    assert [("", None, True)] == [
        (one.text, one.problem, one.identity_document) for one in mail.attached_texts
    ]


def test_a_passport_is_found_sideways_and_in_a_scan_and_a_letter_is_none() -> None:
    """The background job looks at each picture in all four directions."""
    sideways = attachment(papers.passport(turned=90), "image/jpeg")
    scan = attachment(papers.scanned(papers.passport()), papers.PDF)
    letter = attachment(papers.picture(papers.LETTERS["en"], "en"), "image/png")
    locked = attachment(papers.pdf("geheim", password="x"), papers.PDF)
    shown = [READER.shows_identity_document(one) for one in (sideways, scan, letter, locked)]
    assert [True, True, False, None] == shown


BOMBS = {
    "picture": ("image/png", papers.picture_bomb, {"too_large"}),
    "document": (papers.DOCX, papers.document_bomb, {"too_large"}),
    "entities": (papers.DOCX, papers.entity_bomb, {"damaged", "no_text"}),
    "pdf": (papers.PDF, papers.pdf_bomb, {"damaged", "gave_up"}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_neither_stops_nor_fattens_the_robot(name: str) -> None:
    """It is given up within the limits, and the letter beside it is read (faults, row 13)."""
    kind, made, codes = BOMBS[name]
    bomb = attachment(made(), kind, "bom")
    letter = attachment(papers.pdf(papers.LETTERS["nl"]), papers.PDF, "brief.pdf")
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    first, second = READER.read([letter, bomb])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert ("inzage" in first.text, first.problem) == (True, None)
    assert (second.text, second.problem in codes) == ("", True)
    assert grown < 64 * 1024
    assert time.monotonic() - begun < READER.limits.seconds + 10


def test_a_process_that_takes_too_long_is_killed_and_what_it_read_is_kept() -> None:
    """Time runs for all files of one mail together; nothing is left running."""
    drawn = papers.picture(papers.LETTERS["nl"])
    files = [attachment(drawn, "image/png", f"{n}.png") for n in range(4)]
    begun = time.monotonic()
    read = AttachmentTexts(ReadingLimits(seconds=0.05)).read(files)
    assert time.monotonic() - begun < 5
    assert {"gave_up"} == {one.problem for one in read}


def test_nothing_the_reading_process_says_is_believed_unseen() -> None:
    """A file that took it over can say what it likes and harms nobody."""
    told = b'{"text": 5}\nno json\n[1]\n{"text": "a", "problem": "<b>"}\n{"text": "torn'
    good = {"text": "a", "problem": "damaged", "identity": False}
    assert [None, None, None, good, None] == _answers(told, 5)


def test_a_long_paper_is_read_as_far_as_the_limit_and_says_so() -> None:
    """Twenty pages are read; that there are more is told to a person."""
    long = papers.pdf(papers.LETTERS["nl"], pages=22)
    [read] = READER.read([attachment(long, papers.PDF)])
    assert ("inzage" in read.text, "too_long") == (True, read.problem)


def test_a_file_above_the_limit_is_not_opened() -> None:
    """A hundred megabytes are listed without their content; the mail is still judged."""
    huge = Attachment("film.pdf", papers.PDF, papers.PDF, 100 * 2**20, b"", ("too_large",))
    [read] = READER.read([huge])
    assert "too_large" == read.problem


def test_the_tools_this_machine_needs_are_here() -> None:
    """`mailbot check` names tesseract or the language that is missing."""
    assert () == missing_tools()
