"""The master key is changed, and the change killed at every write: everything stays readable."""

import os
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, select, text
from sqlalchemy.exc import DBAPIError

from mailbot import app
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.keys import AT_ONCE, change_master, vault_of
from mailbot.adapters.schema import data_key, raw_mail
from mailbot.adapters.vault import Vault
from mailbot.cli import commands
from mailbot.domain.errors import Damaged, KeyRefused, SettingsWrong
from mailbot.domain.ports import Fetched
from mailbot.settings import Settings, from_text
from tests.crash.killing import killed_at_each_write
from tests.houses import settings_text

NOW = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
RAWS = [b"Subject: inzage\r\n\r\nMail %d over Noor." % number for number in range(5)]
FIRST = bytes(range(32))


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """A database that is open no longer than it is looked at: no connection outlives a fork."""
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


def store(engine: Engine, vault: Vault) -> int:
    """Lay the mails into the ledger as intake does; return how many are new."""
    books = SqlBooks(engine, vault, "sipor", "SIPOR")
    number = books.mailbox("privacy")
    mails = [Fetched("INBOX", 1, uid, NOW, raw) for uid, raw in enumerate(RAWS, start=1)]
    with books.opened() as open_:
        return open_.ledger.store(number, mails, NOW, NOW)


def wrapped(engine: Engine) -> list[bytes]:
    """Every data key as it is stored."""
    with engine.begin() as connection:
        return [bytes(one) for one in connection.execute(select(data_key.c.wrapped)).scalars()]


def read(engine: Engine, vault: Vault) -> list[bytes]:
    """Every mail, opened."""
    query = select(raw_mail.c.sealed, data_key.c.wrapped).join(data_key).order_by(raw_mail.c.id)
    with engine.begin() as connection:
        rows = connection.execute(query).all()
    return [vault.open(row.wrapped, row.sealed, "raw mail") for row in rows]


def fitting(engine: Engine, *masters: bytes) -> bytes:
    """The one of these keys that opens this database, and with it every mail."""
    found = []
    for master in masters:
        try:
            assert RAWS == read(engine, vault_of(engine, master))
        except KeyRefused:
            continue
        found.append(master)
    (one,) = found
    return one


def is_unused(engine: Engine, old: bytes) -> bool:
    """Whether a key is refused, opens nothing that is stored, and cannot come into use again."""
    with pytest.raises(KeyRefused, match="was retired"):
        vault_of(engine, old)
    for one in wrapped(engine):
        with pytest.raises(Damaged):
            Vault(old).open(one, b"x" * 50, "raw mail")
    # A robot that was not stopped and still holds the old key.
    books = SqlBooks(engine, Vault(old), "sipor", "SIPOR")
    with pytest.raises(DBAPIError, match="data_key_under_living_master"), books.opened() as open_:
        open_.ledger.store(1, [Fetched("INBOX", 1, 999, NOW, b"new")], NOW, NOW)
    with engine.begin() as connection:
        names = set(connection.execute(select(data_key.c.master_id)).scalars())
    return Vault(old).master_id not in names


@pytest.fixture
def url(any_database: str) -> str:
    """A database with mails under the first key."""
    with opened(any_database) as engine:
        upgrade(engine)
        assert len(RAWS) == store(engine, vault_of(engine, FIRST))
    return any_database


