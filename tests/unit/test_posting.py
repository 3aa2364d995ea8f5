"""A letter's bytes: the header set is exactly the allowlist, whatever came in."""

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.domain.errors import LetterIncomplete, NaiveInstant, UnsafeHeader
from mailbot.domain.letter_headers import (
    checked_address,
    is_plain_address,
    safe_header_text,
    well_formed_ids,
)
from mailbot.domain.letters import LETTERS, Trigger
from mailbot.domain.mail import Address
from mailbot.domain.ports import Rendered
from mailbot.domain.posting import HEADERS, MOST_REFERENCES, Posting, boundary, freeze

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BOUNDARY = boundary(bytes(range(12)))
POSTING = Posting(
    letter="ack_request",
    sender=Address("SIPOR", "privacy@sipor.nl"),
    recipient=Address("Alice de Vries", "alice@example.org"),
    reply_to="privacy+c-abcdefghijklmnop@sipor.nl",
    rendered=Rendered("Wij hebben uw verzoek ontvangen", "Goedendag,\n\nDag.\n", "<p>Dag.</p>"),
    languages=("nl",),
    date=datetime(2026, 11, 27, 10, 15, 30, tzinfo=AMSTERDAM),
    message_id="<mailbot.17.abcdefghijklmnop@sipor.nl>",
    in_reply_to="<incoming@example.org>",
    references=("<first@example.org>",),
)
SMUGGLERS = ["\r", "\n", "\r\n", "\x00", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
SMUGGLERS += ["\x0b", "\x0c", "\u202e", "\u2066", "\u200f", "\ud800"]
nasty_text = st.text(
    st.one_of(st.characters(), st.sampled_from('\r\n\x00\x1c\x85\u2028\u202e\ud800:<>@=?",;')),
    max_size=300,
)


def head_of(raw: bytes) -> list[str]:
    """Name the header fields as they stand on the wire."""
    head = raw.split(b"\r\n\r\n", 1)[0].decode("ascii")
    return [line.split(":", 1)[0] for line in head.split("\r\n") if line[0] not in " \t"]


def parsed(raw: bytes) -> EmailMessage:
    """Read the bytes as another program would."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [] == message.defects
    return message


def test_a_letter_reads_back_as_it_was_written() -> None:
    """Another reader finds the same addresses, subject, texts and thread."""
    rendered = Rendered("Başvurunuzu aldık", "Merhaba,\nçok iyi.\n", '<p lang="tr">Merhaba</p>')
    posting = replace(POSTING, rendered=rendered, languages=("tr", "nl"))

    message = parsed(freeze(posting, BOUNDARY))

    assert list(HEADERS) == message.keys()
    assert message["From"] == "SIPOR <privacy@sipor.nl>"
    assert message["To"] == "alice@example.org"
    assert message["Reply-To"] == "privacy+c-abcdefghijklmnop@sipor.nl"
    assert message["Subject"] == "Başvurunuzu aldık"
    assert message["Date"] == "Fri, 27 Nov 2026 10:15:30 +0100"
    assert message["Message-ID"] == "<mailbot.17.abcdefghijklmnop@sipor.nl>"
    assert message["In-Reply-To"] == "<incoming@example.org>"
    assert message["References"] == "<first@example.org> <incoming@example.org>"
    assert message["Content-Language"] == "tr, nl"
    assert message["X-Mailbot-Letter"] == "ack_request"
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert html.get_content_type() == "text/html"
    assert plain.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n") == rendered.html + "\n"


@pytest.mark.parametrize("letter", LETTERS)
def test_only_letters_no_person_sent_say_that_they_are_automatic(letter: str) -> None:
    """RFC 3834: auto-replied or auto-generated; an officer's letter says nothing of the kind."""
    message = parsed(freeze(replace(POSTING, letter=letter), BOUNDARY))

    automatic = LETTERS[letter].trigger is Trigger.AUTOMATIC
    expected = {True: "auto-replied", False: None}[automatic]
    expected = "auto-generated" if letter in ("reminder", "daily_proof") else expected
    assert expected == message["Auto-Submitted"]
    assert ("All" if automatic else None) == message["X-Auto-Response-Suppress"]


@given(
    subject=nasty_text,
    name=nasty_text,
    in_reply_to=st.none() | nasty_text,
    references=st.lists(nasty_text, max_size=5),
    letter=st.sampled_from(sorted(LETTERS)),
)
@example("x\r\nBcc: a@b.nl", "y\r\nCc: a@b.nl", "<a@b>\r\nX: y", ["<a@b>\nX: y"], "ack_request")
@example("x", "\u202eevil", "<a@b", ["<a b@c>"], "late_notice")
def test_whatever_comes_in_the_header_set_is_the_allowlist(
    subject: str, name: str, in_reply_to: str | None, references: list[str], letter: str
) -> None:
    """No text of a mail can add a field, a recipient or a line (faults, row 16)."""
    posting = replace(
        POSTING,
        letter=letter,
        recipient=Address(name, "alice@example.org"),
        rendered=replace(POSTING.rendered, subject=safe_header_text(subject)),
        in_reply_to=in_reply_to,
        references=tuple(references),
    )

    raw = freeze(posting, BOUNDARY)

    found = head_of(raw)
    optional = {"In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress"}
    assert found == [name for name in HEADERS if name in found]
    assert set(HEADERS) - set(found) <= optional
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = parsed(raw)
    assert ["alice@example.org"] == [one.addr_spec for one in message["To"].addresses]
    assert safe_header_text(subject) == str(message["Subject"])


@given(text=nasty_text, html=nasty_text)
def test_whatever_a_body_holds_it_stays_a_body(text: str, html: str) -> None:
    """A boundary or a line break in a text ends no part."""
    rendered = Rendered("Dag", text + f"\n--{BOUNDARY}--\n.\nFrom x\n", html)

    raw = freeze(replace(POSTING, rendered=rendered), BOUNDARY)

    message = parsed(raw)
    parts = list(message.iter_parts())
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in parts]
    expected = rendered.text.encode("utf-8", "replace").decode().splitlines()
    assert expected == parts[0].get_content().splitlines()
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 76


