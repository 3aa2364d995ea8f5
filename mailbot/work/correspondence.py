"""Writes the letters of one board: the right words, languages, addresses and frozen bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.domain.board import BoardProfile
from mailbot.domain.books import Draft
from mailbot.domain.case import CaseFile
from mailbot.domain.letter_addresses import message_id, new_token, reply_to, return_path
from mailbot.domain.letters import BoardWords, RequestWords, letter_languages
from mailbot.domain.mail import Address, Mail
from mailbot.domain.ports import Envelope, Stationery
from mailbot.domain.posting import Posting, boundary, freeze


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
        opened: Sequence[CaseFile],
        *,
        now: datetime,
        hold: str | None,
        mail_id: int,
        questions: Sequence[str],
    ) -> Draft:
        """
        Tell the sender that the mail was received, in one letter for every case it opened.

        Args:
            letter: which acknowledgement.
            mail: the mail it answers.
            opened: the cases it opened, the first one naming the letter.
            now: the time.
            hold: why it waits for a person; None where it may leave.
            mail_id: the number of the mail.
            questions: what it asks, each a code of `QUESTIONS`.
        """
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
            "questions": list(questions),
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

    def to_writer(
        self,
        letter: str,
        mail: Mail,
        words: Mapping[str, object],
        *,
        language: str,
        now: datetime,
        mail_id: int,
        hold: str | None,
    ) -> Draft:
        """
        Write to whoever sent a mail, about no case: nothing in it shows whether there is one.

        Raises:
            LetterIncomplete: a word the letter needs is missing, or the mail names no sender.
        """
        recipient = Address("", mail.sender.address if mail.sender else "")
        extra: dict[str, object] = {"mail_id": mail_id, "hold_reason": hold}
        return self._draft(
            letter,
            recipient,
            words,
            case=None,
            now=now,
            mail=mail,
            extra=extra,
            language=language,
        )

    def reminder(
        self, case: CaseFile, recipient: str, words: Mapping[str, object], now: datetime
    ) -> Draft:
        """Write to the FG or a board member: number, kind and dates, nothing personal."""
        return self._draft(
            "reminder", Address("", recipient), words, case=case, now=now, mail=None, extra={}
        )

    def to_officer(
        self, letter: str, recipient: str, words: Mapping[str, object], now: datetime
    ) -> Draft:
        """Write to an officer about no case of its own; numbers and dates, nothing personal."""
        to = Address("", recipient)
        return self._draft(letter, to, words, case=None, now=now, mail=None, extra={})

    def _draft(
        self,
        letter: str,
        recipient: Address,
        words: Mapping[str, object],
        *,
        case: CaseFile | None,
        now: datetime,
        mail: Mail | None,
        extra: Mapping[str, object],
        language: str = "",
        languages: Sequence[str] = (),
    ) -> Draft:
        mark = new_token(self.random(10))
        own = case.language if case and letter != "reminder" else self.profile.languages[0]
        wanted = language or own
        available = self.stationery.languages(letter)
        languages = tuple(code for code in languages if code in available) or letter_languages(
            wanted, available
        )
        rendered = self.stationery.write(
            letter, languages, {**words, "board": board_words(self.profile)}
        )
        token = case.token if case else new_token(self.random(16))
        own_id = message_id(mark, token, self.profile.domain)
        posting = Posting(
            letter=letter,
            sender=Address(self.profile.name, self.profile.privacy_address),
            recipient=recipient,
            reply_to=self._reply_to(case.token if case else None),
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
            case_id=case.id if case else None,
            written_at=now,
            not_before=now + self.undo if extra.get("officer_id") else now,
            **extra,  # type: ignore[arg-type]
        )

    def _reply_to(self, token: str | None) -> str:
        if token is None or not self.profile.plus_addressing:
            return self.profile.privacy_address
        return reply_to(self.profile.privacy_address, token)

    def _return_path(self, mark: str) -> str:
        if not self.profile.plus_addressing:
            return self.profile.privacy_address
        return return_path(self.profile.privacy_address, mark, self.signing_key)


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
