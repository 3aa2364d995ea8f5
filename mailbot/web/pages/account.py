"""An officer's own account, and the browsers in which they are signed in."""

from starlette.responses import Response

from mailbot.domain.accounts import Account
from mailbot.web.asked import PageRequest
from mailbot.web.door.codes import factors_of
from mailbot.web.words import ROLES

ACCOUNT = "/account"


def account(page: PageRequest) -> Response:
    """Show what the officer signs in with."""
    mine = own(page)
    with page.house.door.opened() as door:
        factors = factors_of(door, mine)
        passkeys = door.passkeys.of(mine)
        sessions = door.sessions.count(mine.id)
    return page.render(
        "account.html",
        account=mine,
        role=page.gettext(ROLES[mine.role]),
        factors=factors,
        passkeys=passkeys,
        sessions=sessions,
        zone=page.office.profile.zone,
    )


def end_others(page: PageRequest) -> Response:
    """End the officer's sessions in all other browsers."""
    assert page.session is not None
    with page.house.door.opened() as door:
        ended = door.sessions.end_all(page.officer.id, but=page.session.id)
        door.accounts.record(own(page), "other_sessions_ended", page.now, number=str(ended))
    return page.redirect(ACCOUNT, page.gettext("You are signed out everywhere else."))


def own(page: PageRequest) -> Account:
    """Name the account of this session."""
    assert page.session is not None
    return page.session.account
