"""An entry of the breach register: its fields, its words, and what it refuses."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.domain.errors import EntryWrong
from mailbot.domain.register import Change, RegisterEntry, diff
from mailbot.domain.register_checks import NEEDED, changed, lacking, late
from mailbot.domain.register_fields import FIELD, FIELDS, Form, Section
from mailbot.domain.register_values import from_words, read_value, to_words, value_words
from mailbot.domain.register_words import (
    DataKind,
    Group,
    Incident,
    Nature,
    Protection,
    Risk,
    SpecialKind,
    TellingParents,
)
from mailbot.domain.roles import Role
from mailbot.domain.tasks import BREACH
from mailbot.work.register.tasks import DONE_WHEN

NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
AWARE = datetime(2026, 3, 27, 15, tzinfo=UTC)
FULL = RegisterEntry(
    summary="Lijst naar verkeerde ouder",
    facts="Een leerkracht vulde het adres verkeerd aan",
    cause="Automatisch aanvullen",
    incident=Incident.WRONG_RECIPIENT,
    nature=(Nature.CONFIDENTIALITY,),
    started_at=AWARE - timedelta(hours=3),
    ended_at=AWARE,
    discovered_at=AWARE,
    received_at=AWARE,
    aware_at=AWARE,
    reporter="Een ouder",
    processor="Geen",
    data_kinds=(DataKind.NAME_AND_ADDRESS, DataKind.BSN),
    special_kinds=(SpecialKind.HEALTH,),
    people_least=20,
    people_most=24,
    records_least=20,
    records_most=48,
    groups=(Group.PUPILS, Group.PARENTS),
    minors=True,
    protection=Protection.NONE,
    prior_security="Geen",
    effects="Gelezen door een buitenstaander",
    harm="Kinderen kunnen worden aangesproken",
    risk=Risk.HIGH,
    risk_reasoning="Gezondheid van kinderen",
    measures="Ontvanger heeft gewist",
    prevention="Adressen niet meer aanvullen",
    cross_border=True,
    countries=("België", "Duitsland"),
    fg_advice="Melden",
    fg_adviser="F. Gee",
    ap_reported=True,
    ap_reason="Hoog risico voor kinderen",
    ap_decider="B. Bestuur",
    ap_number="AP-1",
    ap_first_at=AWARE + timedelta(hours=72),
    ap_followups=(AWARE + timedelta(hours=90),),
    ap_delay_reason="",
    parents=TellingParents.TELL,
    parents_reason="Hoog risico voor kinderen",
    parents_decider="B. Bestuur",
    parents_told_at=AWARE + timedelta(hours=24),
    parents_how="Per mail, elk apart",
    parents_text="Er is een datalek geweest",
    public_notice="",
    lessons="Lijsten niet per mail",
)
SECTION_6 = """
    facts cause started_at ended_at discovered_at received_at aware_at reporter processor
    data_kinds special_kinds people_most records_most groups minors prior_security effects
    risk_reasoning measures ap_reported ap_reason ap_number ap_first_at ap_followups
    ap_delay_reason parents parents_how parents_text cross_border fg_advice ap_decider
    parents_decider lessons