@pytest.fixture
def command(url: str, tmp_path: Path) -> Callable[[bytes, bytes], None]:
    """Run `mailbot database change-key` as an administrator does, with both keys given."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=9, smtp_port=9, user="privacy", database=url))

    def change(old: bytes, new: bytes) -> None:
        os.environ |= {
            "MAILBOT_IMAP_PASSWORD": "x",
            "MAILBOT_MASTER_KEY": b64encode(new).decode(),
            "MAILBOT_OLD_MASTER_KEY": b64encode(old).decode(),
        }
        words = ["--settings", str(file), "database", "change-key"]
        commands.main(words, standalone_mode=False)

    return change


@pytest.mark.timeout(300)
def test_killed_at_any_write_everything_is_readable_and_the_old_key_ends_unused(
    url: str, command: Callable[[bytes, bytes], None]
) -> None:
    """Before the commit the old key opens all, after it the new one; asking again ends it (fault 38)."""
    now, new = FIRST, secrets.token_bytes(32)
    kills, left = 0, set()

    def change() -> None:
        command(now, new)

    for call, number, killed in killed_at_each_write(change):
        with opened(url) as engine:
            fits = fitting(engine, now, new)
            kills += killed
            left.add(fits == new)
            assert killed or fits == new, (call, number)
            change_master(engine, now, new, NOW)
            assert new == fitting(engine, now, new)
            if not killed:
                assert is_unused(engine, now)
                # Content is recognised as before: nothing is taken in twice.
                assert 0 == store(engine, vault_of(engine, new))
        now, new = new, secrets.token_bytes(32)
    # The kills must have hit, and left both; else this test proves nothing.
    assert kills >= 5
    assert {True, False} == left


def test_what_the_old_key_wrapped_is_nowhere_in_the_file(tmp_path: Path) -> None:
    """Whoever finds the old key and the file has nothing to open with it."""
    url = f"sqlite:///{tmp_path / 'books.sqlite'}"
    with opened(url) as engine:
        upgrade(engine)
        store(engine, vault_of(engine, FIRST))
        before = wrapped(engine)
        change_master(engine, FIRST, secrets.token_bytes(32), NOW)
    name = Path(str(make_url(url).database))
    there = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    assert [] == [one for one in before if one in there]


def test_the_database_itself_refuses_to_retire_a_key_in_use(url: str) -> None:
    """That nothing lies under a retired key stands in the database, not in our code."""
    with opened(url) as engine:
        name = Vault(FIRST).master_id
        retire = (
            "INSERT INTO retired_key (master_id, successor, at) VALUES"
            f" ('{name}', 'another', '2026-09-01 07:00:00+00:00')"
        )
        with pytest.raises(DBAPIError, match="retired_key_is_unused"), engine.begin() as line:
            line.execute(text(retire))


def test_a_key_that_does_not_fit_changes_nothing(url: str) -> None:
    """Neither a wrong old key, nor one key twice, nor a key that was used before."""
    second, third = secrets.token_bytes(32), secrets.token_bytes(32)
    with opened(url) as engine:
        before = wrapped(engine)
        for old, new in ((second, third), (FIRST, FIRST)):
            with pytest.raises(KeyRefused):
                change_master(engine, old, new, NOW)
        with pytest.raises(KeyRefused, match="lies under another master key"):
            vault_of(engine, second)
        assert before == wrapped(engine)
        assert len(RAWS) == change_master(engine, FIRST, second, NOW)
        assert 0 == change_master(engine, FIRST, second, NOW)
        with pytest.raises(KeyRefused, match="make a new one"):
            change_master(engine, second, FIRST, NOW)
        assert second == fitting(engine, FIRST, second)


def test_more_keys_than_are_wrapped_at_once_are_all_wrapped(url: str) -> None:
    """The last batch is not forgotten, and signatures stay what they were."""
    new = secrets.token_bytes(32)
    with opened(url) as engine:
        vault = vault_of(engine, FIRST)
        books = SqlBooks(engine, vault, "sipor", "SIPOR")
        with books.shelf() as shelf:
            for _ in range(AT_ONCE):
                shelf.new_key(NOW)
        assert AT_ONCE + len(RAWS) == change_master(engine, FIRST, new, NOW)
        after = vault_of(engine, new)
        assert is_unused(engine, FIRST)
        assert (vault.signing_key, vault.keyed_hash("a")) == (
            after.signing_key,
            after.keyed_hash("a"),
        )


def test_robot_and_desk_start_with_the_key_that_took_its_place_only(tmp_path: Path) -> None:
    """A forgotten old key is told at the start, before a mail is touched."""
    url, new = f"sqlite:///{tmp_path / 'books.sqlite'}", secrets.token_bytes(32)
    text_ = settings_text(imap_port=9, smtp_port=9, user="privacy", database=url)

    def settings(master: bytes) -> Settings:
        secret = {"MAILBOT_IMAP_PASSWORD": "x", "MAILBOT_MASTER_KEY": b64encode(master).decode()}
        return from_text(text_, tmp_path / "mailbot.toml", secret)

    with opened(url) as engine:
        upgrade(engine)
        store(engine, vault_of(engine, FIRST))
        # A new key before the change: nothing may be taken in under two keys.
        with pytest.raises(KeyRefused, match="change-key"):
            app.build(settings(new))
        change_master(engine, FIRST, new, NOW)
        for door in (app.build, app.web, lambda found: app.desk(found, "sipor")):
            with pytest.raises(KeyRefused, match="was retired"):
                door(settings(FIRST))
        with app.door(settings(new), "sipor") as (_, board):
            assert 1 == board
        assert new == fitting(engine, new)


def test_without_the_old_key_the_command_names_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 is for settings, and nothing is changed."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=9, smtp_port=9, user="privacy"))
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "x")
    monkeypatch.setenv("MAILBOT_MASTER_KEY", b64encode(FIRST).decode())
    monkeypatch.delenv("MAILBOT_OLD_MASTER_KEY", raising=False)
    words = ["--settings", str(file), "database", "change-key"]
    with pytest.raises(SettingsWrong, match="MAILBOT_OLD_MASTER_KEY_FILE"):
        commands.main(words, standalone_mode=False)
    assert [file] == list(tmp_path.iterdir())
