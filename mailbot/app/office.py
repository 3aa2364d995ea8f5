"""The officers' desk in a browser, for all boards at once."""

import os
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine
from starlette.applications import Starlette

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.calendar import DutchCalendar
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.door import SqlDoor
from mailbot.adapters.figures import SqlFigures
from mailbot.adapters.keys import vault_of
from mailbot.adapters.oidc import OidcProvider
from mailbot.adapters.passages import passages_of
from mailbot.adapters.vault import Vault
from mailbot.app.parts import (
    PROVE_EVERY,
    Clock,
    alarms,
    daily_proof,
    letter_writer,
    reader,
    wall_clock,
)
from mailbot.app.people import (
    desk_of,
    retention_acts,
)
from mailbot.domain.board import BoardProfile
from mailbot.robot import Job, Robot
from mailbot.settings import Settings
from mailbot.settings.values import OidcSettings
from mailbot.web.house import Office, WebHouse
from mailbot.web.origins import origins_of
from mailbot.web.places import web_folder
from mailbot.web.templating import load_templates
from mailbot.work.clockwork import Clockwork
from mailbot.work.desk import Desk
from mailbot.work.figures import Figures
from mailbot.work.parked import Parked
from mailbot.work.quiet import QuietAlarm

UNDO = timedelta(seconds=60)


def web(settings: Settings, clock: Clock = wall_clock) -> Starlette:
    """
    Put the officers' desk in a browser together, for all boards at once.

    It opens one database and closes it when the application stops. While it answers it watches
    over the daily proofs as well.
    """
    engine = connect(settings.database.url)
    upgrade(engine)
    vault = vault_of(engine, settings.keys.master.reveal())
    offices = [_office(settings, profile, engine, vault, clock) for profile in settings.boards]
    house = WebHouse(
        settings=settings.web,
        offices={one.books.board_id: one for one in offices},
        door=SqlDoor(engine, vault),
        providers={one.name: _provider(one) for one in settings.oidc},
        templates=load_templates(web_folder()),
        origins=origins_of(settings.web),
        clock=clock,
        vault=vault,
        random=os.urandom,
    )
    watch = _watch_over_proofs(settings, engine, vault, clock)

    def close() -> None:
        watch.stop()
        engine.dispose()

    # Its pages draw, print and check passkeys; a robot starts without any of that.
    from mailbot.web.application import make_application  # noqa: PLC0415

    return make_application(house, start=watch.start, close=close)


def _watch_over_proofs(settings: Settings, engine: Engine, vault: Vault, clock: Clock) -> Robot:
    """Let the desk look after the daily proofs too: a robot that stands still tells nobody."""
    alarm = QuietAlarm(alarms(settings, clock), clock)
    proofs = []
    for profile in settings.boards:
        books = SqlBooks(engine, vault, profile.code, profile.reference_prefix)
        letters = letter_writer(profile, vault, os.urandom)
        clockwork = Clockwork(profile, DutchCalendar())
        proofs.append(daily_proof(settings, books, clockwork, letters, alarm))

    def look() -> None:
        for proof in proofs:
            proof.watch(clock())

    return Robot([Job("watch over proofs", look, PROVE_EVERY)], alarm)


def _provider(one: OidcSettings) -> OidcProvider:
    return OidcProvider(
        name=one.name,
        label=one.label,
        issuer=one.issuer,
        client_id=one.client_id,
        secret=one.secret.reveal(),
        vouches_for_address=one.vouches_for_address,
        asks_second_factor=one.asks_second_factor,
    )


def _office(
    settings: Settings, profile: BoardProfile, engine: Engine, vault: Vault, clock: Clock
) -> Office:
    books = SqlBooks(engine, vault, profile.code, profile.reference_prefix)
    acts = retention_acts(settings, profile, vault, books, clock)
    read = reader(settings, profile.code)
    return Office(
        profile=profile,
        books=books,
        desk=_with_undo(desk_of(profile, vault, books, clock)),
        parked=Parked(acts.holds, read, clock),
        retention=acts,
        figures=Figures(SqlFigures(books, profile.zone), profile.zone, clock),
        passages=passages_of(profile),
        read=read,
    )


def _with_undo(desk: Desk) -> Desk:
    """Let letters asked for in the browser wait a minute, in which they can be taken back."""
    return replace(desk, correspondence=replace(desk.correspondence, undo=UNDO))
