"""The administrator's page: who may come in, and who not any more; no case is seen here."""

from starlette.responses import Response

from mailbot.adapters.door import OpenDoor
from mailbot.domain.accounts import Account
from mailbot.domain.errors import SignInRefused, UnknownOfficer
from mailbot.domain.roles import Role
from mailbot.web.asked import PageRequest
from mailbot.web.door.backoff import succeeded
from mailbot.web.door.codes import factors_of
from mailbot.web.door.passwords import first_password
from mailbot.web.words import ROLES

ADMIN = "/admin"


def officers(page: PageRequest) -> Response:
    """List the officers of the board, and ask for a new one."""
    return _list(page, {})


def add(page: PageRequest) -> Response:
    """Add an officer with a first password, which is shown once."""
    address, name, role = (page.form.get(field) for field in ("address", "name", "role"))
    problems = _problems(page, address, name, role)
    if problems:
        return _list(page, problems)
    password = first_password(page.house.random)
    try:
        with page.desk.books.opened() as books:
            number = books.people.add(address, name, Role(role), password, page.now)
    except SignInRefused:
        return _list(page, {"address": page.gettext("Somebody has this address already.")})
    with page.house.door.opened() as door:
        account = _officer(page, door, str(number))
        door.accounts.record(
            account, "officer_added", page.now, page.officer.id, number=str(number), role=role
        )
    return page.render("first_password.html", name=name, password=password)


def change(page: PageRequest) -> Response:
    """Let somebody in no longer, or again; take their second step or password away."""
    act = page.form.get("act")
    with page.house.door.opened() as door:
        account = _officer(page, door, page.names["number"])
        if account.id == page.officer.id:
            words = page.gettext("Nobody changes their own account here; a colleague does.")
            return page.redirect(ADMIN, words, tone="warning")
        if act not in ACTS:
            return _list(page, {})
        said, password = ACTS[act](page, door, account)
        door.accounts.record(
            account, f"officer_{act}", page.now, page.officer.id, number=str(account.id)
        )
    if password:
        return page.render("first_password.html", name=account.name, password=password)
    return page.redirect(ADMIN, said)


def _stop(page: PageRequest, door: OpenDoor, account: Account) -> tuple[str, str]:
    door.accounts.set_active(account, active=False)
    door.sessions.end_all(account.id)
    return page.gettext("This person cannot come in any more, and is signed out."), ""


def _start(page: PageRequest, door: OpenDoor, account: Account) -> tuple[str, str]:
    door.accounts.set_active(account, active=True)
    return page.gettext("This person can come in again."), ""


def _reset(page: PageRequest, door: OpenDoor, account: Account) -> tuple[str, str]:
    door.forget_factors(account)
    succeeded(door, page, account.address)
    return page.gettext("The second step is gone. At the next sign-in a new one is set up."), ""


def _password(page: PageRequest, door: OpenDoor, account: Account) -> tuple[str, str]:
    password = first_password(page.house.random)
    door.accounts.set_password(account, password)
    door.sessions.end_all(account.id)
    return "", password


ACTS = {"stopped": _stop, "started": _start, "reset": _reset, "password": _password}
"""What an administrator does to an account; each is an event under its name."""


def _officer(page: PageRequest, door: OpenDoor, number: str) -> Account:
    found = door.accounts.find(page.officer.board_id, int(number)) if number.isdecimal() else None
    if found is None:
        raise UnknownOfficer("this board has no such officer")
    return found


def _problems(page: PageRequest, address: str, name: str, role: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if "@" not in address or len(address) > 320 or not address.isprintable():
        found["address"] = page.gettext("Type an e-mail address.")
    if not name or len(name) > 200:
        found["name"] = page.gettext("Type the name as letters show it.")
    if role not in set(Role):
        found["role"] = page.gettext("Choose a role.")
    return found


def _list(page: PageRequest, problems: dict[str, str]) -> Response:
    with page.house.door.opened() as door:
        found = [
            (account, last, factors_of(door, account))
            for account, last in door.accounts.of_board(page.officer.board_id)
        ]
    return page.render(
        "admin.html",
        status=422 if problems else 200,
        officers=found,
        problems=problems,
        roles=[(role.value, page.gettext(words)) for role, words in ROLES.items()],
        zone=page.office.profile.zone,
    )
