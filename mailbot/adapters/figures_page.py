"""Writes the yearly figures as one HTML page that stands alone."""

from dataclasses import asdict
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mailbot.adapters.figures_plots import plots, svg
from mailbot.adapters.figures_words import WORDS, kind_name, number
from mailbot.domain.figures import Row, YearFigures

MEASURES = ("received", "closed", "in_time", "late", "running", "extended", "median_days")


def figures_html(figures: YearFigures, board: str, zone: ZoneInfo, language: str = "nl") -> str:
    """
    Write the page as HTML with its plots inside.

    It holds no script and asks for nothing from outside, so it may be mailed, archived and
    printed as it is.
    """
    words = WORDS[language]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    template = environment.from_string(
        pages_folder().joinpath("figures.html").read_text(encoding="utf-8")
    )
    return template.render(
        language=language,
        board=board,
        words=words,
        figures=figures,
        measures=MEASURES,
        title=words["title"].format(year=figures.year),
        made=made(figures, zone, language),
        cards=cards(figures, language),
        kinds=[
            (kind_name(kind, language), cells(row, language))
            for kind, row in figures.by_kind.items()
        ],
        total=cells(figures.total, language),
        counts=counts(figures, language),
        # Drawn here from numbers and our own words; nothing in it comes from a mail.
        drawings=[(plot.title, Markup(svg(plot))) for plot in plots(figures, language)],  # noqa: S704
    )


def pages_folder() -> Traversable:
    """Find the pages in the installed wheel, or beside the package in a checkout."""
    inside = files("mailbot") / "templates" / "pages"
    if inside.is_dir():
        return inside
    return Path(str(files("mailbot"))).parent / "templates" / "pages"


def made(figures: YearFigures, zone: ZoneInfo, language: str) -> str:
    """Say as of when the figures are."""
    return WORDS[language]["made"].format(moment=f"{figures.as_of.astimezone(zone):%d-%m-%Y}")


def cells(row: Row, language: str) -> list[str]:
    """Write one group of cases, measure by measure."""
    return [number(getattr(row, name), language) for name in MEASURES]


def cards(figures: YearFigures, language: str) -> list[tuple[str, str]]:
    """Choose the four figures that stand at the top."""
    words, total = WORDS[language], figures.total
    settled = total.in_time + total.late
    share = f"{total.in_time / settled:.0%}" if settled else "-"
    return [
        (words["received"], str(total.received)),
        (words["answered"], share),
        (words["late"], str(total.late)),
        (words["median_days"], number(total.median_days, language) or "-"),
    ]


def counts(figures: YearFigures, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the breaches and the letters."""
    words = WORDS[language]
    return [
        (words[name], [(words[one], str(count)) for one, count in asdict(counts).items()])
        for name, counts in (("breaches", figures.breaches), ("letters", figures.letters))
    ]
