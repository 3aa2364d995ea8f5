"""What one received mail is, whatever it looked like on the wire."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A display name and an address; the address is what counts."""

    name: str
    address: str
    """Lower-cased `local@domain`, the domain in its ASCII (punycode) form."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file, with the type its bytes show."""

    filename: str
    content_type: str
    """The type found in the bytes; the declared one where the bytes say nothing."""
    declared_type: str
    size: int
    content: bytes = field(repr=False)
    warnings: tuple[str, ...] = ()
    """Short codes such as `type_differs`, `encrypted`, `too_large`."""


@dataclass(frozen=True, slots=True)
class AttachedText:
    """What was read of one attached file."""

    source: str = field(repr=False)
    """The file's name."""
    text: str = field(repr=False)
    problem: str | None = None
    """Why it was not read, or not wholly, as a code such as `encrypted`; None where it was."""
    identity_document: bool = False
    """Whether it shows the machine-readable lines of one; its text is then not kept."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says: who was not reached, and whether for good."""

    recipients: tuple[str, ...]
    permanent: bool


@dataclass(frozen=True, slots=True)
class Authentication:
    """What our own MX found out about the sender (RFC 8601); never what the mail says itself."""

    spf: str = "none"
    dkim: str = "none"
    dmarc: str = "none"

    @property
    def verified(self) -> bool:
        """Whether the address in From may be believed: DMARC passed."""
        return self.dmarc == "pass"


@dataclass(frozen=True, slots=True)
class Mail:
    """One normalised mail; inside the house nobody touches MIME or IMAP shapes."""

    subject: str
    sender: Address | None
    """The one address of From; None where there is none or it is ambiguous."""
    message_id: str | None
    """With its angle brackets; never trusted to be unique."""
    received: datetime
    """Aware instant from the mail server (INTERNALDATE), never from the Date header."""
    new_text: str
    """What this person wrote now; for a bare forward, the forwarded text."""
    quoted_text: str = ""
    """Everything else of the text: quotes, quoted headers; nothing is thrown away."""
    html: str | None = field(default=None, repr=False)
    """The HTML as it came, for showing only after cleaning."""
    recipients: tuple[Address, ...] = ()
    """To and Cc as written."""
    delivered_to: tuple[str, ...] = ()
    """Envelope recipients as our servers wrote them (Delivered-To, X-Original-To, Envelope-To)."""
    reply_to: tuple[Address, ...] = ()
    """Kept to be seen; never a recipient."""
    return_path: str | None = None
    """Envelope sender; the empty string is the null sender, None when the server wrote none."""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    attached_mails: tuple["Mail", ...] = ()
    """Mails attached as message/rfc822 or .eml, opened."""
    attached_texts: tuple[AttachedText, ...] = ()
    """What was read of the attachments, where the mail's own words do not say enough."""
    is_forward: bool = False
    sent: datetime | None = None
    """What the Date field claims; no clock ever counts from it."""
    automatic: str | None = None
    """Why this mail is automatic (`auto_submitted`, `list`, …); None for a person's mail."""
    listed: bool = False
    """Whether it went to many (a list, a mailing), even where a person wrote it."""
    bounce: Bounce | None = None
    authentication: Authentication = Authentication()
    warnings: tuple[str, ...] = ()
    """Short codes such as `ambiguous_sender`, `duplicate_from`, `bidi_in_name`."""

    @property
    def not_read(self) -> tuple[AttachedText, ...]:
        """The attached files that say something, or may, and could not be read."""
        return tuple(one for one in self.attached_texts if one.problem is not None)

    @property
    def whole_text(self) -> str:
        """New and quoted text together."""
        return "\n".join(part for part in (self.new_text, self.quoted_text) if part)