@pytest.mark.parametrize("smuggler", SMUGGLERS)
def test_a_control_character_in_a_header_value_is_refused(smuggler: str) -> None:
    """What was not made safe by name does not leave the house."""
    value = f"x{smuggler}Bcc: mallory@example.org"
    spoiled = [
        replace(POSTING, rendered=replace(POSTING.rendered, subject=value)),
        replace(POSTING, sender=Address(value, "privacy@sipor.nl")),
        replace(POSTING, sender=Address("x", f"privacy{smuggler}@sipor.nl")),
        replace(POSTING, recipient=Address("", f"alice@example.org{smuggler}")),
        replace(POSTING, reply_to=f"privacy@sipor.nl{smuggler}"),
        replace(POSTING, message_id=f"<a@b>{smuggler}"),
        replace(POSTING, languages=(value,)),
    ]

    for posting in spoiled:
        with pytest.raises(UnsafeHeader):
            freeze(posting, BOUNDARY)


def test_a_header_object_of_a_parsed_mail_is_refused() -> None:
    """Such an object is a str that can hide a line break (probes, trap 7)."""
    incoming = email.message_from_bytes(b"Subject: x\r\n\r\n", policy=email.policy.default)
    subject = incoming["Subject"]
    assert isinstance(subject, str)
    assert type(subject) is not str

    with pytest.raises(UnsafeHeader):
        freeze(replace(POSTING, rendered=replace(POSTING.rendered, subject=subject)), BOUNDARY)
    with pytest.raises(UnsafeHeader):
        safe_header_text(subject)


@pytest.mark.parametrize("smuggler", SMUGGLERS)
def test_the_safe_text_of_a_header_holds_no_control_character(smuggler: str) -> None:
    safe = safe_header_text(f"a{smuggler}b")

    assert safe in {"a b", "ab"}


