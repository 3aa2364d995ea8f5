"""A second board runs beside the first with nothing but its own profile."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot import app
from mailbot.domain.errors import SignInRefused, UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.settings import from_text
from tests.houses import MASTER, PASSWORD, plain_mail
from tests.servers.fixtures import MailHost

SIPOR = "privacy@sipor.nl"
UTRECHT = "privacy@utrecht.example"


def two_boards(mail_host: MailHost) -> str:
    """Settings of one installation for two boards, each with its mailbox."""
    boxes = "".join(
        f"""
[[mailbox]]
name = "{name}"
board = "{name}"
host = "127.0.0.1"
port = {mail_host.dovecot.imap_port}
security = "none"
user = "{address}"
cutoff = 2000-01-01T00:00:00Z
"""
        for name, address in (("sipor", SIPOR), ("spo-utrecht", UTRECHT))
    )
    return f"""
[[board]]
profile = "sipor"
[[board]]
profile = "spo-utrecht"
privacy_address = "{UTRECHT}"
[smtp]
host = "127.0.0.1"
port = {mail_host.postfix.port}
security = "none"
{boxes}
"""


def test_two_boards_share_a_house_and_nothing_else(mail_host: MailHost, tmp_path: Path) -> None:
    """Each board has its own references, kinds and letters; officers see their own board only."""
    for address in (SIPOR, UTRECHT, "ouder@gezin.test"):
        account = mail_host.user(address)
    environ = {"MAILBOT_IMAP_PASSWORD": account.password, "MAILBOT_MASTER_KEY": MASTER}
    settings = from_text(two_boards(mail_host), tmp_path / "mailbot.toml", environ)
    house = app.build(settings, lambda: datetime.now(UTC))
    body = "Ik maak bezwaar tegen het leveren van de gegevens van mijn kind aan het CBS."
    for address in (SIPOR, UTRECHT):
        raw = plain_mail("CBS", body).replace(SIPOR.encode(), address.encode())
        mail_host.send("ouder@gezin.test", address, raw)
        mail_host.wait_for(address, 1)
    house.collect()
    house.work_off()
    house.deliver()
    house.close()

    letters = b"".join(mail_host.wait_for("ouder@gezin.test", 2))
    found = {}
    for code in ("sipor", "spo-utrecht"):
        desk = app.desk(settings, code)
        with desk.books.opened() as books:
            books.people.add(f"fg@{code}.test", "FG", Role.FG, PASSWORD, desk.clock())
        fg = desk.sign_in(f"fg@{code}.test", PASSWORD, "test")
        (case,) = desk.queue(fg)
        found[code] = (desk, fg, case)
    assert found["sipor"][2].reference.startswith("SIPOR-")
    assert found["spo-utrecht"][2].reference.startswith("SPOU-")
    assert found["spo-utrecht"][2].kind is Kind.RESEARCH_OBJECTION
    assert found["sipor"][2].kind is not Kind.RESEARCH_OBJECTION
    assert f"From: SIPOR <{SIPOR}>".encode() in letters
    assert UTRECHT.encode() in letters

    desk, fg, _ = found["sipor"]
    with pytest.raises(UnknownCase):
        desk.show(fg, found["spo-utrecht"][2].reference)
    with pytest.raises(SignInRefused):
        desk.sign_in("fg@spo-utrecht.test", PASSWORD, "test")
