"""The acts of people on a case besides its decision: codes, and what each must state."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mailbot.domain.errors import ReasonMissing

SHORTEST_REASON = 10
"""Characters; shorter than this nobody has given a reason."""


class Act(StrEnum):
    """The acts; the codes are stable and name the event of the history as well."""

    TASK_DONE = "task_done"
    TASK_NOT_NEEDED = "task_not_needed"
    TASK_SUPERSEDED = "task_superseded"
    """The kind was corrected, so this task belongs to the case no more."""
    TASK_REOPENED = "task_reopened"
    RECIPIENT_LISTED = "recipient_listed"
    RECIPIENT_TOLD = "recipient_told"
    RECIPIENT_NOT_TOLD = "recipient_not_told"
    FACT_CONFIRMED = "fact_confirmed"
    FLAG_SET = "flag_set"
    FLAG_CLEARED = "flag_cleared"
    OFFICER_EXCLUDED = "officer_excluded"
    OFFICER_ADMITTED = "officer_admitted"
    IDENTITY_ASKED = "identity_asked"
    CLARIFICATION_ASKED = "clarification_asked"
    ANSWERED = "answered"
    """The requester answered what was asked; ends the pauses that are advice only."""
    OPENED_BY_HAND = "opened_by_hand"
    RECEIPT_CORRECTED = "receipt_corrected"
    DEADLINE_SET = "deadline_set"
    LATE_NOTICE = "late_notice"
    EXTENSION_TOLD = "extension_told"
    """The requester heard of an extension by letter, by telephone or at the desk."""
    REOPENED = "reopened"
    """A closed case is in handling again; its decision stays on file."""
    LANGUAGE_SET = "language_set"
    """From then on letters no longer follow the language of the parent's mails."""
    MERGED = "merged"
    """The case goes on in another one; a mark on the duplicate."""
    MERGED_IN = "merged_in"
    """Another case goes on in this one."""
    UNMERGED = "unmerged"
    SPLIT_OFF = "split_off"
    """Some mails of the case became a case of their own."""
    SPLIT_FROM = "split_from"
    LINKED = "linked"
    UNLINKED = "unlinked"
    MAIL_MOVED = "mail_moved"
    ADDRESS_ADDED = "address_added"
    """A person verified that an address is the requester's too."""
    ADDRESS_CHANGED = "address_changed"
    """A person verified where letters go from now on."""
    SENDER_CONFIRMED = "sender_confirmed"
    """A person confirmed whose request a colleague sent on."""
    COPY_RELEASED = "copy_released"
    """What looked like a copy of an identity document is none."""
    FG_ADVISED = "fg_advised"
    """The FG gave advice; the board decides (reglement 3.3, GDPR 38(6))."""
    LETTER_TAKEN_BACK = "letter_taken_back"
    """An officer took a letter back before it left; the subject is its number."""
    EXTENSION_TAKEN_BACK = "extension_taken_back"
    """The extension with this number counts no more: its notice was taken back before it left."""
    RESTRICTED = "restricted"
    LIFT_ANNOUNCED = "lift_announced"
    RESTRICTION_LIFTED = "restriction_lifted"


NEEDS_REASON = frozenset(
    {
        Act.TASK_NOT_NEEDED,
        Act.RECIPIENT_NOT_TOLD,
        Act.FLAG_SET,
        Act.FLAG_CLEARED,
        Act.OFFICER_EXCLUDED,
        Act.OFFICER_ADMITTED,
        Act.OPENED_BY_HAND,
        Act.RECEIPT_CORRECTED,
        Act.DEADLINE_SET,
        Act.LATE_NOTICE,
        Act.LIFT_ANNOUNCED,
        Act.COPY_RELEASED,
    }
)
"""Acts that state why; the schema holds the same list (`act_states_reason`)."""


@dataclass(frozen=True, slots=True)
class NewAct:
    """One act to be written down; *words* are sealed, everything else is codes and dates."""

    code: Act
    subject: str = ""
    """What it is about: the code of a task or flag, or the number of a row."""
    day: date | None = None
    choices: tuple[str, ...] = ()
    words: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse an act that owes a reason and gives none."""
        if self.code in NEEDS_REASON and len(self.words.strip()) < SHORTEST_REASON:
            raise ReasonMissing(f"type the reason (at least {SHORTEST_REASON} characters)")
