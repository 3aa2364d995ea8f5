"""Find the text of a mail among its parts, and what is attached to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailbot.domain import contents
from mailbot.domain.limits import Limits
from mailbot.domain.ports import TextTools
from mailbot.domain.structure import Part

_TEXTS = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"})
_MAILS = frozenset({"message/rfc822", "message/global", "message/rfc822-headers", "message/news"})
_NO_PLAIN = re.compile(
    r"\bHTML\b|not display|cannot (?:be )?(?:read|display)|view this (?:e-?mail|message)|kan niet worden weergegeven",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]{0,200}>")


@dataclass(slots=True)
class Found:
    """What the walk over the parts has gathered."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Plain text and HTML of each piece of text, in order."""
    attached: list[Part] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)

    def text(self, tools: TextTools) -> str:
        """Return the whole text, from HTML only where there is no plain text worth reading."""
        return "\n\n".join(filter(None, (_readable(p, h, tools) for p, h in self.pieces)))

    @property
    def html(self) -> str | None:
        """The HTML as it came, all pieces together."""
        return "\n".join(html for _, html in self.pieces if html) or None


def every(part: Part) -> Iterator[Part]:
    """Yield this part and all parts in it, in order."""
    yield part
    for child in part.children:
        yield from every(child)


def gather(root: Part, limits: Limits) -> Found:
    """Walk over the parts of a mail and sort them into text and attachments."""
    found = Found()
    _walk(root, found, limits, root=True)
    return found


def is_mail(part: Part) -> bool:
    """Say whether this part is a whole mail."""
    return part.media_type in _MAILS or (
        part.filename.lower().endswith(".eml")
        and part.media_type.startswith(("application/", "text/"))
    )


def _walk(part: Part, found: Found, limits: Limits, *, root: bool = False) -> None:
    if part.children and part.media_type == "multipart/alternative":
        _alternative(part, found, limits)
    elif part.children:
        for child in part.children:
            _walk(child, found, limits)
    elif _is_text(part, found, root=root):
        _take_text(part, found, limits)
    else:
        found.attached.append(part)


def _alternative(part: Part, found: Found, limits: Limits) -> None:
    """Let the versions of one text count once."""
    inner = Found()
    for child in part.children:
        _walk(child, inner, limits)
    plains = [plain for plain, _ in inner.pieces if plain.strip()]
    htmls = [html for _, html in inner.pieces if html.strip()]
    several = any(child.media_type == "multipart/mixed" for child in part.children)
    found.pieces.append(("\n\n".join(plains) if several else (plains or [""])[0], "\n".join(htmls)))
    found.attached.extend(inner.attached)
    found.warnings.update(inner.warnings)


def _is_text(part: Part, found: Found, *, root: bool) -> bool:
    if part.media_type.startswith("multipart/"):
        # A multipart whose boundary never comes is one piece of text.
        return True
    if part.media_type not in _TEXTS or part.disposition == "attachment":
        return False
    if not part.filename or root:
        return True
    # Some programs give the text itself a name; an inline file comes after the text.
    return not found.pieces and not part.disposition


def _take_text(part: Part, found: Found, limits: Limits) -> None:
    if contents.size(part) > limits.text:
        found.warnings["text_too_large"] = None
        found.attached.append(part)
        if contents.size(part) > 8 * limits.text:
            return
    text, warnings = contents.text(part)
    found.warnings.update(dict.fromkeys(warnings))
    text = text[: limits.text]
    if part.media_type in {"text/html", "text/x-amp-html"}:
        found.pieces.append(("", text if part.media_type == "text/html" else ""))
    elif part.media_type in {"text/enriched", "text/richtext"}:
        found.pieces.append((_TAG.sub("", text.replace("<<", "<")), ""))
    else:
        found.pieces.append((text, ""))


def _readable(plain: str, html: str, tools: TextTools) -> str:
    if not html:
        return plain
    if plain.strip() and not (len(plain) < 600 and _NO_PLAIN.search(plain)):
        return plain
    converted = tools.html_to_text(html)
    return converted if len(converted.strip()) > len(plain.strip()) / 2 else plain
