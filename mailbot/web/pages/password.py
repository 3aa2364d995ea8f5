"""An officer's own password."""

from starlette.responses import Response

from mailbot.adapters.door.accounts import password_fits
from mailbot.adapters.people import SHORTEST_PASSWORD
from mailbot.web.asked import PageRequest
from mailbot.web.door.backoff import failed, must_wait
from mailbot.web.pages.account import ACCOUNT, own
from mailbot.web.pages.sign_in import LONGEST_PASSWORD, too_soon


def password(page: PageRequest) -> Response:
    """Change the password; all other browsers of this officer are signed out."""
    if not page.posted:
        return _form(page, {})
    mine = own(page)
    with page.house.door.opened() as door:
        wait = must_wait(door, page, mine.address)
        stored = door.accounts.password_hash(mine)
    if wait is not None:
        return too_soon(page, wait)
    problems = _problems(page, stored)
    if problems:
        return _form(page, problems)
    assert page.session is not None
    with page.house.door.opened() as door:
        door.accounts.set_password(mine, _typed(page, "new"))
        door.accounts.record(mine, "password_changed", page.now)
        door.sessions.end_all(mine.id, but=page.session.id)
    return page.redirect(ACCOUNT, page.gettext("From now on you use the new password."))


def _problems(page: PageRequest, stored: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not password_fits(stored, _typed(page, "present")):
        with page.house.door.opened() as door:
            failed(door, page, own(page).address)
        found["present"] = page.gettext("This is not your present password.")
    if len(_typed(page, "new")) < SHORTEST_PASSWORD:
        found["new"] = page.gettext("Choose at least twelve characters.")
    elif _typed(page, "new") != _typed(page, "again"):
        found["again"] = page.gettext("This is another password than the one above.")
    return found


def _typed(page: PageRequest, name: str) -> str:
    """Read a password as it was typed; blanks around it are part of it."""
    return next(iter(page.form.all(name)), "")[:LONGEST_PASSWORD]


def _form(page: PageRequest, problems: dict[str, str]) -> Response:
    return page.render("password.html", status=422 if problems else 200, problems=problems)
