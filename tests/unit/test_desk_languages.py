"""Every message of the desk is there in Dutch and in English, once, with the same words to fill in."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mailbot.web.languages import DUTCH, LANGUAGES, SOURCE
from mailbot.web.places import web_folder

CODE = Path(__file__).parents[2] / "mailbot" / "web"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "N_": None, "_": None}
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

Id = str | tuple[str, ...]


def messages() -> Iterator[tuple[str, Id]]:
    """Extract every message from the templates and the code, with the file it stands in."""
    for folder, how in ((web_folder(), ("**.html", "jinja2")), (CODE, ("**.py", "python"))):
        options = {"**.html": {"newstyle_gettext": "true", "trimmed": "false"}}
        for name, _line, message, _notes, _context in extract_from_dir(
            folder, method_map=[how], options_map=options, keywords=KEYWORDS
        ):
            yield name, tuple(message) if isinstance(message, (list, tuple)) else message


def catalogues(language: str) -> dict[str, Catalog]:
    """Read the catalogues of a language, by file."""
    return {
        path.name: read_po(BytesIO(path.read_bytes()), locale=language)
        for path in sorted((web_folder() / "locale" / language).glob("*.po"))
    }


def translated(language: str) -> Iterator[tuple[str, Message]]:
    """List every translated message of a language with its file."""
    for name, catalogue in catalogues(language).items():
        for message in catalogue:
            if message.id:
                yield name, message


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != SOURCE])
def test_no_message_lacks_its_translation(language: str) -> None:
    """English is the language of the templates, so what is missing elsewhere would be English."""
    there = {_id(one.id) for _, one in translated(language) if _whole(one)}
    missing = sorted({f"{name}: {one!r}" for name, one in messages() if _id(one) not in there})
    assert missing == [], "add to templates/web/locale/nl/<page>.po:\n" + "\n".join(missing)


def test_no_translation_is_left_over() -> None:
    """What no page says any more goes, or the catalogues fill up with the past."""
    said = {_id(one) for _, one in messages()}
    left = sorted(
        f"{name}: {one.id!r}" for name, one in translated(DUTCH) if _id(one.id) not in said
    )
    assert left == []


def test_a_message_has_one_translation() -> None:
    """Each page has its own catalogue; together they may not contradict each other."""
    seen: dict[str, tuple[str, object]] = {}
    for name, one in translated(DUTCH):
        before = seen.setdefault(_id(one.id), (name, one.string))
        assert before == (name, one.string), f"{one.id!r} in {before[0]} and {name}"


def test_translations_have_the_same_words_to_fill_in() -> None:
    """A lost `%(num)d` would show a sentence without its number."""
    for name, one in translated(DUTCH):
        source = one.id if isinstance(one.id, str) else one.id[-1]
        for text in one.string if isinstance(one.string, (list, tuple)) else [one.string]:
            assert set(PLACES.findall(source)) == set(PLACES.findall(text)), f"{name}: {one.id!r}"


def _id(message: Id) -> str:
    return message if isinstance(message, str) else message[0]


def _whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings) and not message.fuzzy
