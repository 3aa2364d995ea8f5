"""What people do about keeping: see the plan, run it, hold a file, say that a copy is gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.domain.decision import Officer
from mailbot.domain.errors import GroundsMissing, NotHeld, PlanNotSeen, UnknownCase
from mailbot.domain.retention import Item, Plan
from mailbot.domain.retention_book import HoldAct, HoldBooks, Looker, Purged
from mailbot.domain.roles import Role
from mailbot.work.desk import allow
from mailbot.work.retention import Order, Outcome, RetentionJob

SHORTEST_REASON = 10
"""Characters, as for a decision; the schema keeps it too."""


@dataclass(frozen=True, slots=True)
class RetentionActs:
    """The acts of officers about the retention of one board."""

    job: RetentionJob
    holds: HoldBooks
    clock: Callable[[], datetime]

    def plan(self, officer: Officer) -> Plan:
        """
        Say what may go today: categories, references and dates, no names; writes nothing.

        Files from which this officer is kept away are left out (reglement 8.9.4). For an
        administrator, who runs the plan, it is whole.
        """
        allow(officer, "plan_retention")
        plan = self.job.plan(self.clock())
        hidden = self._hidden(officer)
        return replace(
            plan,
            due=tuple(one for one in plan.due if one.subject not in hidden),
            held=tuple(one for one in plan.held if one.subject not in hidden),
            by_hand=tuple(one for one in plan.by_hand if one.subject not in hidden),
        )

    def run(
        self, officer: Officer, code: str | None, on_item: Callable[[Item], None] = lambda _: None
    ) -> Outcome:
        """
        Erase what stands in today's plan.

        Args:
            officer: an administrator.
            code: the name of the plan that was seen.
            on_item: is told of each item that was worked on.

        Raises:
            PlanNotSeen: the plan is another one by now.
        """
        allow(officer, "run_retention")
        now = self.clock()
        plan = self.job.plan(now)
        if code != plan.code:
            raise PlanNotSeen(
                f"the plan is {plan.code} now; see `mailbot retention plan`, then run that one"
            )
        return self.job.run(plan.due, Order(plan, now, officer.id), on_item)

    def log(self, officer: Officer) -> Sequence[Purged]:
        """Read what was erased when and by whom, newest first."""
        allow(officer, "plan_retention")
        hidden = self._hidden(officer)
        with self.job.books.opened() as book:
            return [one for one in book.history() if one.subject not in hidden]

    def hold(self, officer: Officer, subject: str, reason: str) -> None:
        """
        Keep a file whatever its term, until the hold is released (reglement 6.5.3).

        Raises:
            UnknownCase: there is no such file, or it is erased.
            NotHeld: it is under a hold already.
            GroundsMissing: no reason was typed.
        """
        self._write(officer, subject, reason, held=True)

    def release(self, officer: Officer, subject: str, reason: str) -> None:
        """
        End a hold; the file then stands visible in the plan for its whole time.

        Raises:
            NotHeld: there is no hold on it.
            GroundsMissing: no reason was typed.
        """
        self._write(officer, subject, reason, held=False)

    def is_held(self, officer: Officer, subject: str) -> bool:
        """Say whether a file is under a hold, as a page shows it; an act asks again and waits."""
        allow(officer, "read")
        with self.holds.looked_through() as book:
            if officer.role is not Role.ADMIN and subject in book.hidden_subjects(officer.id):
                raise UnknownCase(f"{subject}: there is no such file, or it is erased already")
            return book.looks_held(subject)

    def history(self, officer: Officer, subject: str) -> Sequence[HoldAct]:
        """Read every hold and release of one file, with its reasons."""
        allow(officer, "read")
        self._may_know(officer, subject)
        with self.holds.opened() as book:
            return book.history(subject)

    def destroyed(self, officer: Officer, reference: str) -> None:
        """Write down that the school's own copy of what was handed out is destroyed."""
        allow(officer, "read")
        self._may_know(officer, reference)
        with self.holds.opened() as book:
            number = book.case_number(reference)
            book.destroyed(number, Looker(officer.id, officer.sign_in_id), self.clock())

    def _write(self, officer: Officer, subject: str, reason: str, *, held: bool) -> None:
        allow(officer, "hold")
        if len(reason.strip()) < SHORTEST_REASON:
            raise GroundsMissing(f"state the reason in at least {SHORTEST_REASON} characters")
        self._may_know(officer, subject)
        with self.holds.opened() as book:
            if book.is_held(subject) == held:
                is_or_not = "is under a hold already" if held else "is not under a hold"
                raise NotHeld(f"{subject} {is_or_not}")
            by = Looker(officer.id, officer.sign_in_id)
            book.write(subject, held=held, reason=reason, by=by, at=self.clock())

    def _hidden(self, officer: Officer) -> frozenset[str]:
        if officer.role is Role.ADMIN:
            return frozenset()
        with self.holds.opened() as book:
            return book.hidden_subjects(officer.id)

    def _may_know(self, officer: Officer, subject: str) -> None:
        if subject in self._hidden(officer):
            raise UnknownCase(f"{subject}: there is no such file, or it is erased already")
