"""Measures the facts on the labelled mails: found, missed, wrong, and invented where there are none."""

import argparse
import json
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifiers.combined import CombinedClassifier
from classifiers.training.labelled import TEXTS
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.suggestion import FactName

INTO = Path("build")
RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def rows(folder: Path) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    for path in sorted(folder.glob("*/*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        for row in table.get("mail", []):
            yield row.get("language", table["language"]), bool(table.get("held_out")), row


def as_mail(row: dict[str, Any]) -> Mail:
    files = tuple(
        Attachment(name, "image/jpeg", "image/jpeg", 9, b"") for name in row.get("attachments", ())
    )
    return Mail(
        row.get("subject", ""),
        None,
        None,
        RECEIVED,
        row["text"].strip(),
        quoted_text=row.get("quoted", ""),
        attachments=files,
    )


def plain(value: str) -> str:
    folded = unicodedata.normalize("NFKD", value.casefold().replace("\u0131", "i"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def names_agree(said: str, wanted: str) -> tuple[bool, bool]:
    """Whether the child wanted was found, and whether every name said is one that was wanted."""
    there = [set(plain(one).split()) for one in wanted.split(";")]
    found = [set(plain(one).split()) for one in said.split(";")]
    hit = all(any(one & other for other in found) for one in there)
    sound = all(any(one & other for other in there) for one in found)
    return hit, sound


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--wrong", choices=[*FactName], help="list the mails (not held out) it errs on"
    )
    options.add_argument(
        "--invented", choices=[*FactName], help="list the mails with a fact nobody wrote"
    )
    chosen = options.parse_args()
    classifier = CombinedClassifier(reference_prefix="SIPOR")
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for language, held_out, row in rows(TEXTS):
        if "facts" not in row:
            continue
        wanted = row["facts"]
        got = {fact.name.value: fact.value for fact in classifier.classify(as_mail(row)).facts}
        half = "held out" if held_out else "learned from"
        for name in (fact.value for fact in FactName):
            say, want = got.get(name), wanted.get(name)
            if name == FactName.REQUESTER_ROLE and say == "unknown":
                say = None
            where = [(half, name), (f"{half}, {language}", name)]
            verdict = judge(name, say, want)
            for place in where:
                counts[place].update(verdict)
            shown = not held_out and (
                (chosen.wrong == name and {"missed", "wrong"} & set(verdict))
                or (chosen.invented == name and {"invented"} & set(verdict))
            )
            if shown:
                print(
                    f"[{language}] wanted {want!r}, said {say!r}\n    {' '.join(row['text'].split())[:600]}"
                )
    report(counts)


def judge(name: str, say: str | None, want: str | None) -> list[str]:
    if want is None:
        return ["invented"] if say is not None else ["silent"]
    if say is None:
        return ["there", "missed"]
    if name == FactName.CHILD_NAME:
        hit, sound = names_agree(say, want)
        return ["there", "found" if hit else "wrong", *([] if sound else ["not sound"])]
    if name == FactName.REQUESTER_NAME:
        return ["there", "found" if names_agree(say, want)[0] else "wrong"]
    return ["there", "found" if plain(say) == plain(want) else "wrong"]


def report(counts: dict[tuple[str, str], Counter[str]]) -> None:
    kept = {}
    for place in sorted({place for place, _ in counts}):
        print(
            f"\n## {place}\n\n| fact | there | found | wrong | missed | not written, silent | invented |"
        )
        print("|---|---|---|---|---|---|---|")
        for name in (fact.value for fact in FactName):
            c = counts[place, name]
            if not c["there"] and not c["invented"]:
                continue
            share = c["found"] / c["there"] if c["there"] else 0.0
            print(
                f"| `{name}` | {c['there']} | {c['found']} ({share:.2f}) | {c['wrong'] + c['not sound']} |"
                f" {c['missed']} | {c['silent']} | {c['invented']} |"
            )
            kept[f"{place}: {name}"] = dict(c)
    INTO.mkdir(exist_ok=True)
    (INTO / "facts.json").write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
