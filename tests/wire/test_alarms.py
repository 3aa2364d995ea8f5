"""Alarms reach a person without mail, and never stop the work."""

import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from mailbot.adapters.alarms import AlarmChannels, Alarms
from mailbot.domain.errors import SettingsWrong

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Pager(BaseHTTPRequestHandler):
    """A webhook that remembers what it was told."""

    told: ClassVar[list[dict[str, str]]] = []
    status = 204

    def do_POST(self) -> None:
        """Remember the notice and answer with the status of the test."""
        length = int(self.headers["Content-Length"])
        self.told.append(json.loads(self.rfile.read(length)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name.
        """Stay quiet."""


@pytest.fixture
def pager(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a webhook."""
    monkeypatch.setattr(Pager, "told", [])
    server = HTTPServer(("127.0.0.1", 0), Pager)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def alarms(file: Path, webhook: str | None = None) -> Alarms:
    return Alarms(AlarmChannels(file, webhook), lambda: NOW)


def test_an_alarm_goes_to_the_log_the_file_and_the_webhook(
    tmp_path: Path, pager: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever watches any one of them learns of it (fault 10)."""
    alarms(tmp_path / "alarms" / "now.jsonl", pager).raise_alarm("mailbox_refused", "mailbox 1")
    expected = {
        "at": "2026-11-22T09:00:00+00:00",
        "code": "mailbox_refused",
        "detail": "mailbox 1",
    }
    assert json.loads((tmp_path / "alarms" / "now.jsonl").read_text()) == expected
    assert Pager.told == [expected]
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (
        logging.ERROR,
        "alarm mailbox_refused: mailbox 1",
    )


def test_many_alarms_at_once_are_whole_lines(tmp_path: Path) -> None:
    """Monitoring reads line by line, and two processes may write."""
    file = tmp_path / "alarms.jsonl"
    writers = [
        threading.Thread(target=alarms(file).raise_alarm, args=("late", "x" * 3000 + str(number)))
        for number in range(20)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    details = [json.loads(line)["detail"] for line in file.read_text().splitlines()]
    assert sorted(details) == sorted("x" * 3000 + str(number) for number in range(20))


def test_a_file_that_cannot_be_written_stops_neither_webhook_nor_work(
    tmp_path: Path, pager: str
) -> None:
    """A full disk is itself a reason for an alarm (fault 9)."""
    (tmp_path / "in_the_way").write_text("")
    alarms(tmp_path / "in_the_way" / "alarms.jsonl", pager).raise_alarm("disk_full", "-")
    assert [notice["code"] for notice in Pager.told] == ["disk_full"]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_fails_stops_nothing_and_shows_no_secret(
    tmp_path: Path,
    pager: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The address of a webhook is often its password."""
    monkeypatch.setattr(Pager, "status", status)
    alarms(tmp_path / "alarms.jsonl", f"{pager}?key=s3cret").raise_alarm("late", "case 1")
    assert len((tmp_path / "alarms.jsonl").read_text().splitlines()) == 1
    assert "the webhook does not take the alarm" in caplog.text
    assert "s3cret" not in caplog.text + repr(AlarmChannels(tmp_path, f"{pager}?key=s3cret"))


def test_a_webhook_nobody_answers_at_stops_nothing(tmp_path: Path) -> None:
    """The second channel may be down too."""
    alarms(tmp_path / "alarms.jsonl", "http://127.0.0.1:1/hook").raise_alarm("late", "case 1")
    assert len((tmp_path / "alarms.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize("webhook", ["http://pager.example/x", "file:///etc/passwd", "pager"])
def test_a_webhook_in_plain_text_is_a_wrong_setting(tmp_path: Path, webhook: str) -> None:
    """References stay between us and the one who is told."""
    with pytest.raises(SettingsWrong, match="webhook"):
        AlarmChannels(tmp_path / "alarms.jsonl", webhook)
