"""Copies of identity documents: found, emptied byte by byte, and nothing else touched."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from mailbot.domain.identity import TIME_TO_LOOK, copy_in, without_copies
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.suggestion import Flag

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PASSPORT = bytes(range(256)) * 8
FLAGGED = frozenset({Flag.IDENTITY_DOCUMENT})


def mail_with(*files: tuple[str, str, bytes]) -> bytes:
    """Write a mail with these attached files: name, type, content."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@gezin.test", "privacy@sipor.nl", "Inzage"
    mail.set_content("Hierbij mijn paspoort en een brief.\n")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def contents(raw: bytes) -> dict[str, bytes]:
    """Read the attached files back with another parser than the product's."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - another reader, on purpose.

    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return {
        part.get_filename() or "": part.get_payload(decode=True) or b""  # type: ignore[misc]
        for part in mail.walk()
        if part.get_filename()
    }


@pytest.mark.parametrize(
    ("files", "gone"),
    [
        (["paspoort.jpg:image/jpeg", "brief.pdf:application/pdf"], {"paspoort.jpg"}),
        (
            ["id-kaart voorkant.pdf:application/pdf", "foto.png:image/png"],
            {"id-kaart voorkant.pdf"},
        ),
        (["scan1.jpg:image/jpeg", "scan2.jpg:image/jpeg"], {"scan1.jpg", "scan2.jpg"}),
        (["scan.jpg:image/jpeg", "brief.pdf:application/pdf"], {"scan.jpg"}),
        (["scan.pdf:application/pdf"], {"scan.pdf"}),
    ],
)
def test_the_copy_goes_and_the_rest_stays(files: list[str], gone: set[str]) -> None:
    """R8.2.2: what is named an identity document goes, else pictures, else every paper."""
    given = [(name, kind, PASSPORT) for name, _, kind in (one.partition(":") for one in files)]
    left = contents(without_copies(mail_with(*given)))
    assert gone == {name for name, content in left.items() if content == b""}
    assert all(content == PASSPORT for name, content in left.items() if name not in gone)


def test_the_text_of_the_mail_is_kept_byte_for_byte() -> None:
    """The request itself must survive: only the bodies of the copies are taken out."""
    raw = mail_with(("paspoort.jpg", "image/jpeg", PASSPORT))
    redacted = without_copies(raw)
    head, _, tail = redacted.partition(b'filename="paspoort.jpg"')
    assert raw.startswith(head)
    assert raw.endswith(tail[tail.index(b"\n--") :])
    assert b"Hierbij mijn paspoort en een brief." in redacted


def test_a_copy_in_a_forwarded_mail_is_taken_out_of_it() -> None:
    """A colleague forwards the mail whole: the copy inside goes, the forwarded words stay."""
    inner = EmailMessage()
    inner["Subject"] = "Inzage"
    inner.set_content("Hier is mijn kaart.\n")
    inner.add_attachment(PASSPORT, maintype="image", subtype="jpeg", filename="paspoort.jpg")
    outer = EmailMessage()
    outer["Subject"] = "Fwd: Inzage"
    outer.set_content("Zie bijlage.\n")
    outer.add_attachment(inner)
    redacted = without_copies(outer.as_bytes())
    assert {"paspoort.jpg": b""} == contents(redacted)
    assert b"Hier is mijn kaart." in redacted


def test_a_mail_without_an_attachment_is_left_alone() -> None:
    """Words about a passport are no copy of one."""
    raw = mail_with()
    assert raw == without_copies(raw)


def mail(*names: str) -> Mail:
    """A mail as it was read, with these files."""
    files = tuple(Attachment(name, "image/jpeg", "image/jpeg", 9, b"x" * 9) for name in names)
    return Mail("Inzage", None, None, NOW, "tekst", attachments=files)


def test_a_named_copy_waits_no_day() -> None:
    """Section 7: identity documents are kept zero days."""
    copy = copy_in(mail("paspoort.jpg"), FLAGGED, mail_id=1, case_id=2, found=NOW, days=0)
    assert copy is not None
    assert copy.destroy_at == NOW


def test_a_guessed_copy_leaves_time_to_say_that_it_is_none() -> None:
    """A complaint about a passport may carry evidence, which a machine must not destroy unseen."""
    copy = copy_in(mail("IMG_1.jpg"), FLAGGED, mail_id=1, case_id=2, found=NOW, days=0)
    assert copy is not None
    assert copy.destroy_at == NOW + TIME_TO_LOOK
    longer = copy_in(mail("IMG_1.jpg"), FLAGGED, mail_id=1, case_id=2, found=NOW, days=9)
    assert longer is not None
    assert longer.destroy_at == NOW + timedelta(days=9)


def test_without_the_flag_or_without_a_file_nothing_is_hidden() -> None:
    """A photograph of the classroom is no identity document, and words are no file."""
    none: frozenset[Flag] = frozenset()
    assert copy_in(mail("klas.jpg"), none, mail_id=1, case_id=2, found=NOW, days=0) is None
    assert copy_in(mail(), FLAGGED, mail_id=1, case_id=2, found=NOW, days=0) is None
