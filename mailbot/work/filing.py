"""Writes down what became of one mail: cases, dates, events and the letter, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.domain.books import Event, NewCase, OpenBooks, StoredMail, Worked
from mailbot.domain.case import CaseFile
from mailbot.domain.identity import copy_in, wants_look
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letters import LETTERS, WITHDRAWAL_CHECK
from mailbot.domain.mail import Mail
from mailbot.domain.manners import may_acknowledge
from mailbot.domain.missing import missing
from mailbot.domain.proposal import (
    Acknowledge,
    AddToCase,
    AnswerQuestion,
    AnswerStatus,
    AskOfficer,
    OpenCase,
    Proposal,
)
from mailbot.domain.suggestion import Fact, FactName, Flag, Route, Suggestion
from mailbot.work.answers import Answers
from mailbot.work.caps import Caps
from mailbot.work.clockwork import Clockwork, dates_of
from mailbot.work.correspondence import Correspondence
from mailbot.work.indexing import index
from mailbot.work.status import Asking, StatusAnswers
from mailbot.work.withdrawal import WithdrawalChecks


@dataclass(frozen=True, slots=True)
class Reading:
    """One mail as it was read and judged."""

    stored: StoredMail
    mail: Mail
    suggestion: Suggestion
    now: datetime

    def event(self, kind: str, case_id: int | None, *detail: tuple[str, str]) -> Event:
        """Say that something happened because of this mail."""
        return Event(kind, self.now, case_id, self.stored.id, detail=detail)


@dataclass(frozen=True, slots=True)
class Filing:
    """How one board files its mail."""

    clockwork: Clockwork
    correspondence: Correspondence
    caps: Caps
    answers: Answers

    def record(self, books: OpenBooks, reading: Reading, proposals: Sequence[Proposal]) -> str:
        """
        Carry out what was proposed, and write everything down.

        1. Open the cases, each with its own clock; file the mail in its running case.
        2. Write down the mail itself, and what a person is asked to look at.
        3. Write the one acknowledgement, or say how things stand, unless manners or caps forbid it.

        Returns:
            `opened`, `filed`, `automatic` or `other`.
        """
        running = next((one.case_id for one in proposals if isinstance(one, AddToCase)), None)
        fresh = [one for one in proposals if isinstance(one, OpenCase)]
        told = _told(books, fresh)
        opened = [self._open(books, reading, one) for one in fresh]
        doubts = [one for one in proposals if isinstance(one, AskOfficer)]
        asked = [one.reason for one in doubts]
        case_id = running if running is not None else (opened[0].id if opened else None)
        outcome = _outcome(reading.suggestion, running, opened)
        _flag_collision(books, reading, case_id)
        books.ledger.worked(_worked(reading, outcome, case_id, asked))
        self._hide_copy(books, reading, case_id)
        places = {case_id, *(one.id for one in opened)}
        index(books, reading.mail, [place for place in places if place is not None])
        if running is not None:
            books.cases.record(reading.event("mail_filed", running))
            books.cases.remember(running, reading.stored.id, reading.suggestion)
            _follow_language(books, reading, running)
        for doubt in doubts:
            _ask(books, reading, case_id, doubt)
        for one in proposals:
            if isinstance(one, Acknowledge) and opened and one.letter != WITHDRAWAL_CHECK:
                questions = _questions(one.letter, opened, _facts(reading, fresh), told)
                self._acknowledge(books, reading, one.letter, opened, questions)
        if opened:
            self._answer_question(books, reading, proposals, opened)
        self._check_withdrawal(books, reading, proposals, running)
        self._answer_status(books, reading, proposals)
        return outcome

    def _answer_question(
        self,
        books: OpenBooks,
        reading: Reading,
        proposals: Sequence[Proposal],
        opened: Sequence[CaseFile],
    ) -> None:
        asked = next((one for one in proposals if isinstance(one, AnswerQuestion)), None)
        if asked is None:
            return
        stored = reading.stored
        asking = Asking(
            reading.mail, reading.suggestion, stored.id, silent=stored.silent, now=reading.now
        )
        if not self.answers.answer(books, asking, asked.passage, opened[0]):
            self._acknowledge(books, reading, asked.otherwise, opened, ())

    def _check_withdrawal(
        self,
        books: OpenBooks,
        reading: Reading,
        proposals: Sequence[Proposal],
        running: int | None,
    ) -> None:
        if running is None or Acknowledge(WITHDRAWAL_CHECK) not in proposals:
            return
        stored = reading.stored
        asking = Asking(
            reading.mail, reading.suggestion, stored.id, silent=stored.silent, now=reading.now
        )
        WithdrawalChecks(self.correspondence, self.caps).ask(books, asking, running)

    def _answer_status(
        self, books: OpenBooks, reading: Reading, proposals: Sequence[Proposal]
    ) -> None:
        asked = [one.case_id for one in proposals if isinstance(one, AnswerStatus)]
        if not asked:
            return
        stored = reading.stored
        asking = Asking(
            reading.mail, reading.suggestion, stored.id, silent=stored.silent, now=reading.now
        )
        numbers = [number for number in asked if number is not None]
        StatusAnswers(self.correspondence, self.caps).answer(books, asking, numbers)

    def _open(self, books: OpenBooks, reading: Reading, proposed: OpenCase) -> CaseFile:
        suggestion = reading.suggestion
        sender = reading.mail.sender if proposed.sender_asks else None
        deadlines = self.clockwork.fresh(
            proposed.kind, reading.stored.received, unsure=suggestion.unsure
        )
        linked = books.cases.case(proposed.linked_to) if proposed.linked_to else None
        case = books.cases.open_case(
            NewCase(
                kind=proposed.kind,
                confidence=proposed.confidence,
                confirmed=False,
                dates=dates_of(deadlines),
                language=suggestion.language,
                requester_name=sender.name if sender else "",
                requester_address=sender.address if sender else None,
                urgent=_urgent(proposed.kind, suggestion),
                mail_id=reading.stored.id,
                group=(linked.group if linked else None) or reading.stored.id,
                opened_at=reading.now,
            )
        )
        books.cases.remember(case.id, reading.stored.id, _about(suggestion, proposed))
        rules = KINDS[proposed.kind].tasks if proposed.kind else ()
        books.tasks.lay(case.id, [rule.code for rule in rules], reading.now)
        kind = proposed.kind.value if proposed.kind else "unknown"
        opened = reading.event("case_opened", case.id, ("kind", kind), ("due", str(deadlines.due)))
        books.cases.record(opened)
        return case

    def _hide_copy(self, books: OpenBooks, reading: Reading, case_id: int | None) -> None:
        """Hide an attached identity document in the same transaction (reglement 8.2.2)."""
        if wants_look(reading.mail):
            books.looks.ask(reading.stored.id, case_id, reading.now)
        copy = copy_in(
            reading.mail,
            reading.suggestion.flags,
            mail_id=reading.stored.id,
            case_id=case_id,
            found=reading.now,
            days=self.clockwork.profile.retention.identity_document_days,
        )
        if copy is not None:
            books.copies.hide(copy)
            books.cases.record(reading.event("identity_copy_hidden", case_id))

    def _acknowledge(
        self,
        books: OpenBooks,
        reading: Reading,
        letter: str,
        opened: Sequence[CaseFile],
        questions: Sequence[str],
    ) -> None:
        mail, sender, profile = reading.mail, reading.mail.sender, self.clockwork.profile
        why_not = "imported_silently" if reading.stored.silent else None
        why_not = why_not or may_acknowledge(mail, profile.official_addresses)
        if sender is not None and not is_plain_address(sender.address):
            why_not = why_not or "address_cannot_be_written_to"
        if why_not is not None or sender is None:
            withheld = ("why", why_not or "no_sender")
            books.cases.record(reading.event("acknowledgement_withheld", opened[0].id, withheld))
            return
        verified = mail.authentication.verified
        hold = self.caps.hold(books.letters, sender.address, verified=verified, now=reading.now)
        draft = self.correspondence.acknowledgement(
            letter,
            mail,
            opened,
            now=reading.now,
            hold=hold,
            mail_id=reading.stored.id,
            questions=questions,
        )
        if books.letters.write(draft) is not None:
            kind = "acknowledgement_written" if hold is None else "acknowledgement_held"
            for case in opened:
                books.cases.record(
                    reading.event(kind, case.id, ("letter", letter), ("hold", hold or ""))
                )
            if questions:
                # Remembered for every case linked to it, so that nobody is asked twice.
                codes = ("questions", ",".join(questions))
                books.cases.record(reading.event("requester_asked", opened[0].id, codes))


def _told(books: OpenBooks, fresh: Sequence[OpenCase]) -> frozenset[str]:
    """Name what the cases these are linked to know already, or asked already."""
    found: set[str] = set()
    for one in fresh:
        if one.linked_to is not None:
            told = books.conversation.told(books.cases.case(one.linked_to))
            # Of another child the name is not known, whatever was asked before.
            found |= told - {FactName.CHILD_NAME.value} if one.child else told
    return frozenset(found)


def _about(suggestion: Suggestion, proposed: OpenCase) -> Suggestion:
    """Give what a mail suggests of the child this case is about."""
    if not proposed.child:
        return suggestion
    others = (FactName.CHILD_NAME, FactName.SIBLING_NAME, FactName.AGE, FactName.BIRTH_DATE)
    facts = [fact for fact in suggestion.facts if fact.name not in others]
    if proposed.child != "unknown":
        facts.append(Fact(FactName.CHILD_NAME, proposed.child))
    return replace(suggestion, facts=tuple(facts))


def _facts(reading: Reading, fresh: Sequence[OpenCase]) -> Sequence[Fact]:
    return [fact for one in fresh for fact in _about(reading.suggestion, one).facts]


def _questions(
    letter: str, opened: Sequence[CaseFile], facts: Sequence[Fact], told: frozenset[str]
) -> Sequence[str]:
    """Ask what is missing, in the letters that can ask."""
    if "questions" not in LETTERS[letter].needs:
        return ()
    return missing([case.kind for case in opened], facts, told)


def _ask(books: OpenBooks, reading: Reading, case_id: int | None, doubt: AskOfficer) -> None:
    books.cases.record(reading.event("officer_asked", case_id, ("reason", doubt.reason)))
    if doubt.guessed_case is not None:
        why = ("why", ",".join(doubt.why))
        books.cases.record(reading.event("case_guessed", doubt.guessed_case, why))


def _follow_language(books: OpenBooks, reading: Reading, running: int) -> None:
    """Let the letters of a case, and of those linked to it, follow the parent's language."""
    mail, suggestion = reading.mail, reading.suggestion
    if mail.sender is None or not (mail.authentication.verified and suggestion.language_sure):
        return
    for case in books.conversation.family(books.cases.case(running), mail.sender.address):
        if books.conversation.follow_language(case, suggestion.language):
            told = (("from", case.language), ("to", suggestion.language))
            books.cases.record(reading.event("language_followed", case.id, *told))


