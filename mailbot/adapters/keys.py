"""Opens the vault with the master key that this database lies under, and puts a new one in its place."""

import os
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, text, update

from mailbot.adapters.database import reading
from mailbot.adapters.schema import data_key
from mailbot.adapters.schema_door import challenge
from mailbot.adapters.schema_keys import retired_key
from mailbot.adapters.vault import Vault
from mailbot.domain.errors import KeyRefused

AT_ONCE = 1000
"""Keys wrapped anew by one statement, so that memory does not grow with the mails kept."""


def vault_of(engine: Engine, master: bytes, random: Callable[[int], bytes] = os.urandom) -> Vault:
    """
    Open the vault of a database whose schema is up to date.

    Raises:
        KeyRefused: this master key was retired, or the database lies under another one.
    """
    with reading(engine).begin() as connection:
        return _vault(connection, master, random)


def change_master(engine: Engine, old: bytes, new: bytes, now: datetime) -> int:
    """
    Put a new master key in the place of the old one, whole or not at all.

    All of it is one transaction: killed at any moment, everything lies under the old key or
    everything under the new one, and asking again does what is left.

    1. Nobody makes or erases a data key meanwhile.
    2. Each data key is opened with the old master key and wrapped with the new one.
    3. What hashes and signs stays as it is, sealed under the new key: addresses are found and
       reports recognised as before.
    4. The old key is written down as retired. The database refuses that while a data key lies
       under it, and afterwards refuses every data key under it.

    Args:
        engine: the database; its schema is up to date.
        old: the master key until now.
        new: the one from now on.
        now: when it happens.

    Returns:
        How many data keys were wrapped anew; 0 where it had been done before.

    Raises:
        KeyRefused: neither of the two fits this database, or the new one was retired before.
        Damaged: a data key does not open; nothing was changed.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE"))
        if _was_done(connection, Vault(old), Vault(new)):
            return 0
        before = _vault(connection, old, os.urandom)
        after = before.under(new)
        if after.master_id in (before.master_id, *_retired(connection)):
            raise KeyRefused("the new master key was used before; make a new one")
        count = _wrap_anew(connection, before, after)
        # A seed that was shown and not yet confirmed lies under a key of its own, for ten minutes.
        connection.execute(delete(challenge))
        connection.execute(update(retired_key).values(kept=None))
        connection.execute(
            insert(retired_key).values(
                master_id=before.master_id,
                successor=after.master_id,
                kept=after.kept(),
                at=now,
            )
        )
    return count


def _vault(connection: Connection, master: bytes, random: Callable[[int], bytes]) -> Vault:
    last = connection.execute(
        select(retired_key).order_by(retired_key.c.id.desc()).limit(1)
    ).one_or_none()
    found = Vault(master, random) if last is None else None
    name = Vault(master).master_id
    if name in _retired(connection):
        raise KeyRefused("this master key was retired; start with the one that took its place")
    if last is not None and last.successor == name:
        found = Vault(master, random, bytes(last.kept))
    names = select(func.min(data_key.c.master_id), func.max(data_key.c.master_id))
    if found is None or not set(connection.execute(names).one()) <= {name, None}:
        raise KeyRefused(
            "the database lies under another master key; start with that one, "
            "or see `mailbot database change-key --help`"
        )
    return found


def _was_done(connection: Connection, old: Vault, new: Vault) -> bool:
    query = select(retired_key.c.id).where(
        retired_key.c.master_id == old.master_id, retired_key.c.successor == new.master_id
    )
    return connection.execute(query).first() is not None


def _retired(connection: Connection) -> set[str]:
    return set(connection.execute(select(retired_key.c.master_id)).scalars())


def _wrap_anew(connection: Connection, before: Vault, after: Vault) -> int:
    keys = data_key.c
    put = (
        update(data_key)
        .where(keys.id == bindparam("number"))
        .values(wrapped=bindparam("anew"), master_id=after.master_id)
    )
    count = last = 0
    while True:
        query = select(keys.id, keys.wrapped).where(keys.id > last).order_by(keys.id)
        rows = connection.execute(query.limit(AT_ONCE)).all()
        if not rows:
            return count
        anew = [{"number": row.id, "anew": after.adopt(before, row.wrapped)} for row in rows]
        connection.execute(put, anew)
        count, last = count + len(rows), rows[-1].id