"""


def test_the_table_of_fields_holds_every_field_of_an_entry_once() -> None:
    """A field that stands in no table is in no export, and nobody can fill it."""
    assert sorted(one.name for one in fields(RegisterEntry)) == sorted(rule.name for rule in FIELDS)
    assert [name for name in SECTION_6.split() if name not in FIELD] == []
    assert [name for name in NEEDED if name not in FIELD] == []


def test_the_fields_stand_in_the_order_of_the_form_with_labels_of_their_own() -> None:
    """The officer types them over from top to bottom; two equal labels would mix them up."""
    order = [list(Section).index(rule.section) for rule in FIELDS]
    assert sorted(order) == order
    assert len({rule.dutch for rule in FIELDS}) == len(FIELDS)


def test_an_entry_read_back_is_the_entry_that_was_written() -> None:
    """Nothing is lost between the value and its sealed words."""
    assert from_words(to_words(FULL)) == FULL
    assert from_words(to_words(RegisterEntry())) == RegisterEntry()
    assert [] == [
        rule.name
        for rule in FIELDS
        if getattr(FULL, rule.name) in (None, (), "")
        and rule.name not in ("ap_delay_reason", "public_notice")
    ]


def test_a_full_entry_lacks_nothing_and_an_empty_one_all_that_is_needed() -> None:
    """What GDPR 33(5) asks is named while it lacks."""
    assert [] == list(lacking(FULL))
    assert set(NEEDED) == set(lacking(RegisterEntry()))


def test_what_follows_from_a_decision_lacks_until_it_is_there() -> None:
    """Reported without a number, told without words, abroad without countries."""
    entry = replace(
        FULL, ap_number="", parents_told_at=None, parents_how="", parents_text="", countries=()
    )
    expected = ["ap_number", "parents_told_at", "parents_how", "parents_text", "countries"]
    assert expected == list(lacking(entry))


def test_an_awareness_that_moves_back_makes_a_notification_late_and_is_still_let_in() -> None:
    """The truth is never refused; the entry then lacks the reason for the delay."""
    assert not late(FULL)
    earlier = changed(FULL, NOW, aware_at=AWARE - timedelta(seconds=1))
    assert late(earlier)
    assert ["ap_delay_reason"] == list(lacking(earlier))


def test_a_risk_found_high_later_leaves_the_parents_undecided() -> None:
    """The FG may always say that the risk is high; the board then has to decide again."""
    light = replace(FULL, risk=Risk.UNLIKELY, parents=TellingParents.NO_HIGH_RISK)
    assert [] == list(lacking(light))
    assert ["parents"] == list(lacking(changed(light, NOW, risk=Risk.HIGH)))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"ended_at": AWARE - timedelta(hours=4)}, "started_at"),
        ({"people_most": 19}, "people_least"),
        ({"records_most": 19}, "records_least"),
        ({"people_least": -1}, "people_least"),
        ({"discovered_at": NOW + timedelta(seconds=1)}, "future"),
        ({"ap_followups": (AWARE,)}, "ap_followups"),
        ({"ap_reported": False}, "ap_reported"),
        ({"ap_first_at": None}, "ap_first_at"),
        ({"ap_first_at": AWARE + timedelta(hours=72, seconds=1)}, "ap_delay_reason"),
        ({"ap_reason": "nee"}, "ap_reason"),
        ({"parents": TellingParents.NO_HIGH_RISK}, "risk is high"),
        ({"parents": TellingParents.PUBLIC_NOTICE}, "public_notice"),
        ({"parents_reason": ""}, "parents_reason"),
        ({"parents_how": ""}, "parents_how"),
        ({"facts": "x" * 20_001}, "facts"),
        ({"started_at": datetime(2026, 3, 1)}, "zone"),  # noqa: DTZ001 - what is refused.
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(values: dict[str, object], word: str) -> None:
    """Each contradiction is named by its field."""
    with pytest.raises(EntryWrong, match=word):
        changed(FULL, NOW, **values)


def test_every_problem_is_named_at_once() -> None:
    """Nobody mends an entry one error at a time."""
    with pytest.raises(EntryWrong) as refused:
        changed(FULL, NOW, people_most=1, ended_at=AWARE - timedelta(days=1))
    assert 2 == len(refused.value.problems)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("facts", "  Lijst weg \n", "Lijst weg"),
        ("people_most", "1.200", 1200),
        ("minors", "Ja", True),
        ("cross_border", "no", False),
        ("incident", "wrong_recipient", Incident.WRONG_RECIPIENT),
        ("data_kinds", "bsn, contact,bsn", (DataKind.BSN, DataKind.CONTACT)),
        ("countries", "België; Duitsland ;", ("België", "Duitsland")),
        ("started_at", "2026-03-27T16:00+01:00", AWARE),
        ("people_most", " ", None),
        ("groups", "", ()),
    ],
)
def test_values_are_read_as_people_type_them(name: str, text: str, value: object) -> None:
    """Words of closed lists by their codes, instants with their zone, an empty text clears."""
    assert value == read_value(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people_most", "about ten"),
        ("people_most", "-3"),
        ("people_most", "9" * 12),
        ("minors", "perhaps"),
        ("incident", "lost"),
        ("data_kinds", "bsn,,contact"),
        ("started_at", "2026-03-27T16:00"),
        ("started_at", "gisteren"),
        ("nothing", "x"),
    ],
)
def test_a_value_that_is_none_is_named_with_what_is_allowed(name: str, text: str) -> None:
    """The error says the field and what to write instead."""
    with pytest.raises(EntryWrong, match=name):
        read_value(name, text)


def test_a_difference_names_each_field_before_and_after() -> None:
    """History shows what changed, and nothing else."""
    after = replace(FULL, risk=Risk.RISK, minors=None)
    assert [Change("minors", True, None), Change("risk", Risk.HIGH, Risk.RISK)] == diff(FULL, after)
    assert [] == diff(FULL, FULL)


def test_values_are_said_in_dutch_and_in_local_time() -> None:
    """People read Dutch words and the clock on the wall, not codes and UTC."""
    said = {rule.name: value_words(rule, getattr(FULL, rule.name)) for rule in FIELDS}
    assert "27-03-2026 16:00" == said["aware_at"]
    assert "30-03-2026 17:00" == said["ap_first_at"]
    assert "leerlingen, ouders en verzorgers" == said["groups"]
    assert "België; Duitsland" == said["countries"]
    assert "ja" == said["minors"]
    assert "" == said["public_notice"]


def test_nothing_of_an_entry_shows_in_a_log() -> None:
    """Texts and names stay out of what is printed when something fails."""
    shown = repr(FULL)
    for rule in FIELDS:
        if rule.form is Form.TEXT and rule.name != "ap_number" and getattr(FULL, rule.name):
            assert getattr(FULL, rule.name) not in shown


def test_a_handler_sets_facts_and_only_the_fg_the_advice() -> None:
    """The FG advises, the board decides, the handler prepares (reglement 8.9.2a, 3.3)."""
    by_handler = {rule.name for rule in FIELDS if Role.HANDLER in rule.set_by}
    assert not by_handler & {"risk", "risk_reasoning", "fg_advice", "lessons"}
    assert {"facts", "measures", "data_kinds", "people_most"} <= by_handler
    assert [{Role.FG}] == [set(rule.set_by) for rule in FIELDS if rule.name == "fg_advice"]
    never = {rule.name for rule in FIELDS if not rule.set_by}
    assert {"aware_at", "received_at", "ap_reported", "ap_first_at", "parents"} <= never


def test_every_task_of_a_breach_knows_what_settles_it() -> None:
    """A new task of a breach gets its line beside the register."""
    assert {task.code for task in BREACH} == set(DONE_WHEN)
