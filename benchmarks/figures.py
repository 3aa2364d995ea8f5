"""Works the verdicts on labelled mails out into figures, and writes them as tables."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.judged import Judged, Verdict, first, wanted
from classifiers.training.labelled import LABELS, LabelledText
from classifiers.weighing import RIGHT_CODES

Point = tuple[float, float, int]
_FEW_WORDS = 5
_BINS = 10
_FLAGS = (
    "instructions_in_mail",
    "urgent",
    "several_requests",
    "doubtful_authority",
    "pupil_16",
    "parent_of_pupil_16",
    "safety",
)


def score(
    mails: Sequence[LabelledText], verdicts: Sequence[Verdict], label: str
) -> tuple[int, float, float, float]:
    """Return how many mails are of a label, and precision, recall and F1 of finding them."""
    pairs = list(zip(mails, verdicts, strict=True))
    hit = sum(label in wanted(t) and label in v.labels for t, v in pairs)
    said = sum(label in v.labels for _, v in pairs)
    there = sum(label in wanted(t) for t, _ in pairs)
    precision, recall = hit / said if said else 0.0, hit / there if there else 0.0
    both = precision + recall
    return there, precision, recall, 2 * precision * recall / both if both else 0.0


def right(mails: Sequence[LabelledText], verdicts: Sequence[Verdict]) -> list[bool]:
    """Say of each mail whether its primary label was found."""
    return [v.primary == first(t) for t, v in zip(mails, verdicts, strict=True)]


def calibration(
    mails: Sequence[LabelledText], verdicts: Sequence[Verdict]
) -> tuple[float, list[Point]]:
    """
    Hold confidences against how often they were right.

    Returns:
        The expected calibration error over ten bins; and of each bin the mean confidence, the
        share that was right and the number of mails.
    """
    told = [
        (v.confidence, hit)
        for v, hit in zip(verdicts, right(mails, verdicts), strict=True)
        if v.confidence is not None
    ]
    confidence = np.array([one for one, _ in told])
    hits = np.array([hit for _, hit in told])
    place = np.clip((confidence * _BINS).astype(int), 0, _BINS - 1)
    points = [
        (float(confidence[here].mean()), float(hits[here].mean()), int(here.sum()))
        for here in (place == number for number in range(_BINS))
        if here.any()
    ]
    total = sum(count for *_, count in points) or 1
    return sum(abs(x - y) * count for x, y, count in points) / total, points


def _share(hits: Sequence[bool]) -> float:
    return float(np.mean(hits)) if len(hits) else float("nan")


def figures(mails: Sequence[LabelledText], one: Judged) -> dict[str, float]:
    """Return what the issue asks for, by name."""
    vs = one.verdicts
    hits = right(mails, vs)
    pairs = list(zip(mails, vs, hits, strict=True))
    near = [hit for t, _, hit in pairs if t.language in {"nl", "en"}]
    far = [hit for t, _, hit in pairs if t.language not in {"nl", "en"}]
    met = [label for label in LABELS if any(label in wanted(t) for t in mails)]
    times = sorted(v.seconds * 1000 for v in vs)
    several = [(t, v) for t, v, _ in pairs if len(RIGHT_CODES & wanted(t)) > 1]
    asked = [t.language == v.language for t, v, _ in pairs if len(t.text.split()) >= _FEW_WORDS]
    return {
        "mails": float(len(vs)),
        "primary right": _share(hits),
        "primary right, nl and en": _share(near),
        "primary right, other languages": _share(far),
        "right and not left to a person": _share([hit and not v.unsure for _, v, hit in pairs]),
        "macro F1, all labels": float(np.mean([score(mails, vs, label)[3] for label in met])),
        "calibration error": calibration(mails, vs)[0],
        "left to a person (unsure)": _share([v.unsure for v in vs]),
        "sure (0.9 or more)": _share([v.sure for v in vs]),
        "sure and wrong, of the sure": _share(
            [not hit for _, v, hit in pairs if v.sure] or [False]
        ),
        "breaches": float(sum("breach" in t.labels for t in mails)),
        "breaches not put forward": float(
            sum("breach" in t.labels and not v.breach_seen for t, v, _ in pairs)
        ),
        "rights filed away": float(
            sum(v.filed_away and bool(RIGHT_CODES & wanted(t)) for t, v, _ in pairs)
        ),
        "mails with two rights or more": float(len(several)),
        "of those, all found": _share([RIGHT_CODES & wanted(t) <= v.labels for t, v in several]),
        "language right, five words or more": _share(asked),
        "ms a mail, median": times[len(times) // 2],
        "ms a mail, 95th percentile": times[int(len(times) * 0.95)],
    }


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def main_table(mails: Sequence[LabelledText], judged: Sequence[Judged]) -> Iterator[str]:
    """Write the figures of each classifier side by side."""
    columns = [figures(mails, one) for one in judged]
    rows = [[name, *(f"{one[name]:.3f}" for one in columns)] for name in columns[0]]
    yield from _table(["", *(one.name for one in judged)], rows)


def by_kind(mails: Sequence[LabelledText], judged: Sequence[Judged]) -> Iterator[str]:
    """Write the scores of each label; the baselines with their F1."""
    rows = []
    for label in LABELS:
        there, precision, recall, both = score(mails, judged[0].verdicts, label)
        if there:
            others = [f"{score(mails, one.verdicts, label)[3]:.2f}" for one in judged[1:]]
            mine = [
                (t, v) for t, v in zip(mails, judged[0].verdicts, strict=True) if first(t) == label
            ]
            unsure = _share([v.unsure for _, v in mine])
            ms, vs = [t for t, _ in mine], [v for _, v in mine]
            error = calibration(ms, vs)[0] if mine else 0.0
            rows.append(
                [f"`{label}`", str(there)]
                + [f"{one:.2f}" for one in (precision, recall, both, error, unsure)]
                + others
            )
    head = ["label", "mails", "precision", "recall", "F1", "calibration error", "unsure"]
    yield from _table([*head, *(f"F1 {one.name}" for one in judged[1:])], rows)


def by_language(mails: Sequence[LabelledText], judged: Sequence[Judged]) -> Iterator[str]:
    """Write for each language how often each classifier is right."""
    rows = []
    for code in sorted({t.language for t in mails}):
        here = [n for n, t in enumerate(mails) if t.language == code]
        ms = [mails[n] for n in here]
        mine = [judged[0].verdicts[n] for n in here]
        met = [label for label in LABELS if any(label in wanted(t) for t in ms)]
        macro = float(np.mean([score(ms, mine, label)[3] for label in met]))
        told = [
            v.language == code
            for t, v in zip(ms, mine, strict=True)
            if len(t.text.split()) >= _FEW_WORDS
        ]
        rows.append(
            [code, str(len(here))]
            + [f"{_share(right(ms, [one.verdicts[n] for n in here])):.2f}" for one in judged]
            + [f"{macro:.2f}", f"{calibration(ms, mine)[0]:.2f}"]
            + [f"{_share([v.unsure for v in mine]):.2f}", f"{_share(told):.2f}"]
        )
    head = ["language", "mails", *(f"right, {one.name}" for one in judged)]
    yield from _table([*head, "macro F1", "calibration error", "unsure", "language told"], rows)


def by_flag(mails: Sequence[LabelledText], one: Judged) -> Iterator[str]:
    """Write how well flags are raised, on the files whose writer labelled flags."""
    labelled = {t.voice for t in mails if t.flags}
    rows = []
    for flag in _FLAGS:
        pairs = [
            (flag in t.flags, flag in v.flags)
            for t, v in zip(mails, one.verdicts, strict=True)
            if t.voice in labelled
        ]
        hit = sum(a and b for a, b in pairs)
        there, said = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        rows.append([f"`{flag}`", str(there), str(said), str(hit)])
    yield from _table(["flag", "labelled", "raised", "both"], rows)


def confusion(mails: Sequence[LabelledText], one: Judged) -> Iterator[str]:
    """Write which primary label was taken for which."""
    wrong = Counter(
        (first(t), v.primary)
        for t, v in zip(mails, one.verdicts, strict=True)
        if first(t) != v.primary
    )
    rows = [
        [f"`{a}`", f"`{b}`", str(n)]
        for (a, b), n in sorted(wrong.items(), key=lambda x: (-x[1], x[0]))
    ]
    yield from _table(["is", "was taken for", "mails"], rows)
