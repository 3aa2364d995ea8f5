"""The people of the demo: they sign in at the desk, confirm, decide and extend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailbot.demo.play import Step
from mailbot.demo.tally import DayWentWrong
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk

DOOR = "demo"
PHOTO, FILE = "foto-schoolreis", "inzage-moeder"
"""The mails whose cases are decided and extended."""
MORE_TIME = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Person:
    """One officer of the demo."""

    role: Role
    address: str
    name: str
    password: str


FG = Person(Role.FG, "fg@sipor-demo.test", "Farida Demir", "fg-van-de-demo")
BOARD = Person(Role.BOARD, "bestuur@sipor-demo.test", "Bas Vermeer", "bestuur-van-de-demo")
HANDLER = Person(Role.HANDLER, "hulp@sipor-demo.test", "Hanna de Wit", "hulp-van-de-demo")
ADMIN = Person(Role.ADMIN, "beheer@sipor-demo.test", "Ahmed Yilmaz", "beheer-van-de-demo")
EVERYBODY = (FG, BOARD, HANDLER, ADMIN)

GROUNDS = (
    "De ouders hebben voor deze foto geen toestemming gegeven (artikel 5.2D). "
    "Er is geen andere grond om hem te laten staan."
)
DONE = "Wij hebben de foto van de website gehaald en uit ons fotoarchief verwijderd."
WHERE = "U kunt op de website zien dat de foto weg is."
REASON = (
    "De gegevens staan in drie systemen, en wij moeten eerst de gegevens van andere kinderen "
    "onleesbaar maken."
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the board member did."""

    reference: str
    kind: Kind
    outcome: Outcome
    grounds: str


@dataclass(frozen=True, slots=True)
class Extended:
    """What the FG did."""

    reference: str
    kind: Kind
    old_due: date
    new_due: date
    reason: str


@dataclass(frozen=True, slots=True)
class People:
    """The demo's officers at the desk of its board."""

    desk: Desk

    def enter(self) -> None:
        """Give everybody their account, as `mailbot officer add` does."""
        with self.desk.books.opened() as books:
            for one in EVERYBODY:
                books.people.add(one.address, one.name, one.role, one.password, self.desk.clock())

    def queue(self) -> Sequence[CaseFile]:
        """Let the FG look at the open cases."""
        return self.desk.queue(self._sign_in(FG))

    def decide(self, steps: Sequence[Step]) -> Decided:
        """Let the FG confirm what the mail about the photo asks, and the board member decide."""
        case = opened_by(PHOTO, Kind.ERASURE, steps)
        self.desk.confirm(self._sign_in(FG), case.reference, Kind.ERASURE)
        words = {"done": DONE, "where": WHERE, "done_on": case.dates.received_on}
        outcome = Outcome.GRANTED
        self.desk.decide(self._sign_in(BOARD), case.reference, outcome, GROUNDS, words)
        return Decided(case.reference, Kind.ERASURE, outcome, GROUNDS)

    def extend(self, steps: Sequence[Step]) -> Extended:
        """Let the FG confirm a request for access and take more time for it."""
        fg = self._sign_in(FG)
        case = opened_by(FILE, Kind.ACCESS, steps)
        case = self.desk.confirm(fg, case.reference, Kind.ACCESS)
        if case.dates.due is None:
            raise DayWentWrong("a request for access has no due date")
        until = case.dates.due + MORE_TIME
        self.desk.extend(fg, case.reference, until, REASON)
        return Extended(case.reference, Kind.ACCESS, case.dates.due, until, REASON)

    def _sign_in(self, person: Person) -> Officer:
        return self.desk.sign_in(person.address, person.password, DOOR)


def opened_by(mail: str, kind: Kind, steps: Sequence[Step]) -> CaseFile:
    """
    Find the case a mail of the day opened, of this kind if it opened several.

    Raises:
        DayWentWrong: it opened none.
    """
    opened = [case for step in steps if step.mail.name == mail for case in step.reading.opened]
    if not opened:
        raise DayWentWrong(f"the mail {mail} opened no case")
    return next((case for case in opened if case.kind is kind), opened[0])
