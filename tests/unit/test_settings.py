"""Settings fail loudly, all at once, by their keys, and never show a secret."""

import base64
import pickle
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from mailbot import settings
from mailbot.domain.errors import SettingsWrong
from mailbot.profiles.checking import Sheet
from mailbot.profiles.sheet import ProfileSheet
from mailbot.settings import Secret, Security, Settings
from mailbot.settings.sheets import TABLES

SHIBBOLETH = "Zeer-Geheim-7f3a"
KEY = base64.b64encode(bytes(range(32))).decode()
SECRETS = {
    "MAILBOT_MASTER_KEY": KEY,
    "MAILBOT_IMAP_PASSWORD": SHIBBOLETH,
    "MAILBOT_SMTP_PASSWORD": SHIBBOLETH,
}
DOCS = Path(__file__).parents[2] / "docs"

SMALL = """
[[board]]
profile = "sipor"

[[mailbox]]
name = "privacy"
host = "imap.example.nl"
cutoff = 2026-11-22T09:00:00+01:00

[smtp]
host = "smtp.example.nl"
user = "privacy@sipor.nl"
"""


def loaded(folder: Path, text: str = SMALL, environ: Mapping[str, str] | None = None) -> Settings:
    path = folder / "mailbot.toml"
    path.write_text(text)
    return settings.load(path, SECRETS if environ is None else environ)


def wrong(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsWrong) as caught:
        loaded(folder, text, environ)
    assert SHIBBOLETH not in str(caught.value)
    assert all(": " in line and "\n" not in line for line in caught.value.problems)
    return caught.value.problems


