"""Setting up a second factor, by whoever has shown the first and has no second yet."""

import io
from dataclasses import replace

import segno
from starlette.responses import Response

from mailbot.adapters.door import OpenDoor
from mailbot.domain.accounts import Account, Stage
from mailbot.web.answers import to_sign_in
from mailbot.web.asked import Asked
from mailbot.web.door.backoff import failed, must_wait, succeeded
from mailbot.web.door.codes import address_for_app, factors_of, recovery_codes, step_of
from mailbot.web.door.fresh_seed import ask_for_code_of, forget_seed, waiting_seed
from mailbot.web.door.passkeys import ask_for_new, take_new
from mailbot.web.door.sessions import begin, settle
from mailbot.web.pages.sign_in import next_of, too_soon

ENROL = "/sign-in/app"
PASSKEY = "/sign-in/passkey"
QR = "/sign-in/app.svg"


def enrol(asked: Asked) -> Response:
    """Show a new seed as a picture and as letters, and let it count once a code fits."""
    account = _who(asked)
    if account is None:
        return to_sign_in(asked)
    with asked.house.door.opened() as door:
        wait = must_wait(door, asked, account.address)
        if wait is not None:
            return too_soon(asked, wait)
        if not asked.posted or not keep_app(asked, door, account):
            return _form(asked, door, account, wrong="code" if asked.posted else "")
        codes = _first_codes(asked, door, account)
    return _in_with_codes(asked, account, codes)


def first_passkey(asked: Asked) -> Response:
    """Register a passkey as the second factor."""
    account = _who(asked)
    if account is None:
        return to_sign_in(asked)
    with asked.house.door.opened() as door:
        if not take_new(asked, door, account, asked.form.get("credential"), asked.form.get("name")):
            return _form(asked, door, account, wrong="passkey")
        codes = _first_codes(asked, door, account)
        door.accounts.record(account, "passkey_added", asked.now)
    return _in_with_codes(asked, account, codes)


def picture(asked: Asked) -> Response:
    """Draw the picture an app reads: the seed that this browser is being shown."""
    if asked.session is None:
        return to_sign_in(asked)
    account = asked.session.account
    with asked.house.door.opened() as door:
        seed = waiting_seed(asked, door)
    if seed is None:
        return Response(status_code=404)
    board = asked.house.offices[account.board_id].profile.name
    drawn = io.BytesIO()
    segno.make(address_for_app(seed, account, board), error="m").save(
        drawn, kind="svg", scale=5, border=3, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


def keep_app(asked: Asked, door: OpenDoor, account: Account) -> bool:
    """Let the seed count that was shown, if the code is one of it; count the failure if not."""
    seed = waiting_seed(asked, door)
    step = step_of(seed, asked.form.get("code"), asked.now) if seed else None
    if seed is None or step is None:
        failed(door, asked, account.address)
        return False
    door.seeds.keep(account, seed, asked.now, asked.now)
    door.seeds.take(account, step)
    door.accounts.record(account, "app_set_up", asked.now)
    forget_seed(asked, door)
    return True


def show_seed(asked: Asked, door: OpenDoor, *, again: bool) -> dict[str, object]:
    """Say how a seed is shown: a new one for each look, the same one after a wrong code."""
    seed = ask_for_code_of(asked, door, (again and waiting_seed(asked, door)) or "")
    return {
        "letters": " ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        "picture": QR,
    }


def _who(asked: Asked) -> Account | None:
    """Name who may set up a first second factor: nobody who has one already."""
    session = asked.session
    if session is None or session.stage is Stage.FULL:
        return None
    with asked.house.door.opened() as door:
        return None if factors_of(door, session.account).any else session.account


def _first_codes(asked: Asked, door: OpenDoor, account: Account) -> list[str]:
    codes = list(recovery_codes(asked.house.random))
    door.recovery.renew(account, codes, asked.now)
    succeeded(door, asked, account.address)
    return codes


def _in_with_codes(asked: Asked, account: Account, codes: list[str]) -> Response:
    assert asked.session is not None
    token = begin(asked, account, Stage.FULL, asked.session.door)
    # The page with the codes belongs to the session that begins with it.
    page = replace(asked, token=token)
    answer = page.render("recovery.html", codes=codes, then=next_of(asked))
    return settle(asked, answer, account, token)


def _form(asked: Asked, door: OpenDoor, account: Account, *, wrong: str) -> Response:
    return asked.render(
        "enrol.html",
        status=422 if wrong else 200,
        question=ask_for_new(asked, door, account),
        wrong=wrong,
        then=next_of(asked),
        **show_seed(asked, door, again=wrong == "code"),
    )
