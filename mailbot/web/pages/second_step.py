"""The second step of signing in: a code of the app, a passkey, or a recovery code."""

from urllib.parse import quote

from starlette.responses import Response

from mailbot.domain.accounts import Stage
from mailbot.web.answers import START, to_sign_in
from mailbot.web.asked import Asked
from mailbot.web.door.backoff import failed, must_wait, succeeded
from mailbot.web.door.codes import code_fits, factors_of
from mailbot.web.door.sessions import begin, enter
from mailbot.web.pages.enrol import ENROL
from mailbot.web.pages.sign_in import next_of, too_soon, with_next

APP_DIGITS = 6


def second_step(asked: Asked) -> Response:
    """Ask for the second factor; whoever has none yet sets one up first."""
    session = asked.session
    if session is None:
        return to_sign_in(asked)
    if session.stage is Stage.FULL:
        return asked.redirect(next_of(asked))
    with asked.house.door.opened() as door:
        factors = factors_of(door, session.account)
    if not factors.any:
        return asked.redirect(with_next(ENROL, next_of(asked)))
    if not asked.posted:
        return asked.render("second_step.html", factors=factors, then=next_of(asked), wrong=False)
    return _tried(asked)


def _tried(asked: Asked) -> Response:
    assert asked.session is not None
    account = asked.session.account
    code = asked.form.get("code")
    is_recovery = sum(map(str.isalnum, code)) > APP_DIGITS
    with asked.house.door.opened() as door:
        wait = must_wait(door, asked, account.address)
        if wait is not None:
            return too_soon(asked, wait)
        if is_recovery:
            right = door.recovery.use(account, code, asked.now)
        else:
            right = code_fits(door, account, code, asked.now)
        if right and is_recovery:
            door.accounts.record(account, "recovery_code_used", asked.now)
        if not right:
            failed(door, asked, account.address)
        factors = factors_of(door, account)
    if right:
        return all_the_way(asked)
    return asked.render(
        "second_step.html", status=422, factors=factors, then=next_of(asked), wrong=True
    )


def all_the_way(asked: Asked, *, to: str = "") -> Response:
    """Let an officer in who has shown both factors."""
    assert asked.session is not None
    account = asked.session.account
    with asked.house.door.opened() as door:
        succeeded(door, account.address)
    token = begin(asked, account, Stage.FULL, asked.session.door)
    return enter(asked.redirect(to or quote(next_of(asked), safe="/?=&%")), token)


def front(asked: Asked) -> Response:
    """Go to where a role begins its day."""
    session = asked.session
    if session is None or session.stage is not Stage.FULL:
        return to_sign_in(asked)
    first = next(iter(asked.navigation), None)
    return asked.redirect(first.path if first else "/account")


def sign_out(asked: Asked) -> Response:
    """End this session, or all of this officer's."""
    if asked.session is not None:
        with asked.house.door.opened() as door:
            if asked.form.get("everywhere"):
                door.sessions.end_all(asked.session.account.id)
            door.sessions.end(asked.session.id)
    answer = asked.redirect("/sign-in", asked.gettext("You are signed out."))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


__all__ = ["START", "all_the_way", "front", "second_step", "sign_out"]
