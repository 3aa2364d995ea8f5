"""Setting up an authenticator app, by whoever has shown the first factor and has no second yet."""

import io

import segno
from starlette.responses import Response

from mailbot.domain.accounts import Account, Stage
from mailbot.web.answers import to_sign_in
from mailbot.web.asked import Asked
from mailbot.web.door.backoff import failed, must_wait, succeeded
from mailbot.web.door.codes import (
    address_for_app,
    factors_of,
    new_seed,
    recovery_codes,
    step_of,
)
from mailbot.web.door.sessions import begin, enter
from mailbot.web.pages.sign_in import next_of, too_soon

ENROL = "/sign-in/app"
QR = "/sign-in/app.svg"


def enrol(asked: Asked) -> Response:
    """Show a new seed as a picture and as letters, and let it count once a code fits."""
    account = _who(asked)
    if account is None:
        return to_sign_in(asked)
    with asked.house.door.opened() as door:
        found = door.seeds.find(account, confirmed=False)
        if found is None or not asked.posted:
            # A new picture for each look: what somebody saw in passing is worth nothing.
            door.seeds.keep(account, new_seed(asked.house.random), asked.now)
            found = door.seeds.find(account, confirmed=False)
    assert found is not None
    if asked.posted:
        return _confirmed(asked, account, found[0])
    return _form(asked, found[0])


def picture(asked: Asked) -> Response:
    """Draw the picture an app reads; only for the officer who is setting it up."""
    account = _who(asked)
    if account is None:
        return to_sign_in(asked)
    with asked.house.door.opened() as door:
        found = door.seeds.find(account, confirmed=False)
    if found is None:
        return asked.redirect(ENROL)
    board = asked.house.offices[account.board_id].profile.name
    drawn = io.BytesIO()
    segno.make(address_for_app(found[0], account, board), error="m").save(
        drawn, kind="svg", scale=5, border=3, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


def _who(asked: Asked) -> Account | None:
    """Name who may set up an app here: nobody who has a second factor already."""
    session = asked.session
    if session is None or session.stage is Stage.FULL:
        return None
    with asked.house.door.opened() as door:
        return None if factors_of(door, session.account).any else session.account


def _confirmed(asked: Asked, account: Account, seed: str) -> Response:
    assert asked.session is not None
    with asked.house.door.opened() as door:
        wait = must_wait(door, asked, account.address)
        if wait is not None:
            return too_soon(asked, wait)
        step = step_of(seed, asked.form.get("code"), asked.now)
        if step is None:
            failed(door, asked, account.address)
            return _form(asked, seed, wrong=True)
        codes = recovery_codes(asked.house.random)
        door.seeds.take(account, step)
        door.seeds.confirm(account, asked.now)
        door.recovery.renew(account, codes, asked.now)
        door.accounts.record(account, "app_set_up", asked.now)
        succeeded(door, account.address)
    token = begin(asked, account, Stage.FULL, asked.session.door)
    return enter(asked.render("recovery.html", codes=codes, then=next_of(asked)), token)


def _form(asked: Asked, seed: str, *, wrong: bool = False) -> Response:
    letters = " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
    return asked.render(
        "enrol.html",
        status=422 if wrong else 200,
        letters=letters,
        picture=f"{QR}?{asked.now:%H%M%S}",
        wrong=wrong,
        then=next_of(asked),
    )
