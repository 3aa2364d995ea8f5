"""The page of a case has words for every code it can meet."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.domain.acts import Act
from mailbot.domain.asked import FACTS, Asker
from mailbot.domain.books import Event
from mailbot.domain.decision import Outcome
from mailbot.domain.identity import How
from mailbot.domain.kinds import Kind
from mailbot.domain.learning import ModelActKind
from mailbot.domain.letters import LETTERS, Trigger, elements
from mailbot.domain.noticed import Announced
from mailbot.domain.passage_acts import PassageActKind
from mailbot.domain.register_words import Act as RegisterAct
from mailbot.domain.suggestion import Flag
from mailbot.web.pages import admin, case_words
from mailbot.web.pages.case_elements import LABELS
from mailbot.web.pages.case_events import EVENTS
from mailbot.web.pages.case_history import history_of
from mailbot.web.pages.case_mails import Piece, marked, one_line, safe

CODE = Path("mailbot")
TO_OFFICERS = {"daily_proof"}
"""Letters that belong to no case."""


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (FACTS, case_words.FACTS),
        (Asker, case_words.ASKERS),
        (Flag, case_words.FLAGS),
        (How, case_words.HOW),
        (Outcome, case_words.OUTCOMES),
        (Announced, case_words.ANNOUNCED),
        (set(LETTERS) - TO_OFFICERS, case_words.LETTERS),
        (Act, EVENTS),
        (
            {
                code
                for name, rule in LETTERS.items()
                if rule.trigger is not Trigger.AUTOMATIC and name != "breach_parents"
                for code in elements(name)
            },
            LABELS,
        ),
    ],
    ids=["facts", "askers", "flags", "how", "outcomes", "announced", "letters", "acts", "elements"],
)
def test_every_code_has_words(codes: object, words: dict[str, str]) -> None:
    """A code that came new would be shown to people as it stands in the program."""
    assert [] == sorted(str(code) for code in codes if str(code) not in words)  # type: ignore[attr-defined]


def test_the_phrases_that_counted_are_marked_after_numbers_are_hidden() -> None:
    """A phrase that holds a number is found all the same, and shows nothing of it."""
    text = "Mijn BSN is 123456782. Graag inzage."
    pieces = marked(text, ("Mijn BSN is 123456782", "graag inzage"))
    assert "Mijn BSN is •••••••••. Graag inzage." == "".join(piece.text for piece in pieces)
    assert [Piece("Mijn BSN is •••••••••", marked=True), Piece("Graag inzage", marked=True)] == [
        piece for piece in pieces if piece.marked
    ]


def test_nothing_turns_the_reading_order_or_breaks_a_line() -> None:
    """Faults rows 16 and 20: overrides, isolates, separators and controls are taken out."""
    odd = "a\u202eb\u2066c\u200fd\x1ce\u0085f\u2028g\r\nh"
    assert "abcdefg h" == one_line(odd)
    assert "een\n\ttwee" == safe("een\n\ttwee")


def test_the_history_names_a_task_as_the_page_of_its_case_does() -> None:
    """In the language of the page; one code is several tasks, and its kind says which."""
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    done = Event("task_done", at, detail=(("subject", "pick_ground"),))
    words = [
        history_of([done], [], {}, str, language, kind=kind)[0].what
        for kind in (Kind.ERASURE, Kind.RESTRICTION, None)
        for language in ("nl", "en")
    ]
    assert words[0] == "Task done: Kies de grond voor het wissen."
    assert words[1] == "Task done: Pick the ground for erasure."
    assert words[2] == "Task done: Kies welke van de vier gronden geldt."
    assert not any("_" in one for one in words)


def test_every_event_of_an_officer_has_words() -> None:
    """The audit lists acts beside cases too; a code of the program is no word for them."""
    written = re.compile(r'(?:\bEvent\(|accounts\.record\([^"]*?)\s*"([a-z_]+)"')
    kinds = {kind for file in CODE.rglob("*.py") for kind in written.findall(file.read_text())}
    kinds |= {f"model_{act}" for act in ModelActKind} | {f"passage_{act}" for act in PassageActKind}
    kinds |= {f"register_{act.value}" for act in RegisterAct}
    kinds |= {f"officer_{act}" for act in admin.ACTS}
    assert len(kinds) > 40
    assert [] == sorted(kind for kind in kinds if kind not in EVENTS)
