"""The second step of signing in: a code of the app, a passkey, or a recovery code."""

from urllib.parse import quote

from starlette.responses import Response

from mailbot.adapters.door import OpenDoor
from mailbot.domain.accounts import Account, Stage
from mailbot.web.answers import to_sign_in
from mailbot.web.asked import Asked
from mailbot.web.door.backoff import failed, must_wait, succeeded
from mailbot.web.door.codes import code_fits, factors_of
from mailbot.web.door.passkeys import ask_for_known, passkey_fits
from mailbot.web.door.sessions import begin, settle
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
    account = session.account
    with asked.house.door.opened() as door:
        if not factors_of(door, account).any:
            return asked.redirect(with_next(ENROL, next_of(asked)))
        wait = must_wait(door, asked, account.address)
        if wait is not None:
            return too_soon(asked, wait)
        if not asked.posted or not _shown(asked, door, account):
            return _form(asked, door, account)
        succeeded(door, asked, account.address)
    token = begin(asked, account, Stage.FULL, session.door)
    answer = asked.redirect(quote(next_of(asked), safe="/?=&%"))
    return settle(asked, answer, account, token)


def _shown(asked: Asked, door: OpenDoor, account: Account) -> bool:
    """Try what was shown as a second factor, and count it when it does not fit."""
    code = asked.form.get("code")
    if asked.form.get("credential"):
        right = passkey_fits(asked, door, account, asked.form.get("credential"))
    elif sum(map(str.isalnum, code)) > APP_DIGITS:
        right = door.recovery.use(account, code, asked.now)
        if right:
            door.accounts.record(account, "recovery_code_used", asked.now)
    else:
        right = code_fits(door, account, code, asked.now)
    if not right:
        failed(door, asked, account.address)
    return right


def _form(asked: Asked, door: OpenDoor, account: Account) -> Response:
    factors = factors_of(door, account)
    return asked.render(
        "second_step.html",
        status=422 if asked.posted else 200,
        factors=factors,
        question=ask_for_known(asked, door, account) if factors.passkeys else "",
        then=next_of(asked),
        wrong=asked.posted,
    )


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
