"""Counts what became of the mails, and keeps the daily proofs of one board."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.casebook import SqlCasebook
from mailbot.adapters.letterbook import SqlLetterbook
from mailbot.adapters.merged import stands_alone
from mailbot.adapters.rows import Shelf
from mailbot.adapters.schema import cases, letter, mail, officer, raw_mail, sighting
from mailbot.adapters.schema_passages import answered_question
from mailbot.adapters.schema_proof import proof
from mailbot.domain.books import Draft
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import ANSWERED
from mailbot.domain.papers import TAKEN_BACK
from mailbot.domain.proof import Counts, Leaving, Proof, ProofOnFile, Waiting
from mailbot.domain.roles import Role

LETTER = "daily_proof"
"""The letter a proof goes out as."""


class SqlProofBook:
    """The proof book within one transaction."""

    def __init__(self, shelf: Shelf, casebook: SqlCasebook) -> None:
        self._shelf = shelf
        self._connection = shelf.connection
        self._casebook = casebook

    def last(self) -> ProofOnFile | None:
        """Read the newest proof, with how its letters fared."""
        here = proof.c.board_id == self._shelf.board_id
        row = self._connection.execute(
            select(proof).where(here).order_by(proof.c.id.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return None
        letters = self._connection.execute(
            select(letter.c.state, letter.c.accepted_at).where(
                letter.c.board_id == self._shelf.board_id,
                letter.c.code == LETTER,
                letter.c.written_at == row.until,
            )
        ).all()
        accepted = [one.accepted_at for one in letters if one.state == "sent"]
        return ProofOnFile(
            id=row.id,
            day=row.day,
            until=row.until,
            adds_up=row.adds_up,
            accepted_at=max(accepted) if letters and len(accepted) == len(letters) else None,
            lost=any(one.state in ("refused", "bounced", "held") for one in letters),
        )

    def written(self, most: int) -> Sequence[Proof]:
        """List the last proofs, the newest first, with their counts alone."""
        here = proof.c.board_id == self._shelf.board_id
        query = select(proof).where(here).order_by(proof.c.id.desc()).limit(most)
        names = [field.name for field in fields(Counts)]
        return [
            Proof(row.day, row.since, row.until, Counts(*(getattr(row, name) for name in names)))
            for row in self._connection.execute(query)
        ]

    def first_mail(self) -> datetime | None:
        """Say when the first mail ever was stored."""
        here = raw_mail.c.board_id == self._shelf.board_id
        return self._connection.execute(select(func.min(raw_mail.c.stored_at)).where(here)).scalar()

    def counts(self, since: datetime, until: datetime) -> Counts:
        """
        Count the mails of a span in two ways that share nothing but the span.

        What was seen is counted from the sightings on the servers; where each went from its own
        row, the row of its judgement and the case that names it. A mail called opened whose case
        is not there has no place.
        """
        span = (
            raw_mail.c.board_id == self._shelf.board_id,
            raw_mail.c.stored_at >= since,
            raw_mail.c.stored_at < until,
        )
        seen = select(func.count(sighting.c.raw_id.distinct())).join(
            raw_mail, raw_mail.c.id == sighting.c.raw_id
        )
        place = case(
            (raw_mail.c.state == "quarantined", "quarantined"),
            (raw_mail.c.state == "stored", "waiting"),
            (and_(mail.c.outcome == "opened", cases.c.id.is_not(None)), "opened"),
            (and_(mail.c.outcome == "filed", cases.c.id.is_not(None)), "filed"),
            (mail.c.outcome == "automatic", "automatic"),
            (mail.c.outcome == "other", "parked"),
            else_="nowhere",
        )
        query = (
            select(place, func.count())
            .select_from(raw_mail)
            .outerjoin(mail, mail.c.id == raw_mail.c.id)
            .outerjoin(cases, cases.c.id == mail.c.case_id)
            .where(*span)
            .group_by(place)
        )
        found: dict[str, int] = {row[0]: row[1] for row in self._connection.execute(query)}
        return Counts(
            seen=int(self._connection.execute(seen.where(*span)).scalar_one()),
            opened=found.get("opened", 0),
            filed=found.get("filed", 0),
            parked=found.get("parked", 0),
            automatic=found.get("automatic", 0),
            quarantined=found.get("quarantined", 0),
            waiting=found.get("waiting", 0),
        )

    def waiting(self) -> Sequence[Waiting]:
        """Say what waits for people now, and since when the oldest."""
        board = self._shelf.board_id
        received = raw_mail.c.received_at
        judged = select(func.count(), func.min(received)).join(mail, mail.c.id == raw_mail.c.id)
        of_board = raw_mail.c.board_id == board
        asked = (of_board, mail.c.waits.is_(True))
        written = select(func.count(), func.min(letter.c.written_at)).where(
            letter.c.board_id == board
        )
        heaps = {
            "unread": select(func.count(), func.min(received)).where(
                of_board, raw_mail.c.state == "stored"
            ),
            "parked": judged.where(*asked, mail.c.case_id.is_(None)),
            "asked": judged.where(*asked, mail.c.case_id.is_not(None)),
            "quarantined": select(func.count(), func.min(received)).where(
                of_board, raw_mail.c.state == "quarantined"
            ),
            "held": written.where(
                letter.c.state == "held", letter.c.hold_reason.is_distinct_from(TAKEN_BACK)
            ),
            "refused": written.where(
                letter.c.state.in_(["refused", "bounced"]), self._unanswered()
            ),
            "unconfirmed": select(func.count(), func.min(cases.c.received_at)).where(
                cases.c.board_id == board,
                cases.c.state != "closed",
                stands_alone(),
                cases.c.confirmed_by.is_(None),
            ),
        }
        rows = ((what, self._connection.execute(query).one()) for what, query in heaps.items())
        return tuple(Waiting(what, int(row[0]), row[1]) for what, row in rows if row[0])

    def leaving(self, before: datetime) -> Sequence[Leaving]:
        """List the open cases whose term ends before an instant, first due first."""
        query = (
            select(cases.c.id, cases.c.reference, cases.c.kind, cases.c.due_on, cases.c.ends_at)
            .where(
                cases.c.board_id == self._shelf.board_id,
                cases.c.state != "closed",
                stands_alone(),
                cases.c.ends_at < before,
            )
            .order_by(cases.c.ends_at, cases.c.id)
        )
        return tuple(
            Leaving(
                case_id=row.id,
                reference=row.reference,
                kind=Kind(row.kind) if row.kind else None,
                due=row.due_on,
                ends_at=row.ends_at,
            )
            for row in self._connection.execute(query)
        )

    def answered(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Count the letters in which the assistant answered by itself and that were not held."""
        query = (
            select(letter.c.code, func.count())
            .where(
                letter.c.board_id == self._shelf.board_id,
                letter.c.code.in_(ANSWERED),
                letter.c.written_at >= since,
                letter.c.written_at < until,
                letter.c.state != "held",
            )
            .group_by(letter.c.code)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def passages(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Count the questions that each passage answered in a letter that was not held."""
        table = answered_question
        query = (
            select(table.c.passage, func.count())
            .join(letter, letter.c.id == table.c.letter_id)
            .where(
                table.c.board_id == self._shelf.board_id,
                table.c.at >= since,
                table.c.at < until,
                letter.c.state != "held",
            )
            .group_by(table.c.passage)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def readers(self) -> Sequence[str]:
        """The addresses of the FGs who are active."""
        query = (
            select(officer.c.address)
            .where(
                officer.c.board_id == self._shelf.board_id,
                officer.c.active.is_(True),
                officer.c.role == Role.FG.value,
            )
            .order_by(officer.c.id)
        )
        return list(self._connection.execute(query).scalars())

    def kept_away(self, case_id: int) -> Sequence[str]:
        """The addresses of the officers who are kept away from a case or one linked to it."""
        return self._casebook.kept_away(case_id)

    def take(self, one: Proof) -> int | None:
        """Write a proof down; None when this day's was written already."""
        counts = one.counts
        return self._shelf.insert_once(
            proof,
            board_id=self._shelf.board_id,
            day=one.day,
            since=one.since,
            until=one.until,
            seen=counts.seen,
            opened=counts.opened,
            filed=counts.filed,
            parked=counts.parked,
            automatic=counts.automatic,
            quarantined=counts.quarantined,
            waiting=counts.waiting,
            adds_up=counts.adds_up,
        )

    def write(self, draft: Draft) -> None:
        """Put the letter of a proof in the outbox."""
        SqlLetterbook(self._shelf).write(draft)

    def _unanswered(self) -> ColumnElement[bool]:
        """Leave out what came back of cases that are closed: nobody waits there any more."""
        of_case = cases.alias()
        closed = select(of_case.c.id).where(
            of_case.c.id == letter.c.case_id, of_case.c.state == "closed"
        )
        return or_(letter.c.case_id.is_(None), ~closed.exists())


class SqlProofBooks:
    """The proof book of one board."""

    def __init__(self, books: SqlBooks) -> None:
        self._books = books

    @contextmanager
    def opened(self) -> Iterator[SqlProofBook]:
        """Open it for one transaction; an exception leaves it as it was."""
        with self._books.shelf() as shelf:
            yield SqlProofBook(shelf, self._books.casebook(shelf))
