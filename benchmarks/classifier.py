"""Measures the classifier on the labelled mails in tests/mails/classify, kind by kind."""

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifiers import first_classifier
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Suggestion

MAILS = Path(__file__).resolve().parent.parent / "tests" / "mails" / "classify"
RECEIVED = datetime(2026, 9, 1, 9, tzinfo=UTC)
REPLY = ("<letter-1@mailbot.example>",)


def labelled(half: str) -> Iterator[dict[str, Any]]:
    for path in sorted((MAILS / half).glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["mail"], 1):
            yield {"id": f"{path.stem}:{number}", "language": "nl", **row}


def as_mail(row: dict[str, Any]) -> Mail:
    return Mail(
        subject=row.get("subject", ""),
        sender=None,
        message_id=None,
        received=RECEIVED,
        new_text=row["text"],
        in_reply_to=REPLY if row.get("reply") else (),
    )


def primary(suggestion: Suggestion) -> str:
    return suggestion.primary_code or suggestion.route.value


def labels(suggestion: Suggestion) -> set[str]:
    found = {k.kind.value for k in suggestion.kinds if k.confidence >= 0.5}
    if suggestion.route.value in ("follow_up", "spam"):
        found.add(suggestion.route.value)
    return found


def f1(tp: int, fp: int, fn: int) -> tuple[float, float, float]:
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", default="kept_apart", choices=["kept_apart", "tuning"])
    options.add_argument("--wrong", action="store_true", help="list what went wrong")
    chosen = options.parse_args()
    if chosen.wrong and chosen.half == "kept_apart":
        options.error("the kept-apart half is not looked at one by one")
    start = time.perf_counter()
    classifier = first_classifier(reference_prefix="SIPOR")
    rows = list(labelled(chosen.half))
    classifier.classify(as_mail(rows[0]))
    print(f"start {time.perf_counter() - start:.2f} s")
    report(rows, classifier, wrong=chosen.wrong)


def report(rows: list[dict[str, Any]], classifier: Any, *, wrong: bool) -> None:
    counts: dict[str, Counter[str]] = {}
    by_language: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    times: list[float] = []
    for row in rows:
        begun = time.perf_counter()
        got = classifier.classify(as_mail(row))
        times.append(time.perf_counter() - begun)
        wanted, found = row["is"].split(), labels(got)
        for label in set(wanted) | found:
            outcome = (
                "tp" if label in wanted and label in found else "fn" if label in wanted else "fp"
            )
            counts.setdefault(label, Counter())[outcome] += 1
        right = primary(got) == wanted[0]
        tally = by_language.setdefault(row["language"], Counter())
        tally.update(mails=1, right=right, language=got.language == row["language"])
        sure = not got.unsure and bool(got.kinds) and got.kinds[0].confidence >= 0.9
        totals.update(right=right, unsure=got.unsure, sure=sure, sure_wrong=sure and not right)
        rights = set(wanted) - {"other", "spam", "follow_up", "complaint", "question"}
        totals.update(filed_away=bool(rights) and got.route.value in ("other", "spam", "automatic"))
        if "breach" in wanted:
            missed = not any(k.kind is Kind.BREACH for k in got.kinds)
            totals.update(breaches=1, breaches_missed=missed)
        flags = {flag.value for flag in got.flags}
        for flag in set(row.get("flags", "").split()) | flags:
            side = (
                "both"
                if flag in flags and flag in row.get("flags", "").split()
                else ("extra" if flag in flags else "missed")
            )
            totals[f"flag {side}"] += 1
            if wrong and side != "both":
                print(f"  flag {side}: {flag}  {row['id']} {row['text'][:80]!r}")
        told = {fact.name.value: fact.value for fact in got.facts}
        for name, value in row.get("facts", {}).items():
            totals[f"fact {'right' if told.get(name) == value else 'wrong'}"] += 1
            if wrong and told.get(name) != value:
                print(f"  fact {name}: wanted {value!r} got {told.get(name)!r}  {row['id']}")
        if "facts" in row and "child_name" not in row["facts"] and "child_name" in told:
            totals["child named though not labelled"] += 1
        if wrong and (not right or set(wanted) != found or got.language != row["language"]):
            print(
                f"{row['id']:<28} {row['is']:<24} -> {primary(got)} {sorted(found)} {got.language} {got.route} {[(k.kind.value, k.confidence, [e.text for e in k.evidence]) for k in got.kinds]}\n      {row['text'][:150]!r}"
            )
    print_figures(counts, by_language, totals, times)


def print_figures(
    counts: dict[str, Counter[str]],
    by_language: dict[str, Counter[str]],
    totals: Counter[str],
    times: list[float],
) -> None:
    print(f"\n{'label':<22}{'mails':>6}{'precision':>11}{'recall':>8}{'F1':>7}")
    scores = []
    for label, c in sorted(counts.items()):
        precision, recall, score = f1(c["tp"], c["fp"], c["fn"])
        if c["tp"] + c["fn"]:
            scores.append(score)
        print(f"{label:<22}{c['tp'] + c['fn']:>6}{precision:>11.2f}{recall:>8.2f}{score:>7.2f}")
    print(f"macro F1 {sum(scores) / len(scores):.3f}")
    print(f"\n{'language':<10}{'mails':>6}{'primary right':>15}{'language right':>16}")
    for code, c in sorted(by_language.items(), key=lambda item: -item[1]["mails"]):
        print(
            f"{code:<10}{c['mails']:>6}{c['right'] / c['mails']:>15.2f}{c['language'] / c['mails']:>16.2f}"
        )
    mails = len(times)
    print(
        f"\nprimary right {totals['right'] / mails:.3f} of {mails}; unsure {totals['unsure'] / mails:.2f}"
    )
    print(f"confidence >= 0.9: {totals['sure']}, of them wrong {totals['sure_wrong']}")
    print(
        f"breaches {totals['breaches']}, missed {totals['breaches_missed']}; rights filed away {totals['filed_away']}"
    )
    for name in (
        "flag both",
        "flag missed",
        "flag extra",
        "fact right",
        "fact wrong",
        "child named though not labelled",
    ):
        print(f"{name} {totals[name]}")
    ordered = sorted(times)
    print(
        f"median {1000 * ordered[mails // 2]:.2f} ms, 95th percentile {1000 * ordered[int(mails * 0.95)]:.2f} ms"
    )


if __name__ == "__main__":
    main()
