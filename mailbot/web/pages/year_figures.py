"""The yearly figures: a page that prints well, its plots as pictures of our own, and files to keep."""

import threading

from starlette.responses import Response

from mailbot.adapters import figures_page as pages
from mailbot.adapters.figures_csv import figures_csv
from mailbot.adapters.figures_pdf import figures_pdf
from mailbot.adapters.figures_plots import plots, svg
from mailbot.adapters.figures_words import WORDS, kind_name
from mailbot.domain.errors import UnknownEntry
from mailbot.domain.figures import YearFigures
from mailbot.domain.local_time import local_day
from mailbot.web.asked import PageRequest
from mailbot.web.pages.breaches import download

FIRST_YEAR, LAST_YEAR = 2000, 2999
YEARS_BACK = 7
"""As many as there are to choose from; cases are not kept longer."""
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_drawing = threading.Lock()
"""One drawing at a time: the library keeps its style for the whole process."""


def figures_page(page: PageRequest) -> Response:
    """Show the figures of a year."""
    found, language = _figures(page), page.language
    zone = page.office.profile.zone
    this_year = local_day(page.now, zone).year
    return page.render(
        "figures.html",
        found=found,
        words=WORDS[language],
        title=WORDS[language]["title"].format(year=found.year),
        made=pages.made(found, zone, language),
        measures=pages.MEASURES,
        cards=pages.cards(found, language),
        kinds=[
            (kind_name(kind, language), pages.cells(row, language))
            for kind, row in found.by_kind.items()
        ],
        total=pages.cells(found.total, language),
        counts=pages.counts(found, language),
        drawings=[(plot.code, plot.title) for plot in plots(found, language)],
        years=[(str(year), str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)],
        board=page.office.profile.full_name or page.office.profile.name,
    )


def figures_plot(page: PageRequest) -> Response:
    """Give one plot as a picture."""
    found = _figures(page)
    chosen = next(
        (one for one in plots(found, page.language) if one.code == page.names["plot"]), None
    )
    if chosen is None:
        raise UnknownEntry("there is no such plot")
    with _drawing:
        picture = svg(chosen)
    answer = Response(picture, media_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = PICTURE
    return answer


def figures_as_csv(page: PageRequest) -> Response:
    """Give the figures of a year for a spreadsheet."""
    found = _figures(page)
    content = figures_csv(found, page.language)
    return download(content, "text/csv; charset=utf-8", f"cijfers-{found.year}.csv")


def figures_as_pdf(page: PageRequest) -> Response:
    """Give the figures of a year on paper, with their plots."""
    found, profile = _figures(page), page.office.profile
    name = profile.full_name or profile.name
    with _drawing:
        content = figures_pdf(found, name, profile.zone, page.language)
    return download(content, "application/pdf", f"cijfers-{found.year}.pdf")


def _figures(page: PageRequest) -> YearFigures:
    asked = page.query.get("year")
    year = local_day(page.now, page.office.profile.zone).year
    if asked.isdecimal() and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        year = int(asked)
    return page.office.figures.year(page.officer, year)
