"""Answers a general question with its passage, unless people took it out of use; keeps a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.domain.books import Books, Draft, Event, OpenBooks
from mailbot.domain.case import CaseFile
from mailbot.domain.letter_headers import is_plain_address
from mailbot.domain.letters import letter_languages
from mailbot.domain.manners import may_acknowledge
from mailbot.domain.passages import Answered, BoardPassage, NewAnswer, Standing
from mailbot.work.caps import Caps
from mailbot.work.correspondence import Correspondence
from mailbot.work.status import Asking

LETTER = "answer"


@dataclass(frozen=True, slots=True)
class Answers:
    """How one board answers questions; the case stays open, for a person to confirm and close."""

    correspondence: Correspondence
    caps: Caps
    passages: Mapping[str, BoardPassage] = field(default_factory=dict)
    """Those that hold for this board."""

    def answer(self, books: OpenBooks, asking: Asking, code: str, case: CaseFile) -> bool:
        """
        Write the answer to a question, in one letter to the address the question came from.

        1. What people did to the passage is read anew for every mail.
        2. Manners and caps forbid it where they forbid an acknowledgement.
        3. What was answered is written down in the same transaction.

        Returns:
            False when this passage is not in use: the question then gets its acknowledgement.
        """
        passage = self.passages.get(code)
        standing = books.passages.standing(code)
        if passage is None or not standing.in_use:
            _record(books, asking, "passage_not_in_use", case, ("passage", code))
            return False
        withheld = self._withheld(asking)
        if withheld is not None:
            _record(books, asking, "answer_withheld", case, ("passage", code), ("why", withheld))
            return True
        draft = self._draft(books, asking, passage, standing, case)
        letter = books.letters.write(draft)
        if letter is not None:
            books.passages.answered(
                NewAnswer(
                    case_id=case.id,
                    mail_id=asking.mail_id,
                    letter_id=letter,
                    passage=code,
                    language=draft.language,
                    act_id=standing.act_id,
                    at=asking.now,
                )
            )
            details = (
                ("passage", code),
                ("letter", str(letter)),
                ("hold", draft.hold_reason or ""),
            )
            _record(books, asking, "question_answered", case, *details)
        return True

    def _withheld(self, asking: Asking) -> str | None:
        """Say why no letter may be written, or None when it may."""
        sender = asking.mail.sender
        if asking.silent:
            return "imported_silently"
        if sender is None:
            return "no_sender"
        if not is_plain_address(sender.address):
            return "address_cannot_be_written_to"
        return may_acknowledge(asking.mail, self.correspondence.profile.official_addresses)

    def _draft(
        self,
        books: OpenBooks,
        asking: Asking,
        passage: BoardPassage,
        standing: Standing,
        case: CaseFile,
    ) -> Draft:
        address = case.requester.address or ""
        verified = asking.mail.authentication.verified
        return self.correspondence.to_requester(
            LETTER,
            case,
            {
                "reference": case.reference,
                "passage": standing.words(passage),
                "article": passage.articles,
                "links": passage.links,
            },
            now=asking.now,
            mail=asking.mail,
            mail_id=asking.mail_id,
            hold=self.caps.hold(books.letters, address, verified=verified, now=asking.now),
            languages=self._languages(asking, case),
        )

    def _languages(self, asking: Asking, case: CaseFile) -> Sequence[str]:
        """A short question tells its own language well enough, for it lies near an example in it."""
        available = self.correspondence.stationery.languages(LETTER)
        return letter_languages(asking.suggestion.language or case.language, available)


def _record(
    books: OpenBooks, asking: Asking, kind: str, case: CaseFile, *detail: tuple[str, str]
) -> None:
    books.cases.record(Event(kind, asking.now, case.id, asking.mail_id, detail=detail))


def answered_since(books: Books, since: datetime) -> Sequence[Answered]:
    """List what the assistant of one board answered from an instant on, for the daily digest."""
    with books.opened() as open_books:
        return open_books.passages.answered_since(since)
