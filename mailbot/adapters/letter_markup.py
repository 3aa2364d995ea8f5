"""Turn a letter's Markdown into plain text and HTML in which the values still have to be put."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mailbot.adapters.letter_values import RIGHT_TO_LEFT_MARK, Shown

_PLACE = re.compile("\ue000([0-9]+)\ue001")
_MARKDOWN = MarkdownIt("zero").enable(
    ["heading", "list", "hr", "emphasis", "newline", "escape", "balance_pairs", "fragments_join"]
)


def place(number: int) -> str:
    """Write the mark of a place; no value and no template can hold these characters."""
    return f"\ue000{number}\ue001"


@dataclass(frozen=True, slots=True)
class Form:
    """A letter with open places: pieces of text and numbers of values, by turns."""

    text: tuple[str, ...]
    html: tuple[str, ...]


@lru_cache(maxsize=512)
def form(markdown: str, direction: str) -> Form:
    """
    Read the Markdown of a letter, in which marked places stand for the values.

    The values are not there yet, so nothing in them can be read as markup.
    A letter has few forms (its conditions), so most are read once only.

    Args:
        markdown: the filled template with a mark at each value.
        direction: `ltr` or `rtl`; right-to-left text starts each line with a mark,
            except where a value opens the line, which may be Dutch.

    Returns:
        The form, to be filled with `fill`.
    """
    tokens = _MARKDOWN.parse(markdown)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}).strip()
    text = "\n".join(_lines(tokens)).strip("\n") + "\n"
    if direction == "rtl":
        text = re.sub("(?m)^(?=[^\ue000\n])", RIGHT_TO_LEFT_MARK, text)
    return Form(tuple(_PLACE.split(text)), tuple(_PLACE.split(html)))


def fill(form: Form, values: Sequence[Shown]) -> Shown:
    """Put the values into their places."""
    return Shown(
        _joined(form.text, [value.text for value in values]),
        _joined(form.html, [value.html for value in values]),
    )


def _joined(pieces: Sequence[str], values: Sequence[str]) -> str:
    """Join pieces and values by turns; every second piece is the number of a value."""
    return "".join(values[int(p)] if i % 2 else p for i, p in enumerate(pieces))


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    """Write the tokens as the lines of a plain text that reads well aloud."""
    bullet = ""
    for token in tokens:
        if token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            yield bullet + _inline(token)
            bullet = ""
        elif token.type == "hr":
            yield "-" * 40
            yield ""
        elif token.type in _ENDS and not token.hidden:
            yield ""


_ENDS = frozenset({"paragraph_close", "bullet_list_close", "ordered_list_close"})


def _inline(token: Token) -> str:
    """Write the text of one paragraph, heading or item without its markup."""
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())
