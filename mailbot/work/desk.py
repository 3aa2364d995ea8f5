"""What a person does with a case: look, confirm, note, extend, decide; each act names its officer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.domain.acts import Act
from mailbot.domain.books import Event
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.deadlines import ByHand, Deadlines
from mailbot.domain.decision import LETTER_OF, Decision, Officer, Outcome
from mailbot.domain.deskbooks import CaseStory, DeskBooks, OpenDeskBooks
from mailbot.domain.errors import ActRefused, NotAllowed, UnknownCase
from mailbot.domain.extension_words import Caution
from mailbot.domain.extensions import extend
from mailbot.domain.handling import latest
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.local_time import local_day
from mailbot.domain.roles import Role
from mailbot.domain.standing import shielded
from mailbot.work.clockwork import Clockwork, dates_of
from mailbot.work.correspondence import Correspondence
from mailbot.work.handling.guards import before_closing, before_deciding
from mailbot.work.handling.laying import lay_again

READERS = frozenset({Role.FG, Role.BOARD, Role.HANDLER})
"""An administrator manages accounts and sees no case content."""
ACTS: Mapping[str, frozenset[Role]] = {
    "read": READERS,
    "note": READERS,
    "assign": READERS,
    "confirm": frozenset({Role.FG, Role.BOARD}),
    "extend": frozenset({Role.FG, Role.BOARD}),
    "let_go": frozenset({Role.FG, Role.BOARD}),
    # A handler collects and prepares; letters that a person signs for are the FG's or the board's.
    "prepare": READERS,
    "write": READERS,
    # The FG advises and never decides (GDPR 38(6)).
    "advise": frozenset({Role.FG}),
    "exclude": frozenset({Role.FG, Role.BOARD}),
    "run": frozenset(Role),
    "read_register": READERS,
    # A handler prepares the facts; fields of assessment and advice name their own roles.
    "fill_register": READERS,
    "keep_register": frozenset({Role.FG, Role.BOARD}),
    "decide_breach": frozenset({Role.BOARD}),
    "look": READERS,
    "plan_retention": frozenset({Role.ADMIN, Role.FG, Role.BOARD}),
    "run_retention": frozenset({Role.ADMIN}),
    "hold": frozenset({Role.FG}),
    "read_figures": frozenset({Role.FG, Role.BOARD}),
    "correct_passages": frozenset({Role.FG, Role.BOARD}),
    "learn": frozenset({Role.FG, Role.BOARD}),
    "install_model": frozenset({Role.FG, Role.BOARD}),
}
"""Who may do what (reglement 3.3 and 8.9.2a); who decides follows from the kind."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one board."""

    books: DeskBooks
    clockwork: Clockwork
    correspondence: Correspondence
    clock: Callable[[], datetime]

    def sign_in(self, address: str, password: str, door: str) -> Officer:
        """Let an officer in. Raises SignInRefused."""
        with self.books.opened() as books:
            return books.people.sign_in(address, password, door, self.clock())

    def queue(self, officer: Officer) -> Sequence[CaseFile]:
        """List the open cases, first due first, whatever the machine believes of them."""
        allow(officer, "read")
        with self.books.opened() as books:
            hidden = books.handling.hidden_from(officer)
            unsafe = books.handling.shielded()
            seen = [case for case in books.cases.open_cases() if case.id not in hidden]
            return [shielded(case) if case.id in unsafe else case for case in seen]

    def show(self, officer: Officer, reference: str) -> CaseStory:
        """Read everything in a case's file. Raises UnknownCase."""
        allow(officer, "read")
        with self.books.looked_through() as books:
            return books.decisions.story(self.look_into(books, officer, reference))

    def explain(self, story: CaseStory, language: str = "nl") -> Sequence[str]:
        """Say how every date of a case came to be: rule, article, start, each change, by whom."""
        with self.books.looked_through() as books:
            deadlines = self.replayed(books, story.case)
        return deadlines.sentences(language, self.clockwork.profile.zone)

    def replayed(self, books: OpenDeskBooks, case: CaseFile) -> Deadlines:
        """Work out every date of a case anew, with each change and who made it."""
        return self.clockwork.replay(
            case,
            books.decisions.extension_acts(case),
            books.register.standing(case.id),
            receipt=by_hand(books, case, Act.RECEIPT_CORRECTED, Act.OPENED_BY_HAND),
            deadline=by_hand(books, case, Act.DEADLINE_SET),
        )

    def note(self, officer: Officer, reference: str, text: str) -> None:
        """Write a note for colleagues; it never leaves the house."""
        allow(officer, "note")
        with self.books.opened() as books:
            case = self.open_file(books, officer, reference)
            books.decisions.note(case, text, officer, self.clock())

    def quarantine(self, officer: Officer) -> Sequence[tuple[int, datetime, int, str]]:
        """List the mails that were set aside: number, received, size, reason."""
        allow(officer, "run")
        with self.books.opened() as books:
            return books.ledger.quarantined()

    def try_again(self, officer: Officer, mail_id: int) -> bool:
        """Put a mail that was set aside back in the queue."""
        allow(officer, "run")
        with self.books.opened() as books:
            books.cases.record(Event("mail_tried_again", self.clock(), None, mail_id, officer.id))
            return books.ledger.try_again(mail_id)

    def outbox(self, officer: Officer) -> Sequence[tuple[int, str, str, str, datetime]]:
        """List the letters that were not sent: number, letter, state, why held, when written."""
        allow(officer, "run")
        with self.books.opened() as books:
            return books.letters.waiting()

    def let_go(self, officer: Officer, letter_id: int) -> bool:
        """Let a letter go that was held back or refused."""
        allow(officer, "let_go")
        now = self.clock()
        with self.books.opened() as books:
            detail = (("number", str(letter_id)),)
            books.cases.record(Event("letter_let_go", now, officer_id=officer.id, detail=detail))
            return books.letters.let_go(letter_id, now)

    def confirm(self, officer: Officer, reference: str, kind: Kind) -> CaseFile:
        """
        Set the kind of a case; its clock follows the kind, from the same receipt.

        A date that an officer extended stays: a later confirmation gives no shorter term.
        """
        allow(officer, "confirm")
        with self.books.opened() as books:
            case = self.open_file(books, officer, reference)
            dates = dates_of(self.clockwork.fresh(kind, case.dates.received_at))
            kept = case.confirmed and case.kind is kind
            if kept or (case.extensions and dates.cap is not None):
                dates = case.dates
            if kind is Kind.BREACH:
                # What people recorded in the register stands, however often a kind is confirmed.
                standing = books.register.standing(case.id)
                dates = self.clockwork.breach(case.dates.received_at, standing)
            books.decisions.confirm(case, kind, dates, officer, self.clock())
            lay_again(books, case, kind, officer, self.clock())
            return books.cases.case(case.id)

    def extend(
        self,
        officer: Officer,
        reference: str,
        new_due: date,
        reason: str,
        *,
        words: Mapping[str, object] | None = None,
    ) -> tuple[CaseFile, Sequence[Caution]]:
        """
        Extend a case to a concrete date; its notice then leaves by itself (reglement 8.9.2b).

        Args:
            officer: who extends it.
            reference: the case.
            new_due: the new date.
            reason: why, as it is kept.
            words: the reason as the letter tells it, in the requester's language as well.

        Raises:
            ExtensionRefused: past the cap, after the due date, or a kind without this clock.
        """
        allow(officer, "extend")
        now = self.clock()
        with self.books.opened() as books:
            case = self.open_file(books, officer, reference)
            stands_alone(books, case)
            extended = extend(
                self.clockwork.of(case),
                new_due,
                now,
                by=officer.name,
                reason=reason,
                calendar=self.clockwork.calendar,
                zone=self.clockwork.profile.zone,
            )
            number = books.decisions.extend(
                case, dates_of(extended.deadlines), reason, officer, now
            )
            self.write_to(
                books,
                case,
                "extension_notice",
                {
                    "old_due": case.dates.due,
                    "new_due": new_due,
                    "reason": reason,
                    **(words or {}),
                },
                extension_id=number,
                officer_id=officer.id,
            )
            return books.cases.case(case.id), extended.cautions

    def decide(
        self,
        officer: Officer,
        reference: str,
        outcome: Outcome,
        grounds: str,
        words: Mapping[str, object] | None = None,
        *,
        unfinished: str = "",
    ) -> CaseFile:
        """
        Decide a case and tell the requester (reglement 8.9.2a).

        Args:
            officer: who decides.
            reference: the case.
            outcome: what was decided.
            grounds: why, typed by this officer.
            words: what the letter tells beyond that.
            unfinished: for a breach, why it is closed while its register entry lacks something.

        Raises:
            ActRefused: something must be done first, or a breach lacks its register entry.
            NotAllowed: this officer's role does not decide this kind, or the kind is unconfirmed.
            GroundsMissing: no grounds were typed.
            LetterIncomplete: the letter lacks a word it must have.
        """
        now = self.clock()
        with self.books.opened() as books:
            case = self.open_file(books, officer, reference)
            self._may_decide(officer, case)
            stands_alone(books, case)
            before_deciding(books, case, outcome)
            terms = self.clockwork.profile.terms
            before_closing(books, case, officer, terms=terms, unfinished=unfinished, now=now)
            decision = Decision(officer, case.id, outcome, grounds, now)
            number = books.decisions.decide(decision, closes=True)
            letter = LETTER_OF[outcome]
            if letter is not None and case.requester.address is not None:
                told = {
                    "decided_on": local_day(now, self.clockwork.profile.zone),
                    "decided_by": officer.name,
                    **(words or {}),
                }
                self.write_to(books, case, letter, told, decision_id=number, officer_id=officer.id)
            return books.cases.case(case.id)

    def open_file(self, books: OpenDeskBooks, officer: Officer, reference: str) -> CaseFile:
        """
        Open a case to change it, for an officer who is not kept away from it.

        Whom the case concerns is told nothing, not even that it exists (reglement 8.9.4).

        Raises:
            UnknownCase: there is none, or this officer is kept away from it.
        """
        return _not_kept_away(books, officer, books.decisions.lock(reference))

    def look_into(self, books: OpenDeskBooks, officer: Officer, reference: str) -> CaseFile:
        """
        Open a case to read it, for an officer who is not kept away from it.

        Raises:
            UnknownCase: there is none, or this officer is kept away from it.
        """
        return _not_kept_away(books, officer, books.decisions.look_up(reference))

    def _may_decide(self, officer: Officer, case: CaseFile) -> None:
        if case.state is CaseState.CLOSED:
            raise NotAllowed(f"{case.reference} is closed already")
        if case.kind is None or not case.confirmed:
            raise NotAllowed(f"confirm the kind of {case.reference} first")
        allowed = KINDS[case.kind].decided_by
        if officer.role not in allowed:
            names = ", ".join(sorted(allowed))
            raise NotAllowed(
                f"{case.kind} is decided by: {names}; you are signed in as {officer.role}"
            )

    def write_to(
        self,
        books: OpenDeskBooks,
        case: CaseFile,
        letter: str,
        words: Mapping[str, object],
        *,
        officer_id: int,
        decision_id: int | None = None,
        extension_id: int | None = None,
    ) -> None:
        """Write a letter to the requester; nothing where the case has no address."""
        if case.requester.address is None:
            return
        books.letters.write(
            self.correspondence.to_requester(
                letter,
                case,
                {**about(case), **words},
                now=self.clock(),
                officer_id=officer_id,
                decision_id=decision_id,
                extension_id=extension_id,
            )
        )


