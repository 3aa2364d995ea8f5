"""Takes a picture of every page of the desk, light and dark, wide and on a telephone, for looking."""

import argparse
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console

from mailbot.adapters.schema import cases
from mailbot.cli.demo import AFTERNOON, Stage, stage_of
from mailbot.cli.demo_desk import give_apps
from mailbot.demo.day import planned
from mailbot.demo.folder import prepare
from mailbot.demo.officers import ADMIN, BOARD, EVERYBODY, FG, HANDLER, Person
from mailbot.domain.roles import Role
from mailbot.profiles import find
from mailbot.web.cookies import TOKEN
from mailbot.web.routes import ROUTES
from tests.desks import CHROMIUM, DeskServer, apart, serve
from tests.houses import TestHouse
from tests.visitors import Visitor

FOLDER = Path("build/screenshots")
DAY = date(2026, 11, 20)
SEED = 7
WIDTHS: Mapping[str, int] = {"wide": 1280, "phone": 390}
SCHEMES = ("light", "dark")
HEIGHT = 900
CASE = "/cases/{reference}"
NO_PAGES = {"/", "/queue/newest", "/cases/{reference}/here"}
"""What answers with no page of its own, besides files to take along."""
FILES = (".csv", ".pdf", ".svg", ".ics", ".zip")

LISTED = {
    "parked-mail": ("/parked", re.compile(r'href="(/parked/\d+)"')),
    "passage": ("/passages", re.compile(r'href="(/passages/[^"]+)"')),
}
"""Pages that name something: where they are listed, and how their link looks there."""

SMALL = Path("docs/pictures")
SHOWN: Mapping[str, str] = {
    "queue": "queue",
    "case": "case-restriction",
    "decide": "decide-granted",
}
"""The small pictures of the README, each the top of a large one."""
SMALL_SIZE, COLOURS = (900, 703), 256

Shot = tuple[str, Role | None, str]


def shots(references: Mapping[str, str], named: Mapping[str, str]) -> Iterator[Shot]:
    """
    Name every picture: its file, who looks, and the path.

    Args:
        references: by kind, a case of the day.
        named: by picture, the path of a page that names something else than a case.
    """
    yield "sign-in", None, "/sign-in"
    yield "queue", Role.FG, "/queue"
    yield "queue-filtered", Role.FG, "/queue?kind=access"
    yield "queue-search", Role.FG, "/queue?q=Visser"
    yield "queue-empty", Role.FG, "/queue?q=nietsteveinden"
    yield "not-found", Role.FG, "/nothing-here"
    yield "not-allowed", Role.HANDLER, "/figures"
    for kind, reference in references.items():
        yield f"case-{kind}", Role.FG, f"/cases/{reference}"
    yield "decide-granted", Role.BOARD, f"/cases/{references['access']}/decide?outcome=granted"
    yield "task", Role.FG, f"/cases/{references['access']}/tasks/collect"
    for name, path in named.items():
        yield name, Role.FG, path
    for row in ROUTES:
        if "GET" not in row.methods or row.path in NO_PAGES or row.path.endswith(FILES):
            continue
        role = next((role for role in (Role.FG, Role.BOARD, Role.ADMIN) if role in row.who), None)
        path = row.path.replace("{reference}", references["access"])
        if role is None or "{" in path or path in {"/queue", f"/cases/{references['access']}"}:
            continue
        yield (
            path.strip("/").replace(f"cases/{references['access']}", "act").replace("/", "-"),
            role,
            path,
        )
    # Last, for what is typed here is kept as a draft.
    yield "extend-look", Role.FG, f"/cases/{references['access']}/extend"
    yield "decide-look", Role.BOARD, f"/cases/{references['access']}/decide?outcome=granted"
    yield "sign-in-second", None, "/sign-in"
    yield "sign-in-app", None, "/sign-in"


def fill(page: Page) -> None:
    """Type into whatever must be filled, and ask for the second look."""
    for area in page.locator("#act textarea[required]").all():
        area.fill("Wij hebben de gegevens uit alle systemen van de school opgezocht.")
    for day in page.locator("#act input[type=date][required]").all():
        day.fill(day.get_attribute("max") or DAY.isoformat())
    page.click("#act button.main")


def enter_as(person: Person) -> Callable[[Page], None]:
    """Sign in as far as the second step."""

    def enter(page: Page) -> None:
        page.fill("[name=address]", person.address)
        page.fill("[name=password]", person.password)
        page.click("main button")

    return enter


