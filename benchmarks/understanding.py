"""Measures what the classifier understands of voices it has not seen, beside two baselines."""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse

from classifiers import classifier, first_classifier
from classifiers.language import slow_voice
from classifiers.training.combining import FOLDS, first_labels, fit_summing, look_unseen
from classifiers.training.corpus import Corpus, as_mail, lay_out
from classifiers.training.encoded import Encoded
from classifiers.training.fitting import fit_labels
from classifiers.training.labelled import LABELS, LabelledText, labelled_texts
from classifiers.training.learning import views_of
from classifiers.training.train import KEPT
from classifiers.weighing import RIGHTS
from mailbot.domain.ports import Classifier
from mailbot.domain.suggestion import Suggestion

INTO = Path("build")
POSSIBLE_BREACH = 0.2
FILED_AWAY = ("other", "spam", "automatic")


@dataclass
class Verdict:
    """What one classifier said of one mail."""

    primary: str
    labels: set[str]
    confidence: float
    language: str = "und"
    unsure: bool = False
    breach_seen: bool = False
    filed_away: bool = False
    seconds: float = 0.0


@dataclass
class Measured:
    name: str
    verdicts: list[Verdict] = field(default_factory=list)


def wanted(text: LabelledText) -> set[str]:
    return set(text.labels) or {"other"}


def first(text: LabelledText) -> str:
    return text.labels[0] if text.labels else "other"


def verdict(got: Suggestion, seconds: float) -> Verdict:
    primary = got.primary_code or got.route.value
    labels = {k.kind.value for k in got.kinds if k.confidence >= 0.5} | {primary}
    if got.route.value in ("follow_up", "spam", "automatic"):
        labels.add(got.route.value)
    return Verdict(
        primary=primary,
        labels=labels,
        confidence=got.kinds[0].confidence if got.kinds else got.follow_up,
        language=got.language,
        unsure=got.unsure,
        breach_seen=any(
            k.kind.value == "breach" and k.confidence >= POSSIBLE_BREACH for k in got.kinds
        ),
        filed_away=got.route.value in FILED_AWAY,
        seconds=seconds,
    )


def ask(one: Classifier, mails: Sequence[LabelledText], name: str) -> Measured:
    measured = Measured(name)
    one.classify(as_mail(mails[0]))
    for text in mails:
        mail = as_mail(text)
        begun = time.perf_counter()
        got = one.classify(mail)
        measured.verdicts.append(verdict(got, time.perf_counter() - begun))
    return measured


def langdetect_and_tfidf(corpus: Corpus, mails: Sequence[int]) -> Measured:
    """The textbook way: groups of letters of the whole mail, logistic regression, langdetect."""
    open_texts = np.array([not t.held_out for t in corpus.texts])
    rarity = np.ones(corpus.counts.shape[1], np.float32)
    rows = views_of(corpus, rarity, corpus.deep.mean(axis=0))["letters"]
    every = np.arange(len(corpus.owner))
    by_text = sparse.csr_matrix((np.ones(len(every)), (corpus.owner, every)))
    whole = by_text @ rows
    length = np.sqrt(np.asarray(whole.multiply(whole).sum(axis=1)).ravel()) + 1e-9
    whole = (sparse.diags(1 / length) @ whole).tocsr()
    learned = np.flatnonzero(open_texts)
    target = corpus.wanted[learned]
    weights, offset = fit_labels(whole[learned], target, np.ones_like(target), 0.05)
    measured = Measured("langdetect + TF-IDF")
    for number in mails:
        begun = time.perf_counter()
        z = np.asarray(whole[[number]] @ weights).ravel() + offset
        chance = 1 / (1 + np.exp(-z))
        code, _ = slow_voice(corpus.texts[number].text)
        best = int(chance.argmax())
        labels = {LABELS[n] for n in np.flatnonzero(chance >= 0.5)} | {LABELS[best]}
        away = LABELS[best] in FILED_AWAY
        measured.verdicts.append(
            Verdict(
                LABELS[best],
                labels,
                float(chance[best]),
                code,
                unsure=bool(chance[best] < 0.5),
                breach_seen="breach" in labels,
                filed_away=away,
                seconds=time.perf_counter() - begun,
            )
        )
    return measured


