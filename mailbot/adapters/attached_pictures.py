"""Reads the letters in a picture with tesseract, without a file on the disk."""

import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from mailbot.adapters.attached_limits import ReadingLimits
from mailbot.adapters.attached_lines import recognised
from mailbot.adapters.attached_mrz import holds_machine_readable_lines

LANGUAGES = ("nld", "eng", "tur", "ara")
_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_UPRIGHT = "1"
"""The way of reading that first finds out how the page lies."""
_ONE_PICTURE = 20.0
"""Seconds tesseract may take over one picture."""
_SOME_WORDS = 3
_TURNS = (90, 270, 180)
_SOME_LETTERS = 10
"""Fewer than these are stray marks in a photograph of something else."""


@dataclass(slots=True)
class Pictures:
    """Recognises letters, as long as the limits of one mail allow."""

    limits: ReadingLimits
    taken: int = field(default=0, init=False)
    """How many pictures were looked at."""

    def text_of(self, content: bytes) -> tuple[str, bool, str | None]:
        """
        Read the letters in a picture, however it lies.

        Args:
            content: the bytes of the picture.

        Returns:
            The text; whether it holds an identity document; and why it was not read, as a code.
        """
        try:
            pages = list(self._pages(content))
        except _NotRead as error:
            return "", False, error.code
        texts: list[str] = []
        for page in pages:
            if self.taken >= self.limits.pictures:
                return "\n\n".join(texts), False, "too_long"
            self.taken += 1
            text, document = read_upright(page)
            if document:
                return "", True, None
            texts.append(text)
        whole = "\n\n".join(filter(None, texts))
        return whole, False, None if whole else "no_text"

    def shows_document(self, content: bytes) -> bool:
        """Say whether a picture shows machine-readable lines, however it lies."""
        try:
            pages = list(self._pages(content))
        except _NotRead:
            return False
        return any(_shows_lines(page) for page in pages)

    def _pages(self, content: bytes) -> Iterator[Image.Image]:
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                width, height = opened.size
                if width * height > self.limits.pixels:
                    raise _NotRead("too_large")
                if width * height < self.limits.least_pixels:
                    raise _NotRead("too_small")
                many = opened.format == "TIFF"
                frames = min(getattr(opened, "n_frames", 1), self.limits.pictures) if many else 1
                for number in range(frames):
                    if number:
                        opened.seek(number)
                    yield self._shrunk(opened)
        except (OSError, ValueError, SyntaxError, MemoryError, EOFError) as error:
            # Pillow names a broken file in many ways; what it means is the same.
            raise _NotRead("damaged") from error
        except Image.DecompressionBombError as error:
            raise _NotRead("too_large") from error

    def _shrunk(self, opened: Image.Image) -> Image.Image:
        side = self.limits.longest_side
        # A JPEG is decoded small at once, so that a photograph never fills the memory.
        opened.draft("L", (side, side))
        upright = ImageOps.exif_transpose(opened)
        if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
            # Letters on glass are read on white paper.
            flat = Image.new("RGBA", upright.size, "white")
            flat.alpha_composite(upright.convert("RGBA"))
            upright = flat
        page = upright.convert("L")
        page.thumbnail((side, side))
        return page


class _NotRead(Exception):
    """A picture that is not read; why, as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_upright(page: Image.Image) -> tuple[str, bool]:
    """Read a picture; return its text and whether it shows an identity document."""
    raw = _tesseract(page)
    if holds_machine_readable_lines(raw):
        return "", True
    text = recognised(raw)
    return (text if _is_readable(text) else ""), False


def _shows_lines(page: Image.Image) -> bool:
    """
    Look for machine-readable lines, turned by hand where there are too few letters to tell.

    Tesseract finds out by itself how a page of text lies; of a photograph of a card it may not.
    """
    raw = _tesseract(page)
    if holds_machine_readable_lines(raw):
        return True
    marks = sum(letter.isalnum() for letter in raw)
    if marks < _SOME_LETTERS or _is_readable(recognised(raw)):
        return False
    turned = (page.rotate(turn, expand=True) for turn in _TURNS)
    return any(holds_machine_readable_lines(_tesseract(one)) for one in turned)


def _is_readable(text: str) -> bool:
    """Tell a text from the stray marks that recognition finds in a photograph."""
    words = text.split()
    wordlike = [word for word in words if len(word) > 1 and word.strip(".,!?:;()\"'").isalpha()]
    return len(wordlike) >= _SOME_WORDS and len(wordlike) >= 0.6 * len(words)


def _tesseract(page: Image.Image) -> str:
    """Recognise the letters of a picture; it goes in and its text comes out by a pipe."""
    picture = io.BytesIO()
    page.save(picture, "PNG", compress_level=1)
    asked = ["tesseract", "stdin", "stdout", "-l", "+".join(LANGUAGES), "--psm", _UPRIGHT]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; the picture goes in by the pipe.
            asked,
            input=picture.getvalue(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_ONE_PICTURE,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\x0c", "\n")
