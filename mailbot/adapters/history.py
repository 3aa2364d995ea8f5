"""Writes the history and seals it, so that a row edited, removed or cut off can be named."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from mailbot.adapters.database import reading
from mailbot.adapters.schema import board, event
from mailbot.adapters.schema_history import event_count, event_seal
from mailbot.adapters.vault import Vault

COLUMNS = ("id", "board_id", "case_id", "mail_id", "officer_id", "at", "kind", "detail")
"""What a seal vouches for: the whole row."""

Written = dict[str, Any]
"""An event that was written in this transaction and has no seal yet."""


def write_event(connection: Connection, **values: Any) -> Written:
    """Write one event; whoever owns the transaction seals it at the end."""
    row = connection.execute(insert(event).values(**values))
    return {"id": int((row.inserted_primary_key or (0,))[0]), **values}


def seal(connection: Connection, vault: Vault, written: Sequence[Written]) -> None:
    """
    Seal what a transaction wrote, as the last thing it does.

    1. The events of a board are numbered without a gap; rows of PostgreSQL have gaps by nature.
    2. Each seal is a keyed hash of its number and its event, which nobody makes without the key.
    3. The count is sealed as well, so that nothing can be cut off at the end.

    The row of the count is held from here to the commit only. No other lock is asked for after
    it, so those who wait for it cannot wait for each other.
    A board whose count was removed goes on unsealed: `check` says so, and no mail waits for it.
    """
    by_board = sorted(written, key=lambda one: (one["board_id"], one["id"]))
    for board_id, group in groupby(by_board, key=lambda one: int(one["board_id"])):
        here = event_count.c.board_id == board_id
        count = connection.execute(select(event_count).where(here).with_for_update()).one_or_none()
        if count is None:
            continue
        rows = [
            {
                "board_id": board_id,
                "number": number,
                "event_id": one["id"],
                "seal": _event_seal(vault, number, one),
            }
            for number, one in enumerate(group, start=count.number + 1)
        ]
        connection.execute(insert(event_seal), rows)
        last, event_id = rows[-1]["number"], rows[-1]["event_id"]
        told = _count_seal(vault, board_id, count.since, last, event_id)
        connection.execute(
            update(event_count).where(here).values(number=last, event_id=event_id, seal=told)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the whole history found."""

    faults: tuple[str, ...]
    """One sentence for each row that is not as it was written."""
    unsealed: tuple[str, ...]
    """What was written before there were seals, so that nothing can be said of it."""


def look(engine: Engine, vault: Vault) -> Found:
    """Hold every event of every board against its seal; changes nothing."""
    still = reading(engine)
    if engine.dialect.name == "postgresql":
        # Seals and counts must be of one moment, or a robot at work looks like a forger.
        still = still.execution_options(isolation_level="REPEATABLE READ")
    faults: list[str] = []
    unsealed: list[str] = []
    with still.begin() as connection:
        for number, code in connection.execute(select(board.c.id, board.c.code)).all():
            query = select(event_count).where(event_count.c.board_id == number)
            count = connection.execute(query).one_or_none()
            since = 0 if count is None else int(count.since)
            faults += (f"{code}: {fault}" for fault in _count_faults(vault, number, count))
            faults += (
                f"{code}: {fault}" for fault in _row_faults(connection, vault, number, count)
            )
            faults += (f"{code}: {fault}" for fault in _strangers(connection, number, since))
            if since:
                unsealed.append(
                    f"{code}: events up to {since} were written before there were seals"
                )
    return Found(tuple(faults), tuple(unsealed))


def _count_faults(vault: Vault, board_id: int, count: Row[Any] | None) -> Iterator[str]:
    if count is None:
        yield "the count of its events was removed"
    elif count.number or count.seal is not None:
        told = _count_seal(vault, board_id, count.since, count.number, count.event_id)
        if count.seal != told:
            yield f"the count of its events was changed (it says {count.number})"


def _row_faults(
    connection: Connection, vault: Vault, board_id: int, count: Row[Any] | None
) -> Iterator[str]:
    seals = event_seal.c
    query = (
        select(seals.number, seals.event_id, seals.seal, *(event.c[name] for name in COLUMNS))
        .outerjoin_from(event_seal, event, event.c.id == seals.event_id)
        .where(seals.board_id == board_id)
        .order_by(seals.number)
    )
    last, before = 0, 0
    for row in connection.execute(query):
        if row.number != last + 1:
            yield f"{_missing(last + 1, row.number - 1)} between events {before} and {row.event_id}"
        last, before = row.number, row.event_id
        if row.id is None:
            yield f"event {row.event_id} was removed"
        elif row.seal != _event_seal(vault, row.number, row._mapping):  # noqa: SLF001 - the public face of a row
            yield f"event {row.event_id} ({row.kind}, {row.at:%Y-%m-%d %H:%M}Z) was changed"
    if count is not None and last < count.number:
        yield (
            f"{_missing(last + 1, count.number)} at the end, after event {before} "
            f"and up to event {count.event_id}"
        )
    elif count is not None and last > count.number:
        yield f"the count of its events was put back (it says {count.number}, there are {last})"


def _strangers(connection: Connection, board_id: int, since: int) -> Iterator[str]:
    sealed = select(event_seal.c.event_id).where(event_seal.c.event_id == event.c.id)
    query = (
        select(event.c.id, event.c.kind)
        .where(event.c.board_id == board_id, event.c.id > since, ~sealed.exists())
        .order_by(event.c.id)
    )
    for row in connection.execute(query):
        yield f"event {row.id} ({row.kind}) carries no seal: it was not written by this house"


def _missing(first: int, last: int) -> str:
    rows = f"row {first} was" if first == last else f"rows {first} to {last} were"
    return f"{rows} removed"


def _event_seal(vault: Vault, number: int, row: Any) -> bytes:
    words = [row.get(name) for name in COLUMNS]
    return vault.keyed_hash("event " + json.dumps([number, *map(_plain, words)]))


def _count_seal(vault: Vault, board_id: int, since: int, number: int, event_id: int) -> bytes:
    return vault.keyed_hash("event count " + json.dumps([board_id, since, number, event_id]))


def _plain(value: Any) -> Any:
    """Write an instant as both databases give it back."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
