"""`mailbot officer`: add and list the people who may sign in."""

import click
from rich.console import Console
from rich.table import Table

from mailbot import app
from mailbot.cli.door import board_of, board_option, password, settings_of
from mailbot.domain.roles import Role


@click.group()
def officer() -> None:
    """
    Add and list the people who may sign in.

    \b
    fg       reviews, confirms, advises, extends; never decides a request
    board    decides
    handler  collects data and prepares
    admin    manages accounts and sees no case content
    """


@officer.command()
@click.argument("address")
@click.option("--name", required=True, help="As letters and the history show it.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@board_option
@click.pass_context
def add(ctx: click.Context, address: str, name: str, role: str, board: str | None) -> None:
    """
    Add an officer with a password of at least twelve characters.

    \b
    Example:
      mailbot officer add fg@sipor.nl --name "Voornaam Achternaam" --role fg
    """
    settings = settings_of(ctx)
    desk = app.desk(settings, board_of(settings, board))
    with desk.books.opened() as books:
        books.people.add(address, name, Role(role), password(address), desk.clock())
    click.echo(f"{address} may sign in as {role}.")


@officer.command("list")
@board_option
@click.pass_context
def list_(ctx: click.Context, board: str | None) -> None:
    """List the officers of a board."""
    settings = settings_of(ctx)
    desk = app.desk(settings, board_of(settings, board))
    table = Table("address", "name", "role", "active")
    with desk.books.opened() as books:
        for address, name, role, active in books.people.officers():
            table.add_row(address, name, role, "yes" if active else "no")
    Console().print(table)
