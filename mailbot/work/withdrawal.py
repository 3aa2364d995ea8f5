"""Asks a requester whether they really take their request back; the clock runs on meanwhile."""

from dataclasses import dataclass
from datetime import UTC, datetime

from mailbot.domain.books import Event, OpenBooks
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letters import WITHDRAWAL_CHECK
from mailbot.domain.manners import may_acknowledge
from mailbot.work.caps import Caps
from mailbot.work.correspondence import Correspondence
from mailbot.work.status import Asking

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WithdrawalChecks:
    """How one board asks."""

    correspondence: Correspondence
    caps: Caps

    def ask(self, books: OpenBooks, asking: Asking, case_id: int) -> None:
        """
        Write the question, once for each case, to the case's own verified address only.

        Nothing is withdrawn by it, and nothing by its answer: a person closes the case.
        """
        case = books.cases.case(case_id)
        why_not = self._why_not(books, asking, case)
        if why_not is not None:
            self._record(books, asking, case, "withdrawal_check_withheld", why_not)
            return
        address = case.requester.address or ""
        hold = self.caps.hold(books.letters, address, verified=True, now=asking.now)
        words = {
            "reference": case.reference,
            "kind": case.kind or Kind.OTHER,
            "due": case.dates.due,
        }
        books.letters.write(
            self.correspondence.to_requester(
                WITHDRAWAL_CHECK,
                case,
                words,
                now=asking.now,
                mail=asking.mail,
                mail_id=asking.mail_id,
                hold=hold,
            )
        )
        self._record(books, asking, case, "withdrawal_check_written", hold or "")

    def _why_not(self, books: OpenBooks, asking: Asking, case: CaseFile) -> str | None:
        mail, sender = asking.mail, asking.mail.sender
        if asking.silent:
            return "imported_silently"
        if why := may_acknowledge(mail, self.correspondence.profile.official_addresses):
            return why
        own = sender is not None and books.cases.is_own_address(case.id, sender.address)
        if not own or not mail.authentication.verified:
            return "not_the_requesters_verified_address"
        if case.requester.address is None or not is_plain_address(case.requester.address):
            return "address_cannot_be_written_to"
        if case.state is CaseState.CLOSED:
            return "case_is_closed"
        if case.dates.due is None:
            # Without a date the letter could not say until when the request still counts.
            return "no_due_date"
        if books.conversation.written_since(EVER, WITHDRAWAL_CHECK, case_id=case.id):
            return "asked_before"
        return None

    def _record(
        self, books: OpenBooks, asking: Asking, case: CaseFile, kind: str, why: str
    ) -> None:
        detail = (("why", why),) if why else ()
        books.cases.record(Event(kind, asking.now, case.id, asking.mail_id, detail=detail))
