"""Measures the flags on the labelled mails: labelled, raised, both, for each flag and language."""

import argparse
import json
import tomllib
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.facts import INTO, as_mail
from classifiers import learned_classifier
from classifiers.flags import flags_of
from classifiers.learned.reading import read_mail
from classifiers.training.labelled import TEXTS
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Flag, KindSuggestion

PARTS = ("looked at", "kept apart", "held out")
"""Half of the voices, whose mistakes may be read; the other half; those that nothing learns from."""
LABELLED = 0.9
"""How surely a kind is put forward that the labels name."""

Raising = Callable[[Mail, dict[str, Any]], frozenset[Flag]]


def part_of(voice: str, *, held_out: bool) -> str:
    if held_out:
        return PARTS[2]
    return PARTS[zlib.crc32(voice.encode()) % 2]


def rows(folder: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for path in sorted(folder.glob("*/*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        voice = f"{path.parent.name}/{path.stem}"
        part = part_of(voice, held_out=bool(table.get("held_out")))
        for row in table.get("mail", []):
            yield part, voice, row.get("language", table["language"]), row


def by_labels(mail: Mail, row: dict[str, Any]) -> frozenset[Flag]:
    said = row["is"].split() if isinstance(row["is"], str) else row["is"]
    kinds = tuple(KindSuggestion(Kind(one), LABELLED) for one in said if one in set(Kind))
    read = read_mail(mail)
    return flags_of(read.text, read.reading, mail, kinds)


def by_learning() -> Raising:
    classifier = learned_classifier(reference_prefix="SIPOR")
    return lambda mail, _: classifier.classify(mail).flags


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--kinds",
        choices=["labels", "learned"],
        default="labels",
        help="take the kinds from the labels, or from the learned classifier (slower)",
    )
    options.add_argument(
        "--every", type=int, default=1, metavar="N", help="measure one mail in N only"
    )
    options.add_argument(
        "--voices", type=Path, metavar="FILE", help="only these, one a line: nl/voice--topic"
    )
    options.add_argument("--missed", choices=[*Flag], help="list the mails looked at without it")
    options.add_argument("--raised", choices=[*Flag], help="list the mails looked at with it")
    chosen = options.parse_args()
    raising = by_learning() if chosen.kinds == "learned" else by_labels
    voices = set(chosen.voices.read_text("utf-8").split()) if chosen.voices else None
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for number, (part, voice, language, row) in enumerate(rows(TEXTS)):
        if number % chosen.every or (voices is not None and voice not in voices):
            continue
        wanted, got = set(row.get("flags", ())), set(raising(as_mail(row), row))
        for flag in Flag:
            for place in (language, "all"):
                counts[part, flag.value, place].update(
                    labelled=flag in wanted, raised=flag in got, both=flag in wanted & got
                )
        if part == PARTS[0] and (chosen.missed in wanted - got or chosen.raised in got - wanted):
            said = " ".join(f"{row.get('subject', '')} | {row['text']}".split())
            print(
                f"[{voice}] {row['is']} wanted {sorted(wanted)}, raised {sorted(got)}\n    {said}"
            )
    report(counts)


def report(counts: dict[tuple[str, str, str], Counter[str]]) -> None:
    for part in PARTS:
        print(f"\n## {part}\n\n| flag | language | labelled | raised | both | precision | recall |")
        print("|---|---|---|---|---|---|---|")
        for flag in Flag:
            places = [place for at, name, place in counts if (at, name) == (part, flag.value)]
            for place in sorted(set(places), key=lambda one: (one != "all", one)):
                c = counts[part, flag.value, place]
                if c["labelled"] or c["raised"]:
                    print(
                        f"| `{flag}` | {place} | {c['labelled']} | {c['raised']} | {c['both']} |"
                        f" {share(c['both'], c['raised'])} | {share(c['both'], c['labelled'])} |"
                    )
    INTO.mkdir(exist_ok=True)
    kept = {" · ".join(place): dict(c) for place, c in counts.items()}
    (INTO / "flags.json").write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def share(some: int, whole: int) -> str:
    return f"{some / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main()
