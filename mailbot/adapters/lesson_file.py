"""Writes texts to learn from as the training texts are written: TOML, one voice for each board."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class LessonText(Protocol):
    """One mail with its labels, the people taken out of it."""

    @property
    def language(self) -> str:
        """The language, as ISO 639-1."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """What it is, the primary label first."""
        ...

    @property
    def subject(self) -> str:
        """The subject."""
        ...

    @property
    def text(self) -> str:
        """The new text."""
        ...


def lesson_file(board: str, texts: Sequence[LessonText]) -> str:
    """Return the file: the same texts always give the same bytes."""
    head = [
        "# Written by `mailbot learn export`: people, addresses and numbers are replaced.",
        'voice = "board"',
        f"topic = {_quoted(f'cases of {board}, as officers labelled them')}",
        'language = "nl"',
        "tells_flags = false",
    ]
    return "\n".join([*head, *map(_mail, texts)]) + "\n"


def write_lessons(path: Path, board: str, texts: Sequence[LessonText]) -> None:
    """Write the file; only its owner may read it."""
    path.touch(mode=0o600)
    path.write_text(lesson_file(board, texts), encoding="utf-8")


def _mail(one: LessonText) -> str:
    labels = ", ".join(map(_quoted, one.labels))
    return "\n".join(
        [
            "\n[[mail]]",
            f"is = [{labels}]",
            f"language = {_quoted(one.language)}",
            f"subject = {_quoted(one.subject)}",
            f"text = {_quoted(one.text)}",
        ]
    )


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for the one control letter that JSON lets through.
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)
