"""Say how large, deep and laborious a mail may be."""

from dataclasses import dataclass

from mailbot.domain.errors import UnreadableMail

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large, deep and laborious a mail may be; far beyond any honest one."""

    total: int = 192 * _MIB
    header: int = 2 * _MIB
    """Bytes of one part's header."""
    header_lines: int = 10_000
    parts: int = 2_000
    depth: int = 60
    attachment: int = 50 * _MIB
    """A larger attachment is listed without its content."""
    text: int = 2 * _MIB
    """Bytes of text that are read for new and quoted text; the rest stays an attachment."""
    scanned: int = 1024 * _MIB
    """Bytes looked through for boundaries, all levels together."""
    kept: int = 80 * _MIB
    """Bytes of attachments that are kept, those of attached mails included."""
    mails_within: int = 10
    """A mail in a mail in a mail … is opened so many times, and then only listed."""


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one mail and all mails inside it are read."""

    limits: Limits
    parts: int = 0
    scanned: int = 0
    kept: int = 0
    mails: int = 0
    """How many mails deep the reader stands."""

    def may_keep(self, size: int) -> bool:
        """Count the bytes of an attachment; say whether there is room for them."""
        if size > self.limits.attachment or self.kept + size > self.limits.kept:
            return False
        self.kept += size
        return True

    def take_part(self, depth: int) -> None:
        """Count one part; raise where there are too many or they are nested too deep."""
        self.parts += 1
        if self.parts > self.limits.parts:
            raise UnreadableMail("too_many_parts")
        if depth > self.limits.depth:
            raise UnreadableMail("too_deep")

    def take_scan(self, size: int) -> None:
        """Count bytes that must be looked through once more."""
        self.scanned += size
        if self.scanned > self.limits.scanned:
            raise UnreadableMail("too_laborious")
