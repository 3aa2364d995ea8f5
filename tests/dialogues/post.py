"""Writes the mails of the people in a dialogue, and reads the letters they get."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from string import Template

from tests.dialogues.script import Dialogue, Turn
from tests.houses import ADDRESS


@dataclass(frozen=True)
class Received:
    """One letter as it lies in somebody's mailbox."""

    to: str
    """The name of whoever got it."""
    message: EmailMessage = field(repr=False)

    @property
    def code(self) -> str:
        """Which letter it is; empty for a mail that is none of ours."""
        return str(self.message["X-Mailbot-Letter"] or "")

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the reader's own first."""
        return str(self.message["Content-Language"] or "").split(", ")

    @property
    def automatic(self) -> bool:
        """Whether it answers somebody and no person wrote it; reminders to officers answer nobody."""
        return str(self.message["Auto-Submitted"]) == "auto-replied"

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part is not None else ""


def opened(to: str, raw: bytes) -> Received:
    """Open a letter as a mail program does."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return Received(to, message)


def written(
    dialogue: Dialogue, number: int, letters: Sequence[Received], references: Sequence[str]
) -> tuple[str, bytes]:
    """
    Write the mail of a turn as its sender's mail program does.

    Args:
        dialogue: the script.
        number: which turn.
        letters: what everybody got so far, oldest first.
        references: the numbers of the cases so far, for `$case1` in subject or text.

    Returns:
        Where it goes, and its bytes.
    """
    turn = dialogue.turns[number]
    answered = _answered(turn, letters)
    names = {f"case{at}": reference for at, reference in enumerate(references, 1)}
    subject = turn.subject or (f"Re: {answered.message['Subject']}" if answered else "")
    text = Template(turn.text).substitute(names)
    if answered is not None and turn.quote:
        text = f"{text}\n\nOp 2 november 2026 schreef SIPOR <{ADDRESS}>:\n{_quoted(answered)}"
    to = turn.to or (str(answered.message["Reply-To"]) if answered else ADDRESS)
    mail = EmailMessage(policy=policy.SMTP)
    display, address = parseaddr(dialogue.named(turn.who))
    mail["From"] = f'"{display}" <{address}>'
    mail["To"] = to
    mail["Subject"] = Template(subject).substitute(names)
    mail["Date"] = format_datetime(turn.at)
    mail["Message-ID"] = f"<{dialogue.name}.{number}@{address.partition('@')[2]}>"
    if turn.verified != "none":
        mail["X-Test-Authentication"] = f"dmarc={turn.verified}"
    if answered is not None and turn.threaded:
        mail["In-Reply-To"] = mail["References"] = str(answered.message["Message-ID"])
    for name, value in turn.headers.items():
        mail[name] = value
    mail.set_content(text)
    return to, mail.as_bytes()


def new_words(turn: Turn) -> str:
    """Give what its writer wrote in this turn, for the check that nothing of it is echoed."""
    lines = (line for line in turn.text.splitlines() if not line.startswith(">"))
    return f"{turn.subject}\n" + "\n".join(lines)


def _answered(turn: Turn, letters: Sequence[Received]) -> Received | None:
    if not turn.answers:
        return None
    reader = turn.answers_of or turn.who
    found = [one for one in letters if one.to == reader and one.code == turn.answers]
    assert found, f"{reader} got no {turn.answers} to answer"
    return found[-1]


def _quoted(letter: Received) -> str:
    return "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())