def _flag_collision(books: OpenBooks, reading: Reading, case_id: int | None) -> None:
    """Say so when another mail carried the same Message-ID; identity is by content, not by it."""
    message_id = reading.mail.message_id
    if message_id and books.ledger.same_message_id(message_id):
        books.cases.record(reading.event("message_id_collision", case_id))


def _worked(reading: Reading, outcome: str, case_id: int | None, asked: Sequence[str]) -> Worked:
    mail = reading.mail
    return Worked(
        mail_id=reading.stored.id,
        outcome=outcome,
        reason=asked[0] if asked else mail.automatic,
        case_id=case_id,
        waits=bool(asked),
        verified=mail.authentication.verified,
        sender=mail.sender.address if mail.sender else None,
        message_id=mail.message_id,
        subject=mail.subject,
        suggestion=reading.suggestion,
        at=reading.now,
    )


def _outcome(suggestion: Suggestion, running: int | None, opened: Sequence[CaseFile]) -> str:
    if suggestion.route in (Route.AUTOMATIC, Route.BOUNCE):
        return "automatic"
    if running is not None:
        return "filed"
    return "opened" if opened else "other"


def _urgent(kind: Kind | None, suggestion: Suggestion) -> bool:
    pressing = suggestion.flags & {Flag.URGENT, Flag.SAFETY}
    return bool(pressing) or (kind is not None and KINDS[kind].urgent)
