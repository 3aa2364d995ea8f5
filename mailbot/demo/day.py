"""The day of mail: which mail comes when, read from `mails/`, and written as it is sent."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from importlib.resources import files
from string import Template

PLACE = files("mailbot.demo").joinpath("mails")
DAY_OVER = time(17)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Planned:
    """One mail of the day as it is planned."""

    name: str
    at: time
    text: str = field(repr=False)
    answers: str | None = None
    """The mail whose letter from us this one answers; it is written once that letter is there."""
    sender: str | None = None
    """The envelope sender where it is not From; empty for a delivery report."""

    @property
    def author(self) -> str:
        """The address in From."""
        return parseaddr(_field(self.text, "From"))[1]


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail as it is handed to the mail host."""

    name: str
    author: str
    subject: str
    sender: str
    recipient: str
    raw: bytes = field(repr=False)


def planned() -> tuple[Planned, ...]:
    """Read the whole day, in its order."""
    table = tomllib.loads(PLACE.joinpath("day.toml").read_text("utf-8"))
    return tuple(
        Planned(
            name=one["name"],
            at=time.fromisoformat(one["at"]),
            text=PLACE.joinpath(f"{one['name']}.eml").read_text("utf-8"),
            answers=one.get("answers"),
            sender=one.get("sender"),
        )
        for one in table["mail"]
    )


def last_day(now: datetime) -> date:
    """Return the last working day that is over, so that nothing of the demo lies in the future."""
    day = now.date() if now.time() >= DAY_OVER else now.date() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def write(mail: Planned, at: datetime, address: str, words: Mapping[str, str]) -> SentMail:
    """
    Write a planned mail as its sender's mail program does.

    Args:
        mail: the plan; its `$words` are filled in only where it answers a letter.
        at: when it is sent.
        address: the privacy address, for mails that name no recipient themselves.
        words: what is known of the letter it answers.

    Returns:
        The bytes with their envelope: fields encoded (RFC 2047), the body as UTF-8.
    """
    text = Template(mail.text).substitute(words) if mail.answers else mail.text
    head, _, body = text.partition("\n\n")
    domain = mail.author.rpartition("@")[2]
    given = {
        "To": address,
        "Date": format_datetime(at),
        "Message-ID": f"<{mail.name}.{at:%Y%m%d}@{domain}>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = head.split("\n")
    there = {line.partition(":")[0].lower() for line in lines}
    lines += [f"{name}: {value}" for name, value in given.items() if name.lower() not in there]
    raw = "\n".join([*map(_encoded, lines), "", body]).replace("\n", "\r\n").encode()
    author = mail.author if mail.sender is None else mail.sender
    recipient = parseaddr(_field("\n".join(lines), "To"))[1]
    return SentMail(
        mail.name, _field(text, "From"), _field(text, "Subject"), author, recipient, raw
    )


def _field(text: str, name: str) -> str:
    """Return a field of the head of a mail as it was written in its file."""
    start = f"{name.lower()}:"
    head = text.partition("\n\n")[0].split("\n")
    return next((line[len(start) :].strip() for line in head if line.lower().startswith(start)), "")


def _encoded(line: str) -> str:
    """Encode a field that holds more than ASCII."""
    if line.isascii():
        return line
    name, _, value = line.partition(":")
    display, address = parseaddr(value)
    if name.lower() in {"from", "to", "reply-to"} and address:
        return f"{name}: {formataddr((display, address), 'utf-8')}"
    return f"{name}: {Header(value.strip(), 'utf-8', header_name=name).encode(linesep=chr(10))}"
