"""The desk in a real browser: a server of its own, officers who are signed in, a log of requests."""

import base64
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Request as BrowserRequest

from mailbot import app
from mailbot.adapters.door import OpenDoor, SqlDoor
from mailbot.domain.accounts import Account, Stage
from mailbot.domain.roles import Role
from mailbot.web.cookies import TOKEN
from mailbot.web.door.codes import new_seed
from mailbot.web.listening import listen
from tests.houses import TestHouse, TurnedClock, build_bare_house

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = {"localhost", "127.0.0.1"}

Answer = TypeVar("Answer")


def apart(act: Callable[[], Answer]) -> Answer:
    """Run something in a thread: beside a browser no event loop can run in the thread of the test."""
    answers: list[Answer] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(act())
        except BaseException as problem:  # noqa: BLE001 - raised again in the test's own thread.
            problems.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]
    return answers[0]


@dataclass
class DeskServer:
    """The desk of a test house, served by uvicorn on a free port."""

    house: TestHouse
    clock: TurnedClock
    url: str
    _server: uvicorn.Server = field(repr=False)
    _thread: threading.Thread = field(repr=False)
    seeds: dict[Role, str] = field(default_factory=dict)

    def receive(self, *raws: bytes, **words: Any) -> None:
        """Take mails in and work them through; no mail server is needed for it."""
        self.house.receive(*raws, **words)
        apart(self.house.house.work_off)

    def round(self) -> None:
        """Do one round of everything, as `mailbot run --once` does."""
        apart(self.house.round)

    def references(self) -> list[str]:
        """List the references of all cases, oldest first."""
        with self.house.house.engine.begin() as connection:
            rows = connection.exec_driver_sql("SELECT reference FROM cases ORDER BY id")
            return [str(row[0]) for row in rows]

    def door(self) -> SqlDoor:
        """Open the door's own tables."""
        return SqlDoor(self.house.house.engine, self.house.house.vault)

    def new_officer(self, role: Role) -> str:
        """Make an officer of a role, with an app that shows codes; return the seed."""
        if role in self.seeds:
            return self.seeds[role]
        self.house.officer(role)
        seed = new_seed(lambda size: bytes(range(size)))
        with self.door().opened() as door:
            account = self._account(door, role)
            door.seeds.keep(account, seed, self.clock(), self.clock())
        self.seeds[role] = seed
        return seed

    def session(self, role: Role) -> str:
        """Begin a session as the sign-in does after both factors; return its token."""
        self.new_officer(role)
        token = f"token-of-{role}-{time.monotonic_ns()}"
        with self.door().opened() as door:
            account = self._account(door, role)
            number = door.accounts.sign_in(account, "web", self.clock())
            door.sessions.begin(token, account, Stage.FULL, "web", self.clock(), sign_in_id=number)
        return token

    def csrf(self, token: str) -> str:
        """Work out the form token of a session, as its pages carry it."""
        proof = self.house.house.vault.keyed_hash(f"form {token}")
        return base64.urlsafe_b64encode(proof).decode().rstrip("=")

    def _account(self, door: OpenDoor, role: Role) -> Account:
        board = self.house.house.boards[self.house.settings.boards[0].code].books.board_id
        found = door.accounts.named(board, self.house.officers[role])
        assert found is not None
        return found

    def sign_in(self, context: BrowserContext, role: Role) -> None:
        """Give a browser the cookie of a session of this role."""
        context.add_cookies(
            [
                {
                    "name": TOKEN,
                    "value": self.session(role),
                    "domain": "localhost",
                    "path": "/",
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    def close(self) -> None:
        """Stop serving; the house is closed by whoever made it."""
        self._server.should_exit = True
        self._thread.join()


def serve(house: TestHouse, clock: TurnedClock, **web: Any) -> DeskServer:
    """Serve the desk of a house on a free port; whoever does so closes it."""
    listening = listen("127.0.0.1", 0)
    port = int(listening.getsockname()[1])
    settings = replace(house.settings, web=replace(house.settings.web, port=port, **web))
    config = uvicorn.Config(app.web(settings, clock), log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the desk did not start"
        time.sleep(0.01)
    return DeskServer(house, clock, f"http://localhost:{port}", server, thread)


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Callable[..., DeskServer]]:
    """
    A function that serves a desk.

    `new_desk()` makes a house without mail servers; `new_desk(house=new_house(clock), clock=clock)`
    serves one that is there; `database=any_database` chooses the database, `mailbox` adds settings
    of the mailbox; other words are settings of `[web]`.
    """
    desks: list[DeskServer] = []
    made: list[TestHouse] = []

    def build(
        *,
        house: TestHouse | None = None,
        clock: TurnedClock | None = None,
        database: str = "",
        mailbox: str = "",
        **web: Any,
    ) -> DeskServer:
        clock = clock or TurnedClock(MONDAY)
        if house is None:
            house = build_bare_house(tmp_path, clock, database=database, extra_mailbox=mailbox)
            made.append(house)
        desks.append(serve(house, clock, **web))
        return desks[-1]

    yield build
    for desk in desks:
        desk.close()
    for house in made:
        apart(house.close)


@pytest.fixture
def desk_server(new_desk: Callable[..., DeskServer]) -> DeskServer:
    """The desk of an empty house on SQLite, on Monday 2 November 2026 at nine in Utrecht."""
    return new_desk()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Debian's Chromium, for the tests of one module.

    Not for longer: beside it no event loop can run in the thread of the tests (see `apart`).
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            ],
        )
        yield started
        started.close()


@dataclass
class Network:
    """What the pages of one test asked for, and what their policy stopped."""

    asked: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    expects_violations: bool = False
    """Set by a test that shows a hostile mail: there the policy has something to stop."""

    @property
    def outside(self) -> list[str]:
        """Every request that went anywhere but to the desk."""
        return [
            url
            for url in self.asked
            if urlsplit(url).scheme not in {"data", "blob", "about"}
            and urlsplit(url).hostname not in HERE
        ]

    def watch(self, context: BrowserContext) -> None:
        """Listen to everything that the pages of a browser do."""
        context.on("request", self._ask)
        context.on("console", self._tell)
        context.on("weberror", lambda error: self.violations.append(str(error.error)))

    def _ask(self, request: BrowserRequest) -> None:
        self.asked.append(request.url)

    def _tell(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.violations.append(message.text)


@pytest.fixture
def network() -> Iterator[Network]:
    """The log of requests; a test fails when one left the house or a page broke its own policy."""
    log = Network()
    yield log
    assert [] == log.outside
    assert log.expects_violations or log.violations == []


@pytest.fixture
def context(browser: Browser, network: Network) -> Iterator[BrowserContext]:
    """A browser as a new person has it: no cookies, Dutch, a desk-top screen."""
    made = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    made.set_default_timeout(30_000)  # A machine that trains beside the tests is slow to answer.
    network.watch(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One empty page."""
    return context.new_page()


@pytest.fixture
def signed_in(desk_server: DeskServer, context: BrowserContext) -> Callable[..., Page]:
    """A function that opens a page of the desk as an officer: `signed_in(Role.FG, "/queue")`."""

    def open_as(role: Role, path: str = "/") -> Page:
        desk_server.sign_in(context, role)
        page = context.new_page()
        page.goto(desk_server.url + path)
        return page

    return open_as


def axe(page: Page) -> None:
    """Hold a page against WCAG 2.2 AA by axe-core, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}})
        told = [
            f"{scheme} {one['id']}: {one['help']}\n    "
            + "\n    ".join(
                node["html"][:200] + " | " + str(node.get("failureSummary"))[:300]
                for node in one["nodes"][:3]
            )
            for one in found.response["violations"]
        ]
        assert told == [], "\n".join(told)


def fits(page: Page, width: int) -> None:
    """Hold a page against WCAG 1.4.10: nothing is cut off or scrolls sideways at this width."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.set_viewport_size(before or {"width": 1280, "height": 900})
    assert 0 == over
