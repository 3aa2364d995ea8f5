"""The process that opens attached files: it may hang, swell or die, and nobody is harmed."""

import json
import resource
import sys
from typing import Any, BinaryIO

from mailbot.adapters.attached_limits import LIMITS, ReadingLimits

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_MACRO = "application/vnd.ms-word.document.macroenabled.12"
ODT = "application/vnd.oasis.opendocument.text"


def confine(limits: ReadingLimits) -> None:
    """Let the system itself keep this process and its children within the limits."""
    wanted = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.answer),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in wanted:
        resource.setrlimit(what, (most, most))


def read_one(kind: str, content: bytes, pictures: Any, *, documents_only: bool) -> dict[str, Any]:
    """Read one file; whatever it breaks ends here as a code."""
    # Imported within the limits: a library is part of what may go wrong.
    from mailbot.adapters import attached_papers as papers  # noqa: PLC0415

    try:
        if documents_only:
            return {"identity": _shows_document(kind, content, pictures)}
        if kind == PDF:
            text, identity, problem = papers.pdf(content, LIMITS, pictures)
        elif kind in {WORD, WORD_MACRO}:
            text, identity, problem = papers.word(content, LIMITS, pictures)
        elif kind == ODT:
            text, identity, problem = papers.open_document(content, LIMITS, pictures)
        elif kind.startswith("image/"):
            text, identity, problem = pictures.text_of(content)
        else:
            text, identity, problem = papers.plain(content, kind, LIMITS)
    except papers.NotRead as error:
        return {"text": "", "problem": error.code, "identity": False}
    except Exception:  # noqa: BLE001 - a file that breaks a library must not hide the next one.
        return {"text": "", "problem": "damaged", "identity": False}
    return {"text": text[: LIMITS.letters], "problem": problem, "identity": identity}


def _shows_document(kind: str, content: bytes, pictures: Any) -> bool:
    from mailbot.adapters import attached_papers as papers  # noqa: PLC0415

    if kind.startswith("image/"):
        return bool(pictures.shows_document(content))
    return any(pictures.shows_document(one) for one in papers.pictures_in(kind, content, LIMITS))


def main(source: BinaryIO, answers: BinaryIO) -> None:
    """
    Read files from *source* until it ends, and answer each with a line of JSON.

    Each file is a line of JSON (`kind`, `size`, `documents_only`) and then its bytes.
    """
    confine(LIMITS)
    from mailbot.adapters.attached_pictures import Pictures  # noqa: PLC0415

    pictures = Pictures(LIMITS)
    while head := source.readline():
        asked = json.loads(head)
        content = source.read(asked["size"])
        answer = read_one(
            asked["kind"], content, pictures, documents_only=bool(asked.get("documents_only"))
        )
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
