"""Alarms that ring less: not every second, or not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mailbot.domain.ports import Alarm

SILENCE = timedelta(hours=1)


class QuietAlarm:
    """Passes each alarm on at once, and the same one again only after an hour."""

    def __init__(self, alarm: Alarm, clock: Callable[[], datetime]) -> None:
        self._alarm = alarm
        self._clock = clock
        self._rang: dict[tuple[str, str], datetime] = {}

    def raise_alarm(self, code: str, detail: str) -> None:
        """Tell a person, unless the same was told within the hour."""
        now = self._clock()
        before = self._rang.get((code, detail))
        if before is not None and now - before < SILENCE:
            return
        self._rang[code, detail] = now
        self._alarm.raise_alarm(code, detail)


class SilentAlarm:
    """Tells nobody: for whoever asks and answers for it himself."""

    def raise_alarm(self, code: str, detail: str) -> None:
        """Do nothing."""
