"""Reads attached files in a process of its own, which is killed when it takes too long."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mailbot.adapters.attached_limits import LIMITS, ReadingLimits
from mailbot.domain.mail import AttachedText, Attachment

_CODE = re.compile(r"[a-z_]{2,30}")
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "mailbot.adapters.attached_child"
READABLE = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.oasis.opendocument.text",
        "image/bmp",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/tiff",
        "image/webp",
        "text/html",
        "text/markdown",
        "text/plain",
    }
)
"""The types whose text is read; every other file is left to a person."""
MAY_SHOW_A_DOCUMENT = frozenset(kind for kind in READABLE if not kind.startswith("text/"))
WANTED_LANGUAGES = frozenset({"nld", "eng", "tur", "ara", "osd"})
"""The last one tells how a page lies."""


@dataclass(frozen=True, slots=True)
class AttachmentTexts:
    """The reader of attached files; keeps nothing between two mails."""

    limits: ReadingLimits = LIMITS

    def read(self, files: Sequence[Attachment]) -> tuple[AttachedText, ...]:
        """
        Read the text of attached files, within limits of size, pages, pixels, memory and time.

        Never raises: what cannot be read comes back with the reason as a code (`encrypted`,
        `damaged`, `too_large`, `too_long`, `gave_up`, `no_text`, `type_not_read`). A picture
        too small to hold a letter is a logo and is left out.

        Args:
            files: the attachments of one mail, all to be read in the same span of time.

        Returns:
            What was read of each, in order.
        """
        chosen = [file for file in files if _why_not(file, self.limits) is None]
        chosen = _within(chosen, self.limits)
        answers = iter(self._ask(chosen, documents_only=False))
        taken = {id(file): next(answers) for file in chosen}
        read = (_reading(file, taken.get(id(file)), self.limits) for file in files)
        return tuple(one for one in read if one.problem != "too_small")

    def shows_identity_document(self, file: Attachment) -> bool | None:
        """
        Say whether a file shows the machine-readable lines of an identity document.

        Returns:
            None when it cannot be told: too large, encrypted, damaged or too slow.
        """
        if file.content_type not in MAY_SHOW_A_DOCUMENT:
            return False
        if _why_not(file, self.limits) is not None:
            return None
        answer = self._ask([file], documents_only=True)[0]
        return None if answer is None or answer.get("problem") else bool(answer["identity"])

    def _ask(
        self, files: Sequence[Attachment], *, documents_only: bool
    ) -> list[dict[str, Any] | None]:
        """Put files to the reading process; None for those it did not come to."""
        if not files:
            return []
        # Both sides are memory, never a file on a disk, and the system caps the answer's size.
        source, answers = os.memfd_create("files"), os.memfd_create("answers")
        try:
            with os.fdopen(os.dup(source), "wb") as into:
                for file in files:
                    head = {"kind": file.content_type, "size": len(file.content)}
                    into.write(json.dumps(head | {"documents_only": documents_only}).encode())
                    into.write(b"\n" + file.content)
            os.lseek(source, 0, os.SEEK_SET)
            with contextlib.suppress(OSError):
                # No memory for one more process: the files wait for a person.
                self._run(source, answers)
            with os.fdopen(os.dup(answers), "rb") as told:
                told.seek(0)
                return _answers(told.read(), len(files))
        finally:
            os.close(source)
            os.close(answers)

    def _run(self, source: int, answers: int) -> None:
        child = subprocess.Popen(  # noqa: S603 - our own module; the files go in by the pipe.
            [sys.executable, "-m", _CHILD],
            stdin=source,
            stdout=answers,
            stderr=subprocess.DEVNULL,
            cwd="/",
            # No secret of ours is in the surroundings of the process that opens strangers' files.
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "PYTHONPATH": str(_ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                "LC_ALL": "C.UTF-8",
                "OMP_THREAD_LIMIT": "1",
            },
            start_new_session=True,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(self.limits.seconds)
        finally:
            # Its tesseract dies with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def missing_tools() -> tuple[str, ...]:
    """
    Name what is missing on this machine to read the letters in pictures.

    Returns:
        `tesseract`, or the languages it lacks; empty where everything is there.
    """
    program = shutil.which("tesseract")
    if program is None:
        return ("tesseract",)
    try:
        listed = subprocess.run(  # noqa: S603 - fixed words.
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ("tesseract",)
    return tuple(sorted(WANTED_LANGUAGES - set(listed.stdout.split())))


def _why_not(file: Attachment, limits: ReadingLimits) -> str | None:
    """Say why a file is not even opened, as a code."""
    if file.content_type not in READABLE:
        return "type_not_read"
    if "encrypted" in file.warnings and file.content_type != "application/pdf":
        return "encrypted"
    if file.size > limits.file or "too_large" in file.warnings:
        return "too_large"
    return None


def _within(files: Sequence[Attachment], limits: ReadingLimits) -> list[Attachment]:
    """Take files as long as there is room; papers first, for they are cheap."""
    room, kept = limits.together, list[Attachment]()
    for file in sorted(files, key=lambda one: one.content_type.startswith("image/")):
        if len(kept) < limits.files and len(file.content) <= room:
            kept.append(file)
            room -= len(file.content)
    return kept


def _reading(
    file: Attachment, answer: dict[str, Any] | None, limits: ReadingLimits
) -> AttachedText:
    why_not = _why_not(file, limits)
    if why_not is not None:
        return AttachedText(file.filename, "", why_not)
    if answer is None:
        return AttachedText(file.filename, "", "gave_up")
    return AttachedText(
        file.filename, answer["text"], answer["problem"], identity_document=answer["identity"]
    )


def _answers(told: bytes, wanted: int) -> list[dict[str, Any] | None]:
    """
    Read the whole lines; the last may be torn off where the process was killed.

    A file may have taken the process over, so that nothing it says is believed unseen.
    """
    found = [_sound(line) for line in told.split(b"\n")[:-1][:wanted]]
    return found + [None] * (wanted - len(found))


def _sound(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    text, problem = said.get("text", ""), said.get("problem")
    if not isinstance(text, str) or not isinstance(problem, str | None):
        return None
    code = problem if problem is None or _CODE.fullmatch(problem) else "damaged"
    return {"text": text, "problem": code, "identity": said.get("identity") is True}
