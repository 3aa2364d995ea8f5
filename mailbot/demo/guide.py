"""Where everything of a demo lies, and commands that work when they are copied."""

import os
import shlex
import shutil
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from mailbot.demo.folder import Folder
from mailbot.demo.officers import BOARD, FG
from mailbot.demo.play import Step
from mailbot.demo.tally import Tally
from mailbot.domain.case import CaseFile
from mailbot.domain.kinds import Kind

Row = tuple[str, str]


def near(path: Path) -> str:
    """Write a path as short as it can be from here."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)


def program(own: Path) -> str:
    """Name this program so that a copied command finds it; *own* is how it was started."""
    found = shutil.which("mailbot")
    if found is not None and Path(found).resolve() == own.resolve():
        return "mailbot"
    if own.name == "mailbot":
        return shlex.quote(near(own.absolute()))
    return f"{shlex.quote(near(Path(sys.executable)))} -m mailbot"


def places(folder: Folder, tally: Tally) -> Sequence[Row]:
    """Say what lies where in the demo's folder."""
    inside = folder.path
    return (
        (f"{near(folder.mails)}/", f"the {tally.mails} mails, as they came in"),
        (
            f"{near(folder.letters)}/",
            f"the {tally.letters_sent} letters; a mail program opens them",
        ),
        (near(inside / "mailbot.db"), "the database; what is personal is sealed in it"),
        (near(inside / "mailbot.key"), "the key that opens it"),
        (near(folder.settings), "the settings"),
        (near(inside / "mailbot.alarms"), "what a person was called for"),
        (near(inside / "README.txt"), "this page again"),
    )


def tries(
    folder: Folder, steps: Sequence[Step], returned: Collection[str], program: str
) -> Sequence[Row]:
    """
    Name the commands to try next, with references of this day.

    Args:
        folder: the demo's folder.
        steps: the mails of the day.
        returned: the cases whose requester cannot be reached.
        program: how this program is called from here.
    """
    opened = [step.reading.opened for step in steps if step.reading.opened]
    several = max(opened, key=len)[0].reference
    consent = _of_kind(
        Kind.CONSENT_WITHDRAWAL,
        [case for cases in opened for case in cases if case.reference not in returned],
    )
    password = shlex.quote(near(folder.password_file("board")))
    decide = (
        f"MAILBOT_OFFICER_PASSWORD_FILE={password} {program} case decide {consent} granted "
        f"--officer {BOARD.address} --grounds 'De toestemming is ingetrokken.' "
        "--done 'De fotos zijn verwijderd.' --where 'Kijk op de website.'"
    )
    return (
        (f". {shlex.quote(near(folder.shell_file))}", f"this shell finds the demo, as {FG.name}:"),
        (f"{program} queue", "the open cases:"),
        (
            f"{program} case show {several}",
            "a mail that asked several things, with every date explained:",
        ),
        (
            f"{program} case confirm {consent} {Kind.CONSENT_WITHDRAWAL}",
            "say what a case is about:",
        ),
        (
            f"{program} case decide {consent} granted --grounds 'Ik ben de FG.'",
            "the FG does not decide, and is refused:",
        ),
        (decide, f"{BOARD.name} does (the letter waits: the demo's mail host has stopped):"),
        (f"{program} outbox list", "what did not leave:"),
        (f"{program} quarantine list", "the mail that was set aside:"),
    )


def as_text(where: Sequence[Row], what: Sequence[Row]) -> str:
    """Write both as the README of the demo's folder."""
    lines = ["A demo of mailbot. People, schools and addresses are made up.", ""]
    lines += [f"{place:<36} {meaning}" for place, meaning in where]
    lines += ["", f"{FG.address} signs in with {FG.password}"]
    lines += [f"{BOARD.address} signs in with {BOARD.password}", ""]
    for command, meaning in what:
        lines += [f"# {meaning}", command, ""]
    return "\n".join(lines)


def _of_kind(kind: Kind, cases: Sequence[CaseFile]) -> str:
    """Name the case the machine most surely believes to be of this kind; any case without one."""
    found = [case for case in cases if case.kind is kind] or cases
    return max(found, key=lambda case: case.confidence).reference
