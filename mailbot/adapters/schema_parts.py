"""What many tables have alike: a key, a board, a case or an officer of that same board."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint

from mailbot.adapters.schema import Id


def key() -> Column[Any]:
    """Give a table numbers of its own."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def board() -> Column[Any]:
    """Say whose row it is."""
    return Column("board_id", Id, ForeignKey("board.id"), nullable=False)


def of_case(name: str, column: str = "case_id") -> ForeignKeyConstraint:
    """Let a row speak of a case of its own board only."""
    return ForeignKeyConstraint([column, "board_id"], ["cases.id", "cases.board_id"], name=name)


def of_officer(name: str) -> ForeignKeyConstraint:
    """Let a row name an officer of its own board only."""
    return ForeignKeyConstraint(
        ["officer_id", "board_id"], ["officer.id", "officer.board_id"], name=name
    )


def in_own_sign_in(name: str) -> ForeignKeyConstraint:
    """Let a row name a sign-in of the officer it names only."""
    return ForeignKeyConstraint(
        ["sign_in_id", "officer_id"], ["sign_in.id", "sign_in.officer_id"], name=name
    )


def by_an_officer(table: str) -> tuple[Any, ...]:
    """Let no row stand without a signed-in officer of its board: the robot has no hand in it."""
    return (
        CheckConstraint(
            "officer_id IS NOT NULL AND sign_in_id IS NOT NULL", name=f"{table}_needs_officer"
        ),
        of_officer(f"{table}_by_officer_of_its_board"),
        in_own_sign_in(f"{table}_in_own_sign_in"),
    )
