"""Read the addresses of a header value and say where they try to deceive."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from mailbot.domain import headers
from mailbot.domain.mail import Address

_TOKEN = re.compile(
    r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=|"(?:[^"\\]|\\.)*"|\\.|[^\s()<>,;:"\\=]+|\s+|.', re.DOTALL
)
_ADDRESS = re.compile(
    r"[^\s<>()\[\],;:@\"]{1,128}@[^\s<>()\[\],;:@\"]{1,255}|\"[^\"]{1,64}\"@[^\s<>(),;:@\"]{1,255}"
)
_LITERAL = re.compile(r"[^\s<>()\[\],;:@\"]{1,128}@\[[^\s<>()@\[\]]{1,60}\]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200d\u2060\ufeff]")
_LONGEST = 100_000
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The addresses of one header value, and codes for what is odd about them."""

    addresses: tuple[Address, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Mailbox:
    """One mailbox while its tokens come in."""

    phrase: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)


def read(value: str) -> Reading:
    """
    Read an address list (RFC 5322, section 3.4), however it is written.

    Written anew because the standard library answers `a@good.nl` for
    `a@good.nl(c)<b@evil.nl>` and recurses once per parenthesis; here such a value yields the
    address in angle brackets and the warning `ambiguous_sender`.

    Args:
        value: one unfolded header value, encoded words still encoded.

    Returns:
        Addresses in their order, and warnings: `ambiguous_sender`, `address_in_name`,
        `bidi_in_name`, `invisible_in_name`, `punycode`.
    """
    found: list[Address] = []
    warnings: dict[str, None] = {}
    before = ""
    for mailbox in _split(value[:_LONGEST]):
        address, codes, name = _mailbox(mailbox, before)
        if address is None:
            # `Doe, John <john@x.nl>` lacks its quotes; the comma belongs to the name.
            before = f"{before} {name},".strip() if name else before
            continue
        before = ""
        warnings.update(dict.fromkeys(codes))
        found.append(address)
        if len(found) >= _MOST:
            break
    return Reading(tuple(found), tuple(warnings))


def read_all(values: Sequence[str]) -> Reading:
    """Read each of several header values of the same name."""
    readings = [read(value) for value in values[:100]]
    warnings = dict.fromkeys(code for reading in readings for code in reading.warnings)
    return Reading(tuple(a for reading in readings for a in reading.addresses), tuple(warnings))


def normalised(address: str) -> str:
    """Return an address in lower case with its domain in ASCII, as far as that can be done."""
    local, at, domain = address.strip().strip("<>").rpartition("@")
    domain = domain.rstrip(".")
    if not domain.isascii() and len(domain) < 254:
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return f"{local}{at}{domain}".lower()


def _split(value: str) -> list[_Mailbox]:
    """Cut at the commas, semicolons and group names that stand outside quotes and brackets."""
    boxes = [_Mailbox()]
    depth, angle = 0, False
    for match in _TOKEN.finditer(value):
        piece, box = match[0], boxes[-1]
        if piece == "(" and not angle:
            depth += 1
        elif depth:
            depth -= piece == ")"
            box.comments.append(piece if depth else " ")
        elif piece == "<":
            angle = True
            box.angles.append("")
        elif angle and piece == ">":
            angle = False
        elif angle:
            box.angles[-1] += piece
        elif piece in {",", ";"}:
            boxes.append(_Mailbox())
        elif piece == ":" and "@" not in "".join(box.phrase):
            # What stands before a colon is the name of a group, or `mailto`.
            boxes[-1] = _Mailbox()
        else:
            box.phrase.append(piece)
    return boxes


def _mailbox(box: _Mailbox, before: str) -> tuple[Address | None, list[str], str]:
    """Return the address of one mailbox, its warnings, and its name alone where it has none."""
    phrase = "".join(box.phrase).strip()
    bare = _bare(phrase)
    warnings: list[str] = []
    if box.angles:
        address, name = _angle(box.angles[0]), phrase
        others = [a for a in (*map(_angle, box.angles[1:]), *bare) if a and address]
        if any(normalised(other) != normalised(address) for other in others) and (
            box.comments or len(box.angles) > 1
        ):
            warnings.append("ambiguous_sender")
    else:
        address = bare[0] if bare else ""
        name = "".join(box.comments) if address else phrase
        if len({normalised(one) for one in bare}) > 1:
            warnings.append("ambiguous_sender")
    name = headers.decode_words(_plain(name)).strip()
    if not address:
        inside = _ADDRESS.findall(name)
        if len(inside) != 1:
            return None, [], name
        address, warnings = inside[0], [*warnings, "encoded_address"]
        name = name.replace(inside[0], "").strip(" <>\"'")
    name, odd = clean_name(f"{before} {name}".strip())
    final = normalised(_INVISIBLE.sub("", _BIDI.sub("", headers.decode_words(address))))
    warnings.extend(odd)
    if any(normalised(other) != final for other in _ADDRESS.findall(name)):
        warnings.append("address_in_name")
    if "xn--" in final.rpartition("@")[2]:
        warnings.append("punycode")
    return Address(name, headers.one_line(final)), warnings, ""


def clean_name(name: str) -> tuple[str, list[str]]:
    """Return a display name that shows nothing other than it says, and warnings."""
    warnings = []
    if _BIDI.search(name):
        warnings.append("bidi_in_name")
    if _INVISIBLE.search(name):
        warnings.append("invisible_in_name")
    return headers.one_line(_BIDI.sub("", _INVISIBLE.sub("", name))).strip("'\" "), warnings


def _bare(phrase: str) -> list[str]:
    """Find addresses written without angle brackets."""
    if "@" not in phrase:
        return []
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"(?!@)', " ", phrase)
    unquoted = re.sub(r"\s*@\s*", "@", unquoted)
    return _LITERAL.findall(unquoted) or _ADDRESS.findall(unquoted)


def _angle(content: str) -> str:
    """Read what stands between angle brackets, without a source route or `mailto:`."""
    text = content.strip()
    if text.startswith("@") and ":" in text:
        text = text.partition(":")[2]
    if text.lower().startswith("mailto:"):
        text = text[7:]
    text = re.sub(r"\s*@\s*", "@", text)
    found = _LITERAL.search(text) or _ADDRESS.search(text)
    return found[0] if found else text if "@" in text and " " not in text else ""


def _plain(phrase: str) -> str:
    """Take the quotes and backslashes off a phrase."""
    return re.sub(r"\\(.)", r"\1", re.sub(r'"((?:[^"\\]|\\.)*)"', r"\1", phrase))
