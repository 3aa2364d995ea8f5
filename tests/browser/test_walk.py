"""The README's first walk, taken by somebody who reads nothing else."""

import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from fcntl import ioctl
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

README = Path("README.md").read_text("utf-8").partition("### A first walk")[2]
TERMINAL = (40, 80)
"""Lines and columns of the smallest terminal that people still use."""
PATIENCE = 120
UNDO = 60
GAP = timedelta(days=7)
MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
REASON = "Het dossier van de vorige school moet nog uit het archief komen."
GROUNDS = "De ouder heeft recht op inzage (artikel 8.2), en niets staat eraan in de weg."


def said_in(step: int) -> list[str]:
    """Read the words of the page that a step of the README names: those in italics."""
    found = re.search(rf"^{step}\. (.+)$", README, re.MULTILINE)
    assert found, f"the README has no step {step}"
    return re.findall(r"(?<![\w*])\*([^*]+)\*(?!\*)", found[1])


@dataclass
class Shown:
    """A demo on a terminal, and all that stood on its screen."""

    demo: subprocess.Popen[bytes]
    screen: int
    folder: Path
    text: str = ""
    _reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def find(self, words: str) -> re.Match[str]:
        """Wait until something stands on the screen; return where it stood last."""
        until = time.monotonic() + PATIENCE
        while True:
            found = list(re.finditer(words, self.text))
            if found:
                return found[-1]
            assert self.demo.poll() is None and time.monotonic() < until, self.text[-2000:]
            time.sleep(0.1)

    def sign_in_of(self, address: str) -> tuple[str, str]:
        """Read the password and the code of the moment beside an address."""
        found = self.find(rf"{re.escape(address)} +(\S+) +(\d{{6}})\b")
        return found[1], found[2]

    def close(self) -> None:
        """Press Ctrl-C and wait."""
        self.demo.send_signal(signal.SIGINT)
        try:
            self.demo.wait(30)
        except subprocess.TimeoutExpired:
            # It writes where each of its threads stands, and ends.
            self.demo.send_signal(signal.SIGABRT)
            self.demo.wait(30)
        finally:
            self.demo.kill()
            self._reader.join()
            os.close(self.screen)

    def _read(self) -> None:
        try:
            while got := os.read(self.screen, 65536):
                self.text += MOVES.sub("", got.decode("utf-8", "replace"))
        except OSError:
            return  # The demo has gone, and its end of the terminal with it.


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    """`mailbot demo` as its own process on a terminal, without its pauses for reading."""
    (screen, other), program = pty.openpty(), Path(sys.executable).parent / "mailbot"
    ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", *TERMINAL, 0, 0))
    demo = subprocess.Popen(
        [program, "demo", "--speed", "100"],
        cwd=tmp_path,
        env={**os.environ, "TERM": "xterm-256color", "PYTHONFAULTHANDLER": "1"},
        stdin=other,
        stdout=other,
        stderr=other,
    )
    os.close(other)
    made = Shown(demo, screen, tmp_path / "demo-mailbot")
    yield made
    made.close()
    assert demo.returncode == 0, made.text[-2000:]


def sign_in(page: Page, shown: Shown, desk: str, address: str) -> None:
    """Type the password beside the address, then the six digits of the moment."""
    page.goto(desk)
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord").fill(shown.sign_in_of(address)[0])
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Code uit").fill(shown.sign_in_of(address)[1])
    page.get_by_role("button", name="Inloggen").click()
    expect(page.locator("h1")).to_contain_text("Wachtrij")


def fill_in(page: Page, words: str) -> None:
    """Type into every field that must be filled and is still empty."""
    for area in page.locator("#act textarea[required]").all():
        if not area.input_value():
            area.fill(words)
    for day in page.locator("#act input[type=date][required]").all():
        day.fill(day.get_attribute("max") or date.today().isoformat())  # noqa: DTZ011 - a calendar on the wall.


@pytest.mark.slow
def test_a_new_user_triages_extends_and_decides_from_the_readme_alone(
    shown: Shown, page: Page
) -> None:
    """Each step as it stands there; where the page has other words, the README is wrong."""
    desk = shown.find(r"http://localhost:\d+")[0]
    addresses = re.findall(r"`(\S+@\S+)`", README)
    fg, board = dict.fromkeys(addresses)

    assert [] == said_in(1)
    sign_in(page, shown, desk, fg)

    suggested, confirm, other = said_in(2)
    page.locator("tbody tr", has_text=suggested).first.locator("th a").click()
    expect(page.get_by_text(other)).to_be_visible()
    page.get_by_role("button", name=confirm).click()
    case = page.url
    reference = page.locator("h1").inner_text()
    expect(page.locator(".case-line")).not_to_contain_text("?")

    extend, look, send, undo = said_in(3)
    page.get_by_role("link", name=extend, exact=True).click()
    picker = page.locator("input[type=date]")
    until = date.fromisoformat(picker.get_attribute("min") or "") + GAP
    picker.fill(until.isoformat())
    page.locator("#f-reason").fill(REASON)
    page.get_by_role("button", name=look).click()
    expect(page.locator(".confirm")).to_contain_text(REASON)
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.get_by_role("button", name=undo)).to_be_visible()

    identity, record = said_in(4)
    page.get_by_role("link", name=identity, exact=True).click()
    page.locator("#act input[type=radio]").first.check()
    page.get_by_role("button", name=record).click()
    expect(page.locator(".said")).to_be_visible()

    leave, decide, granted, on, look, send = said_in(5)
    expect(page.get_by_role("link", name=decide, exact=True)).to_have_count(0)
    page.get_by_role("button", name=leave).click()
    sign_in(page, shown, desk, board)
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name=decide, exact=True).click()
    page.get_by_label(granted, exact=True).check()
    page.get_by_role("button", name=on).click()
    fill_in(page, GROUNDS)
    page.get_by_role("button", name=look).click()
    expect(page.locator(".confirm")).to_be_visible()
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.locator(".case-line")).to_contain_text("gesloten")

    (letters,) = said_in(6)
    (folder,) = re.findall(r"`(demo-mailbot/\S+)`", README)
    lying = shown.folder.parent / folder
    sent = wait_for_letter(lying, "decision_granted", reference)
    assert GROUNDS in sent, "what was typed for the letter stands in it"
    assert list(lying.glob("*-extension_notice-*")), "the notice of the extension left before it"
    page.goto(case)
    part = page.locator("section", has=page.get_by_role("heading", name=letters))
    expect(part).to_contain_text("aangenomen door de mailserver")


def wait_for_letter(folder: Path, code: str, reference: str) -> str:
    """Wait out the minute of undo, once, until the letter of a case lies in a folder; return it."""
    until = time.monotonic() + UNDO + 30
    while time.monotonic() < until:
        for file in folder.glob(f"*-{code}-*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            body = message.get_body(("plain",))
            text = " ".join(body.get_content().split()) if body else ""
            if reference in text:
                return text
        time.sleep(0.5)
    pytest.fail(f"no letter {code} of {reference} lies in {folder.name}")
