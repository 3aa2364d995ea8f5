"""`mailbot figures`: the yearly figures for the FG's annual report."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from mailbot import app
from mailbot.adapters.figures_csv import figures_csv
from mailbot.adapters.figures_page import MEASURES, figures_html
from mailbot.adapters.figures_pdf import figures_pdf
from mailbot.adapters.figures_words import WORDS, kind_name, number
from mailbot.cli.door import board_of, officer_option, settings_of, sign_in
from mailbot.domain.figures import YearFigures


@click.command()
@click.argument("year", type=click.IntRange(2000, 2999))
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV."
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page with plots: a file that ends in .html or .pdf.",
)
@click.option(
    "--language",
    type=click.Choice(list(WORDS)),
    default="nl",
    show_default=True,
    help="Of the words.",
)
@officer_option
@click.pass_context
def figures(
    ctx: click.Context,
    year: int,
    csv_file: Path | None,
    page: Path | None,
    language: str,
    officer: str,
    board: str | None,
) -> None:
    """
    Count the cases of a YEAR: by kind, in time, extended, late, median days.

    Breaches reported or not and letters that came back are counted too. Nothing
    in it names anybody, and it can still be made when the files are erased.

    \b
    Examples:
      mailbot figures 2026 --officer fg@sipor.nl
      mailbot figures 2026 --page jaar-2026.pdf --csv jaar-2026.csv --officer fg@sipor.nl
    """
    if page is not None and page.suffix.lower() not in (".html", ".pdf"):
        raise click.BadParameter("end the name in .html or .pdf", param_hint="--page")
    visitor = sign_in(ctx, board, officer, None)
    settings = settings_of(ctx)
    code = board_of(settings, board)
    profile = settings.board(code)
    found = app.figures(settings, code, visitor.desk.clock).year(visitor.officer, year)
    if csv_file is not None:
        csv_file.write_bytes(figures_csv(found, language))
    if page is not None:
        name = profile.full_name or profile.name
        if page.suffix.lower() == ".pdf":
            page.write_bytes(figures_pdf(found, name, profile.zone, language))
        else:
            page.write_text(figures_html(found, name, profile.zone, language), encoding="utf-8")
    for written in filter(None, (csv_file, page)):
        click.echo(f"Written: {written}")
    if csv_file is None and page is None:
        _print(found, language)


def _print(found: YearFigures, language: str) -> None:
    words = WORDS[language]
    # A heading that is cut off says nothing; on a narrow screen it is folded.
    table = Table(words["kind"], *(Column(words[name], overflow="fold") for name in MEASURES))
    for kind, row in found.by_kind.items():
        cells = (number(getattr(row, name), language) for name in MEASURES)
        table.add_row(kind_name(kind, language), *cells)
    table.add_section()
    total = (number(getattr(found.total, name), language) for name in MEASURES)
    table.add_row(words["total"], *total)
    Console().print(table if found.total.received else words["nothing"])
    breaches, letters = found.breaches, found.letters
    click.echo(
        f"{words['breaches']}: {breaches.reported} {words['reported']}, "
        f"{breaches.not_reported} {words['not_reported']}, "
        f"{breaches.undecided} {words['undecided']}, "
        f"{breaches.not_in_register} {words['not_in_register']}"
    )
    click.echo(
        f"{words['letters']}: {letters.written} {words['written']}, {letters.bounced} {words['bounced']}"
    )
