"""An officer's own second factors: another app, more passkeys, away with what is lost."""

from datetime import timedelta

from starlette.responses import Response

from mailbot.adapters.door import OpenDoor
from mailbot.web.asked import PageRequest
from mailbot.web.door.backoff import must_wait
from mailbot.web.door.codes import factors_of, recovery_codes
from mailbot.web.door.passkeys import ask_for_new, take_new
from mailbot.web.pages.account import ACCOUNT, own
from mailbot.web.pages.enrol import keep_app, show_seed
from mailbot.web.pages.sign_in import too_soon

FRESH = timedelta(minutes=15)
"""Who signed in longer ago shows both factors again before changing them: a desk may be left open."""


def new_app(page: PageRequest) -> Response:
    """Put another app in the place of the present one, once a code of it fits."""
    if not _fresh(page):
        return _sign_in_first(page)
    with page.house.door.opened() as door:
        wait = must_wait(door, page, own(page).address)
        if wait is not None:
            return too_soon(page, wait)
        if not page.posted or not keep_app(page, door, own(page)):
            status = 422 if page.posted else 200
            shown = show_seed(page, door, again=page.posted)
            return page.render("new_app.html", status=status, wrong=page.posted, **shown)
        _end_others(page, door)
    return page.redirect(ACCOUNT, page.gettext("From now on you use the new app."))


def new_passkey(page: PageRequest) -> Response:
    """Register another passkey."""
    if not _fresh(page):
        return _sign_in_first(page)
    answer, name = page.form.get("credential"), page.form.get("name")
    with page.house.door.opened() as door:
        if not page.posted or not take_new(page, door, own(page), answer, name):
            question = ask_for_new(page, door, own(page))
            status = 422 if page.posted else 200
            return page.render(
                "new_passkey.html", status=status, question=question, wrong=page.posted
            )
        door.accounts.record(own(page), "passkey_added", page.now)
    return page.redirect(ACCOUNT, page.gettext("The passkey works from now on."))


def remove_passkey(page: PageRequest) -> Response:
    """Remove a passkey that is lost or no longer used."""
    return _remove(page, page.form.get("number"))


def remove_app(page: PageRequest) -> Response:
    """Stop using the app."""
    return _remove(page, "app")


def new_codes(page: PageRequest) -> Response:
    """Put new recovery codes in the place of the old, and show them once."""
    if not _fresh(page):
        return _sign_in_first(page)
    codes = recovery_codes(page.house.random)
    with page.house.door.opened() as door:
        door.recovery.renew(own(page), codes, page.now)
        door.accounts.record(own(page), "recovery_codes_renewed", page.now)
    return page.render("recovery.html", codes=codes, then=ACCOUNT)


def _remove(page: PageRequest, which: str) -> Response:
    if not _fresh(page):
        return _sign_in_first(page)
    with page.house.door.opened() as door:
        factors = factors_of(door, own(page))
        if factors.passkeys + factors.one_time_code < 2:
            words = page.gettext("Keep one second step at least. Add another first.")
            return page.redirect(ACCOUNT, words, tone="warning")
        if which == "app":
            door.seeds.remove(own(page))
            door.accounts.record(own(page), "app_removed", page.now)
        elif which.isdecimal() and door.passkeys.remove(own(page), int(which)):
            door.accounts.record(own(page), "passkey_removed", page.now)
        _end_others(page, door)
    return page.redirect(ACCOUNT, page.gettext("That is gone. You are signed out elsewhere."))


def _end_others(page: PageRequest, door: OpenDoor) -> None:
    """End the sessions elsewhere: one of them may be why this factor had to go."""
    assert page.session is not None
    door.sessions.end_all(page.officer.id, but=page.session.id)


def _fresh(page: PageRequest) -> bool:
    assert page.session is not None
    return page.now - page.session.started < FRESH


def _sign_in_first(page: PageRequest) -> Response:
    words = page.gettext(
        "You signed in a while ago. Sign out and in again to change how you sign in."
    )
    return page.redirect(ACCOUNT, words, tone="warning")
