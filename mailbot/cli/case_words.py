"""Turns the options of `mailbot case decide` into the words of its letter."""

from collections.abc import Sequence
from datetime import date

from mailbot.domain.letters import RefusedPart

Row = tuple[str, str, str]


def letter_words(
    *,
    plain: dict[str, str | date | None],
    parts: Sequence[Row],
    access: Sequence[tuple[str, str]],
) -> dict[str, object]:
    """Keep what was given; what the letter still lacks is named when it is written."""
    words: dict[str, object] = {key: value for key, value in plain.items() if value is not None}
    if parts:
        words["parts"] = [RefusedPart(part, ground, weighed) for part, ground, weighed in parts]
    return {**words, **dict(access)}
