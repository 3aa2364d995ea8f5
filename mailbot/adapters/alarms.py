"""Reach a person by another way than mail: the log, a watched file, a webhook."""

import json
import logging
import os
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from pathlib import Path

from mailbot.domain.errors import SettingsWrong

_log = logging.getLogger(__name__)

WEBHOOK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class AlarmChannels:
    """Where alarms go besides the log."""

    file: Path
    """One JSON object a line, for monitoring to watch."""
    webhook: str | None = field(default=None, repr=False)
    """An https address that takes the same object by POST; it often holds a secret itself."""

    def __post_init__(self) -> None:
        if self.webhook is not None and not self.webhook.startswith(_WEB_ADDRESSES):
            raise SettingsWrong(
                ["alarm.webhook: found another kind of address; allowed: https://… (or none)"]
            )


_WEB_ADDRESSES = ("https://", "http://127.0.0.1:", "http://localhost:")


class Alarms:
    """The house's `Alarm`: every channel is tried, and none may stop the work."""

    def __init__(self, channels: AlarmChannels, clock: Callable[[], datetime]) -> None:
        self._channels = channels
        self._clock = clock
        self._turn = threading.Lock()

    def raise_alarm(self, code: str, detail: str) -> None:
        """
        Tell a person; never raises.

        Args:
            code: a short stable word, as `mailbox_refused`, for monitoring to match.
            detail: references only, nothing personal.
        """
        _log.error("alarm %s: %s", code, detail)
        notice = {"at": self._clock().isoformat(), "code": code, "detail": detail}
        line = json.dumps(notice, ensure_ascii=False)
        try:
            self._write(line)
        except OSError as error:
            _log.error("the alarm file cannot be written: %s", type(error).__name__)
        if self._channels.webhook is not None:
            try:
                self._post(self._channels.webhook, line)
            except (OSError, ValueError, HTTPException) as error:
                # No traceback: it could show the secret in the webhook's address.
                _log.error("the webhook does not take the alarm: %s", type(error).__name__)

    def _write(self, line: str) -> None:
        """Append the whole line with one write, so that two processes never mix theirs."""
        with self._turn:
            self._channels.file.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            descriptor = os.open(self._channels.file, flags, 0o640)
            try:
                os.write(descriptor, f"{line}\n".encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _post(self, webhook: str, line: str) -> None:
        request = urllib.request.Request(  # noqa: S310  # AlarmChannels lets only web addresses in.
            webhook, data=line.encode(), headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=WEBHOOK_SECONDS):  # noqa: S310  # As above.
            pass