def _not_kept_away(books: OpenDeskBooks, officer: Officer, case: CaseFile) -> CaseFile:
    if case.id in books.handling.hidden_from(officer):
        raise UnknownCase(f"there is no case {case.reference}")
    return case


def stands_alone(books: OpenDeskBooks, case: CaseFile) -> None:
    """Refuse an act on a case that goes on in another one. Raises ActRefused."""
    other = books.merging.into(case)
    if other is not None:
        raise ActRefused(
            f"{case.reference} goes on in {other.reference}: do it there, or first undo the"
            f" merge: mailbot case unmerge {case.reference} --reason …"
        )


def about(case: CaseFile) -> dict[str, object]:
    """Gather what every letter to a requester says of the case."""
    return {
        "reference": case.reference,
        "kind": case.kind or Kind.OTHER,
        "received_on": case.dates.received_on,
        "name": case.requester.name or None,
    }


def by_hand(books: OpenDeskBooks, case: CaseFile, *codes: Act) -> ByHand | None:
    """Say which officer set a date by hand, and why; None where it follows from the receipt."""
    act = latest(books.handling.acts(case, *codes), *codes)
    return ByHand(act.officer, act.words) if act else None


def allow(officer: Officer, act: str) -> None:
    """
    Let an officer's role do an act.

    Raises:
        NotAllowed: it may not.
    """
    if officer.role not in ACTS[act]:
        names = ", ".join(sorted(ACTS[act]))
        raise NotAllowed(f"this is for: {names}; you are signed in as {officer.role}")
