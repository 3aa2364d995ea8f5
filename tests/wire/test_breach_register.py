"""The breach register on both databases: who may do what, and that nothing in it ever changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from mailbot import app
from mailbot.adapters import people
from mailbot.domain.books import NewCase
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.errors import ActRefused, EntryWrong, NotAllowed, UnknownCase, UnknownEntry
from mailbot.domain.kinds import Kind
from mailbot.domain.register import diff
from mailbot.domain.register_words import Risk, TellingParents
from mailbot.domain.roles import Role
from mailbot.domain.settled import TaskState
from mailbot.settings import from_text
from mailbot.work.clockwork import dates_of
from mailbot.work.desk import Desk
from mailbot.work.handling.standing import keep_away
from mailbot.work.handling.tasks import reopen, tasks_of
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import BreachDecisions
from tests.houses import MASTER, PASSWORD, TurnedClock, settings_text
from tests.servers.postgres import Postgres

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# In UTC, for Python adds hours on the local clock when both ends carry one zone.
FRIDAY = datetime(2026, 3, 27, 16, tzinfo=AMSTERDAM).astimezone(UTC)
REASON = "De school belde de FG om vier uur"


@dataclass
class Office:
    """A desk with its officers and register, and a clock that the test turns."""

    desk: Desk
    clock: TurnedClock
    engine: Engine

    @property
    def register(self) -> BreachRegister:
        """The register."""
        return BreachRegister(self.desk)

    @property
    def decisions(self) -> BreachDecisions:
        """The acts of the board."""
        return BreachDecisions(self.register)

    def officer(self, role: Role) -> Officer:
        """Sign in an officer of this role, added the first time."""
        address = f"{role}@officers.test"
        with self.desk.books.opened() as books:
            if address not in [one[0] for one in books.people.officers()]:
                books.people.add(address, f"Officer {role}", role, PASSWORD, self.clock())
        return self.desk.sign_in(address, PASSWORD, "test")

    def case(self, received: datetime, kind: Kind = Kind.BREACH) -> str:
        """Open a case as the robot does, and give its reference."""
        dates = dates_of(self.desk.clockwork.fresh(kind, received))
        new = NewCase(kind, 0.9, False, dates, "nl", "Jan", "jan@gezin.test", True, None)
        with self.desk.books.opened() as books:
            return books.cases.open_case(new).reference

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Read straight from the database."""
        with self.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office on each database; its passwords are quick to check."""
    monkeypatch.setattr(people, "HASHER", PasswordHasher(1, 8, 1))
    url = ""
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.database()
    settings = from_text(
        settings_text(imap_port=1, smtp_port=1, user="privacy", database=url),
        tmp_path / "mailbot.toml",
        {"MAILBOT_IMAP_PASSWORD": "none", "MAILBOT_MASTER_KEY": MASTER},
    )
    clock = TurnedClock(FRIDAY + timedelta(hours=1))
    desk = app.desk(settings, "sipor", clock)
    engine = desk.books._books._engine  # type: ignore[attr-defined]
    yield Office(desk, clock, engine)
    engine.dispose()


def test_a_breach_case_without_an_entry_is_missing_until_one_is_opened(office: Office) -> None:
    """Every incident is written down, reported or not (reglement 6.4.2)."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.case(FRIDAY, Kind.ACCESS)
    assert [reference] == [case.reference for case in office.register.missing(fg)]

    opened = office.register.open(fg, reference)

    assert [] == list(office.register.missing(fg))
    assert FRIDAY == opened.entry.received_at
    assert (1, reference, "Officer fg") == (opened.number, opened.reference, opened.officer)


def test_an_incident_without_a_mail_gets_a_number_of_its_own(office: Office) -> None:
    """Word of a breach also comes by phone or in the corridor (reglement 6.4.2)."""
    fg = office.officer(Role.FG)
    first = office.register.open(fg, None, FRIDAY, "Usb-stick kwijt")
    second = office.register.open(fg, None)
    assert first.reference.startswith("DATALEK-2026-000001-")
    assert second.reference.startswith("DATALEK-2026-000002-")
    aware = office.register.aware(fg, first.reference, FRIDAY, REASON)
    assert FRIDAY == aware.entry.aware_at


