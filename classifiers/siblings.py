"""Finds another child for whom the same is asked, named later in a running conversation."""

import re

from classifiers.answers import patterns
from classifiers.folding import read
from classifiers.names import child_names
from mailbot.domain.suggestion import Fact, FactName

_PART = r"[A-ZÀ-ÖØ-ÞĞİŞŁŚŻŹĆŃ][\w'’-]+"
_NAME = rf"{_PART}(?: (?:van|de|der|den|el|al|bin|von|ter|ten|te){{0,2}} ?{_PART}){{0,3}}"
_SIBLING = (
    r"(?:zus(?:je|ter)?|broer(?:tje)?|sister|brother|kız kardeşi|erkek kardeşi|kardeşi|ablası|abisi|"
    r"schwester|bruder|sœur|soeur|frère|siostr\w+|brat\w*|hermano|hermana|сестр\w+|брат\w*|"
    r"أخته|أختها|أخيه|أخيها|أخوه|أخوها|شقيقته|شقيقه)"
)
_NAMED = re.compile(rf"(?<!\w)(?i:{_SIBLING}),? (?:heet |is |called )?(?P<name>{_NAME})")
_ANY = re.compile(rf"(?<!\w){_SIBLING}(?!\w)", re.IGNORECASE)
_ARABIC = re.compile(rf"(?:{_SIBLING}) (?P<name>[\u0621-\u064a]+)")


def sibling_in(text: str) -> Fact | None:
    """
    Find a brother or sister for whom the same is asked.

    Args:
        text: the new text of a mail.

    Returns:
        The name as it stands there, `unknown` where none does, or None where nobody is meant.
    """
    folded = read(text)
    if not any(
        one.possible(folded.text) and one.regex.search(folded.text) for one in patterns("also_for")
    ):
        return None
    named = _NAMED.search(text) or _ARABIC.search(text)
    if named is not None:
        return Fact(FactName.SIBLING_NAME, named["name"].rstrip("."), named.start("name"))
    children = child_names(text)
    if children:
        value = "; ".join(child.value for child in children)
        return Fact(FactName.SIBLING_NAME, value, children[0].start)
    return Fact(FactName.SIBLING_NAME, "unknown") if _ANY.search(text) else None
