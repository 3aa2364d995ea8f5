"""What is decided and told about a breach: the AP and the parents (reglement 6.4.1 and 6.4.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.domain.case import Requester
from mailbot.domain.decision import Decision, Officer, Outcome
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import EntryWrong, NotAllowed
from mailbot.domain.letters import letter_languages
from mailbot.domain.local_time import to_utc
from mailbot.domain.parents import Parent, read_parents
from mailbot.domain.register import RegisterEntry, RegisterVersion
from mailbot.domain.register_words import Act, TellingParents
from mailbot.work.desk import allow
from mailbot.work.register import BreachRegister, Values, add_version

LETTER = "breach_parents"
LETTER_WORDS = ("nature", "consequences", "measures", "advice")
"""What the parents must read (GDPR 34(2))."""


@dataclass(frozen=True, slots=True)
class BreachDecisions:
    """The acts about a breach that reach outside: decided by the board, recorded by people."""

    register: BreachRegister

    def decide_ap(
        self, officer: Officer, reference: str, *, report: bool, reason: str
    ) -> RegisterVersion:
        """
        Decide whether the AP is notified, with the reason; a board member does.

        Raises:
            NotAllowed: not a board member.
            EntryWrong: no reason, or the AP was notified already.
        """
        allow(officer, "decide_breach")
        values = {
            "ap_reported": report,
            "ap_reason": reason.strip(),
            "ap_decider": officer.name,
        }
        return self._write(officer, reference, Act.DECIDE_AP, values)

    def notify_ap(
        self,
        officer: Officer,
        reference: str,
        at: datetime,
        *,
        number: str = "",
        delay_reason: str = "",
    ) -> RegisterVersion:
        """
        Record that the AP was notified, the first time or again (facts may follow, GDPR 33(4)).

        Raises:
            EntryWrong: later than 72 hours without a reason, or before awareness was recorded.
        """
        allow(officer, "keep_register")

        def told(entry: RegisterEntry) -> Mapping[str, object]:
            given: dict[str, object] = {"ap_number": number.strip() or entry.ap_number}
            if entry.ap_first_at is not None:
                return {**given, "ap_followups": (*entry.ap_followups, to_utc(at))}
            return {**given, "ap_first_at": to_utc(at), "ap_delay_reason": delay_reason.strip()}

        return self._write(officer, reference, Act.NOTIFY_AP, told)

    def decide_parents(
        self,
        officer: Officer,
        reference: str,
        choice: TellingParents,
        reason: str,
        public_notice: str = "",
    ) -> RegisterVersion:
        """
        Decide whether the parents are told, or which exception of reglement 6.4.3 holds.

        Raises:
            NotAllowed: not a board member.
            EntryWrong: no reason, a high risk passed over, or no public notice where one is due.
        """
        allow(officer, "decide_breach")
        values = {
            "parents": choice,
            "parents_reason": reason.strip(),
            "parents_decider": officer.name,
            "public_notice": public_notice.strip(),
        }
        return self._write(officer, reference, Act.DECIDE_PARENTS, values)

    def tell_parents(
        self, officer: Officer, reference: str, at: datetime, *, how: str, text: str
    ) -> RegisterVersion:
        """
        Record that the parents were told outside of mailbot: when, how and in which words.

        Raises:
            EntryWrong: the way or the words are missing.
        """
        allow(officer, "keep_register")
        told = {"parents_told_at": to_utc(at), "parents_how": how.strip(), "parents_text": text}
        return self._write(officer, reference, Act.TELL_PARENTS, told)

    def write_parents(
        self,
        officer: Officer,
        reference: str,
        addresses: Sequence[str],
        words: Mapping[str, str],
    ) -> RegisterVersion:
        """
        Write each parent a mail of its own, resting on this board member's decision (GDPR 34(2)).

        That they were told stands in the register once the mail server has taken every letter.

        Args:
            officer: a board member.
            reference: the breach.
            addresses: one a line, each with its language behind it if that is known.
            words: what happened, what may follow, what was done, what they can do.

        Raises:
            NotAllowed: not a board member, no case, or it was not decided to tell the parents.
            EntryWrong: an address or one of the four words is missing.
        """
        allow(officer, "decide_breach")
        parents = read_parents(addresses)
        lacking = [name for name in LETTER_WORDS if not words.get(name, "").strip()]
        if lacking:
            raise EntryWrong([f"{name}: the parents must read this (G34(2))" for name in lacking])
        desk = self.register.desk
        now = desk.clock()
        with desk.books.opened() as books:
            case = desk.open_file(books, officer, reference)
            before = books.register.lock(reference)
            if before.entry.parents is not TellingParents.TELL:
                raise NotAllowed("decide first that the parents are told (register parents)")
            decision = Decision(officer, case.id, Outcome.HANDLED, before.entry.parents_reason, now)
            number = books.decisions.decide(decision, closes=False)
            told = {"reference": reference, "decided_by": officer.name, **words}
            for parent in parents:
                books.letters.write(
                    desk.correspondence.to_requester(
                        LETTER,
                        replace(case, requester=Requester("", parent.address)),
                        told,
                        now=now,
                        decision_id=number,
                        officer_id=officer.id,
                        languages=self._languages(books, parent),
                    )
                )
            many = "ontvanger" if len(parents) == 1 else "ontvangers"
            how = f"per e-mail, elk apart: {len(parents)} {many}"
            values = {
                # Known once the mail server has taken the letters, and read from them.
                "parents_told_at": None,
                "parents_how": "; ".join(filter(None, (before.entry.parents_how, how))),
                "parents_text": "\n\n".join(words[name].strip() for name in LETTER_WORDS),
            }
            return add_version(desk, books, officer, reference, act=Act.TELL_PARENTS, values=values)

    def _write(self, officer: Officer, reference: str, act: Act, values: Values) -> RegisterVersion:
        desk = self.register.desk
        with desk.books.opened() as books:
            return add_version(desk, books, officer, reference, act=act, values=values)

    def _languages(self, books: OpenDeskBooks, parent: Parent) -> Sequence[str]:
        """
        Name the languages of a parent's letter: theirs and Dutch.

        Theirs is what the school gave, or that of their own last case here. Where nobody knows
        it, the letter stands in every language of the board, Dutch first.
        """
        desk = self.register.desk
        available = desk.correspondence.stationery.languages(LETTER)
        known = parent.language or books.cases.language_of(parent.address)
        if known is not None:
            return letter_languages(known, available)
        return tuple(dict.fromkeys(("nl", *desk.clockwork.profile.languages)))