def swapped(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    """Everything that has a good default may be left out."""
    found = loaded(tmp_path)
    (box,) = found.mailboxes
    assert (box.board, box.user, box.port) == ("sipor", "privacy@sipor.nl", 993)
    assert (box.folders, box.done_folder, box.size_limit) == (
        ("INBOX", "Junk"),
        "mailbot",
        30_000_000,
    )
    assert (found.smtp.port, found.smtp.security) == (465, Security.TLS)
    assert (found.robot.poll_seconds, found.robot.quarantine_tries) == (60, 3)
    assert (found.robot.letters_per_address_a_day, found.robot.letters_an_hour) == (5, 200)
    assert found.database.url == f"sqlite:///{tmp_path / 'mailbot.db'}"
    assert found.keys.master.reveal() == bytes(range(32))
    assert found.board("sipor") is found.boards[0]
    assert found.warnings == ()


def test_settings_are_found_by_environment_else_in_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MAILBOT_SETTINGS comes before ./mailbot.toml."""
    loaded(tmp_path)
    here = tmp_path / "elsewhere"
    here.mkdir()
    monkeypatch.chdir(here)
    by_environment = {**SECRETS, "MAILBOT_SETTINGS": str(tmp_path / "mailbot.toml")}
    assert settings.load(None, by_environment).path == tmp_path / "mailbot.toml"
    with pytest.raises(SettingsWrong, match=r"mailbot\.toml: no file at .*`mailbot init`"):
        settings.load(None, SECRETS)
    loaded(here)
    assert settings.load(None, SECRETS).path == here / "mailbot.toml"


def test_a_relative_database_lies_beside_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder a command is started in never makes a second, empty database."""
    loaded(tmp_path)
    monkeypatch.chdir(tmp_path.parent)
    found = settings.load(Path(tmp_path.name) / "mailbot.toml", SECRETS)
    assert found.database.url == f"sqlite:///{tmp_path / 'mailbot.db'}"


@pytest.mark.parametrize(
    ("mine", "instant"),
    [
        ("2026-11-22", datetime(2026, 11, 21, 23, tzinfo=UTC)),
        ("2026-07-01T09:00:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-07-01T09:00:00Z", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ('"2026-07-01"', datetime(2026, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_cutoff_without_an_offset_is_local_time(
    tmp_path: Path, mine: str, instant: datetime
) -> None:
    """The reglement counts in Europe/Amsterdam; a date is its first moment."""
    text = swapped("2026-11-22T09:00:00+01:00", mine)
    assert loaded(tmp_path, text).mailboxes[0].cutoff == instant


@pytest.mark.parametrize(
    ("size", "count"),
    [("20000", 20_000), ('"30 MB"', 30_000_000), ('"1MiB"', 2**20), ('"500 kb"', 500_000)],
)
def test_a_size_is_written_as_people_write_it(tmp_path: Path, size: str, count: int) -> None:
    """MB is a million bytes, MiB is 2^20."""
    text = swapped("[smtp]", f"size_limit = {size}\n[smtp]")
    assert loaded(tmp_path, text).mailboxes[0].size_limit == count


BOX = 'name = "privacy"\n'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'host = "imap.example.nl"',
            'host = "imap.example.nl"\nport = "993"',
            'mailbox[1].port: "993"; allowed: a port from 1 to 65535',
        ),
        (
            'host = "imap.example.nl"',
            'host = "imap.example.nl"\nsecurity = "ssl"',
            ('mailbox[1].security: "ssl"; '
            "allowed: tls, starttls, or none (none only for a host on this machine)"),
        ),
        (
            'host = "imap.example.nl"',
            'host = "imap.example.nl"\nsecurity = "none"',
            ('mailbox[1].security: "none" (the host is not on this machine); '
            "allowed: tls, starttls, or none (none only for a host on this machine)"),
        ),
        (
            'host = "imap.example.nl"\n',
            "",
            ("mailbox[1].host: nothing; "
            "allowed: a host name or IP address, without imaps:// or a port"),
        ),
        (
            'host = "imap.example.nl"',
            'host = "imaps://imap.example.nl"',
            ('mailbox[1].host: "imaps://imap.example.nl" (no host name); '
            "allowed: a host name or IP address, without imaps:// or a port"),
        ),
        (BOX, BOX + 'fodlers = ["INBOX"]\n', "mailbox[1].fodlers: an unknown key; did you mean `folders`?"),
        (
            BOX,
            BOX + 'folders = ["INBOX", "mailbot"]\n',
            ('mailbox[1].done_folder: "mailbot" (one of folders); '
            'allowed: a folder that is not read itself, or "" to mark mail by keyword'),
        ),
        (BOX, BOX + 'board = "spior"\n', 'mailbox[1].board: "spior"; allowed: sipor'),
        (
            BOX,
            BOX + "size_limit = 3\n",
            'mailbox[1].size_limit: 3; allowed: bytes, or text such as "30 MB"; from 10 KB to 1 GB',
        ),
        ("[smtp]", "[robots]\n[smtp]", "robots: an unknown key; did you mean `robot`?"),
        ("[smtp]", "[robot]\npoll_seconds = 0\n[smtp]", "robot.poll_seconds: 0; allowed: 1 to 3600 seconds"),
        ("[smtp]", "[web]\nport = 0\n[smtp]", "web.port: 0; allowed: a port from 1 to 65535"),
        ("[[mailbox]]", "[mailbox]", "mailbox: a table; allowed: one or more [[mailbox]] tables"),
        ("[smtp]", '[[database]]\nurl = "x"\n[smtp]', "database: no table; allowed: a [database] table"),
        (
            "[smtp]",
            '[database]\nurl = "mysql://db/x"\n[smtp]',
            ('database.url: a "mysql" database; '
            "allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST:PORT/NAME"),
        ),
        (
            "[smtp]",
            '[database]\nurl = "sqlite://"\n[smtp]',
            ("database.url: a database in memory, lost at every start; "
            "allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST:PORT/NAME"),
        ),
        (
            'profile = "sipor"',
            'profile = "sipor"\nzone = "Mars"',
            'board[1].zone: "Mars" (no known zone); allowed: an IANA zone such as Europe/Amsterdam',
        ),
    ],
)  # fmt: skip
def test_a_wrong_setting_says_its_key_what_was_found_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    """One line is enough to mend it."""
    assert wrong(tmp_path, swapped(old, new)) == [line]


def test_a_cutoff_is_never_assumed(tmp_path: Path) -> None:
    """Without one, the first start could answer years of old mail."""
    (line,) = wrong(tmp_path, swapped("cutoff = 2026-11-22T09:00:00+01:00\n", ""))
    assert line.startswith("mailbox[1].cutoff: nothing; allowed: a date or date-time")
    (line,) = wrong(tmp_path, swapped("2026-11-22T09:00:00+01:00", '"soon"'))
    assert line.startswith('mailbox[1].cutoff: "soon"; allowed: a date or date-time')


def test_an_empty_file_names_all_that_is_missing(tmp_path: Path) -> None:
    """One start, one list, the secrets with it."""
    keys = [line.partition(":")[0] for line in wrong(tmp_path, "", {})]
    assert keys == ["board", "mailbox", "keys.master", "smtp.host"]


def test_one_wrong_key_hides_no_other(tmp_path: Path) -> None:
    """Tables are checked one by one, and a missing secret is named beside a wrong port."""
    text = SMALL.replace('host = "imap', 'port = 0\nhost = "imap') + "port = -1\n[web]\nport = 0\n"
    keys = [line.partition(":")[0] for line in wrong(tmp_path, text, {"MAILBOT_MASTER_KEY": KEY})]
    assert keys == ["mailbox[1].port", "mailbox[1].secret", "smtp.port", "smtp.secret", "web.port"]


def test_two_boards_keep_apart(tmp_path: Path) -> None:
    """With several boards every mailbox says whose it is, and no code or address is shared."""
    second = '[[board]]\nprofile = "spo-utrecht"\nprivacy_address = "privacy@spo.example"\n'
    (line,) = wrong(tmp_path, second + SMALL)
    assert line == "mailbox[1].board: nothing; allowed: spo-utrecht, sipor"
    same = '[[board]]\nprofile = "sipor"\n'
    assert wrong(tmp_path, same + swapped(BOX, BOX + 'board = "sipor"\n')) == [
        'board.code: "sipor" 2 times; allowed: each once',
        'board.privacy_address: "privacy@sipor.nl" 2 times; allowed: each once',
        'board.reference_prefix: "SIPOR" 2 times; allowed: each once',
    ]
    found = loaded(tmp_path, second + swapped(BOX, BOX + 'board = "sipor"\n'))
    assert found.warnings == ("board spo-utrecht: no [[mailbox]] is read for it",)


def test_a_secret_comes_from_a_file_without_its_line_break(tmp_path: Path) -> None:
    """`NAME_FILE` is how containers and systemd hand over secrets."""
    file = tmp_path / "imap"
    file.write_text(f" {SHIBBOLETH} \n")
    environ = {**SECRETS, "MAILBOT_IMAP_PASSWORD_FILE": str(file)}
    del environ["MAILBOT_IMAP_PASSWORD"]
    assert loaded(tmp_path, environ=environ).mailboxes[0].password == Secret(f" {SHIBBOLETH} ")


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_secret_is_an_error(tmp_path: Path, content: str) -> None:
    """An empty file is a mistake somewhere else, never a password."""
    file = tmp_path / "imap"
    file.write_text(content)
    without = {name: value for name, value in SECRETS.items() if "IMAP" not in name}
    assert wrong(tmp_path, SMALL, {**without, "MAILBOT_IMAP_PASSWORD_FILE": str(file)}) == [
        (
            f"mailbox[1].secret: MAILBOT_IMAP_PASSWORD_FILE names {file}, which is empty; "
            "allowed: the secret itself"
        )
    ]
    assert wrong(tmp_path, SMALL, {**without, "MAILBOT_IMAP_PASSWORD": content}) == [
        "mailbox[1].secret: MAILBOT_IMAP_PASSWORD is empty; allowed: the secret itself"
    ]


def test_a_secret_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """No default takes its place."""
    without = {name: value for name, value in SECRETS.items() if "IMAP" not in name}
    for path, why in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
        (line,) = wrong(tmp_path, SMALL, {**without, "MAILBOT_IMAP_PASSWORD_FILE": str(path)})
        assert why in line
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    (line,) = wrong(tmp_path, SMALL, {**without, "MAILBOT_IMAP_PASSWORD_FILE": str(binary)})
    assert "no text" in line


def test_a_secret_given_twice_is_an_error(tmp_path: Path) -> None:
    """Nobody guesses which of two is the right one."""
    file = tmp_path / "imap"
    file.write_text(SHIBBOLETH)
    assert wrong(tmp_path, SMALL, {**SECRETS, "MAILBOT_IMAP_PASSWORD_FILE": str(file)}) == [
        (
            "mailbox[1].secret: both MAILBOT_IMAP_PASSWORD and MAILBOT_IMAP_PASSWORD_FILE are set; "
            "allowed: one of the two"
        )
    ]


@pytest.mark.parametrize("table", ["[[mailbox]]\n", "[smtp]\n", "[[board]]\n"])
@pytest.mark.parametrize("key", ["password", "wachtwoord", "client_secret", "api_key"])
def test_a_secret_in_the_file_is_refused_with_a_hint(tmp_path: Path, table: str, key: str) -> None:
    """The settings are copied, mailed and shown; secrets live elsewhere."""
    (line,) = wrong(tmp_path, swapped(table, f'{table}{key} = "{SHIBBOLETH}"\n'))
    assert f".{key}: a secret in the settings; allowed: only the name of a secret" in line


@pytest.mark.parametrize(
    "text",
    [
        swapped(BOX, f'{BOX}secret = "{SHIBBOLETH}"\n'),
        swapped(BOX, f'{BOX}folder = "{SHIBBOLETH}"\n'),
        swapped("[smtp]", f'[keys]\nmaster = "{SHIBBOLETH}"\n[smtp]'),
        swapped("[smtp]", f'[keys]\nmaster = ["{SHIBBOLETH}"]\n[smtp]'),
        swapped("[smtp]", f'[alarm]\nwebhook = "ftp://x/{SHIBBOLETH}"\n[smtp]'),
        swapped("[smtp]", f'[database]\nurl = "mysql://me:{SHIBBOLETH}@db/x"\n[smtp]'),
        swapped("[smtp]", f'[database]\nurl = "{SHIBBOLETH}"\n[smtp]'),
        swapped('"smtp.example.nl"', f'"smtp://me:{SHIBBOLETH}@smtp.example.nl"'),
        swapped("[smtp]", f'[smtp]\nsecret = {{ value = "{SHIBBOLETH}" }}'),
        swapped("[smtp]", f'[password]\nimap = "{SHIBBOLETH}"\n[smtp]'),
        f'password = "{SHIBBOLETH}"\n{SMALL}',
        f'password = "{SHIBBOLETH}\n{SMALL}',
    ],
)
def test_no_error_shows_what_may_be_a_secret(tmp_path: Path, text: str) -> None:
    """Wherever somebody pastes it, it does not reach a log; `wrong` looks for it."""
    assert wrong(tmp_path, text)


def test_loaded_settings_never_show_a_secret(tmp_path: Path) -> None:
    """Not by repr, not by str, not by pickling; a webhook's address counts as one."""
    text = f"""{SMALL}
[alarm]
webhook = "https://hook.example/{SHIBBOLETH}"
[database]
url = "postgresql+psycopg://mailbot@db/mailbot"
"""
    found = loaded(tmp_path, text, {**SECRETS, "MAILBOT_DATABASE_PASSWORD": SHIBBOLETH})
    shown = f"{found!r} {found} {found.mailboxes[0].password} {found.alarm.webhook}"
    assert SHIBBOLETH not in shown
    assert KEY not in shown
    assert found.database.shown == "postgresql+psycopg://mailbot:***@db/mailbot"
    assert SHIBBOLETH in found.database.url
    with pytest.raises(TypeError):
        pickle.dumps(found.keys.master)


def test_a_database_may_need_no_password(tmp_path: Path) -> None:
    """PostgreSQL lets a local user in by peer authentication."""
    text = f'{SMALL}\n[database]\nurl = "postgresql+psycopg://mailbot@/mailbot"\n'
    assert loaded(tmp_path, text).database.url == "postgresql+psycopg://mailbot@/mailbot"


@pytest.mark.parametrize("key", ["aGFsZg==", "no base64!", base64.b64encode(bytes(33)).decode()])
def test_a_master_key_is_32_bytes(tmp_path: Path, key: str) -> None:
    """AES-256 takes no other; the key itself is not shown."""
    (line,) = wrong(tmp_path, SMALL, {**SECRETS, "MAILBOT_MASTER_KEY": key})
    assert line.startswith("keys.master: MAILBOT_MASTER_KEY holds ")
    assert line.endswith("; allowed: 32 random bytes in base64")
    assert key not in line


def test_both_alphabets_of_base64_give_the_same_key(tmp_path: Path) -> None:
    """Some tools write - and _ for + and /."""
    key = bytes([251, 255] * 16)
    for text in (base64.b64encode(key), base64.urlsafe_b64encode(key)):
        environ = {**SECRETS, "MAILBOT_MASTER_KEY": text.decode()}
        assert loaded(tmp_path, environ=environ).keys.master.reveal() == key


def test_a_key_file_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    """It still loads: containers mount secrets their own way."""
    file = tmp_path / "key"
    file.write_text(KEY)
    environ = {name: value for name, value in SECRETS.items() if "MASTER" not in name}
    environ["MAILBOT_MASTER_KEY_FILE"] = str(file)
    file.chmod(0o640)
    (line,) = loaded(tmp_path, environ=environ).warnings
    assert "has mode 0640" in line
    file.chmod(0o600)
    assert loaded(tmp_path, environ=environ).warnings == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_an_open_connection_is_for_this_machine_only(tmp_path: Path, host: str) -> None:
    """Everywhere else TLS or STARTTLS is required."""
    text = swapped('"smtp.example.nl"\nuser = "privacy@sipor.nl"', f'"{host}"\nsecurity = "none"')
    found = loaded(tmp_path, text).smtp
    assert (found.port, found.user, found.password) == (25, None, None)


@pytest.mark.parametrize(
    "host", ["localhost.example.nl", "127.0.0.1.nip.io", "0.0.0.0", "10.0.0.1"]
)
def test_a_name_that_looks_like_this_machine_is_not(tmp_path: Path, host: str) -> None:
    """Only loopback addresses and `localhost` itself count."""
    text = swapped('"smtp.example.nl"', f'"{host}"\nsecurity = "none"')
    assert len(wrong(tmp_path, text)) == 1


def test_a_file_of_authorities_must_be_there(tmp_path: Path) -> None:
    """Else the first connection would fail at night."""
    text = f'{SMALL}\n[robot]\nca_file = "own.pem"\n'
    assert wrong(tmp_path, text) == [
        f"robot.ca_file: no file at {tmp_path / 'own.pem'}; allowed: the path of a PEM file"
    ]
    (tmp_path / "own.pem").write_text("pem")
    assert loaded(tmp_path, text).robot.ca_file == tmp_path / "own.pem"


PROVIDER = """
[[oidc]]
name = "entra"
label = "Microsoft"
issuer = "https://login.example/tenant/v2.0"
client_id = "42"
secret = "MAILBOT_ENTRA"
"""


def test_a_provider_of_sign_ins_has_its_secret_from_outside(tmp_path: Path) -> None:
    """Our own second step stays, and an address must be verified, unless somebody says otherwise."""
    environ = {**SECRETS, "MAILBOT_ENTRA": "the secret"}
    path = tmp_path / "mailbot.toml"
    (one,) = settings.from_text(SMALL + PROVIDER, path, environ).oidc
    assert ("entra", "the secret", False, False) == (
        one.name,
        one.secret.reveal(),
        one.vouches_for_address,
        one.asks_second_factor,
    )
    assert "the secret" not in repr(one)


def test_two_providers_of_one_name_and_an_open_one_are_refused(tmp_path: Path) -> None:
    """The name is part of an address; a provider without TLS can be anybody."""
    found = wrong(tmp_path, SMALL + PROVIDER + PROVIDER.replace("https:", "http:"))
    assert ["oidc[1].secret", "oidc[2].issuer"] == [line.partition(":")[0] for line in found]


def test_broken_toml_names_its_place(tmp_path: Path) -> None:
    """The line and column, and nothing of the content."""
    (line,) = wrong(tmp_path, SMALL + "host = \n")
    assert line.startswith("mailbot.toml: not readable as TOML, ")
    assert "line 13" in line


NASTY = (
    "nan", "inf", "-1", "99999999999999999999999", "1.5", "true", "2026-01-01", "09:00:00",
    '""', '"\\u0000"', '"a\\nb"', '"[::1"', '"http://[::1"', '"//me:pw@host"', '"postgresql+psycopg://h:x/y"',
    '"../.."', "[]", "[1]", "[[[]]]", "{}", "{ a = { b = 1 } }", '["x", "x"]',
)  # fmt: skip


@pytest.mark.parametrize("value", NASTY)
def test_no_value_of_any_key_ends_in_a_traceback(tmp_path: Path, value: str) -> None:
    """Whatever stands behind a key, it loads or it is a line that names the key."""
    heads = {name: f"[{name}]" for name in TABLES}
    heads |= {name: f"[[{name}]]" for name in ("mailbox", "oidc")}
    keys = [(heads[name], key) for name, shape in TABLES.items() for key in keys_of(shape)]
    keys += [("[[board]]", key) for key in keys_of(ProfileSheet) | {"profile"}]
    for head, key in keys:
        whole = (SMALL + PROVIDER).splitlines()
        text = "\n".join(line for line in whole if not line.startswith(f"{key} ="))
        text = f"{text}\n{head}\n" if head not in text else text
        text = text.replace(head, f"{head}\n{key} = {value}", 1)
        try:
            environ = {**SECRETS, "MAILBOT_ENTRA": "the secret"}
            settings.from_text(text, tmp_path / "mailbot.toml", environ)
        except SettingsWrong as error:
            assert all(": " in line and "\n" not in line for line in error.problems)
            assert any(key in line for line in error.problems)


def test_a_file_nested_without_end_is_refused(tmp_path: Path) -> None:
    """The parser's own limit is a problem of the file like any other."""
    (line,) = wrong(tmp_path, f"a = {'[' * 5000}")
    assert line == "mailbot.toml: nested too deeply to be read; allowed: a TOML file"


def keys_of(shape: type[Sheet]) -> set[str]:
    return set(shape.model_fields)


def test_every_key_is_documented() -> None:
    """docs/settings.md names each key of each table in a code span."""
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    shapes = [*TABLES.values(), ProfileSheet]
    missing = {key for shape in shapes for key in keys_of(shape) if f"`{key}`" not in page}
    assert missing == set()


def test_the_commented_file_knows_every_key() -> None:
    """What `mailbot init` writes shows each key, set or commented out."""
    text = files("mailbot.settings").joinpath("commented.toml").read_text(encoding="utf-8")
    bare = text.replace("# ", "")
    named = {
        key
        for shape in TABLES.values()
        for key in keys_of(shape)
        if f"\n{key} = " in bare or f"${key}" in text or f"$smtp_{key}" in text
    }
    every = {key for shape in TABLES.values() for key in keys_of(shape)}
    assert every - named == set()


def test_the_example_in_the_documentation_loads(tmp_path: Path) -> None:
    """An example that does not work is worse than none."""
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert tomllib.loads(example)
    assert loaded(tmp_path, example).boards[0].code == "sipor"
