"""What a mail says is read as a person would read it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.errors import NaiveInstant
from mailbot.domain.mail import Address, Mail
from mailbot.domain.parsing import parse

MAILS = Path(__file__).parent.parent / "mails"
RECEIVED = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN_MX = ("mx.school.example",)

Read = Callable[[str], Mail]


@pytest.fixture
def read() -> Read:
    """Read one of our own mails by its name."""
    return lambda name: parse(
        (MAILS / f"{name}.eml").read_bytes(), RECEIVED, Texts(), own_mx=OWN_MX
    )


def of(text: str) -> Mail:
    return parse(text.encode(), RECEIVED, Texts(), own_mx=OWN_MX)


def test_a_reply_has_its_sender_its_thread_and_its_new_words(read: Read) -> None:
    """A follow-up is filed by References; only the new words are classified."""
    mail = read("reply_gmail_nl")
    assert mail.sender == Address("Anna de Vries", "anna.devries@example.nl")
    assert mail.message_id == "<gmail-1@mail.example.nl>"
    assert mail.references == ("<brief-0@school.example>", "<brief-1@school.example>")
    assert mail.received == RECEIVED
    assert mail.new_text.endswith("Groet,\nAnna")
    assert mail.quoted_text.startswith("Op ma 4 mrt 2024")


def test_html_is_read_without_what_the_reader_cannot_see(read: Read) -> None:
    """Hidden text is written for machines, not for us."""
    assert read("reply_html_outlook").new_text == "Ik trek mijn toestemming in."


def test_a_gmail_forward_in_html_is_the_text_itself() -> None:
    """Gmail keeps quotes and forwards in the same node."""
    mail = of(
        "Content-Type: text/html\n\n"
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------'
        "<br>Van: <b>Fatma</b><br>Date: ma 4 mrt 2024<br>Subject: verzoek<br>To: Els<br></div>"
        "Ik wil inzage.</div>"
    )
    assert (mail.new_text, mail.is_forward) == ("Ik wil inzage.", True)


def test_gmails_own_mark_shows_a_quote_in_any_language() -> None:
    """The node says what no list of words can."""
    mail = of(
        'Content-Type: text/html\n\nGoed.<div class="gmail_quote"><div class="gmail_attr">'
        "Xyz qwerty &lt;a@example.nl&gt;</div><blockquote>oud</blockquote></div>"
    )
    assert mail.new_text == "Goed."


def test_fields_in_plain_bytes_are_read_in_the_charset_of_the_text() -> None:
    """Old programs encode no field at all."""
    raw = "Subject: Узнай\nContent-Type: text/plain; charset=windows-1251\n\nПривет".encode(
        "cp1251"
    )
    assert parse(raw, RECEIVED, Texts()).subject == "Узнай"


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("aGFsbG8=", "hallo"),
        ("aGFsbG8", "hallo"),
        ("aGFsbG8=\naGFsbG8=", "hallohallo"),
        ("aGFsbG8=\n-- \nLijst: x@example.nl", "hallo\n-- \nLijst: x@example.nl"),
        ("dit is gewoon tekst", "dit is gewoon tekst"),
    ],
)
def test_torn_base64_is_read_as_far_as_it_goes(encoded: str, text: str) -> None:
    """Mailing lists and old programs damage it in a few known ways."""
    assert of(f"Content-Transfer-Encoding: base64\n\n{encoded}").new_text == text


def test_an_attached_mail_is_opened_and_still_listed(read: Read) -> None:
    """A request that a teacher attaches is a request."""
    mail = read("attached_mail")
    assert [one.subject for one in mail.attached_mails] == ["verzoek"]
    assert mail.attached_mails[0].new_text == "Ik wil inzage."
    assert [one.declared_type for one in mail.attachments] == [
        "message/rfc822",
        "application/octet-stream",
    ]


def test_a_file_has_its_name_in_pieces_joined_and_the_type_its_bytes_show(read: Read) -> None:
    """RFC 2231 cuts names; senders call a PDF an octet-stream."""
    file = read("attached_mail").attachments[1]
    assert (file.filename, file.content_type, file.size) == (
        "besluit één.pdf",
        "application/pdf",
        9,
    )


def test_a_folder_in_a_file_name_is_left_out() -> None:
    """A name is shown and saved: it may not walk about the disk."""
    mail = of(
        "From: a@example.nl\nContent-Type: application/pdf\n"
        'Content-Disposition: attachment; filename="../../etc/passwd"\n\n%PDF-1.4'
    )
    assert [one.filename for one in mail.attachments] == ["passwd"]


def test_an_unknown_charset_is_read_and_flagged(read: Read) -> None:
    """A wrong label is no reason to lose a request."""
    mail = read("unknown_charset")
    assert mail.new_text == "Café"
    assert "wrong_charset" in mail.warnings


def test_encoded_words_cut_amid_a_character_are_joined() -> None:
    """Several mail programs cut where the line is full."""
    mail = of("Subject: =?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?= =?iso-8859-1?Q?_=E9=E9n?=\n\nx")
    assert mail.subject == "café één"


@pytest.mark.parametrize("control", ["\x1c", "\x1e", "\x85", "\u2028", "\r"])
def test_a_subject_never_carries_a_line_break_of_any_alphabet(control: str) -> None:
    """A subject is echoed in lists and letters; a smuggled header must not be."""
    encoded = control.encode("utf-8").hex("=").upper()
    mail = of(f"Subject: =?utf-8?Q?a={encoded}Bcc:_x?=\n\nx")
    assert mail.subject == "a Bcc: x"


def test_two_from_fields_name_nobody(read: Read) -> None:
    """Whom to answer is then for a person to say."""
    mail = read("two_froms")
    assert mail.sender is None
    assert {"duplicate_from", "ambiguous_sender"} <= set(mail.warnings)


def test_an_address_that_programs_read_in_two_ways_names_nobody(read: Read) -> None:
    """The standard library answers a@good.example here."""
    mail = read("ambiguous_sender")
    assert mail.sender is None
    assert "ambiguous_sender" in mail.warnings


def test_a_deceiving_name_is_disarmed_and_flagged(read: Read) -> None:
    """The real address is what counts; nothing may turn the line around."""
    mail = read("deceiving_name")
    assert mail.sender == Address("fg@school.example", "b@evil.example")
    assert {"address_in_name", "bidi_in_name", "bidi_in_subject"} <= set(mail.warnings)
    assert mail.subject == "verzoek"


def test_a_domain_in_another_alphabet_is_shown_in_punycode() -> None:
    """A homograph is seen as what it is."""
    mail = of("From: x@b\u00fccher.example\n\nx")
    assert mail.sender == Address("", "x@xn--bcher-kva.example")
    assert "punycode" in mail.warnings


def test_an_unquoted_comma_stays_in_the_name() -> None:
    """`Doe, John <…>` is one person, however badly quoted."""
    assert of("From: Doe, John <john@example.nl>\n\nx").sender == Address(
        "Doe, John", "john@example.nl"
    )


def test_only_results_above_our_own_received_field_are_believed(read: Read) -> None:
    """A sender can write such a field too, in our name."""
    mail = read("our_results")
    assert (mail.authentication.dmarc, mail.authentication.spf) == ("fail", "pass")
    assert not mail.authentication.verified


def test_the_results_of_a_stranger_are_not_believed() -> None:
    """Only our own MX counts."""
    mail = of("Authentication-Results: mx.evil.example; dmarc=pass\nFrom: a@example.nl\n\nx")
    assert mail.authentication.dmarc == "none"


def test_the_null_sender_differs_from_no_return_path() -> None:
    """RFC 3834 forbids answering the null sender."""
    assert of("Return-Path: <>\nFrom: a@example.nl\n\nx").return_path == ""
    assert of("From: a@example.nl\n\nx").return_path is None


def test_a_received_instant_without_zone_is_refused() -> None:
    """The legal clock starts at this instant."""
    with pytest.raises(NaiveInstant):
        parse(b"", datetime(2026, 3, 2, 9), Texts())  # noqa: DTZ001 - that is the point
