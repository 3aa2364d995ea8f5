"""The same request twice, and who looks at it: for the tests of merging on each database."""

from datetime import UTC, datetime

from mailbot.domain.decision import Officer
from mailbot.work.desk import Desk
from tests.houses import TestHouse, TurnedClock, plain_mail

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
WHY = "dezelfde moeder, tweemaal gestuurd"
ASKS = "Ik wil graag het dossier van mijn dochter Noor Visser inzien. Zij zit op Het Kompas."

Signed = tuple[Desk, Officer]
"""An officer at the desk."""


def laid_in(house: TestHouse, clock: TurnedClock, *raws: bytes) -> None:
    """Lay mails in as received now, and work them off."""
    house.receive(*raws, received=clock.now)
    house.house.work_off()


def asked_twice(house: TestHouse, clock: TurnedClock) -> tuple[str, str]:
    """Receive the same request twice from one address, three days apart."""
    laid_in(house, clock, plain_mail("Inzage", ASKS, message_id="<1@gezin.test>"))
    clock.turn(days=3)
    laid_in(house, clock, plain_mail("Nogmaals inzage", ASKS, message_id="<2@gezin.test>"))
    first, second = references(house)
    return first, second


def references(house: TestHouse) -> list[str]:
    """Name the cases, oldest first."""
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT reference FROM cases ORDER BY id")
        return [row[0] for row in rows]


def queue_of(signed: Signed) -> list[str]:
    """Name the cases in the queue."""
    desk, officer = signed
    return [case.reference for case in desk.queue(officer)]
