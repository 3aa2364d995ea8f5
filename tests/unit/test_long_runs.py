"""No text, however odd, holds the robot up: patterns are tried on long runs of the same signs."""

from datetime import UTC, datetime

import pytest

from classifiers import learned_classifier
from classifiers.conversation import Conversing
from mailbot.adapters.texts import Texts
from mailbot.domain.kinds import Kind
from mailbot.domain.parsing import parse
from tests.houses import plain_mail

RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)
RUNS = (
    "a" * 4000,
    "A" * 4000,
    "Aa" * 2000,
    "Aa " * 1500,
    "1-" * 2000,
    ". " * 2000,
    "- " * 2000,
    "'" * 3000,
    " " * 4000,
    "\n" * 3000,
    "ب" * 3000,
    "ب " * 2000,
    "a@" * 1500,
    "<" * 3000,
    "Jan en " * 700,
    "mijn zoon " * 500,
    "van de " * 600,
    "groep 5 en " * 400,
    "Met vriendelijke groet,\n" * 200,
    "Von: a\n" * 300,
    "\n\n" + "x" * 4000 + "1",
    "".join(map(chr, range(32, 256))) * 20,
)


# A pattern that can cut a run in many ways takes minutes here, and hours on a longer one.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
@pytest.mark.parametrize("around", ["{}", "Beste,\n{}\nJan 1"], ids=["alone", "within"])
def test_a_long_run_is_judged_at_once(run: str, around: str) -> None:
    """Faults 12: nothing else waits for an odd mail."""
    classifier = Conversing(learned_classifier(["Het Kompas"], frozenset(Kind), "SIPOR"))
    mail = parse(plain_mail("x", around.replace("{}", run)), RECEIVED, Texts())
    assert classifier.classify(mail).classifier
