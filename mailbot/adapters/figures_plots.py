"""Draws the yearly figures; each plot fits a page on the screen and on paper."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mailbot.adapters.figures_words import MONTHS, WORDS, kind_name, language_name, number
from mailbot.domain.figures import YearFigures
from mailbot.domain.kinds import KINDS, Clock

INK, FAINT, BLUE = "#23232a", "#8a8a94", "#2f6690"
STATES = (
    ("in_time", BLUE, ""),
    ("running", "#b7d1e2", ""),
    ("late", "#c8501e", "////"),
    ("without_term", "#d5d5da", ""),
)
"""What a bar is made of, its colour, and a hatch where it must be told without colour."""
STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.color": "#ffffff",
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    # Letters as shapes: a page then looks the same wherever it is opened or printed.
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    # A dollar sign in a name is a dollar sign.
    "text.parse_math": False,
}
TERM_DAYS = 28
WIDTH = 7.0
"""Inches: an A4 page within its margins."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot: its title, how it is drawn, and how high it must be."""

    code: str
    title: str
    draw: Callable[[Axes], None]
    bars: int

    @property
    def height(self) -> float:
        """Inches."""
        return max(1.7, 0.75 + 0.27 * self.bars)


def plots(figures: YearFigures, language: str) -> Sequence[Plot]:
    """Lay out the plots of a year; those without anything to show are left out."""
    words = WORDS[language]
    answered = [
        kind for kind, row in figures.by_kind.items() if kind and row.median_days is not None
    ]
    all_plots = (
        Plot(
            "kinds",
            words["by_state"],
            lambda axes: _kinds(axes, figures, language),
            len(figures.by_kind) + 1,
        ),
        Plot("months", words["months"], lambda axes: _months(axes, figures, language), 5),
        Plot("days", words["days"], lambda axes: _days(axes, figures, language), len(answered)),
        Plot(
            "languages",
            words["languages"],
            lambda axes: _languages(axes, figures, language),
            len(figures.by_language),
        ),
    )
    return [plot for plot in all_plots if figures.total.received and plot.bars]


def svg(plot: Plot) -> str:
    """Draw one plot as an SVG element that stands alone: no script, nothing from outside."""
    page = io.StringIO()
    # The names within must differ from plot to plot, and be the same in every run.
    with mpl.rc_context({**STYLE, "svg.hashsalt": plot.code}):
        figure = Figure(figsize=(WIDTH, plot.height), layout="constrained")
        plot.draw(figure.subplots())
        figure.savefig(page, format="svg", metadata={"Date": None}, transparent=True)
    element = page.getvalue()
    element = element[element.index("<svg") :]
    element = re.sub(r"<metadata>.*?</metadata>", "", element, flags=re.DOTALL)
    return element.replace("<svg ", '<svg role="img" ', 1)


def _kinds(axes: Axes, figures: YearFigures, language: str) -> None:
    rows = list(figures.by_kind.items())
    names = [kind_name(kind, language) for kind, _ in rows]
    left = [0] * len(rows)
    for state, colour, hatch in STATES:
        counts = [getattr(row, state) for _, row in rows]
        if any(counts):
            axes.barh(
                names,
                counts,
                left=left,
                height=0.62,
                color=colour,
                hatch=hatch,
                label=WORDS[language][state],
            )
        left = [before + count for before, count in zip(left, counts, strict=True)]
    _label(axes, names, [row.received for _, row in rows], language)
    axes.legend(
        frameon=False, ncols=4, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0, fontsize=8
    )


def _months(axes: Axes, figures: YearFigures, language: str) -> None:
    counts = [row.received for row in figures.by_month.values()]
    bars = axes.bar(MONTHS[language], counts, width=0.62, color=BLUE)
    axes.bar_label(bars, [str(count) if count else "" for count in counts], padding=2, fontsize=8)
    axes.tick_params(length=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _days(axes: Axes, figures: YearFigures, language: str) -> None:
    rows = [
        (kind, row.median_days)
        for kind, row in figures.by_kind.items()
        if kind and row.median_days is not None
    ]
    names = [kind_name(kind, language) for kind, _ in rows]
    values = [days for _, days in rows]
    axes.barh(names, values, height=0.62, color=BLUE)
    _label(axes, names, values, language)
    if any(KINDS[kind].clock is Clock.REQUEST for kind, _ in rows):
        axes.axvline(TERM_DAYS, color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        axes.annotate(
            str(TERM_DAYS),
            (TERM_DAYS, 1),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="bottom",
            fontsize=8,
            color=FAINT,
        )
        axes.set_xlim(right=max(*values, TERM_DAYS) * 1.08)


def _languages(axes: Axes, figures: YearFigures, language: str) -> None:
    names = [language_name(code, language) for code in figures.by_language]
    counts = [row.received for row in figures.by_language.values()]
    axes.barh(names, counts, height=0.62, color=BLUE)
    _label(axes, names, counts, language)


def _label(axes: Axes, names: Sequence[str], values: Sequence[float], language: str) -> None:
    """Write each value at the end of its bar, so that no scale is needed."""
    for place, value in enumerate(values):
        axes.annotate(
            number(value, language),
            (value, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6},
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.set_xlim(left=0)
    axes.margins(x=0.06)
    axes.spines["bottom"].set_visible(False)
