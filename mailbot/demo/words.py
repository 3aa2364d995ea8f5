"""The demo's words for what became of a mail."""

from collections.abc import Sequence

from mailbot.demo.readings import Reading
from mailbot.domain.case import CaseFile
from mailbot.domain.kinds import KINDS

ASKED = {
    "unsure": "unsure, so a person looks",
    "a_person_writes_first": "not acknowledged: a person writes first",
    "looks_like_spam": "looks like spam; a person looks",
    "looks_like_not_ours": "not for this mailbox; a person looks",
    "number_named_by_another_address": "names a case from another address: a person looks, "
    "and the sender learns nothing",
    "sender_is_not_the_requester": "from another address than the case's; a person looks",
    "attachment_not_read": "a file could not be read; a person looks",
    "case_is_closed": "the case is closed; a person looks",
    "new_request_in_running_case": "asks something new; a person looks",
    "sibling_named": "names a brother or sister; a person looks",
    "status_asked_by_other_address": "asks after a case that is not theirs; a person looks",
    "asks_status_and_more": "asks how it stands and more; a person answers",
    "perhaps_of_a_case": "may belong to a running case; a person says so",
}
LETTERS = {
    "status": "told how it stands",
    "status_unknown": "answered with nothing that shows a case",
}
"""What else than an acknowledgement may leave by itself."""
AUTOMATIC = {
    "list": "a mailing",
    "auto_replied": "an automatic reply",
    "auto_generated": "written by a machine",
    "absence": "an absence notice",
    "delivery_report": "a delivery report",
    "read_receipt": "a read receipt",
    "own_letter": "one of our own letters",
}
SET_ASIDE = {"too_deep": "nested too deep to be an honest mail"}


def done(reading: Reading) -> str:
    """Say in one sentence what the robot did with a mail."""
    return "; ".join(part for part in _parts(reading) if part)


def believed(reading: Reading) -> list[tuple[str, str]]:
    """Name the kinds the machine suggests, each with the words that led to it."""
    return [
        (f"{KINDS[one.kind].dutch} {one.confidence:.0%}", " ".join(one.phrase.split()))
        for one in reading.beliefs
    ]


def _parts(reading: Reading) -> list[str]:
    if reading.outcome == "quarantined":
        why = SET_ASIDE.get(reading.reason, _plain(reading.reason))
        return [f"set aside whole, {why}; a person looks"]
    if reading.outcome == "automatic":
        what = AUTOMATIC.get(reading.reason, _plain(reading.reason))
        back = "our letter came back: alarm" if reading.returned else ""
        return [f"{what}: kept, never answered", back]
    return [
        f"filed in {reading.filed_in}" if reading.filed_in else "",
        *_opened(reading.opened),
        ", ".join(LETTERS.get(code, "acknowledged") for code, _ in reading.letters),
        "the FG and the board are told at once" if reading.reminded else "",
        *(ASKED.get(why, _plain(why)) for why in reading.asked),
    ]


def _opened(cases: Sequence[CaseFile]) -> list[str]:
    """Name the cases a mail opened, those with the same date together."""
    by_date: dict[str, list[str]] = {}
    for case in cases:
        by_date.setdefault(_due(case), []).append(case.reference)
    return [f"opened {', '.join(names)} ({due})" for due, names in by_date.items()]


def _due(case: CaseFile) -> str:
    if case.dates.due:
        return f"due {case.dates.due:%d-%m-%Y}"
    return "its 72 hours run" if case.dates.ends_at else "no fixed date"


def _plain(code: str) -> str:
    return code.replace("_", " ")