def test_each_change_is_a_version_that_names_its_officer(office: Office) -> None:
    """An entry is never edited in silence (GDPR 33(5)): what stood before still stands."""
    fg, handler = office.officer(Role.FG), office.officer(Role.HANDLER)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    office.register.fill(handler, reference, {"facts": "Lijst aan verkeerde ouder", "minors": True})
    office.clock.turn(hours=2)
    office.register.fill(fg, reference, {"facts": "Lijst aan twee verkeerde ouders"})

    history = office.register.history(fg, reference)

    assert [1, 2, 3] == [one.number for one in history]
    assert ["Officer fg", "Officer handler", "Officer fg"] == [one.officer for one in history]
    assert "Lijst aan verkeerde ouder" == history[1].entry.facts
    changes = diff(history[1].entry, history[2].entry)
    assert [("facts", "Lijst aan verkeerde ouder", "Lijst aan twee verkeerde ouders")] == [
        (one.name, one.before, one.after) for one in changes
    ]
    assert [fg.sign_in_id, handler.sign_in_id, fg.sign_in_id] == [one.sign_in_id for one in history]


@pytest.mark.parametrize("table", ["register_entry", "register_version", "awareness"])
def test_no_row_of_the_register_can_be_changed_or_removed(office: Office, table: str) -> None:
    """Not even by somebody who holds the database (reglement 6.4.2)."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.register.aware(fg, reference, FRIDAY, REASON)
    for statement in (f"UPDATE {table} SET board_id = 1", f"DELETE FROM {table}"):
        with (
            pytest.raises(DBAPIError, match=f"{table}_is_append_only"),
            office.engine.begin() as connection,
        ):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("table", "columns", "values", "rule"),
    [
        (
            "register_version",
            "number, act, sealed",
            "9, 'set', x",
            "register_version_needs_officer",
        ),
        ("awareness", "aware_at, reason", "'2026-03-27 15:00', r", "awareness_needs_officer"),
    ],
)
def test_no_row_of_the_register_stands_without_its_officer(
    office: Office, table: str, columns: str, values: str, rule: str
) -> None:
    """There is no system officer: who wrote it stands beside what is written."""
    fg = office.officer(Role.FG)
    office.register.aware(fg, office.case(FRIDAY), FRIDAY, REASON)
    blob = "decode('00', 'hex')" if office.engine.dialect.name == "postgresql" else "x'00'"
    long = blob.replace("00", "00" * 40)
    given = values.replace(", x", f", {blob}").replace(", r", f", {long}")
    insert = (
        f"INSERT INTO {table} (board_id, entry_id, at, {columns}) "
        f"SELECT board_id, id, opened_at, {given} FROM register_entry"
    )
    with pytest.raises(DBAPIError, match=rule), office.engine.begin() as connection:
        connection.exec_driver_sql(insert)


def test_what_stands_in_the_register_cannot_be_read_in_the_database(office: Office) -> None:
    """The texts are sealed under a key of the entry, which is not the key of the case."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference, summary="Lijst van groep zeven")
    (sealed,) = office.rows("SELECT sealed FROM register_version")
    assert b"groep" not in bytes(sealed[0])  # type: ignore[arg-type]
    (keys,) = office.rows(
        "SELECT register_key.key_id, cases.key_id FROM register_key, register_entry, cases "
        "WHERE register_entry.id = entry_id AND cases.id = case_id"
    )
    assert keys[0] != keys[1]


def test_the_entry_outlives_the_file_of_its_case(office: Office) -> None:
    """The register is kept five years, the file of a request two (policy)."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference, summary="Lijst van groep zeven")
    with office.engine.begin() as connection:
        connection.execute(text("DELETE FROM data_key WHERE id = (SELECT key_id FROM cases)"))

    office.register.fill(fg, reference, {"lessons": "Lijsten gaan niet meer per mail"})

    assert "Lijst van groep zeven" == office.register.history(fg, reference)[-1].entry.summary


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (
            datetime(2026, 3, 27, 16, tzinfo=AMSTERDAM),
            datetime(2026, 3, 30, 17, tzinfo=AMSTERDAM),
        ),
        (
            datetime(2026, 10, 23, 16, tzinfo=AMSTERDAM),
            datetime(2026, 10, 26, 15, tzinfo=AMSTERDAM),
        ),
    ],
)
def test_seventy_two_hours_over_summer_time_reach_the_case(
    office: Office, aware: datetime, due: datetime
) -> None:
    """An hour is an hour, also in the night in which the clock is moved (reglement section 3)."""
    fg = office.officer(Role.FG)
    office.clock.now = aware + timedelta(hours=5)
    reference = office.case(aware + timedelta(hours=2))

    office.register.aware(fg, reference, aware, REASON)

    case = office.desk.show(fg, reference).case
    assert due == case.dates.ends_at
    assert (aware, aware + timedelta(hours=2)) == (case.dates.aware_at, case.dates.received_at)


def test_every_record_of_awareness_is_kept_and_told(office: Office) -> None:
    """Only a person says since when the school knew, and says why (reglement section 3)."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.aware(fg, reference, FRIDAY, REASON)
    office.clock.turn(hours=1)
    earlier = FRIDAY - timedelta(hours=3)
    office.register.aware(board, reference, earlier, "De conciërge wist het al om een uur")

    told = "\n".join(office.desk.explain(office.desk.show(fg, reference)))

    assert "Officer fg" in told
    assert "Officer board" in told
    assert "De conciërge wist het al om een uur" in told
    assert "Melden bij de AP uiterlijk maandag 30 maart 2026 14:00 uur" in told
    assert [(2,)] == office.rows("SELECT count(*) FROM awareness")
    events = office.rows("SELECT kind FROM event WHERE kind = 'register_aware'")
    assert 2 == len(events)


