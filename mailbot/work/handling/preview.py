"""Shows a letter before it is written: to whom it goes, in which languages, and every word of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailbot.domain.decision import Officer
from mailbot.domain.letters import letter_languages
from mailbot.work.correspondence import board_words
from mailbot.work.desk import Desk, about, allow

BETWEEN = f"\n{'=' * 60}\n"
"""What the stationery puts between two languages of a letter."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would leave."""

    recipient: str = field(repr=False)
    languages: tuple[str, ...]
    subject: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)
    """The text, one part for each language."""


def preview(
    desk: Desk, officer: Officer, reference: str, letter: str, words: Mapping[str, object]
) -> Preview | None:
    """
    Fill a letter without writing it; None where the case has no address to write to.

    Raises:
        UnknownCase: there is no such case, or this officer is kept away from it.
        LetterIncomplete: a word the letter needs is missing.
    """
    allow(officer, "prepare")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
    if case.requester.address is None:
        return None
    letters = desk.correspondence
    languages = letter_languages(case.language, letters.stationery.languages(letter))
    filled = {**about(case), **words, "board": board_words(letters.profile)}
    rendered = letters.stationery.write(letter, languages, filled)
    parts = tuple(part.strip("\n") for part in rendered.text.split(BETWEEN))
    return Preview(case.requester.address, languages, rendered.subject, parts)
