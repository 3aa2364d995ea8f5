"""The languages of the desk: catalogues of words, read once when it starts."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

DUTCH, ENGLISH = "nl", "en"
LANGUAGES: Mapping[str, str] = {DUTCH: "Nederlands", ENGLISH: "English"}
"""Each language in its own words; the first is the one of whoever has not chosen."""
SOURCE = ENGLISH
"""The language in which the templates are written; it needs no catalogue."""


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool looks for.
    """Mark a message of a table; whoever shows it translates it."""
    return message


def load_catalogues(folder: Path) -> Mapping[str, Translations]:
    """
    Read every catalogue `<language>/<page>.po` below a folder.

    Each page has a catalogue of its own; together they are one language.
    """
    return {language: _load(folder / language) for language in LANGUAGES}


def choose(cookie: str | None) -> str:
    """Choose the language: what this browser chose before, else Dutch, as colleagues speak it."""
    return cookie if cookie and cookie in LANGUAGES else DUTCH


def _load(folder: Path) -> Translations:
    together = Translations()
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=folder.name)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        together.merge(Translations(compiled))
    return together
