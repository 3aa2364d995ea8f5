"""What a mail of the day needs to know of the letter it answers."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from mailbot.demo.host import Posted
from mailbot.domain.reference import find_references

CODE_FIELD = "X-Mailbot-Letter"


def words_of(letter: Posted, prefix: str) -> dict[str, str]:
    """Gather the words of a mail that answers this letter: its ids, addresses and quoted text."""
    message = read(letter)
    text = text_of(message)
    quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return {
        "message_id": str(message["Message-ID"]),
        "subject": str(message["Subject"]),
        "reply_to": str(message["Reply-To"]),
        "return_path": letter.return_path,
        "recipient": letter.recipient,
        "quoted": quoted,
        "reference": next((str(one) for one in find_references(text, prefix)), ""),
    }


def read(letter: Posted) -> EmailMessage:
    """Open a letter as a mail program does."""
    return message_from_bytes(letter.content, policy=policy.default)


def code_of(message: EmailMessage) -> str:
    """Name which letter this is."""
    return str(message[CODE_FIELD])


def text_of(message: EmailMessage) -> str:
    """Read the plain text."""
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""
