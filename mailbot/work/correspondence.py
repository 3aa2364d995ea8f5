"""Writes the letters of one board: the right words, languages, addresses and frozen bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.domain.board import BoardProfile
from mailbot.domain.books import Draft
from mailbot.domain.case import CaseFile
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_addresses import message_id, new_token, reply_to, return_path
from mailbot.domain.letters import BoardWords, RequestWords, letter_languages
from mailbot.domain.mail import Address, Mail
from mailbot.domain.ports import Envelope, Stationery
from mailbot.domain.posting import Posting, boundary, freeze
from mailbot.domain.suggestion import FactName, Suggestion

ASKS_FOR_A_CHILD = frozenset(Kind) - {Kind.QUESTION, Kind.OTHER, Kind.AUTHORITY}
"""Kinds that are about one pupil, whose name and school are then asked for when missing."""

QUESTION_OF = {
    FactName.CHILD_NAME: "child_name",
    FactName.SCHOOL: "school",
    FactName.REQUESTER_ROLE: "role",
}
"""What an acknowledgement asks for when the mail does not say it."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The letter-writer of one board; it decides nothing and sends nothing."""

    profile: BoardProfile
    stationery: Stationery
    signing_key: bytes = field(repr=False)
    random: Callable[[int], bytes] = field(repr=False)
    undo: timedelta = timedelta(0)
    """How long a letter that a person asked for waits, so that it can be taken back."""

    def acknowledgement(
        self,
        letter: str,
        mail: Mail,
        suggestion: Suggestion,
        opened: Sequence[CaseFile],
        *,
        now: datetime,
        hold: str | None,
        mail_id: int,
    ) -> Draft:
        """Tell the sender that the mail was received, in one letter for every case it opened."""
        first = opened[0]
        words: dict[str, object] = {
            "reference": first.reference,
            "received_on": first.dates.received_on,
            "received_at": first.dates.received_at,
            "due": first.dates.due,
            "kinds": [
                RequestWords(case.kind, case.reference, case.dates.due)
                for case in opened
                if case.kind is not None
            ],
            "questions": self._questions(suggestion, opened),
        }
        return self.to_requester(
            letter, first, words, now=now, mail=mail, mail_id=mail_id, hold=hold
        )

    def to_requester(
        self,
        letter: str,
        case: CaseFile,
        words: Mapping[str, object],
        *,
        now: datetime,
        mail: Mail | None = None,
        mail_id: int | None = None,
        decision_id: int | None = None,
        extension_id: int | None = None,
        officer_id: int | None = None,
        hold: str | None = None,
        languages: Sequence[str] = (),
    ) -> Draft:
        """
        Write a letter to the requester of a case, and to nobody else (no Cc, no Reply-To of theirs).

        The languages are those of the case, unless *languages* names others.

        Raises:
            LetterIncomplete: a word the letter needs is missing, or the case has no address.
        """
        recipient = Address(case.requester.name, case.requester.address or "")
        return self._draft(
            letter,
            recipient,
            words,
            case=case,
            now=now,
            mail=mail,
            languages=languages,
            extra={
                "mail_id": mail_id,
                "decision_id": decision_id,
                "extension_id": extension_id,
                "officer_id": officer_id,
                "hold_reason": hold,
            },
        )

    def reminder(
        self, case: CaseFile, recipient: str, words: Mapping[str, object], now: datetime
    ) -> Draft:
        """Write to the FG or a board member: number, kind and dates, nothing personal."""
        return self._draft(
            "reminder", Address("", recipient), words, case=case, now=now, mail=None, extra={}
        )

    def _draft(
        self,
        letter: str,
        recipient: Address,
        words: Mapping[str, object],
        *,
        case: CaseFile,
        now: datetime,
        mail: Mail | None,
        extra: Mapping[str, object],
        languages: Sequence[str] = (),
    ) -> Draft:
        mark = new_token(self.random(10))
        wanted = self.profile.languages[0] if letter == "reminder" else case.language
        available = self.stationery.languages(letter)
        languages = tuple(code for code in languages if code in available) or letter_languages(
            wanted, available
        )
        rendered = self.stationery.write(
            letter, languages, {**words, "board": board_words(self.profile)}
        )
        own_id = message_id(mark, case.token, self.profile.domain)
        posting = Posting(
            letter=letter,
            sender=Address(self.profile.name, self.profile.privacy_address),
            recipient=recipient,
            reply_to=self._reply_to(case),
            rendered=rendered,
            languages=languages,
            date=now.astimezone(self.profile.zone),
            message_id=own_id,
            in_reply_to=mail.message_id if mail else None,
            references=mail.references if mail else (),
        )
        return Draft(
            code=letter,
            language=languages[0],
            envelope=Envelope(self._return_path(mark), recipient.address),
            content=freeze(posting, boundary(self.random(15))),
            mark=mark,
            message_id=own_id,
            case_id=case.id,
            written_at=now,
            not_before=now + self.undo if extra.get("officer_id") else now,
            **extra,  # type: ignore[arg-type]
        )

    def _reply_to(self, case: CaseFile) -> str:
        if not self.profile.plus_addressing:
            return self.profile.privacy_address
        return reply_to(self.profile.privacy_address, case.token)

    def _return_path(self, mark: str) -> str:
        if not self.profile.plus_addressing:
            return self.profile.privacy_address
        return return_path(self.profile.privacy_address, mark, self.signing_key)

    def _questions(self, suggestion: Suggestion, opened: Sequence[CaseFile]) -> list[str]:
        if not any(case.kind in ASKS_FOR_A_CHILD for case in opened):
            return []
        known = {fact.name for fact in suggestion.facts if fact.value != "unknown"}
        return [code for name, code in QUESTION_OF.items() if name not in known]


def board_words(profile: BoardProfile) -> BoardWords:
    """Gather what letters say of a board; what the profile lacks is left out, never invented."""
    return BoardWords(
        name=profile.name,
        full_name=profile.full_name or profile.name,
        website=profile.links.website,
        privacy_address=profile.privacy_address,
        fg_contact=profile.fg.address,
        fg_name=profile.fg.name,
        phone=profile.phone,
        reglement_link=profile.links.reglement,
        complaints_link=profile.links.complaints,
        authority_link=profile.links.authority,
        court_link=profile.links.court,
    )