def test_awareness_survives_a_second_confirmation(office: Office) -> None:
    """What a person recorded is not lost when another confirms or corrects the kind."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.register.aware(fg, reference, FRIDAY, REASON)
    office.desk.confirm(fg, reference, Kind.QUESTION)
    assert office.desk.show(fg, reference).case.dates.aware_at is None

    again = office.desk.confirm(fg, reference, Kind.BREACH)

    assert FRIDAY == again.dates.aware_at
    assert FRIDAY + timedelta(hours=72) == again.dates.ends_at


def test_awareness_lies_not_in_the_future_and_has_its_reason(office: Office) -> None:
    """A moment that has not come is a typing error; a record without a reason is none."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    with pytest.raises(EntryWrong, match="future"):
        office.register.aware(fg, reference, office.clock() + timedelta(minutes=1), REASON)
    with pytest.raises(EntryWrong, match="reason"):
        office.register.aware(fg, reference, FRIDAY, " zomaar ")
    assert [(0,)] == office.rows("SELECT count(*) FROM register_entry")


def test_the_fg_advises_and_the_board_decides(office: Office) -> None:
    """The FG supervises and so never decides; nobody writes the FG's advice but the FG."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    handler, admin = office.officer(Role.HANDLER), office.officer(Role.ADMIN)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    why = "Namen en cijfers van 24 kinderen"

    for officer in (fg, handler, admin):
        with pytest.raises(NotAllowed):
            office.decisions.decide_ap(officer, reference, report=True, reason=why)
        with pytest.raises(NotAllowed):
            office.decisions.decide_parents(officer, reference, TellingParents.TELL, why)
    with pytest.raises(NotAllowed):
        office.register.fill(board, reference, {"fg_advice": "Niet melden"})
    with pytest.raises(NotAllowed):
        office.register.fill(handler, reference, {"risk": Risk.UNLIKELY})
    for act in (office.register.entries, office.register.missing, office.register.export):
        with pytest.raises(NotAllowed):
            act(admin)
    with pytest.raises(NotAllowed):
        office.register.export(handler)
    with pytest.raises(NotAllowed):
        office.register.aware(handler, reference, FRIDAY, REASON)

    office.register.fill(fg, reference, {"fg_advice": "Melden", "risk": Risk.RISK})
    decided = office.decisions.decide_ap(board, reference, report=True, reason=why)
    assert ("Officer fg", "Officer board") == (decided.entry.fg_adviser, decided.entry.ap_decider)


@pytest.mark.parametrize("name", ["aware_at", "ap_reported", "parents", "received_at", "nothing"])
def test_what_an_act_decides_is_not_set_as_a_fact(office: Office, name: str) -> None:
    """Awareness and decisions have doors of their own, for every role."""
    board = office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.open(board, reference)
    with pytest.raises((NotAllowed, EntryWrong)):
        office.register.fill(board, reference, {name: None})


def test_not_reporting_ends_the_seventy_two_hours_and_needs_its_reason(office: Office) -> None:
    """Why something was not reported is what the AP will ask (GDPR 33(5))."""
    board = office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.aware(board, reference, FRIDAY, REASON)
    with pytest.raises(EntryWrong, match="ap_reason"):
        office.decisions.decide_ap(board, reference, report=False, reason="nee")

    why = "Versleutelde stick, sleutel is nog hier"
    office.decisions.decide_ap(board, reference, report=False, reason=why)
    assert office.desk.show(board, reference).case.dates.ends_at is None

    office.decisions.decide_ap(board, reference, report=True, reason="De sleutel is ook weg")
    assert FRIDAY + timedelta(hours=72) == office.desk.show(board, reference).case.dates.ends_at


def test_a_notification_after_seventy_two_hours_says_why(office: Office) -> None:
    """A late notification carries its reasons (GDPR 33(1)); the last second is in time."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    end = FRIDAY.astimezone(UTC) + timedelta(hours=72)
    with pytest.raises(EntryWrong, match="aware_at"):
        office.register.open(fg, reference)
        office.decisions.notify_ap(fg, reference, FRIDAY)
    office.register.aware(fg, reference, FRIDAY, REASON)
    office.clock.now = end + timedelta(days=1)
    with pytest.raises(EntryWrong, match="ap_delay_reason"):
        office.decisions.notify_ap(fg, reference, end + timedelta(seconds=1), number="AP-1")

    first = office.decisions.notify_ap(fg, reference, end, number="AP-1")
    again = office.decisions.notify_ap(fg, reference, end + timedelta(hours=20))

    assert (end, "AP-1") == (first.entry.ap_first_at, first.entry.ap_number)
    assert ((end + timedelta(hours=20),), "AP-1") == (
        again.entry.ap_followups,
        again.entry.ap_number,
    )
    assert office.desk.show(fg, reference).case.dates.ends_at is None


