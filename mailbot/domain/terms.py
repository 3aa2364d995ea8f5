"""The terms a school board may set, with the reglement's own as defaults."""

from dataclasses import dataclass

from mailbot.domain.errors import SettingsWrong

REQUEST_DAYS = 28
"""Four weeks (reglement 8.9.2b)."""
CAP_DAYS = 84
"""Twelve weeks in total, the extension included (reglement 8.9.2b)."""
BREACH_HOURS = 72
"""GDPR 33(1)."""
COMPLAINT_ACK_WORKING_DAYS = 5
"""Policy; the reglement names no term."""
RECTIFICATION_WORKING_DAYS = 1
"""Policy for "meteen" (reglement 8.3.1)."""

SHORTEST_MONTH = 28
"""A longer term would pass the one month of GDPR 12(3) in February."""
SHORTEST_QUARTER = 89
"""1 February to 1 May: a longer cap would pass the three months of GDPR 12(3)."""
LONGEST_WORKING_TERM = 60
"""A term in working days beyond a quarter is a mistake in the profile."""
LONGEST_COMPLAINT_TERM = 365
"""A klachtenreglement that takes longer than a year is a mistake in the profile."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Every term of the clocks; a board may be quicker than the law, never slower."""

    request_days: int = REQUEST_DAYS
    cap_days: int = CAP_DAYS
    breach_hours: int = BREACH_HOURS
    complaint_ack_working_days: int = COMPLAINT_ACK_WORKING_DAYS
    rectification_working_days: int = RECTIFICATION_WORKING_DAYS
    complaint_answer_days: int | None = None
    """Days in which the board's klachtenreglement answers; None where the profile names none."""

    def __post_init__(self) -> None:
        limits = (
            ("request_days", self.request_days, 1, SHORTEST_MONTH),
            ("cap_days", self.cap_days, self.request_days, SHORTEST_QUARTER),
            ("breach_hours", self.breach_hours, 1, BREACH_HOURS),
            (
                "complaint_ack_working_days",
                self.complaint_ack_working_days,
                1,
                LONGEST_WORKING_TERM,
            ),
            (
                "rectification_working_days",
                self.rectification_working_days,
                1,
                LONGEST_WORKING_TERM,
            ),
            ("complaint_answer_days", self.complaint_answer_days, 1, LONGEST_COMPLAINT_TERM),
        )
        problems = [
            f"terms.{key} is {found}; allowed are {low} to {high}"
            for key, found, low, high in limits
            if found is not None and not low <= found <= high
        ]
        if problems:
            raise SettingsWrong(problems)


REGLEMENT = Terms()
"""The terms of the SIPOR reglement and of this product's policy."""
