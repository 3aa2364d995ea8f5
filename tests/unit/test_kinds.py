"""The table of kinds says what the reglement says."""

import pytest

from mailbot.domain import tasks
from mailbot.domain.articles import SOURCES, cite
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.roles import Role
from mailbot.domain.tasks import TaskDue

REQUESTS = {
    Kind.ACCESS,
    Kind.RECTIFICATION,
    Kind.ERASURE,
    Kind.RESTRICTION,
    Kind.OBJECTION,
    Kind.PORTABILITY,
    Kind.AUTOMATED_DECISION,
    Kind.CONSENT_WITHDRAWAL,
    Kind.RESEARCH_OBJECTION,
}


def test_every_kind_has_exactly_one_row() -> None:
    """Section 1: no kind is without its article, clock, decider and tasks."""
    assert list(Kind) == list(KINDS)
    assert all(rule.articles and rule.tasks and rule.must for rule in KINDS.values())


def test_the_codes_of_the_kinds_never_change() -> None:
    """The codes stand in commands, files and the database."""
    expected = (
        "access rectification erasure restriction objection portability automated_decision "
        "consent_withdrawal research_objection question breach complaint authority "
        "third_party_request other"
    )

    assert expected == " ".join(Kind)


@pytest.mark.parametrize("kind", sorted(REQUESTS))
def test_only_the_board_decides_a_request(kind: Kind) -> None:
    """Reglement 8.9.2a; the FG supervises and never decides (GDPR 38(6))."""
    assert frozenset({Role.BOARD}) == KINDS[kind].decided_by
    assert Clock.REQUEST is KINDS[kind].clock
    assert KINDS[kind].acknowledgement == "ack_request"


def test_the_fg_closes_nothing_but_questions_and_stray_mail() -> None:
    """GDPR 38(6): nothing the FG may close holds a decision about anyone's right."""
    assert {kind for kind, rule in KINDS.items() if Role.FG in rule.decided_by} == {
        Kind.QUESTION,
        Kind.OTHER,
    }
    assert not any(Role.ADMIN in rule.decided_by for rule in KINDS.values())


def test_authorities_third_parties_and_stray_mail_get_no_automatic_letter() -> None:
    """Section 1: human only; an automatic answer could confirm that a pupil exists."""
    silent = {kind for kind, rule in KINDS.items() if rule.acknowledgement is None}

    assert silent == {Kind.AUTHORITY, Kind.THIRD_PARTY_REQUEST, Kind.OTHER}


def test_breaches_and_authorities_are_urgent() -> None:
    """Section 1: a person is told at once, at any hour."""
    assert {kind for kind, rule in KINDS.items() if rule.urgent} == {Kind.BREACH, Kind.AUTHORITY}


def test_the_research_objection_is_off_until_a_profile_turns_it_on() -> None:
    """Section 1: on for SPO Utrecht, off for SIPOR until its FG turns it on."""
    off = {kind for kind, rule in KINDS.items() if not rule.standard_on}

    assert off == {Kind.RESEARCH_OBJECTION}


@pytest.mark.parametrize(
    ("kind", "task", "article"),
    [
        (Kind.ACCESS, "redact_others", "G15(4)"),
        (Kind.RECTIFICATION, "correct_facts", "R8.3.1"),
        (Kind.RECTIFICATION, "tell_recipients", "R8.3.2"),
        (Kind.ERASURE, "pick_ground", "R8.4.1"),
        (Kind.ERASURE, "check_retention", "G17(3)"),
        (Kind.ERASURE, "tell_recipients", "G19"),
        (Kind.RESTRICTION, "mark_visibly", "R8.5.2"),
        (Kind.RESTRICTION, "announce_lifting", "R8.5.4"),
        (Kind.OBJECTION, "stop_processing", "R8.6.2"),
        (Kind.OBJECTION, "weigh", "G21(1)"),
        (Kind.PORTABILITY, "verify_recipient", "R8.7.2"),
        (Kind.AUTOMATED_DECISION, "human_opinion", "G22(3)"),
        (Kind.CONSENT_WITHDRAWAL, "stop_use", "G7(3)"),
        (Kind.RESEARCH_OBJECTION, "block_delivery", "S"),
        (Kind.BREACH, "keep_register", "R6.4.2"),
        (Kind.BREACH, "tell_parents", "R6.4.3"),
        (Kind.COMPLAINT, "route", "R8.9.4"),
        (Kind.AUTHORITY, "read_deadline", "R8.9.5"),
        (Kind.THIRD_PARTY_REQUEST, "confirm_nothing", "R5.2"),
        (Kind.THIRD_PARTY_REQUEST, "official_order", "R7.2"),
        (Kind.OTHER, "redirect", "policy"),
    ],
)
def test_every_duty_of_the_reglement_is_a_task_with_its_article(
    kind: Kind, task: str, article: str
) -> None:
    """Section 1, column by column: what must happen is a task that cites its source."""
    assert (task, article) in {(rule.code, rule.article) for rule in KINDS[kind].tasks}


def test_no_kind_has_two_tasks_of_one_code() -> None:
    """A task is found back by its code within its case."""
    for rule in KINDS.values():
        codes = [task.code for task in rule.tasks]
        assert sorted(set(codes)) == sorted(codes)


def test_every_citation_names_a_known_source() -> None:
    """A citation nobody can look up is worth nothing."""
    cited = {article for rule in KINDS.values() for article in rule.articles} | {
        task.article for rule in KINDS.values() for task in rule.tasks
    }

    assert {one for one in cited if cite(one, "en") == one} == set()
    assert len({prefix for prefix, *_ in SOURCES}) == len(SOURCES)


@pytest.mark.parametrize(
    ("citation", "dutch", "english"),
    [
        ("R8.9.2b", "reglement artikel 8.9.2b", "reglement article 8.9.2b"),
        ("G12(3)", "AVG artikel 12 lid 3", "GDPR article 12(3)"),
        ("E1 §159", "EDPB-richtsnoeren 01/2022 §159", "EDPB Guidelines 01/2022 §159"),
        ("policy", "eigen beleid", "own policy"),
        ("unheard of", "unheard of", "unheard of"),
    ],
)
def test_citations_are_written_out_in_both_languages(
    citation: str, dutch: str, english: str
) -> None:
    """Dutch lawyers write 12 lid 3 where English ones write 12(3)."""
    assert (dutch, english) == (cite(citation, "nl"), cite(citation, "en"))


def test_meteen_is_a_task_of_its_own() -> None:
    """Reglement 8.3.1: factual errors are corrected at once, beside the four-week answer."""
    (correct, *_) = tasks.RECTIFICATION

    assert (correct.code, correct.due) == ("correct_facts", TaskDue.AT_ONCE)
