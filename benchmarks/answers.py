"""Measures the answers to general questions: the right passage, a wrong one, silence."""

import argparse
import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import numpy as np

from classifiers import first_classifier, learned_classifier
from classifiers.answering import AnsweringClassifier, answering
from classifiers.answering.general import General, general_question
from classifiers.conversation import Conversing
from mailbot.adapters.passages import read_passages
from mailbot.adapters.texts import Texts
from mailbot.domain.mail import Mail
from mailbot.domain.parsing import parse
from mailbot.domain.ports import Classifier

QUESTIONS = Path(__file__).with_suffix(".toml")
INTO = Path("build")
MOST_WRONG = 0.01
RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)
GREETINGS = {
    "nl": ("Vraag", "Goedendag,\n\n{}\n\nMet vriendelijke groet,\nJ. Ouder"),
    "en": ("Question", "Hello,\n\n{}\n\nKind regards,\nJ. Parent"),
    "tr": ("Soru", "Merhaba,\n\n{}\n\nSaygılarımla,\nJ. Veli"),  # noqa: RUF001
    "ar": ("سؤال", "مرحبا،\n\n{}\n\nمع التحية"),
}


@dataclass
class Asked:
    """One question, what should answer it, and what did."""

    language: str
    text: str
    wanted: str | None
    given: str | None = None
    chance: float = 0.0

    @property
    def verdict(self) -> str:
        if self.given is None:
            return "silent, rightly" if self.wanted is None else "silent"
        return "right" if self.given == self.wanted else "wrong"


def questions() -> list[Asked]:
    table = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    found = [
        Asked(language, text, passage)
        for language, passages in table["right"].items()
        for passage, texts in passages.items()
        for text in texts
    ]
    silent = table["silence"].items()
    return found + [Asked(language, text, None) for language, texts in silent for text in texts]


def as_mail(asked: Asked, tools: Texts) -> Mail:
    subject, around = GREETINGS[asked.language]
    message = EmailMessage()
    message["From"] = "Jan Ouder <ouder@gezin.test>"
    message["To"] = "privacy@sipor.nl"
    message["Subject"] = subject
    message["Message-ID"] = "<vraag@gezin.test>"
    message.set_content(around.format(asked.text))
    return parse(bytes(message), RECEIVED, tools, own_mx=())


def ask(judge: Classifier, passages: list[str]) -> list[Asked]:
    answers, tools, asked = AnsweringClassifier(judge, passages), Texts(), questions()
    for one in asked:
        found = answers.classify(as_mail(one, tools)).passage
        one.given = found.passage if found else None
        one.chance = found.confidence if found else 0.0
    return asked


def figures(asked: list[Asked]) -> dict[str, float]:
    counts = Counter(one.verdict for one in asked)
    answered = counts["right"] + counts["wrong"]
    meant = sum(one.wanted is not None for one in asked)
    return {
        "questions": len(asked),
        "answered": answered,
        "right": counts["right"],
        "wrong": counts["wrong"],
        "wrong of all questions": counts["wrong"] / max(1, len(asked)),
        "wrong of the answers": counts["wrong"] / max(1, answered),
        "answered of those with a passage": counts["right"] / max(1, meant),
        "silent where a person must answer": counts["silent, rightly"],
        "of": len(asked) - meant,
    }


def print_all(title: str, asked: list[Asked]) -> dict[str, float]:
    print(f"\n## {title}\n")
    print("| language | questions | right | wrong | silent | a person must | silent there |")
    print("|---|---|---|---|---|---|---|")
    for language in ("nl", "en", "tr", "ar", "all"):
        here = [one for one in asked if language in (one.language, "all")]
        got = figures(here)
        meant = got["questions"] - got["of"]
        print(
            f"| {language} | {meant:.0f} | {got['right']:.0f} | {got['wrong']:.0f} | "
            f"{meant - got['right']:.0f} | {got['of']:.0f} | "
            f"{got['silent where a person must answer']:.0f} |"
        )
    got = figures(asked)
    print(f"\nwrong: {got['wrong of the answers']:.2%} of the answers", end="")
    print(f", {got['wrong of all questions']:.2%} of all questions")
    for one in asked:
        if one.verdict == "wrong":
            print(f"WRONG {one.given} ({one.chance:.2f}) for {one.wanted}: {one.text}")
    return got


def by_threshold() -> list[tuple[float, float, float]]:
    """For each threshold: the share of answerable questions answered, and of answers wrong."""
    told = []
    for one in questions():
        general = general_question(one.text)
        found = answering(general) if isinstance(general, General) else None
        told.append((one.wanted, found.label if found else None, found.chance if found else 0.0))
    meant = sum(wanted is not None for wanted, _, _ in told)
    points = []
    for least in np.linspace(0.5, 0.99, 50):
        said = [(wanted, given) for wanted, given, chance in told if given and chance >= least]
        right = sum(wanted == given for wanted, given in said)
        points.append((float(least), right / meant, (len(said) - right) / max(1, len(said))))
    return points


def plot(points: list[tuple[float, float, float]], into: Path) -> None:
    wide, high, edge = 520, 300, 40

    def place(least: float, share: float) -> str:
        return f"{edge + (least - 0.5) / 0.5 * wide:.1f},{edge + (1 - share) * high:.1f}"

    answered = " ".join(place(least, share) for least, share, _ in points)
    wrong = " ".join(place(least, min(1.0, 10 * share)) for least, _, share in points)
    box = f'width="{wide + 2 * edge}" height="{high + 2 * edge}"'
    told = "green: answered of what has a passage; red: ten times the share of wrong answers"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">',
        f'<rect x="{edge}" y="{edge}" width="{wide}" height="{high}" fill="none" stroke="#999"/>',
        f'<polyline points="{answered}" fill="none" stroke="#1a6" stroke-width="2"/>',
        f'<polyline points="{wrong}" fill="none" stroke="#c33" stroke-width="2"/>',
        f'<text x="{edge}" y="{edge - 12}">{told}</text>',
        f'<text x="{edge}" y="{high + edge + 25}">least chance, 0.50 to 1.00</text>',
        "</svg>",
    ]
    into.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    INTO.mkdir(exist_ok=True)
    passages = sorted(read_passages())
    judges = {
        "after the word tables": Conversing(first_classifier(reference_prefix="SIPOR")),
        "after the learned classifier": Conversing(learned_classifier(reference_prefix="SIPOR")),
    }
    kept = {title: print_all(title, ask(judge, passages)) for title, judge in judges.items()}
    plot(by_threshold(), INTO / "answers.svg")
    (INTO / "answers.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(f"\nplot in {INTO / 'answers.svg'}")
    worst = max(one["wrong of the answers"] for one in kept.values())
    if worst > MOST_WRONG:
        raise SystemExit(f"more than {MOST_WRONG:.0%} of the answers are wrong")


if __name__ == "__main__":
    main()
