"""Learns which names of a mail are the child's: `make train-names`."""

import logging
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.folding import fold
from classifiers.naming import (
    BUCKETS,
    WORDS,
    Chooser,
    Words,
    candidates,
    save,
    tokens_of,
)
from classifiers.training.fitting import fit_labels
from classifiers.training.labelled import TEXTS

_LEAST = -0.4
"""How much must speak for a name: on voices that were not learned from (two folds), less of it
invents more, and more of it finds fewer than the rules alone."""
_STRICTNESS = 2.0
_LEAST_VOICES = 3
"""Voices that must have a mark, or a word, before it is learned from."""

log = logging.getLogger("train")


@dataclass(frozen=True, slots=True)
class NamedMail:
    """One mail, and the child its label names."""

    voice: str
    text: str
    subject: str
    facts: dict[str, Any] | None
    """None where the mail carries no facts; its words are read all the same."""

    @property
    def children(self) -> tuple[str, ...]:
        """The names of the label, taken apart."""
        names = str((self.facts or {}).get("child_name", "")).split(";")
        return tuple(name.strip() for name in names if name.strip())


def mails() -> Iterator[NamedMail]:
    """Give every whole mail whose voice is not held out."""
    for path in sorted(TEXTS.glob("*/*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        if not table.get("held_out"):
            for row in table.get("mail", []):
                voice = f"{path.parent.name}/{path.stem}"
                subject = row.get("subject", "")
                yield NamedMail(voice, row["text"].strip(), subject, row.get("facts"))


def common_words(read: Sequence[NamedMail]) -> Words:
    """Find the words several voices write in small letters and nobody bears as a name."""
    voices: dict[str, set[str]] = defaultdict(set)
    for mail in read:
        facts = mail.facts or {}
        borne = fold(f"{facts.get('child_name', '')} {facts.get('requester_name', '')}")
        names = set(borne.replace(";", " ").split())
        for token in tokens_of(f"{mail.text}\n{mail.subject}"):
            small = token.text.islower() or "\u0600" <= token.text[0] <= "\u06ff"
            if small and len(token.text) > 1 and token.folded not in names:
                voices[token.folded].add(mail.voice)
    met = np.zeros(WORDS, np.uint8)
    for word, written in voices.items():
        if len(written) >= _LEAST_VOICES:
            met[zlib.crc32(word.encode()) % WORDS] = 1
    return Words(met.tobytes())


def is_child(value: str, children: Sequence[str]) -> bool:
    """Say whether a name, in whatever case, is one of those of the label."""
    said = fold(value.split(maxsplit=1)[0]).split("'")[0]
    for name in children:
        parts = [fold(part).split("'")[0] for part in name.split()]
        first = parts[0] if len(parts[0].rstrip(".")) > 1 else parts[-1]
        near = min(len(said), len(first)) > 2 and abs(len(said) - len(first)) <= 3
        shared = 0
        while shared < min(len(said), len(first)) and said[shared] == first[shared]:
            shared += 1
        if said in parts or (near and shared >= max(3, len(first) - 2)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Learned:
    """Candidates of many mails, one row each."""

    rows: Any
    wanted: NDArray[np.float64]
    voice: NDArray[np.int64]


def lay_out(read: Sequence[NamedMail], common: Words) -> Learned:
    """Turn the candidates of every labelled mail into rows."""
    labelled = [mail for mail in read if mail.facts is not None]
    found = [candidates(mail.text, mail.subject, common) for mail in labelled]
    numbers = {voice: at for at, voice in enumerate(sorted({m.voice for m in labelled}))}
    rows, wanted, voices = [], [], []
    for mail, names in zip(labelled, found, strict=True):
        for one in names:
            rows.append(sorted(one.buckets))
            wanted.append(float(is_child(one.value, mail.children)))
            voices.append(numbers[mail.voice])
    ends = np.cumsum([0, *map(len, rows)])
    matrix = sparse.csr_matrix(
        (np.ones(ends[-1]), np.concatenate(rows), ends), shape=(len(rows), BUCKETS)
    )
    return Learned(matrix, np.array(wanted), np.array(voices))


def fit(learned: Learned) -> tuple[NDArray[np.float64], float]:
    """Fit a weight for each mark that several voices have."""
    cells = learned.rows.tocoo()
    pairs = np.unique(cells.col.astype(np.int64) << 20 | learned.voice[cells.row])
    kept = (np.bincount(pairs >> 20, minlength=BUCKETS) >= _LEAST_VOICES).astype(float)
    wanted = learned.wanted[:, None]
    weights, offset = fit_labels(
        (learned.rows @ sparse.diags(kept)).tocsr(), wanted, np.ones_like(wanted), _STRICTNESS
    )
    return weights[:, 0] * kept, float(offset[0])


def main() -> None:
    """Learn from the texts and write what was learned."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    read = list(mails())
    common = common_words(read)
    learned = lay_out(read, common)
    weights, offset = fit(learned)
    save(Chooser(tuple(weights.tolist()), offset, _LEAST, common))
    log.info("%d names, %d of them a child's", len(learned.wanted), learned.wanted.sum())


if __name__ == "__main__":
    main()
