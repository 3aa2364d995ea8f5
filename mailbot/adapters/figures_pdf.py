"""Writes the yearly figures as a PDF for the annual report."""

import io
from textwrap import wrap
from zoneinfo import ZoneInfo

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from mailbot.adapters.figures_page import MEASURES, cells, counts, made
from mailbot.adapters.figures_plots import FAINT, INK, STYLE, Plot, plots
from mailbot.adapters.figures_words import WORDS, kind_name
from mailbot.domain.figures import YearFigures

A4 = (8.27, 11.69)
"""Inches; every other length is a part of the page."""
LEFT = 0.09
NAMES = 0.33
"""Where bars begin, right of their names."""
LINE = 0.021
RULE = "#d9d9df"
KIND_COLUMNS = (0.0, 0.46, 0.6, 0.67, 0.74, 0.81, 0.9, 1.0)
"""Where the first column begins and where each other one ends."""
COUNT_COLUMNS = (0.0, 0.57)


def figures_pdf(figures: YearFigures, board: str, zone: ZoneInfo, language: str = "nl") -> bytes:
    """Write the page as a PDF: the counts on the first page, the plots after it."""
    words = WORDS[language]
    title = f"{words['title'].format(year=figures.year)}, {board}"
    found = io.BytesIO()
    about = {"Title": title, "Creator": "mailbot", "CreationDate": figures.as_of}
    with mpl.rc_context(STYLE), PdfPages(found, metadata=about) as pages:
        pages.savefig(_first_page(figures, board, zone, language))
        drawn = list(plots(figures, language))
        while drawn:
            # As many as fit on a page, one at least.
            page, room = [drawn.pop(0)], A4[1] - 1.6
            while drawn and sum(_room(plot) for plot in [*page, drawn[0]]) <= room:
                page.append(drawn.pop(0))
            pages.savefig(_plot_page(page))
    return found.getvalue()


def _room(plot: Plot) -> float:
    return plot.height + 0.45


def _first_page(figures: YearFigures, board: str, zone: ZoneInfo, language: str) -> Figure:
    words = WORDS[language]
    figure = Figure(figsize=A4)
    figure.text(LEFT, 0.945, board, color=FAINT)
    figure.text(LEFT, 0.915, words["title"].format(year=figures.year), fontsize=17, weight="bold")
    lead = [words["lead"], made(figures, zone, language)]
    figure.text(LEFT, 0.875, "\n".join(lead), color=FAINT, linespacing=1.5)
    top = 0.845
    if figures.by_kind:
        rows = [
            *((kind_name(kind, language), row) for kind, row in figures.by_kind.items()),
            (words["total"], figures.total),
        ]
        lines = [[name, *cells(row, language)] for name, row in rows]
        heads = [words["kind"], *(words[name].replace(" ", "\n") for name in MEASURES)]
        top = _table(figure, top, [heads, *lines], KIND_COLUMNS, total=True)
        terms = "\n".join(wrap(words["terms"], 118))
        figure.text(LEFT, top, terms, fontsize=7.5, color=FAINT, va="top", linespacing=1.4)
        top -= 0.075
    else:
        figure.text(LEFT, top, words["nothing"], va="top")
        top -= 0.04
    for heading, found in counts(figures, language):
        top = _table(figure, top, [[heading, ""], *map(list, found)], COUNT_COLUMNS)
    return figure


def _table(
    figure: Figure,
    top: float,
    rows: list[list[str]],
    columns: tuple[float, ...],
    *,
    total: bool = False,
) -> float:
    """Draw a table below *top*, its heads first, and return where the next thing may begin."""
    head = 0.034 if any("\n" in one for one in rows[0]) else LINE
    height = head + LINE * (len(rows) - 1)
    axes = figure.add_axes((LEFT, top - height, 1 - 2 * LEFT, height))
    axes.set(xlim=(0, 1), ylim=(-height, 0))
    axes.set_axis_off()
    for place, row in enumerate(rows):
        foot = -(head + LINE * place)
        bold = place == 0 or (total and place == len(rows) - 1)
        for column, text in enumerate(row):
            axes.text(
                columns[column],
                foot + 0.3 * LINE,
                text,
                ha="left" if column == 0 else "right",
                va="bottom",
                fontsize=8,
                weight="bold" if bold else "normal",
                linespacing=1.1,
            )
        strong = place == 0 or (total and place == len(rows) - 2)
        axes.plot(
            [0, columns[-1]],
            [foot, foot],
            color=INK if strong else RULE,
            linewidth=0.8,
            clip_on=False,
        )
    return top - height - 0.03


def _plot_page(page: list[Plot]) -> Figure:
    figure = Figure(figsize=A4)
    top = A4[1] - 0.8
    for plot in page:
        figure.text(LEFT, (top - 0.02) / A4[1], plot.title, fontsize=11, weight="bold")
        left = LEFT if plot.code == "months" else NAMES
        height = (plot.height - 0.5) / A4[1]
        plot.draw(figure.add_axes((left, (top - plot.height) / A4[1], 0.89 - left, height)))
        top -= _room(plot)
    return figure
