"""Proves to the FG each working morning that no mail was lost, and alarms where it cannot."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Draft
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import AnsweredWords, HeapWords, LeavingWords
from mailbot.domain.local_time import at_local, local_day
from mailbot.domain.ports import Alarm
from mailbot.domain.proof import Leaving, Proof, ProofBook, ProofBooks
from mailbot.domain.working_days import is_working_day
from mailbot.work.clockwork import Clockwork
from mailbot.work.correspondence import Correspondence

A_WEEK = timedelta(days=7)
PATIENCE = timedelta(hours=1)
"""How long the letter of a proof may take before a person hears of it by another way."""


@dataclass(frozen=True, slots=True)
class DailyProof:
    """The daily proof of one board."""

    books: ProofBooks
    clockwork: Clockwork
    correspondence: Correspondence
    alarm: Alarm
    desk_address: str | None = None
    """Where the desk is served, for the link in the letter."""

    def prove(self, now: datetime) -> Proof | None:
        """
        Write today's proof, once, from the hour at which reminders may leave.

        1. Count every mail since the proof before, in two ways.
        2. Write to each FG: the counts, what waits, what leaves its term, what was answered.
        3. Alarm by the second channel where the count does not add up, nobody is there to
           read it, or the proof before never arrived.

        Returns:
            The proof that was written now, or None.
        """
        due = self.due_at(now)
        if due is None or now < due:
            return None
        with self.books.opened() as book:
            last = book.last()
            if last is not None and last.day >= local_day(now, self.clockwork.profile.zone):
                return None
            since = last.until if last else book.first_mail() or now
            proof = self._count(book, since, now)
            if book.take(proof) is None:
                return None
            readers = book.readers() or [self.clockwork.profile.fg.address]
            for reader in readers:
                book.write(self._letter(book, proof, reader))
        if not proof.counts.adds_up:
            self.alarm.raise_alarm("proof_does_not_add_up", str(proof.day))
        return proof

    def watch(self, now: datetime) -> str | None:
        """
        Say what is wrong with the proofs at this moment, and alarm; None where all is well.

        Anything may ask: the robot itself, the desk beside it, or `mailbot proof check` from a
        timetable of the machine, so that a robot that stands still is noticed as well.

        Returns:
            `proof_missing`, `proof_not_delivered` or `proof_does_not_add_up`.
        """
        trouble = self._trouble(now)
        if trouble is not None:
            self.alarm.raise_alarm(trouble, str(local_day(now, self.clockwork.profile.zone)))
        return trouble

    def written(self, most: int) -> Sequence[Proof]:
        """List the last proofs, the newest first, with their counts."""
        with self.books.opened() as book:
            return book.written(most)

    def due_at(self, now: datetime) -> datetime | None:
        """Say from when today's proof is due; None on a day on which nobody works."""
        profile = self.clockwork.profile
        day = local_day(now, profile.zone)
        if not is_working_day(day, self.clockwork.calendar):
            return None
        return at_local(day, profile.reminders.from_hour, profile.zone)

    def _trouble(self, now: datetime) -> str | None:
        with self.books.opened() as book:
            last, first = book.last(), book.first_mail()
        due = self.due_at(now)
        today = local_day(now, self.clockwork.profile.zone)
        expected = due is not None and now >= due + PATIENCE and first is not None
        if expected and (last is None or last.day < today):
            return "proof_missing"
        if last is None:
            return None
        if last.lost or (last.accepted_at is None and now >= last.until + PATIENCE):
            return "proof_not_delivered"
        return None if last.adds_up else "proof_does_not_add_up"

    def _count(self, book: ProofBook, since: datetime, now: datetime) -> Proof:
        return Proof(
            day=local_day(now, self.clockwork.profile.zone),
            since=since,
            until=now,
            counts=book.counts(since, now),
            waiting=tuple(book.waiting()),
            leaving=tuple(book.leaving(now + A_WEEK)),
            answered=book.answered(since, now),
            passages=book.passages(since, now),
        )

    def _letter(self, book: ProofBook, proof: Proof, reader: str) -> Draft:
        zone = self.clockwork.profile.zone
        # Whom a complaint is about hears nothing of it, not even its number (reglement 8.9.4).
        shown = [one for one in proof.leaving if reader not in book.kept_away(one.case_id)]
        words: dict[str, object] = {
            "day": proof.day,
            "since": proof.since,
            "until": proof.until,
            **asdict(proof.counts),
            "adds_up": proof.counts.adds_up,
            "heaps": [
                HeapWords(one.what, one.count, local_day(one.since, zone)) for one in proof.waiting
            ],
            "leaves": [_leaving(one, proof.until) for one in shown],
            "answers": [
                AnsweredWords(what, count, _passages(proof) if what == "answer" else "")
                for what, count in proof.answered.items()
            ],
            "link": self.desk_address,
        }
        return self.correspondence.to_officer("daily_proof", reader, words, proof.until)


def _leaving(one: Leaving, now: datetime) -> LeavingWords:
    """Give the date people count by: the due date, or for a breach the moment itself."""
    due = one.due or one.ends_at
    return LeavingWords(one.reference, one.kind or Kind.OTHER, due, over=one.ends_at < now)


def _passages(proof: Proof) -> str:
    """Name the passages that answered, the busiest first."""
    ordered = sorted(proof.passages.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{code}: {count}" for code, count in ordered)
