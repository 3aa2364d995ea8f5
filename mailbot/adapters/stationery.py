"""Write letters from the words in `templates/letters/`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from jinja2 import DictLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mailbot.adapters.letter_checks import check_templates
from mailbot.adapters.letter_languages import Language, read_language
from mailbot.adapters.letter_markup import fill, form, place
from mailbot.adapters.letter_values import Shown, clean, link, typed, word
from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.kinds import Kind
from mailbot.domain.letters import LETTERS, BoardWords, Typed, missing_words
from mailbot.domain.ports import Rendered

_HERE = "here_"
"""The name under which a letter being written keeps its language and its values."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """One part of a letter being written: its language, and the values met so far."""

    language: Language
    zone: ZoneInfo
    values: list[Shown]

    def keep(self, value: object) -> str:
        """Keep a value and return the mark of its place."""
        self.values.append(self.shown(value))
        return place(len(self.values) - 1)

    def shown(self, value: object) -> Shown:
        """Show a value as its type asks; an unknown type must not come into a letter."""
        if isinstance(value, Shown):
            return value
        return word(self.words_for(value), self.language.direction)

    def words_for(self, value: object) -> str:
        """Write a plain value in this language."""
        match value:
            case Undefined():
                return str(value)  # Raises, naming the missing word.
            case Kind():
                return self.language.kind(value)
            case datetime():
                return self.language.moment(value.astimezone(self.zone))
            case date():
                return self.language.day(value)
            case str() | int():
                return str(value)
        raise LetterIncomplete(f"a letter cannot show a value of type {type(value).__name__}")


@pass_context
def _keep(context: Context, value: object) -> str:
    """Put a mark where a value belongs (called by Jinja for every value it meets)."""
    return cast(_Writing, context[_HERE]).keep(value)


@pass_context
def _link(context: Context, value: str) -> Shown:
    """Show an address as a link."""
    return link(value, cast(_Writing, context[_HERE]).language.direction)


@pass_context
def _typed(context: Context, value: Typed) -> Shown:
    """Show what a person typed, in this language if it is there, else in Dutch."""
    wanted = cast(_Writing, context[_HERE]).language.code
    if isinstance(value, str):
        return typed(value, "nl")
    language = wanted if wanted in value else "nl" if "nl" in value else next(iter(value))
    return typed(value[language], language)


def _named(table: str) -> Callable[[Context, str], str]:
    """Make a filter that looks a code up in one table of the language."""

    @pass_context
    def lookup(context: Context, code: str) -> str:
        return cast(_Writing, context[_HERE]).language.name(table, code)

    return lookup


_FILTERS: Mapping[str, Callable[..., object]] = {
    "link": _link,
    "typed": _typed,
    "understood": _named("understood"),
    "stage": _named("stages"),
    "next_step": _named("next_steps"),
    "question": _named("questions"),
    "option": _named("identity_options"),
    "heap": _named("heaps"),
    "answered": _named("answered"),
}


class _LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja that finds the shared pieces of a letter in the letter's own language."""

    def join_path(self, template: str, parent: str) -> str:
        """Read `_parts/footer.md`, asked for from `tr/status/body.md`, as `tr/_parts/footer.md`."""
        return f"{parent.split('/', 1)[0]}/{template}"

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002
        """
        Allow the parts of our own values.

        `check_templates` has let through no other parts already, so the
        sandbox's longer look at each object is spared.
        """
        return not attr.startswith("_")


def templates_folder() -> Traversable:
    """Find the letters in the installed wheel, or beside the package in a checkout."""
    inside = files("mailbot") / "templates" / "letters"
    if inside.is_dir():
        return inside
    return Path(str(files("mailbot"))).parent / "templates" / "letters"