def test_an_automatic_letter_does_not_repeat_the_senders_name() -> None:
    """Else anyone could have us carry their text to an address they forged."""
    spam = Address("Koop nu bij evil.example", "victim@example.org")

    automatic = freeze(replace(POSTING, recipient=spam), BOUNDARY)
    by_hand = freeze(replace(POSTING, recipient=spam, letter="late_notice"), BOUNDARY)

    assert parsed(automatic)["To"] == "victim@example.org"
    assert b"evil" not in automatic.split(b"\r\n\r\n", 1)[0]
    assert parsed(by_hand)["To"].addresses[0].display_name == "Koop nu bij evil.example"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Alice de Vries",
        "Vries, Alice de",
        'Alice "Ali" de Vries',
        "Zoë Çelik",
        "فاطمة الزهراء",
        "=?utf-8?q?evil?=",
        "alice@bank.example",
        "Ali" * 26,
        "Ñandú 🎒 " * 9,
    ],
)
def test_a_name_reads_back_as_it_was(name: str) -> None:
    posting = replace(POSTING, letter="late_notice", recipient=Address(name, "alice@example.org"))

    raw = freeze(posting, BOUNDARY)

    # CPython's newer reader puts a space between adjacent encoded words of a name, against
    # RFC 2047, section 6.2; the older one joins them.
    display, address = parseaddr(email.message_from_bytes(raw)["To"])
    assert name.strip() == str(make_header(decode_header(display)))
    assert address == "alice@example.org"
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "subject",
    [
        "Wij hebben uw verzoek ontvangen (SIPOR-2026-000123-Q)",
        "Vóór 25 december",
        "تلقّينا طلبكم (SIPOR-2026-000123-Q) " * 4,
        "lang " * 60,
        "x" * 400,
        "=?utf-8?q?not_encoded?=",
        "🎒" * 60,
        "",
    ],
)
def test_a_subject_reads_back_and_its_lines_are_short(subject: str) -> None:
    """RFC 2047: an encoded word has at most 75 characters and ends between characters."""
    raw = freeze(replace(POSTING, rendered=replace(POSTING.rendered, subject=subject)), BOUNDARY)

    assert subject.strip() == str(parsed(raw)["Subject"]).strip()
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n"))) <= 78


def test_the_same_arguments_give_the_same_bytes() -> None:
    """What is sent again after a crash is byte-identical."""
    assert freeze(POSTING, BOUNDARY) == freeze(POSTING, BOUNDARY)
    assert freeze(POSTING, BOUNDARY) != freeze(POSTING, boundary(b"other"))


def test_malformed_ids_of_the_incoming_mail_are_left_out() -> None:
    ids = ["<a@b>", "a@b", "<a@b> <c@d>", "<a b@c>", "<a@b\u2028>", "<@b>", "<é@b>", "<a@b@c>"]

    assert ("<a@b>",) == well_formed_ids(ids)


def test_a_long_thread_keeps_its_first_and_its_latest_ids() -> None:
    references = tuple(f"<{number}@example.org>" for number in range(200))

    found = str(parsed(freeze(replace(POSTING, references=references), BOUNDARY))["References"])

    assert len(found.split()) == MOST_REFERENCES
    assert found.split(maxsplit=1)[0] == "<0@example.org>"
    assert found.split()[-2:] == ["<199@example.org>", "<incoming@example.org>"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "alice",
        "@example.org",
        "alice@",
        "alice@example.org, bob@example.org",
        "alice@example.org>\r\nBcc: bob@example.org",
        "Alice <alice@example.org>",
        '"a b"@example.org',
        "ali ce@example.org",
        "zoë@example.org",
        "alice@exämple.org",
        "alice@example..org",
        ".alice@example.org",
        "alice@-example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 260 + ".org",
    ],
)
def test_only_a_plain_address_is_written_to(address: str) -> None:
    """What is no plain `local@domain` waits for a person."""
    assert not is_plain_address(address)
    with pytest.raises(UnsafeHeader):
        checked_address(address)


@pytest.mark.parametrize(
    "address", ["alice@example.org", "a.b+c-d@xn--exmple-cua.org", "o'brien@a.b.c", "x@localhost"]
)
def test_a_plain_address_is_taken_as_it_is(address: str) -> None:
    assert is_plain_address(address)
    assert address == checked_address(address)


def test_a_letter_needs_a_moment_with_its_zone_and_a_name_in_the_table() -> None:
    with pytest.raises(NaiveInstant):
        freeze(replace(POSTING, date=datetime(2026, 1, 1)), BOUNDARY)  # noqa: DTZ001 - the point.
    with pytest.raises(LetterIncomplete):
        freeze(replace(POSTING, letter="closing"), BOUNDARY)
    with pytest.raises(UnsafeHeader):
        freeze(replace(POSTING, message_id="17"), BOUNDARY)


def test_a_date_in_utc_is_written_with_its_offset() -> None:
    moment = datetime(2026, 7, 1, 22, 0, tzinfo=UTC)

    assert b"Date: Wed, 01 Jul 2026 22:00:00 +0000" in freeze(
        replace(POSTING, date=moment), BOUNDARY
    )


@given(randomness=st.binary(min_size=1, max_size=40))
def test_a_boundary_can_stand_in_no_encoded_body(randomness: bytes) -> None:
    """Neither base64 nor quoted-printable ever writes `=_` (RFC 2045, section 6.7)."""
    made = boundary(randomness)

    assert re.fullmatch("=_[a-z2-7]{1,68}", made)
