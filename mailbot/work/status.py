"""Answers where cases stand: to their own authenticated address, and to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.domain.books import Event, OpenBooks
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.conversation import stage_of
from mailbot.domain.kinds import KINDS
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letter_words import StatusWords
from mailbot.domain.mail import Mail
from mailbot.domain.manners import may_acknowledge
from mailbot.domain.suggestion import Suggestion
from mailbot.work.caps import Caps
from mailbot.work.correspondence import Correspondence

ONCE_IN = timedelta(days=1)
"""One status letter a case, and one that shows nothing an address, in this time."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One mail that asks how things stand."""

    mail: Mail
    suggestion: Suggestion
    mail_id: int
    silent: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class StatusAnswers:
    """How one board answers such mails."""

    correspondence: Correspondence
    caps: Caps

    def answer(self, books: OpenBooks, asking: Asking, case_ids: Sequence[int]) -> None:
        """
        Write the status of these cases and of those linked to them, in one letter.

        1. Manners forbid it where they forbid an acknowledgement.
        2. A case is told only to its own address, and only where our own MX vouches for it. This
           is looked at again here, whatever was proposed.
        3. Without such a case the letter shows nothing, not even whether there is one.
        """
        mail, sender = asking.mail, asking.mail.sender
        why_not = "imported_silently" if asking.silent else None
        why_not = why_not or may_acknowledge(mail, self.correspondence.profile.official_addresses)
        if sender is None or not is_plain_address(sender.address):
            why_not = why_not or "address_cannot_be_written_to"
        first = case_ids[0] if case_ids else None
        if why_not is not None or sender is None:
            self._record(books, asking, "status_withheld", first, ("why", why_not or "no_sender"))
            return
        cases = self._tellable(books, asking, sender.address, case_ids)
        if cases:
            self._tell(books, asking, sender.address, cases)
        else:
            self._show_nothing(books, asking, sender.address)

    def _tellable(
        self, books: OpenBooks, asking: Asking, address: str, case_ids: Sequence[int]
    ) -> list[CaseFile]:
        """Take the cases asked about, and the running ones linked to them, that are the writer's."""
        if not asking.mail.authentication.verified:
            return []
        found: dict[int, CaseFile] = {}
        for case_id in case_ids:
            for case in books.conversation.family(books.cases.case(case_id), address):
                asked = case.id in case_ids or case.state is not CaseState.CLOSED
                # To third parties and authorities a person writes.
                by_hand = case.kind is not None and KINDS[case.kind].acknowledgement is None
                if asked and not by_hand:
                    found[case.id] = case
        return [found[number] for number in sorted(found)]

    def _tell(
        self, books: OpenBooks, asking: Asking, address: str, cases: Sequence[CaseFile]
    ) -> None:
        day_ago = asking.now - ONCE_IN
        first = cases[0]
        if any(
            books.conversation.written_since(day_ago, "status", case_id=case.id) for case in cases
        ):
            self._record(books, asking, "status_not_repeated", first.id)
            return
        hold = self.caps.hold(books.letters, address, verified=True, now=asking.now)
        language = asking.suggestion.language if asking.suggestion.language_sure else first.language
        draft = self.correspondence.to_requester(
            "status",
            replace(first, language=language),
            {"reference": first.reference, "cases": [_words(books, case) for case in cases]},
            now=asking.now,
            mail=asking.mail,
            mail_id=asking.mail_id,
            hold=hold,
        )
        books.letters.write(draft)
        for case in cases:
            self._record(books, asking, "status_answered", case.id, ("hold", hold or ""))

    def _show_nothing(self, books: OpenBooks, asking: Asking, address: str) -> None:
        day_ago = asking.now - ONCE_IN
        code = "status_unknown"
        if books.conversation.written_since(day_ago, code, recipient=address):
            self._record(books, asking, "status_not_repeated", None)
            return
        verified = asking.mail.authentication.verified
        hold = self.caps.hold(books.letters, address, verified=verified, now=asking.now)
        draft = self.correspondence.to_writer(
            code,
            asking.mail,
            {},
            language=asking.suggestion.language,
            now=asking.now,
            mail_id=asking.mail_id,
            hold=hold,
        )
        books.letters.write(draft)
        self._record(books, asking, "status_asked_by_other", None, ("hold", hold or ""))

    def _record(
        self,
        books: OpenBooks,
        asking: Asking,
        kind: str,
        case_id: int | None,
        *detail: tuple[str, str],
    ) -> None:
        books.cases.record(Event(kind, asking.now, case_id, asking.mail_id, detail=detail))


def _words(books: OpenBooks, case: CaseFile) -> StatusWords:
    """Say where a case stands: dates and a stage, and nothing of an outcome."""
    progress = books.conversation.progress(case)
    closed = case.state is CaseState.CLOSED
    return StatusWords(
        kind=case.kind,
        reference=case.reference,
        received_on=case.dates.received_on,
        stage=stage_of(case, progress),
        due=None if closed else case.dates.due,
        former_dues=() if closed else progress.former_dues,
    )
