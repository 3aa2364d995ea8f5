"""What must be picked before a task counts as done, and when an extension counts as announced."""

from datetime import UTC, date, datetime

import pytest

from mailbot.domain.acts import NEEDS_REASON, Act, NewAct
from mailbot.domain.articles import SOURCES
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.domain.handling import ActOnFile, NoticeOnFile
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.local_time import AMSTERDAM
from mailbot.domain.noticed import Announced, extensions_on_file
from mailbot.domain.task_choices import CHOICES, check_choices


@pytest.mark.parametrize(("kind", "task"), list(CHOICES))
def test_every_list_belongs_to_a_task_of_its_kind(kind: Kind, task: str) -> None:
    """A list for a task that does not exist would never be asked for."""
    assert task in {rule.code for rule in KINDS[kind].tasks}
    for choice in CHOICES[kind, task].options:
        assert choice.article.startswith(tuple(prefix for prefix, _, _ in SOURCES))
        assert choice.dutch
        assert choice.english


@pytest.mark.parametrize(
    ("kind", "task", "picked", "words"),
    [
        (Kind.ERASURE, "pick_ground", ("unlawful",), ""),
        (Kind.ERASURE, "check_retention", ("must_keep",), ""),
        (Kind.RESTRICTION, "pick_ground", ("accuracy",), ""),
        (Kind.OBJECTION, "stop_processing", ("stopped",), ""),
        (Kind.PORTABILITY, "verify_recipient", ("called_back",), "Teruggebeld door Bea."),
        (
            Kind.THIRD_PARTY_REQUEST,
            "necessity",
            ("subsidiarity", "proportionality", "minimum"),
            "Alleen het rooster, en alleen voor deze week.",
        ),
        (Kind.THIRD_PARTY_REQUEST, "school_transfer", ("vo_to_vo",), ""),
        (Kind.THIRD_PARTY_REQUEST, "official_order", ("written_order",), ""),
        (Kind.ACCESS, "collect", (), ""),
    ],
)
def test_a_task_is_done_as_the_reglement_asks(
    kind: Kind, task: str, picked: tuple[str, ...], words: str
) -> None:
    """Section 1: grounds are picked from the reglement's own lists (8.4, 8.5, 5.2-5.4, 7.1-7.2)."""
    check_choices(kind, task, picked, words)


@pytest.mark.parametrize(
    ("kind", "task", "picked", "words"),
    [
        (Kind.ERASURE, "pick_ground", (), "zomaar"),
        (Kind.ERASURE, "pick_ground", ("accuracy",), ""),
        (Kind.PORTABILITY, "verify_recipient", ("called_back",), " "),
        (Kind.THIRD_PARTY_REQUEST, "necessity", ("subsidiarity",), "Getoetst."),
        (Kind.THIRD_PARTY_REQUEST, "necessity", ("subsidiarity", "proportionality", "minimum"), ""),
        (Kind.AUTOMATED_DECISION, "human_opinion", (), ""),
        (Kind.ACCESS, "collect", ("stopped",), ""),
    ],
)
def test_a_task_without_its_ground_is_not_done(
    kind: Kind, task: str, picked: tuple[str, ...], words: str
) -> None:
    """Section 1: no ground, another list's ground, or half a test is not enough."""
    with pytest.raises(ActRefused):
        check_choices(kind, task, picked, words)


@pytest.mark.parametrize("code", sorted(NEEDS_REASON))
def test_an_act_that_owes_a_reason_is_refused_without_one(code: Act) -> None:
    """A machine cannot explain later what a person did not say then."""
    with pytest.raises(ReasonMissing):
        NewAct(code, words="te kort")
    assert NewAct(code, words="lang genoeg nu").code is code


OLD, NEW = date(2026, 12, 25), date(2027, 1, 22)


def at(day: int, hour: int = 12) -> datetime:
    """An instant in December 2026."""
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def told(day: date) -> ActOnFile:
    """An officer told the requester otherwise."""
    return ActOnFile(9, Act.EXTENSION_TOLD, "1", day, (), at(20), 3, "Fien")


@pytest.mark.parametrize(
    ("state", "accepted", "acts", "now", "expected"),
    [
        ("sent", at(25, 22), [], at(28), Announced.IN_TIME),
        ("sent", at(25, 23), [], at(28), Announced.NOT_ANNOUNCED),
        ("bounced", at(20), [], at(21), Announced.NOT_ANNOUNCED),
        ("refused", None, [], at(21), Announced.NOT_ANNOUNCED),
        ("waiting", None, [], at(25, 22), Announced.WAITING),
        ("waiting", None, [], at(25, 23), Announced.NOT_ANNOUNCED),
        (None, None, [], at(21), Announced.TO_TELL),
        (None, None, [told(OLD)], at(28), Announced.IN_TIME),
        (None, None, [told(date(2026, 12, 26))], at(28), Announced.NOT_ANNOUNCED),
        ("bounced", at(20), [told(date(2026, 12, 24))], at(28), Announced.IN_TIME),
    ],
)
def test_a_notice_counts_when_it_was_taken_on_or_before_the_old_due_date(
    state: str | None,
    accepted: datetime | None,
    acts: list[ActOnFile],
    now: datetime,
    expected: Announced,
) -> None:
    """R8.9.2b: accepted by the mail server by local midnight; a bounce counts as not sent."""
    (found,) = extensions_on_file(
        [NoticeOnFile(1, OLD, NEW, state, accepted)], acts, now, AMSTERDAM
    )
    assert expected is found.announced
    assert (OLD, NEW) == (found.old_due, found.new_due)
