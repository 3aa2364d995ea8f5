"""Take a mail apart into its MIME parts, within limits, without copying it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailbot.domain import headers
from mailbot.domain.errors import UnreadableMail
from mailbot.domain.headers import Headers
from mailbot.domain.limits import Budget, Limits

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_MBOX = re.compile(rb">?From ")
_MIB = 2**20
_LINE_COSTS = 2048
"""Bytes that could be looked through in the time one line takes that begins like a delimiter."""


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
    return _part(raw, start, len(raw), budget=budget, depth=depth, default="text/plain")


def _part(raw: bytes, start: int, end: int, *, budget: Budget, depth: int, default: str) -> Part:
    budget.take_part(depth)
    fields, body = _headers(raw, start, end, budget.limits)
    declared = fields.first("content-type")
    kind = headers.media_type(declared, default)
    parameters = headers.parameters(declared)
    placed = fields.first("content-disposition")
    about = headers.parameters(placed)
    children: tuple[Part, ...] = ()
    boundary = parameters.get("boundary", "") if kind.startswith("multipart/") else ""
    if boundary:
        below = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children = tuple(
            _part(raw, one, two, budget=budget, depth=depth + 1, default=below)
            for one, two in _spans(raw, body, end, boundary, budget)
        )
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


def _spans(
    raw: bytes, start: int, end: int, boundary: str, budget: Budget
) -> list[tuple[int, int]]:
    """Split a multipart body at its delimiter lines (RFC 2046, section 5.1)."""
    budget.take_scan(end - start)
    delimiter = b"--" + boundary.rstrip().encode("utf-8", "replace")
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for line_start, line_end, closing in _delimiters(raw, start, end, delimiter, budget):
        if opened is not None:
            spans.append((opened, _before_break(raw, opened, line_start)))
            if len(spans) > budget.limits.parts:
                raise UnreadableMail("too_many_parts")
        opened = None if closing else line_end
    if opened is not None:
        # A mail cut short ends without its closing line.
        spans.append((opened, end))
    return spans


def _delimiters(
    raw: bytes, start: int, end: int, delimiter: bytes, budget: Budget
) -> list[tuple[int, int, bool]]:
    """List each delimiter line as (start, start of the next line, whether it closes)."""
    found: list[tuple[int, int, bool]] = []
    for position in _starts(raw, start, end, delimiter):
        budget.take_scan(_LINE_COSTS)
        after = position + len(delimiter)
        stop = raw.find(b"\n", after, end)
        stop = end if stop < 0 else stop
        rest = raw[after : min(stop, after + 80)].strip()
        if not rest or rest.startswith(b"--"):
            found.append((position, min(stop + 1, end), rest.startswith(b"--")))
            if len(found) > 100_000:
                raise UnreadableMail("too_many_parts")
    return found


def _starts(raw: bytes, start: int, end: int, delimiter: bytes) -> Iterator[int]:
    """
    Give the first byte of each line that begins with a delimiter.

    Only where a line begins: a boundary of dashes stands at every step of a line of dashes.
    """
    if raw.startswith(delimiter, start, end):
        yield start
    position = raw.find(b"\n" + delimiter, start, end)
    while position >= 0:
        yield position + 1
        position = raw.find(b"\n" + delimiter, position + 1 + len(delimiter), end)


def _before_break(raw: bytes, start: int, end: int) -> int:
    """Leave out the line break that belongs to the delimiter after it."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
        if end > start and raw[end - 1 : end] == b"\r":
            end -= 1
    return end
