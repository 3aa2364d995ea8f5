"""Lets a request through to its page, or answers it here: host, form, session, role, case."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mailbot.domain.accounts import Stage
from mailbot.domain.decision import Officer
from mailbot.domain.errors import (
    BooksUnavailable,
    MailbotError,
    NotAllowed,
    UnknownCase,
    UnknownEntry,
    UnknownMail,
    UnknownOfficer,
)
from mailbot.web.access import Bound, Door, Route
from mailbot.web.answers import (
    cannot_do_that,
    forgotten_form,
    not_for_you,
    not_here,
    something_broke,
    to_sign_in,
)
from mailbot.web.asked import Asked, DoorPage, PageRequest
from mailbot.web.cookies import SAID, TOKEN, give, take_back
from mailbot.web.door.sessions import resume
from mailbot.web.house import WebHouse
from mailbot.web.reading import TooLarge, read_request
from mailbot.work.handling.audit import looked_lately, write_look
from mailbot.work.register.versions import known

log = logging.getLogger(__name__)

FORM_TOKEN = "csrf"  # noqa: S105 - the name of the field.


def endpoint(
    house: WebHouse, route: Route, paths: frozenset[str]
) -> Callable[[Request], Awaitable[Response]]:
    """Make the function that answers one row of the table."""

    async def answer(request: Request) -> Response:
        try:
            asked = await read_request(house, request, route.largest, paths)
        except TooLarge:
            return Response("This form is too large.", 413, media_type="text/plain")
        return await run_in_threadpool(answer_asked, route, asked, request.headers.get("origin"))

    return answer


def answer_asked(route: Route, asked: Asked, origin: str | None) -> Response:
    """
    Answer one request.

    1. The session of the browser's token is looked up, with its officer as they are now.
    2. A form must carry our token and come from our own pages.
    3. The role must be in the row of the table; what stands in no row is not there.
    4. What the path names must be for this officer; else it is as if it were not there.
    5. The page answers.
    """
    asked = resume(asked, awake=route.awake)
    try:
        if asked.posted and not _own_form(asked, origin):
            answer = forgotten_form(asked)
        elif isinstance(route.who, Door):
            answer = _door(route, asked)
        else:
            answer = _page(route, asked)
    except (UnknownCase, UnknownEntry, UnknownMail, UnknownOfficer):
        answer = not_here(asked)
    except NotAllowed:
        answer = not_for_you(asked)
    except MailbotError as error:
        log.warning("%s on %s", type(error).__name__, route.path)
        # It is no fault of what was asked when the database is full or away.
        broke = isinstance(error, BooksUnavailable)
        answer = something_broke(asked) if broke else cannot_do_that(asked)
    except Exception as error:  # One request fails, never the desk; no detail leaves.
        log.error("%s on %s", type(error).__name__, route.path)  # noqa: TRY400 - a traceback may quote a mail.
        # For whoever works on the code, with `pytest --log-level=DEBUG`; never on in production.
        log.debug("what broke", exc_info=error)
        answer = something_broke(asked)
    return _with_cookies(asked, answer)


def _own_form(asked: Asked, origin: str | None) -> bool:
    """Say whether a form is ours: its token is this browser's, and its origin our own."""
    given = asked.form.get(FORM_TOKEN)
    return hmac.compare_digest(given, asked.csrf) and asked.house.origins.own(origin or "")


def _door(route: Route, asked: Asked) -> Response:
    if route.who is Door.FIRST and asked.session is None:
        return to_sign_in(asked)
    return cast("DoorPage", route.page)(asked)


def _page(route: Route, asked: Asked) -> Response:
    session = asked.session
    if session is None or session.stage is not Stage.FULL or session.sign_in_id is None:
        return to_sign_in(asked)
    account = session.account
    office = asked.house.offices.get(account.board_id)
    if office is None or account.role not in cast(frozenset[str], route.who):
        return not_for_you(asked)
    officer = Officer(account.id, account.board_id, account.name, account.role, session.sign_in_id)
    names = {name: getattr(asked, name) for name in Asked.__dataclass_fields__}
    request = PageRequest(**names, officer=officer, office=office)
    _look_at_what_is_named(route, request)
    return route.page(request)


def _look_at_what_is_named(route: Route, asked: PageRequest) -> None:
    """
    Raise UnknownCase or UnknownEntry: of another board, or this officer is kept away from it.

    That a case was opened is written down here, so that no page can forget it.
    """
    if route.bound is Bound.NOTHING:
        return
    desk, officer = asked.desk, asked.officer
    with desk.books.looked_through() as books:
        if route.bound is Bound.CASE:
            number: int | None = desk.look_into(books, officer, asked.names["reference"]).id
        else:
            number = known(books, officer, asked.names["entry"]).case_id
        if number is None or not route.awake or looked_lately(desk, books, officer, number):
            return
    with desk.books.opened() as books:
        if route.bound is Bound.CASE:
            # Locked, so that two pages opened at once are one look.
            desk.open_file(books, officer, asked.names["reference"])
        write_look(desk, books, officer, number)


def _with_cookies(asked: Asked, answer: Response) -> Response:
    set_already = " ".join(
        value.decode("latin-1") for name, value in answer.raw_headers if name == b"set-cookie"
    )
    if f"{TOKEN}=" not in set_already and asked.new_token:
        give(answer, TOKEN, asked.token)
    if asked.said and f"{SAID}=" not in set_already:
        take_back(answer, SAID)
    return answer
