"""Encodes sentences once and keeps what came out, since encoding is the slow part of training."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from classifiers.learned.meaning import Floats, deep_meaning, quick_meaning

_BATCH = 64


class Encoded:
    """The meanings of sentences, computed once and kept in a file under `build/`."""

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._rows: dict[str, dict[str, Floats]] = {"quick": {}, "deep": {}}
        self._encoders = {"quick": quick_meaning, "deep": deep_meaning}
        if kept is not None and kept.exists():
            self._load(kept)

    def _load(self, kept: Path) -> None:
        with np.load(kept, allow_pickle=False) as table:
            for name, rows in self._rows.items():
                rows.update(zip(table[f"{name}_texts"].tolist(), table[name], strict=True))

    def __call__(self, name: str, sentences: Sequence[str]) -> Floats:
        """
        Place sentences by one encoder.

        Args:
            name: `quick` or `deep`.
            sentences: what to place.

        Returns:
            One row for each sentence.
        """
        rows = self._rows[name]
        new = sorted({text for text in sentences if text not in rows})
        encode: Callable[[Sequence[str]], Floats] = self._encoders[name]
        for at in range(0, len(new), _BATCH):
            batch = new[at : at + _BATCH]
            rows.update(zip(batch, encode(batch), strict=True))
        if not sentences:
            return encode([])
        return np.stack([rows[text] for text in sentences])

    def keep(self) -> None:
        """Write what was computed, for the next run."""
        if self._kept is None:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        table: dict[str, np.ndarray] = {}
        for name, rows in self._rows.items():
            if rows:
                table[f"{name}_texts"] = np.array(list(rows))
                table[name] = np.stack(list(rows.values())).astype(np.float32)
        if len(table) == 4:
            np.savez(self._kept, allow_pickle=False, **table)
