"""Sessions: begun anew at each step, ended by idleness, by the clock, or by hand."""

from dataclasses import replace
from datetime import timedelta

from starlette.responses import Response

from mailbot.domain.accounts import Account, Session, Stage
from mailbot.web.asked import Asked
from mailbot.web.cookies import A_YEAR, KNOWN, TOKEN, give
from mailbot.web.door.known import new_mark
from mailbot.web.house import WebHouse

SEEN_EVERY = timedelta(minutes=1)
"""Being seen is written down no more often than this; a page must not cost a write."""
BETWEEN_FACTORS = timedelta(minutes=10)
"""How long the second factor may let itself be waited for."""


def resume(asked: Asked, *, awake: bool) -> Asked:
    """Find the session of a browser and let it count, or end it when its time is up."""
    if asked.new_token:
        return asked
    with asked.house.door.looked_through() as door:
        session = door.sessions.find(asked.token)
    if session is None:
        return asked
    if not _counts(asked, session):
        with asked.house.door.opened() as door:
            door.sessions.end(session.id)
        return asked
    if awake and asked.now - session.seen >= SEEN_EVERY:
        with asked.house.door.opened() as door:
            door.sessions.seen(session.id, asked.now)
    return replace(asked, session=session)


def begin(asked: Asked, account: Account, stage: Stage, door_name: str) -> str:
    """
    Begin a session under a new token, whatever the browser held before.

    A token that somebody slipped a browser beforehand is worth nothing afterwards (CWE-384).
    With both factors shown the sign-in is written down; every act names it.

    Returns:
        The token, for `enter`.
    """
    token = asked.house.token()
    with asked.house.door.opened() as door:
        if asked.session is not None:
            door.sessions.end(asked.session.id)
        door.sessions.clear(asked.now - _longest(asked.house))
        number = None
        if stage is Stage.FULL:
            number = door.accounts.sign_in(account, door_name, asked.now)
        door.sessions.begin(token, account, stage, door_name, asked.now, sign_in_id=number)
    return token


def enter(answer: Response, token: str) -> Response:
    """Hand the token of a new session to the browser."""
    give(answer, TOKEN, token)
    return answer


def settle(asked: Asked, answer: Response, account: Account, token: str) -> Response:
    """Hand over a session that is past both factors; this browser is known from now on."""
    give(answer, KNOWN, new_mark(asked, account.address), seconds=A_YEAR)
    return enter(answer, token)


def _counts(asked: Asked, session: Session) -> bool:
    if not session.account.active or session.account.board_id not in asked.house.offices:
        return False
    if session.stage is Stage.FIRST:
        return asked.now - session.started < BETWEEN_FACTORS
    idle = timedelta(minutes=asked.house.settings.idle_minutes)
    return asked.now - session.seen < idle and asked.now - session.started < _longest(asked.house)


def _longest(house: WebHouse) -> timedelta:
    return timedelta(hours=house.settings.session_hours)
