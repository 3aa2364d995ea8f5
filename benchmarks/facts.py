"""Measures the facts on the labelled mails: found, missed, wrong, and invented where there are none."""

import argparse
import json
import re
import subprocess
import tomllib
import unicodedata
import zlib
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
HELD_OUT, UNSEEN = "held out", "new, unseen"
CASES = ("pl", "uk")
CASE_ENDING = re.compile(
    r"(?:owi|iem|em|om|ie|ові|еві|єві|ом|ем|єм|[aeiouyąę\u0430\u0435\u0438\u043e\u0443\u044e\u044f\u0456\u0439\u044c])+$"
)
SOFT = {"rz": "r", "dz": "d"}
SOFTENED = re.compile(r"(?:rz|dz)$")
"""What the consonant of a Polish name becomes before some endings: `Oskarze`, `Jagodzie`."""
RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def added_since(commit: str) -> frozenset[str]:
    """The texts that were not there yet at a commit: those the rules had not seen."""
    listed = subprocess.run(
        ["git", "diff", "--diff-filter=A", "--name-only", commit, "--", str(TEXTS)],
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset("/".join(Path(line).parts[-2:]) for line in listed.stdout.splitlines())


def half_of(place: str, table: dict[str, Any], new: frozenset[str]) -> str:
    """Held-out voices and the unseen half only measure; mistakes are read in the others."""
    if table.get("held_out"):
        return HELD_OUT
    if place not in new:
        return "older"
    return "new, seen" if zlib.crc32(place.removesuffix(".toml").encode()) % 2 == 0 else UNSEEN


def rows(folder: Path, new: frozenset[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(folder.glob("*/*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        half = half_of(f"{path.parent.name}/{path.name}", table, new)
        for row in table.get("mail", []):
            yield row.get("language", table["language"]), half, row


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


def same_name(one: str, other: str, language: str) -> bool:
    """Whether two names share a part; the cases of a Polish or Ukrainian name are one name."""
    parts, others = plain(one).split(), plain(other).split()
    if language in CASES:
        parts, others = [stem(part) for part in parts], [stem(part) for part in others]
    return bool(set(parts) & set(others))


def stem(part: str) -> str:
    """Take a case off roughly: `tymek` and `tymka`, `соломия` and `соломию` become one."""
    bare = CASE_ENDING.sub("", part.replace("ł", "l"))
    bare = SOFTENED.sub(lambda found: SOFT[found.group()], bare)
    return re.sub(r"(?<=\w\w)e(?=[a-z]$)|i$", "", bare)[:6]


def names_agree(said: str, wanted: str, language: str = "") -> tuple[bool, bool]:
    """Whether the child wanted was found, and whether every name said is one that was wanted."""
    there, found = wanted.split(";"), said.split(";")
    hit = all(any(same_name(one, other, language) for other in found) for one in there)
    sound = all(any(same_name(one, other, language) for other in there) for one in found)
    return hit, sound


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--wrong", choices=[*FactName], help="list the mails (not held out) it errs on"
    )
    options.add_argument(
        "--invented", choices=[*FactName], help="list the mails with a fact nobody wrote"
    )
    options.add_argument(
        "--since",
        metavar="COMMIT",
        help="measure texts added after it apart, in two halves by their voice; only the seen half is listed",
    )
    chosen = options.parse_args()
    new = added_since(chosen.since) if chosen.since else frozenset()
    classifier = CombinedClassifier(reference_prefix="SIPOR")
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for language, half, row in rows(TEXTS, new):
        if "facts" not in row:
            continue
        wanted = {name: str(value) for name, value in row["facts"].items()}
        got = {fact.name.value: fact.value for fact in classifier.classify(as_mail(row)).facts}
        for name in (fact.value for fact in FactName):
            say, want = got.get(name), wanted.get(name)
            if name == FactName.REQUESTER_ROLE and say == "unknown":
                say = None
            where = [(half, name), (f"{half}, {language}", name)]
            verdict = judge(name, say, want, language)
            for place in where:
                counts[place].update(verdict)
            shown = half not in {HELD_OUT, UNSEEN} and (
                (chosen.wrong == name and {"missed", "wrong"} & set(verdict))
                or (chosen.invented == name and {"invented"} & set(verdict))
            )
            if shown:
                print(
                    f"[{language}] wanted {want!r}, said {say!r}\n    {' '.join(row['text'].split())[:600]}"
                )
    report(counts)


def judge(name: str, say: str | None, want: str | None, language: str = "") -> list[str]:
    if want is None:
        return ["invented"] if say is not None else ["silent"]
    if say is None:
        return ["there", "missed"]
    if name == FactName.CHILD_NAME:
        hit, sound = names_agree(say, want, language)
        return ["there", "found" if hit else "wrong", *([] if sound else ["not sound"])]
    if name == FactName.GROUP:
        return ["there", "found" if plain(want).split()[-1] in plain(say).split() else "wrong"]
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
