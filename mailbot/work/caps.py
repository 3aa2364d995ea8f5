"""How many automatic letters may leave, to one address and in all (RFC 3834, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.books import Letterbook
from mailbot.domain.letters import LETTERS, Trigger

AUTOMATIC = tuple(
    code
    for code, rule in LETTERS.items()
    if rule.trigger is Trigger.AUTOMATIC and code != "reminder"
)
"""The automatic letters to people outside; reminders go to officers and do not count."""

ACKNOWLEDGEMENTS: Sequence[str] = tuple(code for code in LETTERS if code.startswith("ack_"))
TO_ANYBODY: Sequence[str] = (*ACKNOWLEDGEMENTS, "status_unknown", "answer")
"""The letters that an address our MX could not verify may get at all."""

UNVERIFIED_A_DAY = 1
"""Such letters a day to an address our MX could not verify: it may be a forged victim."""

ONE_A_DAY = "address_had_its_letter_today"
"""Why a letter to such an address waits."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The limits of one board."""

    per_address_a_day: int = 5
    an_hour: int = 200

    def hold(
        self, letters: Letterbook, recipient: str, *, verified: bool, now: datetime
    ) -> str | None:
        """
        Say why an automatic letter must wait for a person, or None when it may go.

        1. An address that our MX did not verify gets one acknowledgement or answer a day.
        2. Any address gets no more than its daily number.
        3. All letters together stay under the hourly cap.
        """
        day = now - timedelta(days=1)
        if not verified:
            sent = letters.count_since(day, TO_ANYBODY, recipient)
            if sent >= UNVERIFIED_A_DAY:
                return ONE_A_DAY
        if letters.count_since(day, AUTOMATIC, recipient) >= self.per_address_a_day:
            return "address_had_its_letters_today"
        if letters.count_since(now - timedelta(hours=1), AUTOMATIC, None) >= self.an_hour:
            return "hourly_cap_reached"
        return None
