"""`mailbot officer`: add and list the people who may sign in."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.table import Table

from mailbot import app
from mailbot.adapters.door import OpenDoor
from mailbot.cli.door import board_of, board_option, password, settings_of
from mailbot.domain.accounts import Account
from mailbot.domain.errors import UnknownOfficer
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


@officer.command()
@click.argument("address")
@board_option
@click.pass_context
def stop(ctx: click.Context, address: str, board: str | None) -> None:
    """Let an officer in no longer, and sign them out everywhere."""
    with _account(ctx, address, board) as (door, account):
        door.accounts.set_active(account, active=False)
        door.sessions.end_all(account.id)
    click.echo(f"{address} cannot come in any more.")


@officer.command()
@click.argument("address")
@board_option
@click.pass_context
def start(ctx: click.Context, address: str, board: str | None) -> None:
    """Let an officer in again."""
    with _account(ctx, address, board) as (door, account):
        door.accounts.set_active(account, active=True)
    click.echo(f"{address} can come in again.")


@officer.command()
@click.argument("address")
@board_option
@click.pass_context
def reset(ctx: click.Context, address: str, board: str | None) -> None:
    """
    Take the second step of an officer away, who lost telephone and recovery codes.

    At the next sign-in at the desk a new one is set up.
    """
    with _account(ctx, address, board) as (door, account):
        door.forget_factors(account)
    click.echo(f"{address} sets up a new second step at the next sign-in.")


@officer.command("password")
@click.argument("address")
@board_option
@click.pass_context
def password_(ctx: click.Context, address: str, board: str | None) -> None:
    """Give an officer a new password, asked or read from its secret."""
    chosen = password(address)
    with _account(ctx, address, board) as (door, account):
        door.accounts.set_password(account, chosen)
        door.sessions.end_all(account.id)
    click.echo(f"{address} has a new password.")


@contextmanager
def _account(
    ctx: click.Context, address: str, board: str | None
) -> Iterator[tuple[OpenDoor, Account]]:
    """Find the account that is meant, in one transaction. Raises UnknownOfficer."""
    settings = settings_of(ctx)
    with app.door(settings, board_of(settings, board)) as (door, board_id):
        found = door.accounts.named(board_id, address)
        if found is None:
            raise UnknownOfficer("this board has no officer with this address")
        yield door, found
