"""No mail can hold up the next one: hostile mail is read or refused, quickly and by name."""

import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.adapters.texts import Texts
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.limits import Limits
from mailbot.domain.mail import Mail
from mailbot.domain.parsing import parse
from tests.memory import Peak

MAILS = Path(__file__).parent.parent / "mails"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOP = b"From: a@example.nl\r\nSubject: x\r\n"
MIXED = TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
DASHES = TOP + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n'
HTML = TOP + b"Content-Type: text/html\r\n\r\n"


def nested(levels: int) -> bytes:
    inner = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(levels)
    )
    return TOP + inner + b"\r\nhallo"


REFUSED = {
    "a thousand nested multiparts": (nested(1000), "too_deep"),
    "five hundred thousand parts": (MIXED + b"--b\r\n\r\n" * 500_000, "too_many_parts"),
    "ten million lines that begin like a delimiter": (
        DASHES + b"---x\n" * 10_000_000,
        "too_laborious",
    ),
    "two hundred thousand fields": (b"X-A: b\r\n" * 200_000 + b"\r\nx", "header_too_long"),
}
READ = {
    "a thousand mails in one another": TOP + b"Content-Type: message/rfc822\r\n\r\n" * 50 + b"x",
    "three hundred parentheses in From": b"From: " + b"(" * 300 + b"a@b.nl" + b")" * 300,
    "a million angles in From": b"From: " + b"<" * 1_000_000,
    "encoded words that never end": b"Subject: " + b"=?utf-8?q?" * 200_000,
    "a subject of quotes": b"Subject: " + b'"' * 100_000,
    "a name of one letter, endlessly": b"From: a@" + "\u00fc".encode() * 100_000,
    "an endless parameter": TOP + b"Content-Type: text/plain" + b'; a="x' * 100_000,
    "deep HTML": HTML + b"<div>" * 20_000,
    "tables in tables": HTML + b"<table><tr><td>" * 3_000,
    "lines that may be fields": TOP + b"\r\n" + b"a:\r\n" * 300_000,
    "lines of blanks": TOP + b"\r\n" + (b" " * 1900 + b"x\r\n") * 1000,
    "lines of dashes": TOP + b"\r\n" + (b"- " * 900 + b"\r\n") * 500,
    "a delimiter at every step of one line": DASHES + b"-" * 5_000_000,
    "nothing but NUL": b"\0" * 1_000_000,
}


def seconds_for(raw: bytes) -> float:
    start = time.process_time()
    parse(raw, NOW, Texts())
    return time.process_time() - start


@pytest.mark.parametrize(("raw", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_mail_beyond_the_limits_is_refused_by_name_in_two_seconds_and_256_mib(
    raw: bytes, reason: str
) -> None:
    """It goes to quarantine with its reason; nothing waits for it (fault 12)."""
    start, peak = time.process_time(), Peak()
    with pytest.raises(UnreadableMail) as refused:
        parse(raw, NOW, Texts())
    took, grown = time.process_time() - start, peak.grown()
    assert refused.value.reason == reason
    assert took < 2
    assert grown < 256 * 2**20


@pytest.mark.parametrize("raw", READ.values(), ids=READ.keys())
def test_a_laborious_mail_is_read_within_two_seconds(raw: bytes) -> None:
    """No pattern takes more than linear time over hostile text."""
    assert seconds_for(raw) < 2


def test_nested_mails_do_not_multiply_in_memory() -> None:
    """Every level would keep its own copy of what lies below (256 MiB at most)."""
    raw = TOP + b"Content-Type: message/rfc822\r\n\r\n" * 40 + b"\r\n" + b"z" * 3_000_000
    tracemalloc.start()
    try:
        parse(raw, NOW, Texts())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200 * 2**20


def test_an_attachment_above_the_limit_is_listed_without_its_content() -> None:
    """A huge attachment does not keep a case from opening (fault 13)."""
    raw = MIXED + b"--b\r\n\r\nhallo\r\n--b\r\nContent-Type: application/zip\r\n\r\n" + b"z" * 5000
    mail = parse(raw, NOW, Texts(), limits=Limits(attachment=1000))
    assert mail.new_text == "hallo"
    assert [(a.size, a.content, a.warnings) for a in mail.attachments] == [
        (5000, b"", ("too_large",))
    ]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_are_refused_by_name(raw: bytes) -> None:
    """Nothing else may come out, or one mail stops the loop (fault 14)."""
    assert isinstance(parse(raw, NOW, Texts()), Mail)


@given(
    st.sampled_from(sorted(MAILS.glob("*.eml"))),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=8)), max_size=12),
)
def test_any_torn_mail_is_a_mail_or_is_refused_by_name(
    path: Path, tears: list[tuple[int, bytes]]
) -> None:
    """Real mail is damaged in the middle, not random throughout."""
    raw = path.read_bytes()
    for at, piece in tears:
        raw = raw[:at] + piece + raw[at + len(piece) // 2 :]
    mail = parse(raw, NOW, Texts())
    assert "\0" not in mail.new_text + mail.quoted_text + mail.subject
    mail.whole_text.encode("utf-8")
