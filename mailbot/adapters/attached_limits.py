"""Say how much of an attached file is read before the rest is left to a person."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Far beyond an honest letter, and far below what would hold the robot up."""

    seconds: float = 30.0
    """For all files of one mail together, by the clock on the wall."""
    cpu_seconds: int = 40
    memory: int = 768 * MIB
    """Address space of the reading process, and of tesseract, each."""
    answer: int = 4 * MIB
    """Bytes the reading process may write back."""
    files: int = 10
    file: int = 25 * MIB
    """A larger file is not opened."""
    together: int = 40 * MIB
    pages: int = 20
    """Pages of a PDF that are read."""
    pictures: int = 4
    """Pictures and scanned pages whose letters are recognised; the dear part."""
    pixels: int = 50_000_000
    """A telephone's largest photograph has 48 million."""
    least_pixels: int = 40_000
    """A smaller picture is a logo or a smiley and holds no letter."""
    longest_side: int = 2_600
    """Pictures are shrunk to this before their letters are recognised: 220 dots an inch on A4."""
    letters: int = 60_000
    """Letters of text of one file."""
    unpacked: int = 60 * MIB
    """What an office document may unpack to."""
    entries: int = 2_000
    """Files within an office document."""


LIMITS = ReadingLimits()