class PaperStationery:
    """The letters of `templates/`; read and checked once, then filled many times."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        board: BoardWords | None = None,
        zone: ZoneInfo | None = None,
    ) -> None:
        """
        Read every template and check its words.

        Args:
            folder: where the letters stand; by default those that came with mailbot.
            board: the board whose words are used where a letter is given none.
            zone: the zone in which moments are written.

        Raises:
            LetterIncomplete: a template uses an unknown word, lacks one it
                should use, or cannot be read; names each file and word.
        """
        sources = _read(folder or templates_folder())
        self._board = board
        self._zone = zone or ZoneInfo("Europe/Amsterdam")
        self._languages = {
            path.split("/")[0]: read_language(path.split("/")[0], source)
            for path, source in sources.items()
            if path.endswith("/language.toml")
        }
        self._available = {
            letter: tuple(code for code in self._languages if f"{code}/{letter}/body.md" in sources)
            for letter in LETTERS
        }
        self._words = _environment(sources, finalize=_keep)
        self._words.filters.update(_FILTERS)
        check_templates(self._words, sources, tuple(self._languages))
        self._layout = _environment(sources, autoescape=True).get_template("layout.html")

    def languages(self, letter: str) -> Sequence[str]:
        """Name the languages this letter exists in, Dutch first."""
        return self._available.get(letter, ())

    def write(self, letter: str, languages: Sequence[str], words: Mapping[str, object]) -> Rendered:
        """
        Fill a letter in the first language, followed by the same letter in the others.

        Args:
            letter: a code of `LETTERS`.
            languages: as `letter_languages` gives them.
            words: the letter's words; `board` may be left out where the house has one board.

        Returns:
            The subject in the first language; text and HTML in all of them.

        Raises:
            LetterIncomplete: a word or the letter itself is missing.
        """
        given = {"board": self._board, **words}
        missing = missing_words(letter, given)
        if missing:
            raise LetterIncomplete(f"letter {letter!r} lacks the words: {', '.join(missing)}")
        for name in LETTERS[letter].may:
            given.setdefault(name, None)
        parts = [self._part(letter, code, given) for code in languages]
        below = [self._languages[code].below_line() for code in languages[1:]]
        text = "\n".join([*(f"{line['mark']}{line['text']}\n" for line in below), parts[0]["text"]])
        for part in parts[1:]:
            text += f"\n{'=' * 60}\n\n{part['text']}"
        first = self._languages[languages[0]]
        html = self._layout.render(
            language=first.code,
            direction=first.direction,
            subject=parts[0]["subject"],
            below=below,
            parts=parts,
        )
        return Rendered(subject=parts[0]["subject"], text=text, html=html)

    def _part(self, letter: str, code: str, words: Mapping[str, object]) -> dict[str, Any]:
        """Write a letter in one language."""
        if code not in self.languages(letter):
            raise LetterIncomplete(f"letter {letter!r} does not exist in {code!r}")
        language = self._languages[code]
        subject = self._filled(f"{code}/{letter}/subject.txt", language, words)
        body = self._filled(f"{code}/{letter}/body.md", language, words)
        return {
            "language": code,
            "direction": language.direction,
            "subject": clean(" ".join(subject.text.split())),
            "heading": Markup(_inside(subject.html)),  # noqa: S704 - as the body is.
            "text": body.text,
            "html": Markup(body.html),  # noqa: S704 - every value in it was escaped by itself.
        }

    def _filled(self, path: str, language: Language, words: Mapping[str, object]) -> Shown:
        """Fill one template; the values come in after its markup has been read."""
        writing = _Writing(language, self._zone, [])
        try:
            markdown = self._words.get_template(path).render({**words, _HERE: writing})
        except TemplateError as error:
            raise LetterIncomplete(f"{path}: {error.message}") from error
        return fill(form(markdown, language.direction), writing.values)


def _inside(paragraph: str) -> str:
    """Take a subject out of its paragraph, so that it can stand in a heading."""
    return paragraph.strip().removeprefix("<p>").removesuffix("</p>")


def _environment(sources: Mapping[str, str], **options: Any) -> _LetterEnvironment:
    """Make a sandbox in which a missing word is an error."""
    return _LetterEnvironment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        **{"autoescape": False, **options},
    )


def _read(folder: Traversable) -> dict[str, str]:
    """Read every file below *folder* by its path; Dutch first, then by name."""
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: (entry.name != "nl", entry.name)):
        if entry.is_dir():
            found |= {f"{entry.name}/{path}": text for path, text in _read(entry).items()}
        elif entry.name.endswith((".md", ".txt", ".html", ".toml")):
            found[entry.name] = entry.read_text(encoding="utf-8")
    return found
