"""Take a mail apart into its MIME parts, within limits, without copying it."""

import re
from dataclasses import dataclass, field

from mailbot.domain import headers
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.headers import Headers

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_MBOX = re.compile(rb">?From ")
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


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME part: its fields, its type, and where in the bytes its body lies."""

    raw: bytes = field(repr=False)
    headers: Headers
    media_type: str
    parameters: dict[str, str]
    disposition: str
    """`attachment`, `inline`, another word, or the empty string."""
    filename: str
    start: int
    end: int
    depth: int
    children: tuple["Part", ...] = ()

    @property
    def body(self) -> bytes:
        """The body as it came, still in its transfer encoding."""
        return self.raw[self.start : self.end]


def read(raw: bytes, budget: Budget, depth: int = 0) -> Part:
    """
    Take a mail apart.

    Args:
        raw: the bytes as they came.
        budget: what is left of the limits; shared with the mails attached to this one.
        depth: how deep this mail itself is nested.

    Returns:
        The root part with all its children; attached mails are leaves.

    Raises:
        UnreadableMail: a limit is passed.
    """
    if len(raw) > budget.limits.total:
        raise UnreadableMail("too_large")
    head = raw[:4096]
    if b"\n" not in head and b"\r" in head:
        # Mail from an old Macintosh ends its lines with CR alone.
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[start : start + 1] in (b"\r", b"\n"):
        start += 1
    return _part(raw, start, len(raw), budget, depth, "text/plain")


def _part(raw: bytes, start: int, end: int, budget: Budget, depth: int, default: str) -> Part:
    budget.take_part(depth)
    fields, body = _headers(raw, start, end, budget.limits)
    declared = fields.first("content-type")
    kind = headers.media_type(declared, default)
    parameters = headers.parameters(declared)
    placed = fields.first("content-disposition")
    about = headers.parameters(placed)
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/") and parameters.get("boundary"):
        children = _children(raw, body, end, budget, depth, kind, parameters["boundary"])
    return Part(
        raw=raw,
        headers=fields,
        media_type=kind,
        parameters=parameters,
        disposition=placed.partition(";")[0].strip().lower(),
        filename=about.get("filename") or parameters.get("name", ""),
        start=body,
        end=end,
        depth=depth,
        children=children,
    )


def _headers(raw: bytes, start: int, end: int, limits: Limits) -> tuple[Headers, int]:
    """Read the fields from *start*; return them and where the body begins."""
    found: list[tuple[str, list[bytes]]] = []
    position, lines = start, 0
    while position < end:
        stop = raw.find(b"\n", position, end)
        stop = end if stop < 0 else stop
        lines += 1
        if lines > limits.header_lines or stop - start > limits.header + _MIB:
            if found:
                raise UnreadableMail("header_too_long")
            break
        line = raw[position:stop].rstrip(b"\r")
        if not line:
            position = stop + 1
            break
        name = _FIELD.match(line)
        if line[:1] in b" \t" and found:
            found[-1][1].append(line.strip())
        elif name:
            found.append((name[1].decode("ascii").lower(), [line[name.end() :].strip()]))
        elif not _MBOX.match(line) and not _goes_on(raw, stop + 1, end, found=bool(found)):
            break
        position = stop + 1
    fields = tuple((name, b" ".join(values)) for name, values in found)
    return Headers(fields), min(position, end)


def _goes_on(raw: bytes, position: int, end: int, *, found: bool) -> bool:
    """Say whether a stray line stands amid the header, rather than being the first of the body."""
    line = raw[position : min(end, position + 200)]
    return found and bool(_FIELD.match(line)) and not line[:5].lower().startswith(b"http:")


def _children(
    raw: bytes, start: int, end: int, budget: Budget, depth: int, kind: str, boundary: str
) -> tuple[Part, ...]:
    """Split a multipart body at its delimiter lines (RFC 2046, section 5.1)."""
    budget.take_scan(end - start)
    delimiter = b"--" + boundary.rstrip().encode("utf-8", "replace")
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for line_start, line_end, closing in _delimiters(raw, start, end, delimiter):
        if opened is not None:
            spans.append((opened, _before_break(raw, opened, line_start)))
            if len(spans) > budget.limits.parts:
                raise UnreadableMail("too_many_parts")
        opened = None if closing else line_end
    if opened is not None:
        # A mail cut short ends without its closing line.
        spans.append((opened, end))
    return tuple(_part(raw, one, two, budget, depth + 1, default) for one, two in spans)


def _delimiters(raw: bytes, start: int, end: int, delimiter: bytes) -> list[tuple[int, int, bool]]:
    """List each delimiter line as (start, start of the next line, whether it closes)."""
    found: list[tuple[int, int, bool]] = []
    position = raw.find(delimiter, start, end)
    while position >= 0:
        after = position + len(delimiter)
        stop = raw.find(b"\n", after, end)
        stop = end if stop < 0 else stop
        rest = raw[after : min(stop, after + 80)].strip()
        begins = position == start or raw[position - 1 : position] == b"\n"
        if begins and (not rest or rest.startswith(b"--")):
            found.append((position, min(stop + 1, end), rest.startswith(b"--")))
            if len(found) > 100_000:
                raise UnreadableMail("too_many_parts")
        position = raw.find(delimiter, after, end)
    return found


def _before_break(raw: bytes, start: int, end: int) -> int:
    """Leave out the line break that belongs to the delimiter after it."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
        if end > start and raw[end - 1 : end] == b"\r":
            end -= 1
    return end
