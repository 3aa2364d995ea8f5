"""`mailbot web`: the desk as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from mailbot.web.listening import listen
from tests.houses import MASTER, TestHouse, settings_text

Desk = tuple[subprocess.Popen[str], str]


def free_port() -> int:
    """Find a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, bare_house: Callable[..., TestHouse]) -> Iterator[Callable[..., Desk]]:
    """A function that starts the desk on a port, and gives the process and its address."""
    bare_house()
    file = tmp_path / "mailbot.toml"
    started: list[subprocess.Popen[str]] = []

    def run(port: int, web: str = "") -> Desk:
        text = settings_text(imap_port=9, smtp_port=9, user="privacy@sipor.nl")
        file.write_text(f"{text}[web]\n{web}\n")
        environ = {**os.environ, "MAILBOT_MASTER_KEY": MASTER, "MAILBOT_IMAP_PASSWORD": "x"}
        command = [sys.executable, "-m", "mailbot", "--settings", str(file)]
        process = subprocess.Popen(
            [*command, "web", "--port", str(port)],
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, f"http://localhost:{port}"

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def wait_for(desk: Desk, **headers: str) -> httpx.Response:
    """Wait until the desk answers."""
    process, url = desk
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            return httpx.get(f"{url}/sign-in", headers=headers)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the desk did not answer within a minute")


def test_the_desk_starts_answers_and_stops_when_told(start: Callable[..., Desk]) -> None:
    """SIGTERM ends it tidily, as systemd and containers do; it does not say what serves it."""
    desk = start(free_port())
    answer = wait_for(desk)
    assert (200, None) == (answer.status_code, answer.headers.get("server"))
    desk[0].send_signal(signal.SIGTERM)
    assert desk[0].wait(30) in {0, -signal.SIGTERM}
    assert desk[0].stderr is not None
    told = desk[0].stderr.read()
    assert f"The desk: {desk[1]}" in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said(start: Callable[..., Desk]) -> None:
    """The exit code tells whoever started it, and the message says what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process, _ = start(int(taken.getsockname()[1]))
        assert 1 == process.wait(60)
        assert process.stderr is not None
        assert "Address already in use" in process.stderr.read()


def test_only_our_own_proxy_may_say_where_a_request_came_from(
    start: Callable[..., Desk],
) -> None:
    """With it named, the public address counts; failed sign-ins are counted by real addresses."""
    web = 'public_url = "https://privacy.example.nl"\ntrusted_proxies = ["127.0.0.1"]'
    desk = start(free_port(), web)
    forwarded = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    answer = wait_for(desk, Host="privacy.example.nl", **forwarded)
    assert 200 == answer.status_code
    assert "strict-transport-security" in answer.headers
    assert 421 == wait_for(desk).status_code


def test_answers_leave_at_once() -> None:
    """Without it the end of every page waits forty milliseconds for its beginning to be confirmed."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
