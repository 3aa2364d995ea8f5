"""The people of the demo: they sign in at the desk, confirm, decide and extend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailbot.demo.tally import DayWentWrong
from mailbot.domain.case import CaseFile
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.work.desk import Desk

DOOR = "demo"
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
        """Give both their account, as `mailbot officer add` does."""
        with self.desk.books.opened() as books:
            for one in (FG, BOARD):
                books.people.add(one.address, one.name, one.role, one.password, self.desk.clock())

    def queue(self) -> Sequence[CaseFile]:
        """Let the FG look at the open cases."""
        return self.desk.queue(self._sign_in(FG))

    def decide(self) -> Decided:
        """Let the FG confirm that a photo must be looked at, and the board member decide."""
        case = self._first(Kind.ERASURE)
        self.desk.confirm(self._sign_in(FG), case.reference, Kind.ERASURE)
        words = {"done": DONE, "where": WHERE, "done_on": case.dates.received_on}
        outcome = Outcome.GRANTED
        self.desk.decide(self._sign_in(BOARD), case.reference, outcome, GROUNDS, words)
        return Decided(case.reference, Kind.ERASURE, outcome, GROUNDS)

    def extend(self) -> Extended:
        """Let the FG confirm a request for access and take more time for it."""
        fg = self._sign_in(FG)
        case = self._first(Kind.ACCESS)
        case = self.desk.confirm(fg, case.reference, Kind.ACCESS)
        if case.dates.due is None:
            raise DayWentWrong("a request for access has no due date")
        until = case.dates.due + MORE_TIME
        self.desk.extend(fg, case.reference, until, REASON)
        return Extended(case.reference, Kind.ACCESS, case.dates.due, until, REASON)

    def _sign_in(self, person: Person) -> Officer:
        return self.desk.sign_in(person.address, person.password, DOOR)

    def _first(self, kind: Kind) -> CaseFile:
        """Find the case to act on: the first of the day that the robot believes is of this kind."""
        found = [case for case in self.queue() if case.kind is kind]
        if not found:
            raise DayWentWrong(f"no mail of the day opened a case of the kind {kind}")
        return min(found, key=lambda case: case.id)
