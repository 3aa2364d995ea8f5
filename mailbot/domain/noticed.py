"""Whether an extension was announced in time: accepted by the mail server, or told by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailbot.domain.acts import Act
from mailbot.domain.extensions import announced_in_time
from mailbot.domain.handling import ActOnFile, NoticeOnFile
from mailbot.domain.local_time import local_day

LOST = frozenset({"bounced", "refused"})


class Announced(StrEnum):
    """How the announcement of one extension stands."""

    IN_TIME = "in_time"
    WAITING = "waiting"
    """The notice is on its way and the old due date has not passed."""
    TO_TELL = "to_tell"
    """No letter was written, for want of an address; an officer tells it before the old date."""
    NOT_ANNOUNCED = "not_announced"
    """It bounced, was refused, or was not accepted by the old due date (reglement 8.9.2b)."""


@dataclass(frozen=True, slots=True)
class ExtensionOnFile:
    """One extension, with both its dates and how its announcement stands."""

    number: int
    old_due: date
    new_due: date
    announced: Announced


def extensions_on_file(
    notices: Sequence[NoticeOnFile], told: Sequence[ActOnFile], now: datetime, zone: ZoneInfo
) -> tuple[ExtensionOnFile, ...]:
    """
    Say of each extension whether the requester knew of it in time.

    Args:
        notices: the extensions with their latest notice.
        told: the acts of officers who told the requester otherwise.
        now: aware instant.
        zone: the zone in which the reglement counts its days.
    """
    by_hand = {act.subject: act.day for act in told if act.code is Act.EXTENSION_TOLD}
    return tuple(
        ExtensionOnFile(
            one.extension,
            one.old_due,
            one.new_due,
            _standing(one, by_hand.get(str(one.extension)), now, zone),
        )
        for one in notices
    )


def _standing(
    notice: NoticeOnFile, told_on: date | None, now: datetime, zone: ZoneInfo
) -> Announced:
    if told_on is not None and told_on <= notice.old_due:
        return Announced.IN_TIME
    accepted = notice.accepted_at if notice.letter_state not in LOST else None
    if accepted is not None:
        in_time = announced_in_time(notice.old_due, accepted, zone)
        return Announced.IN_TIME if in_time else Announced.NOT_ANNOUNCED
    lost = notice.letter_state in LOST
    passed = local_day(now, zone) > notice.old_due
    if lost or passed:
        return Announced.NOT_ANNOUNCED
    return Announced.TO_TELL if notice.letter_state is None else Announced.WAITING
