"""Reads the labelled texts, each with the voice it belongs to."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import Flag

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts"
MAILS = HERE.parent.parent / "tests" / "mails" / "classify"
"""Mails labelled for the word tables; only the half the tables were made with is learned from."""

LABELS = (*(kind.value for kind in Kind), "follow_up", "spam", "automatic")
"""What a sentence or a mail may be; a text may be several of them, or none."""
FLAGS = tuple(
    flag.value
    for flag in (
        Flag.SAFETY,
        Flag.URGENT,
        Flag.DOUBTFUL_AUTHORITY,
        Flag.PUPIL_16,
        Flag.PARENT_OF_PUPIL_16,
        Flag.INSTRUCTIONS_IN_MAIL,
    )
)
"""Flags that are learned; the others follow from files, numbers and kinds."""


class LabelUnknown(ValueError):
    """A text names a label that does not exist."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One sentence or one whole mail, with what it is."""

    voice: str
    """The file it stands in: an author style on one topic. Tests split by it."""
    language: str
    text: str
    labels: tuple[str, ...]
    """The primary one first; empty where nothing is asked."""
    whole: bool
    """Whether it is a whole mail."""
    subject: str = ""
    quoted: str = ""
    """What stood below, quoted."""
    reply: bool = False
    """Whether it answers one of our letters, as its headers show."""
    flags: tuple[str, ...] = ()
    """What an officer should see first, where the writer said so."""
    tells_flags: bool = False
    """Whether the flags that are not there are known not to hold."""
    held_out: bool = False
    by_tables: bool = False
    """Whether the word tables were made with this mail in sight."""
    joined: bool = False
    """Whether it was put together from two: learned from, never measured by."""


def _labels(row: dict[str, Any], path: Path) -> tuple[str, ...]:
    said = row["is"]
    labels = tuple(said.split()) if isinstance(said, str) else tuple(said)
    unknown = [label for label in labels if label not in LABELS]
    if unknown:
        raise LabelUnknown(f"{path.name}: no such label {unknown[0]!r}")
    return labels


def _file(path: Path) -> Iterator[LabelledText]:
    table = tomllib.loads(path.read_text("utf-8"))
    voice = f"{path.parent.name}/{path.stem}"
    held_out = bool(table.get("held_out", False))
    for section in ("sentence", "mail"):
        for row in table.get(section, []):
            yield LabelledText(
                voice=voice,
                language=row.get("language", table["language"]),
                text=row["text"].strip(),
                labels=_labels(row, path),
                whole=section == "mail",
                subject=row.get("subject", ""),
                quoted=row.get("quoted", ""),
                flags=tuple(row.get("flags", ())),
                tells_flags=section == "mail" and bool(table.get("tells_flags", True)),
                held_out=held_out,
            )


def _older(half: str) -> Iterator[LabelledText]:
    for path in sorted((MAILS / half).glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["mail"]):
            yield LabelledText(
                # One hand wrote them all; runs of ten keep neighbours on one side.
                voice=f"{path.stem}/{number // 10}",
                language=row.get("language", "nl"),
                text=row["text"].strip(),
                labels=_labels(row, path),
                whole=True,
                subject=row.get("subject", ""),
                reply=bool(row.get("reply")),
                held_out=half == "kept_apart",
                by_tables=half == "tuning",
            )


def labelled_texts(folder: Path = TEXTS) -> list[LabelledText]:
    """
    Read every labelled text there is.

    Args:
        folder: where the files of the voices lie, a folder for each language.

    Returns:
        Sentences and mails in the order of their files, so that two runs see the same.

    Raises:
        LabelUnknown: a text names a label that does not exist.
    """
    found = [text for path in sorted(folder.glob("*/*.toml")) for text in _file(path)]
    if folder == TEXTS:
        found += [*_older("tuning"), *_older("kept_apart")]
    return found