def test_a_high_risk_is_told_or_its_exception_is_named(office: Office) -> None:
    """The three exceptions are those of reglement 6.4.3, and no fourth."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    office.register.fill(fg, reference, {"risk": Risk.HIGH})
    why = "Er is niets aan de hand geweest"
    with pytest.raises(EntryWrong, match="risk is high"):
        office.decisions.decide_parents(board, reference, TellingParents.NO_HIGH_RISK, why)
    with pytest.raises(EntryWrong, match="public_notice"):
        office.decisions.decide_parents(board, reference, TellingParents.PUBLIC_NOTICE, why)
    with pytest.raises(EntryWrong, match="parents_reason"):
        office.decisions.decide_parents(board, reference, TellingParents.ENCRYPTED, "")
    decided = office.decisions.decide_parents(
        board, reference, TellingParents.PUBLIC_NOTICE, "Van 900 gezinnen geen adres", "Op de site"
    )
    assert ("Officer board", "Op de site") == (
        decided.entry.parents_decider,
        decided.entry.public_notice,
    )


def test_each_parent_is_written_apart_on_the_decision_of_the_board(office: Office) -> None:
    """A mail of its own for each (GDPR 34(2)), that no parent sees another's address in."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    words = {
        "nature": "Een lijst met namen ging naar een verkeerde ouder.",
        "consequences": "Anderen kunnen weten in welke groep uw kind zit.",
        "measures": "De ontvanger heeft de lijst gewist.",
        "advice": "U hoeft niets te doen.",
    }
    parents = ["een@gezin.test", "twee@gezin.test", "een@gezin.test"]
    with pytest.raises(NotAllowed):
        office.decisions.write_parents(board, reference, parents, words)
    office.decisions.decide_parents(board, reference, TellingParents.TELL, "Hoog risico voor hen")
    with pytest.raises(NotAllowed):
        office.decisions.write_parents(fg, reference, parents, words)
    with pytest.raises(EntryWrong, match="advice"):
        office.decisions.write_parents(board, reference, parents, {**words, "advice": " "})
    with pytest.raises(EntryWrong, match="address 2"):
        office.decisions.write_parents(board, reference, ["a@b.nl", "a@b.nl, c@d.nl"], words)

    told = office.decisions.write_parents(board, reference, parents, words)

    assert [("breach_parents", "nl")] * 2 == office.rows("SELECT code, language FROM letter")
    assert told.as_it_stands.parents_told_at is None
    assert [(0,)] == office.rows("SELECT count(*) FROM letter WHERE decision_id IS NULL")
    assert "2 ontvangers" in told.entry.parents_how
    assert "gewist" in told.entry.parents_text
    assert office.desk.show(fg, reference).case.state != "closed"