def f1(mails: Sequence[LabelledText], verdicts: Sequence[Verdict], label: str) -> tuple[float, ...]:
    hit = sum(
        label in wanted(t) and label in v.labels for t, v in zip(mails, verdicts, strict=True)
    )
    said = sum(label in v.labels for v in verdicts)
    there = sum(label in wanted(t) for t in mails)
    precision = hit / said if said else 0.0
    recall = hit / there if there else 0.0
    both = precision + recall
    return there, precision, recall, 2 * precision * recall / both if both else 0.0


def calibration(
    right: Sequence[bool], confidence: Sequence[float]
) -> tuple[float, list[tuple[float, float, int]]]:
    edges = np.linspace(0, 1, 11)
    place = np.clip(np.digitize(confidence, edges) - 1, 0, 9)
    error, points = 0.0, []
    for number in range(10):
        here = place == number
        if here.any():
            mean, share = (
                float(np.mean(np.array(confidence)[here])),
                float(np.mean(np.array(right)[here])),
            )
            error += here.mean() * abs(mean - share)
            points.append((mean, share, int(here.sum())))
    return float(error), points


def sentence_of_figures(mails: Sequence[LabelledText], one: Measured) -> dict[str, float]:
    vs = one.verdicts
    right = [v.primary == first(t) for t, v in zip(mails, vs, strict=True)]
    group = {
        "nl+en": [t.language in ("nl", "en") for t in mails],
        "other languages": [t.language not in ("nl", "en") for t in mails],
    }
    rights = {kind.value for kind in RIGHTS}
    sure = [v.confidence >= 0.9 and not v.unsure for v in vs]
    breaches = [v for t, v in zip(mails, vs, strict=True) if "breach" in t.labels]
    long = [(t, v) for t, v in zip(mails, vs, strict=True) if len(t.text.split()) >= 5]
    times = sorted(v.seconds * 1000 for v in vs)
    figures = {"mails": float(len(vs)), "primary right": float(np.mean(right))}
    for name, mask in group.items():
        if any(mask):
            figures[f"primary right, {name}"] = float(np.mean(np.array(right)[mask]))
    figures["right and not unsure"] = float(
        np.mean([r and not v.unsure for r, v in zip(right, vs, strict=True)])
    )
    met = [label for label in LABELS if any(label in wanted(t) for t in mails)]
    figures |= {
        "macro F1": float(np.mean([f1(mails, vs, label)[3] for label in met])),
        "calibration error": calibration(right, [v.confidence for v in vs])[0],
        "unsure": float(np.mean([v.unsure for v in vs])),
        "sure": float(np.mean(sure)),
        "sure and wrong": float(
            np.mean([not r for r, s in zip(right, sure, strict=True) if s] or [0])
        ),
        "breaches not put forward": float(sum(not v.breach_seen for v in breaches)),
        "breaches": float(len(breaches)),
        "rights filed away": float(
            sum(v.filed_away for t, v in zip(mails, vs, strict=True) if rights & set(t.labels))
        ),
        "language right": float(np.mean([t.language == v.language for t, v in long])),
        "ms, median": times[len(times) // 2],
        "ms, 95th percentile": times[int(len(times) * 0.95)],
    }
    return figures


def print_all(title: str, mails: Sequence[LabelledText], measured: Sequence[Measured]) -> None:
    print(f"\n## {title}\n")
    columns = [sentence_of_figures(mails, one) for one in measured]
    print(f"| | {' | '.join(one.name for one in measured)} |")
    print("|---|" + "---|" * len(measured))
    for name in columns[0]:
        print(f"| {name} | {' | '.join(f'{column.get(name, 0.0):.3f}' for column in columns)} |")
    one = measured[0]
    print(
        "\n| label | mails | precision | recall | F1 | "
        + " | ".join(f"F1 {m.name}" for m in measured[1:])
        + " |"
    )
    print("|---|---|---|---|---|" + "---|" * (len(measured) - 1))
    for label in LABELS:
        there, precision, recall, score = f1(mails, one.verdicts, label)
        if there:
            rest = " | ".join(f"{f1(mails, m.verdicts, label)[3]:.2f}" for m in measured[1:])
            print(
                f"| `{label}` | {there:.0f} | {precision:.2f} | {recall:.2f} | {score:.2f} | {rest} |"
            )
    print(
        "\n| language | mails | primary right | " + " | ".join(m.name for m in measured[1:]) + " |"
    )
    print("|---|---|---|" + "---|" * (len(measured) - 1))
    for code in sorted({t.language for t in mails}):
        here = [n for n, t in enumerate(mails) if t.language == code]
        shares = [
            np.mean([m.verdicts[n].primary == first(mails[n]) for n in here]) for m in measured
        ]
        print(f"| {code} | {len(here)} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    wrong = Counter(
        (first(t), v.primary)
        for t, v in zip(mails, one.verdicts, strict=True)
        if first(t) != v.primary
    )
    print(
        "\nmost often taken for something else: "
        + ", ".join(f"{a} as {b} ({n})" for (a, b), n in wrong.most_common(12))
    )


def plot(points: list[tuple[float, float, int]], into: Path) -> None:
    """Draw confidence against how often it was right, as an SVG by hand."""
    size, edge = 400, 40

    def at(share: float) -> float:
        return edge + share * size

    marks = "".join(
        f'<circle cx="{at(x):.1f}" cy="{at(1 - y):.1f}" r="{2 + n**0.5:.1f}" fill="#1f5fa8" opacity="0.7"><title>{n} mails</title></circle>'
        for x, y, n in points
    )
    into.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} {size + 2 * edge}" font-family="sans-serif" font-size="12">'
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x1="{at(0)}" y1="{at(1)}" x2="{at(1)}" y2="{at(0)}" stroke="#bbb" stroke-dasharray="4"/>{marks}'
        f'<text x="{at(0.5)}" y="{size + 2 * edge - 8}" text-anchor="middle">confidence</text>'
        f'<text x="14" y="{at(0.5)}" text-anchor="middle" transform="rotate(-90 14 {at(0.5)})">share right</text></svg>\n',
        "utf-8",
    )


