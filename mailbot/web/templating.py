"""Fills the templates: one environment for each language, everything escaped, nothing undefined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mailbot.web.languages import LANGUAGES, load_catalogues
from mailbot.web.static import StaticFiles, load_static
from mailbot.web.words import FILTERS


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of the desk, in every language."""

    environments: Mapping[str, Environment]
    catalogues: Mapping[str, Translations]
    static: StaticFiles

    def fill(self, name: str, language: str, words: Mapping[str, object]) -> str:
        """Fill one template."""
        return self.environments[language].get_template(name).render(words)

    def gettext(self, language: str) -> Callable[[str], str]:
        """Give the function that translates a message."""
        return self.catalogues[language].gettext


def load_templates(folder: Path) -> Templates:
    """Load templates, catalogues and static files from `templates/web`."""
    catalogues = load_catalogues(folder / "locale")
    static = load_static(folder / "static")
    environments = {
        language: _environment(folder, language, catalogues[language], static)
        for language in LANGUAGES
    }
    return Templates(environments, catalogues, static)


def _environment(
    folder: Path, language: str, catalogue: Translations, static: StaticFiles
) -> Environment:
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static.url, language=language, languages=LANGUAGES)
    made.filters.update({name: _spoken(filter_, language) for name, filter_ in FILTERS.items()})
    return made


def _spoken(filter_: Callable[..., object], language: str) -> Callable[..., object]:
    def spoken(value: object, *more: object) -> object:
        return filter_(value, *more, language=language)

    return spoken