def test_tasks_of_a_breach_follow_what_stands_in_the_register(office: Office) -> None:
    """What is written down once need not be said again; what is taken back is open again."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.desk.confirm(fg, reference, Kind.BREACH)

    def settled() -> list[str]:
        found = tasks_of(office.desk, fg, reference)
        return [task.rule.code for task in found if task.state is TaskState.DONE]

    assert [] == settled()
    office.register.aware(fg, reference, FRIDAY, REASON)
    assert ["set_awareness", "keep_register"] == settled()
    why = "Versleutelde stick, sleutel is nog hier"
    office.register.fill(fg, reference, {"risk": Risk.UNLIKELY, "risk_reasoning": why})
    office.decisions.decide_ap(board, reference, report=False, reason=why)
    office.decisions.decide_parents(board, reference, TellingParents.NO_HIGH_RISK, why)
    assert 5 == len(settled())

    office.decisions.decide_ap(board, reference, report=True, reason="De sleutel is ook weg")
    assert "notify_authority" not in settled()
    office.decisions.notify_ap(fg, reference, office.clock())
    assert "notify_authority" in settled()

    reopen(office.desk, fg, reference, "assess_risk")
    office.register.fill(fg, reference, {"lessons": "Sleutels apart"})
    assert "assess_risk" not in settled()


def test_whom_a_breach_is_about_finds_no_entry_of_it(office: Office) -> None:
    """Who is kept away from a case is kept away from its entry, by every door (R8.9.4)."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    later = office.case(FRIDAY)
    for one in (reference, later):
        keep_away(
            office.desk, fg, one, "board@officers.test", "Het incident gaat over deze persoon"
        )

    assert [] == list(office.register.entries(board))
    assert [] == list(office.register.missing(board))
    assert [] == list(office.register.export(board))
    why = "Namen van vierentwintig kinderen"
    for act in (
        lambda: office.register.history(board, reference),
        lambda: office.register.export(board, reference),
        lambda: office.register.fill(board, reference, {"facts": "anders"}),
        lambda: office.register.aware(board, reference, FRIDAY, REASON),
        lambda: office.register.aware(board, later, FRIDAY, REASON),
        lambda: office.register.open(board, later),
        lambda: office.decisions.decide_ap(board, reference, report=False, reason=why),
    ):
        with pytest.raises((UnknownEntry, UnknownCase)):
            act()
    assert [(1,)] == office.rows("SELECT count(*) FROM register_version")
    assert [(0,)] == office.rows("SELECT count(*) FROM awareness")


def test_an_export_is_an_act_that_is_noted(office: Office) -> None:
    """Who took the register out of the house stands in the history."""
    fg = office.officer(Role.FG)
    reference = office.case(FRIDAY)
    office.register.open(fg, reference)
    office.register.open(fg, None, FRIDAY - timedelta(days=400))

    assert [reference] == [one[-1].reference for one in office.register.export(fg, None, 2026)]
    assert 2 == len(office.register.export(fg))

    noted = office.rows("SELECT officer_id FROM event WHERE kind = 'register_exported'")
    assert [(fg.id,)] * 2 == noted


def test_what_is_not_there_is_named(office: Office) -> None:
    """A wrong number ends in a sentence, and never opens an entry."""
    fg = office.officer(Role.FG)
    access = office.case(FRIDAY, Kind.ACCESS)
    acts: list[tuple[type[Exception], Callable[[], object]]] = [
        (UnknownEntry, lambda: office.register.history(fg, "SIPOR-2026-000009-A")),
        (UnknownEntry, lambda: office.register.fill(fg, access, {"facts": "x"})),
        (UnknownCase, lambda: office.register.open(fg, "SIPOR-2026-000009-A")),
        (UnknownCase, lambda: office.register.aware(fg, "DATALEK-2026-000001-A", FRIDAY, REASON)),
        (NotAllowed, lambda: office.register.open(fg, access)),
        (NotAllowed, lambda: office.register.aware(fg, access, FRIDAY, REASON)),
    ]
    for refusal, act in acts:
        with pytest.raises(refusal):
            act()
    assert [(0,)] == office.rows("SELECT count(*) FROM register_entry")


def test_a_breach_is_closed_over_an_unfinished_register_only_with_a_typed_reason(
    office: Office,
) -> None:
    """GDPR 33(5): what still lacks is named; a person may go on, says why, and that is kept."""
    fg, board = office.officer(Role.FG), office.officer(Role.BOARD)
    reference = office.case(FRIDAY)
    office.desk.confirm(fg, reference, Kind.BREACH)
    grounds = "Het lek is gedicht en beoordeeld."
    with pytest.raises(ActRefused, match="the whole entry"):
        office.desk.decide(board, reference, Outcome.HANDLED, grounds)
    office.register.open(fg, reference, summary="Lijst met namen")
    with pytest.raises(ActRefused, match="facts, cause"):
        office.desk.decide(board, reference, Outcome.HANDLED, grounds, unfinished="spoed")

    why = "Hetzelfde voorval staat al bij een andere melding"
    closed = office.desk.decide(board, reference, Outcome.HANDLED, grounds, unfinished=why)

    assert "closed" == closed.state
    story = office.desk.show(fg, reference)
    assert why in story.notes[-1].text
    assert "oorzaak" in story.notes[-1].text.lower()
    (event,) = (one for one in story.events if one.kind == "closed_unfinished")
    assert "cause" in dict(event.detail)["lacking"]
    assert why not in str(event.detail)
