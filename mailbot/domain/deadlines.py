"""The dates of a case: what they are, and whether they have passed."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.domain.explained import Explained
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.local_time import AMSTERDAM, end_of_day, local_day, to_utc


@dataclass(frozen=True, slots=True)
class ByHand:
    """A date that a person set, with the reason that person typed."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every date of one case, each with its explanation; made by `clocks.clock_for`."""

    kind: Kind
    received_at: datetime
    received_on: date
    """Local day of first receipt."""
    due: date | None = None
    """The last local day on which an answer is in time; None where no day follows."""
    working_target: date | None = None
    """The last working day on or before *due*; shown to people, binding nobody."""
    cap: date | None = None
    """The last day an extension may name; None for kinds that cannot be extended."""
    due_at: datetime | None = None
    """For a breach whose awareness a person recorded: when the authority must know, in UTC."""
    alarm_at: datetime | None = None
    """For a breach: the same, counted from receipt, in UTC."""
    aware_at: datetime | None = None
    acknowledge_by: date | None = None
    """For a complaint: the last day for the acknowledgement."""
    extensions: int = 0
    explanation: tuple[Explained, ...] = ()

    @property
    def clock(self) -> Clock:
        """Which clock this case runs on."""
        return KINDS[self.kind].clock

    @property
    def version(self) -> str:
        """
        Name the deadline in force, so that a reminder is sent once for each.

        An extension, a corrected receipt date or a recorded awareness changes it.
        """
        if self.clock is Clock.BREACH:
            return f"{(self.due_at or self.alarm_at):%Y-%m-%dT%H:%M:%SZ}"
        return self.due.isoformat() if self.due else "none"

    def sentences(self, language: str = "nl", zone: ZoneInfo = AMSTERDAM) -> tuple[str, ...]:
        """Say every date in one sentence each."""
        return tuple(explained.sentence(language, zone) for explained in self.explanation)


def too_late_at(deadlines: Deadlines, zone: ZoneInfo = AMSTERDAM) -> datetime | None:
    """
    Return the first instant that is too late, in UTC; queues sort by it.

    For a breach of which no awareness was recorded this is the end of the alarm clock.
    """
    if deadlines.due_at or deadlines.alarm_at:
        return deadlines.due_at or deadlines.alarm_at
    return end_of_day(deadlines.due, zone) if deadlines.due else None


def is_overdue(deadlines: Deadlines, now: datetime, zone: ZoneInfo = AMSTERDAM) -> bool:
    """
    Say whether the deadline in force has passed; the duty stays, and people are alarmed.

    Raises:
        NaiveInstant: if *now* carries no zone.
    """
    if deadlines.clock is Clock.BREACH:
        end = too_late_at(deadlines, zone)
        # The last second of the 72 hours is still in time, unlike midnight after a due date.
        return end is not None and to_utc(now) > end
    return deadlines.due is not None and local_day(now, zone) > deadlines.due


def days_left(deadlines: Deadlines, now: datetime, zone: ZoneInfo = AMSTERDAM) -> int | None:
    """
    Return how many local days remain until the due date; 0 on the day, negative when overdue.

    Raises:
        NaiveInstant: if *now* carries no zone.
    """
    return (deadlines.due - local_day(now, zone)).days if deadlines.due else None