def by_folds(corpus: Corpus) -> None:
    """Grouped cross-validation over voices, with the word tables on the same mails."""
    unseen = look_unseen(corpus)
    keep = [n for n, number in enumerate(unseen.mails) if not corpus.texts[number].by_tables]
    mails = [corpus.texts[unseen.mails[n]] for n in keep]
    stages = []
    for name, dear in (("both stages", True), ("cheap stage", False)):
        _, lead, belong = fit_summing(corpus, unseen, dear=dear)
        one = Measured(f"{name}, {FOLDS} folds by voice")
        for n in keep:
            best = LABELS[int(lead[n].argmax())]
            labels = {LABELS[i] for i in np.flatnonzero(belong[n] >= 0.5)} | {best}
            seen = belong[n][LABELS.index("breach")] >= 0.05
            one.verdicts.append(Verdict(best, labels, float(lead[n].max()), breach_seen=bool(seen)))
        stages.append(one)
    tables = ask(first_classifier(reference_prefix="SIPOR"), mails, "word tables")
    print_all(
        "Cross-validation by voice (language, time and filing are not measured here)",
        mails,
        [*stages, tables],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folds", action="store_true", help="cross-validate as well (minutes)")
    chosen = options.parse_args()
    INTO.mkdir(exist_ok=True)
    build: Callable[..., Classifier] = classifier
    begun = time.perf_counter()
    learned = build(reference_prefix="SIPOR")
    texts = labelled_texts()
    learned.classify(as_mail(texts[0]))
    print(f"start with the first mail {time.perf_counter() - begun:.2f} s")
    mails = [t for t in texts if t.held_out and t.whole]
    measured = [
        ask(learned, mails, "learned"),
        ask(first_classifier(reference_prefix="SIPOR"), mails, "word tables"),
    ]
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    corpus = lay_out(texts, Encoded(KEPT))
    numbers = [n for n, t in enumerate(texts) if t.held_out and t.whole]
    assert len(first_labels(corpus)) == len(texts)
    measured.append(langdetect_and_tfidf(corpus, numbers))
    for title, older in (("Held-out voices", False), ("Kept-apart mails of the word tables", True)):
        here = [
            n for n, t in enumerate(mails) if t.voice.startswith(("letters/", "second/")) == older
        ]
        part = [Measured(m.name, [m.verdicts[n] for n in here]) for m in measured]
        print_all(title, [mails[n] for n in here], part)
    right = [v.primary == first(t) for t, v in zip(mails, measured[0].verdicts, strict=True)]
    error, points = calibration(right, [v.confidence for v in measured[0].verdicts])
    plot(points, INTO / "calibration.svg")
    (INTO / "understanding.json").write_text(
        json.dumps({m.name: sentence_of_figures(mails, m) for m in measured}, indent=2) + "\n",
        "utf-8",
    )
    print(f"\ncalibration error over both {error:.3f}; plot in {INTO / 'calibration.svg'}")
    if chosen.folds:
        by_folds(corpus)


if __name__ == "__main__":
    main()