FIRST: Mapping[str, Callable[[Page], None]] = {
    "extend-look": fill,
    "decide-look": fill,
    "sign-in-second": enter_as(FG),
    "sign-in-app": enter_as(HANDLER),
}
"""What is done on a page before its picture is taken."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Play the demo's day, serve the desk over it, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pictures whose name begins so")
    parser.add_argument("--widths", nargs="*", default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--schemes", nargs="*", default=list(SCHEMES), choices=list(SCHEMES))
    parser.add_argument("--readme", action="store_true", help="renew the README's small ones too")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    randomness = random.Random(SEED).randbytes
    with tempfile.TemporaryDirectory() as place:
        folder = prepare(Path(place) / "demo", keep=False)
        with stage_of(folder, find("sipor", folder.path), DAY, randomness) as stage:
            access = _play(stage)
            house = TestHouse(stage.settings, stage.house, stage.play.clock)
            house.officers = {one.role: one.address for one in EVERYBODY}
            desk = serve(house, stage.play.clock)  # type: ignore[arg-type]
            seeds = give_apps(stage.settings, {FG, BOARD, ADMIN})
            desk.seeds = {one.role: seeds.get(one.address, "") for one in EVERYBODY}
            try:
                _take(desk, access, chosen)
            finally:
                desk.close()
    if chosen.readme:
        _shrink()


def _shrink() -> None:
    """Make the README's pictures: small in size and in colours, so that the repository stays so."""
    for name, large in SHOWN.items():
        with Image.open(FOLDER / f"{large}-wide-light.png") as picture:
            height = picture.width * SMALL_SIZE[1] // SMALL_SIZE[0]
            top = picture.convert("RGB").crop((0, 0, picture.width, height))
            small = top.resize(SMALL_SIZE, Image.Resampling.LANCZOS)
            few = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            few.save(SMALL / f"{name}.png", optimize=True)


def _play(stage: Stage) -> str:
    """Let the day happen; return the case of access that was confirmed and extended."""
    steps = list(stage.play.mails(planned()))
    stage.play.clock.now += AFTERNOON
    stage.people.decide(steps)
    extended = stage.people.extend(steps)
    stage.play.round()
    stage.house.prove()
    return extended.reference


def _take(desk: DeskServer, access: str, chosen: argparse.Namespace) -> None:
    with Visitor(desk, Role.FG) as visitor:
        visitor.post(f"/cases/{access}/identity", how="known_address", note="")
        references = {**_references(desk), "access": access}
        entry = visitor.post("/breaches", reference=references["breach"]).headers["location"]
        named = {"breach": entry} | {
            name: path.search(visitor.get(there).text)[1]  # type: ignore[index]
            for name, (there, path) in LISTED.items()
        }
    wanted = [one for one in shots(references, named) if one[0].startswith(chosen.only)]
    tokens = {role: apart(lambda role=role: desk.session(role)) for role in Role}  # type: ignore[misc]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in chosen.widths:
            for scheme in chosen.schemes:
                for role in (None, *Role):
                    mine = [one for one in wanted if one[1] is role]
                    _look(browser, desk, mine, (width, scheme), tokens.get(role) if role else None)
        browser.close()
    Console().print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER}")


def _look(
    browser: Browser,
    desk: DeskServer,
    wanted: Sequence[Shot],
    way: tuple[str, str],
    token: str | None,
) -> None:
    width, scheme = way
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": WIDTHS[width], "height": HEIGHT},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    if token:
        _enter(context, token)
    page = context.new_page()
    for name, _role, path in wanted:
        if not token:
            context.clear_cookies()
        page.goto(desk.url + path)
        if name in FIRST:
            FIRST[name](page)
            page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
    context.close()


def _enter(context: BrowserContext, token: str) -> None:
    context.add_cookies(
        [
            {
                "name": TOKEN,
                "value": token,
                "domain": "localhost",
                "path": "/",
                "secure": True,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )


def _references(desk: DeskServer) -> dict[str, str]:
    """Take a case of each kind, the newest first."""
    with desk.house.house.engine.begin() as connection:
        rows = connection.execute(cases.select().order_by(cases.c.id))
        return {str(row.kind): str(row.reference) for row in rows}


if __name__ == "__main__":
    main()
