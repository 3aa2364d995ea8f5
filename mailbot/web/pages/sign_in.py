"""The first step of signing in: address and password."""

from collections.abc import Sequence
from datetime import datetime

from starlette.responses import Response

from mailbot.adapters.door.accounts import password_fits
from mailbot.domain.accounts import Account, Stage
from mailbot.web.answers import SECOND, START, own_path
from mailbot.web.asked import Asked
from mailbot.web.door.backoff import failed, must_wait
from mailbot.web.door.sessions import begin, enter

DOOR = "web"
LONGEST_PASSWORD = 1000
"""Argon2 hashes whatever it is given; more than this nobody typed."""


def sign_in(asked: Asked) -> Response:
    """Ask for address and password, and try them."""
    if not asked.posted:
        return _form(asked)
    address = asked.form.get("address")
    password = next(iter(asked.form.all("password")), "")[:LONGEST_PASSWORD]
    with asked.house.door.opened() as door:
        wait = must_wait(door, asked, address)
        account = chosen(asked, door.accounts.of_address(address), asked.form.get("board"))
        stored = door.accounts.password_hash(account)
    if wait is not None:
        return too_soon(asked, wait)
    if not password_fits(stored, password) or account is None:
        with asked.house.door.opened() as door:
            failed(door, asked, address)
        return _form(asked, address, wrong=True)
    token = begin(asked, account, Stage.FIRST, DOOR)
    return enter(asked.redirect(with_next(SECOND, next_of(asked))), token)


def next_of(asked: Asked) -> str:
    """Read where the officer wanted to go."""
    return own_path(asked.form.get("next") or asked.query.get("next"))


def with_next(path: str, then: str) -> str:
    """Carry on where the officer wanted to go."""
    return path if then == START else f"{path}?next={then}"


def too_soon(asked: Asked, until: datetime) -> Response:
    """Ask for patience; says the same whether an account exists or not."""
    seconds = max(1, round((until - asked.now).total_seconds()))
    answer = asked.render("too_soon.html", status=429, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def chosen(asked: Asked, accounts: Sequence[Account], board: str) -> Account | None:
    """Take the account that is meant: of the board that was chosen, where there are several."""
    known = [one for one in accounts if one.board_id in asked.house.offices]
    if board:
        known = [one for one in known if asked.house.offices[one.board_id].profile.code == board]
    return known[0] if known else None


def _form(asked: Asked, address: str = "", *, wrong: bool = False) -> Response:
    boards = [(one.profile.code, one.profile.name) for one in asked.house.offices.values()]
    return asked.render(
        "sign_in.html",
        status=422 if wrong else 200,
        address=address,
        wrong=wrong,
        then=next_of(asked),
        boards=boards,
        providers=list(asked.house.providers.values()),
        chosen=asked.form.get("board"),
    )
