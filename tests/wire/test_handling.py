"""What people do on a case, on both databases: tasks, identity, who may look, dates by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from mailbot import app
from mailbot.domain.asked import Age, Asker
from mailbot.domain.case import CaseState
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.errors import (
    ActRefused,
    IdentityMissing,
    NotAllowed,
    ReasonMissing,
    SignInRefused,
    UnknownCase,
)
from mailbot.domain.identity import How
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.noticed import Announced
from mailbot.domain.roles import Role
from mailbot.domain.settled import TaskState
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk
from mailbot.work.handling import (
    identity,
    receipt,
    restriction,
    standing,
    tasks,
    terms,
    third_party,
)
from mailbot.work.handling.by_hand import ByOtherWay, Channel, open_by_hand
from mailbot.work.handling.page import page_of
from mailbot.work.handling.tasks import Settlement
from tests.houses import PASSWORD, TestHouse, TurnedClock, plain_mail

ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter Noor Visser hebben."
TWO_RIGHTS = (
    "Graag ontvang ik een kopie van het dossier van mijn zoon. Ik verzoek om inzage en om "
    "wissing van zijn gegevens: verwijder al zijn foto's."
)
REASON = "Dat is zo met de ouders besproken."
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = {
    "done": "U krijgt een kopie.",
    "done_on": date(2026, 11, 24),
    "where": "Op school.",
    "purposes": "Onderwijs.",
    "categories": "Naam.",
    "recipients": "Geen.",
    "retention": "Vijf jaar.",
    "source": "Van u.",
}


@pytest.fixture
def house(bare_house: Callable[..., TestHouse]) -> TestHouse:
    """A house without a mailbox, on a Monday morning."""
    return bare_house(TurnedClock(MORNING))


@pytest.fixture
def each_house(bare_house: Callable[..., TestHouse], any_database: str) -> TestHouse:
    """The same on SQLite and on PostgreSQL, where the SQL itself is what is tried."""
    return bare_house(TurnedClock(MORNING), database=any_database)


def by_hand(desk: Desk, officer: Officer, kind: Kind, **more: object) -> str:
    """Open a case of this kind and give its reference."""
    words: dict[str, object] = {"received": date(2026, 11, 23), "reason": REASON, **more}
    return open_by_hand(desk, officer, ByOtherWay(kind, Channel.DESK, **words)).reference  # type: ignore[arg-type]


def open_mail(house: TestHouse, body: str = ACCESS, subject: str = "Inzage") -> None:
    """Let a parent's mail become a case."""
    house.receive(plain_mail(subject, body))
    house.house.work_off()


def test_a_mail_lays_the_tasks_of_its_kind_with_their_day(each_house: TestHouse) -> None:
    """Section 1, access: each task has its article and its day, laid with the case itself."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    open_mail(house)
    (case,) = desk.queue(fg)
    found = tasks.tasks_of(desk, fg, case.reference)
    assert [rule.code for rule in KINDS[Kind.ACCESS].tasks] == [one.rule.code for one in found]
    assert {date(2026, 12, 21)} == {one.due for one in found}
    assert {TaskState.OPEN} == {one.state for one in found}


def test_a_factual_error_is_corrected_by_the_next_working_day(house: TestHouse) -> None:
    """Section 1, rectification, R8.3.1 "meteen": its own task beside the four weeks (policy)."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.RECTIFICATION, received=date(2026, 11, 20))
    due = {one.rule.code: one.due for one in tasks.tasks_of(desk, fg, reference)}
    assert date(2026, 11, 23) == due["correct_facts"]
    assert date(2026, 12, 18) == due["add_statement"]


def test_an_extension_moves_the_day_of_the_tasks_that_go_with_the_answer(house: TestHouse) -> None:
    """The day of a task follows the clock in force, so nobody is nagged about the former date."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    desk.extend(fg, reference, date(2027, 1, 15), REASON)
    assert {date(2027, 1, 15)} == {one.due for one in tasks.tasks_of(desk, fg, reference)}


def test_a_corrected_kind_takes_its_own_tasks_and_keeps_what_was_done(
    each_house: TestHouse,
) -> None:
    """What a person did stays on record; only what was open goes with the former kind."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    tasks.settle(desk, handler, reference, "collect", Settlement(done=True))
    desk.confirm(fg, reference, Kind.ERASURE)
    codes = [one.rule.code for one in tasks.tasks_of(desk, fg, reference)]
    assert [rule.code for rule in KINDS[Kind.ERASURE].tasks] == codes
    desk.confirm(fg, reference, Kind.ACCESS)
    state = {one.rule.code: one.state for one in tasks.tasks_of(desk, fg, reference)}
    assert state == {
        "collect": TaskState.DONE,
        "redact_others": TaskState.OPEN,
        "name_fee": TaskState.OPEN,
    }


def test_only_people_settle_a_task_and_each_settling_names_them(each_house: TestHouse) -> None:
    """Section 5: a handler prepares, an administrator sees no case; the schema wants an officer."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.ERASURE)
    with pytest.raises(ActRefused):
        tasks.settle(desk, handler, reference, "pick_ground", Settlement(done=True))
    picked = Settlement(done=True, picked=("unlawful",))
    found = tasks.settle(desk, handler, reference, "pick_ground", picked)
    assert found.settled is not None
    assert "Officer handler" == found.settled.officer
    with pytest.raises(ActRefused):
        tasks.settle(desk, handler, reference, "pick_ground", picked)
    with pytest.raises(ReasonMissing):
        tasks.settle(desk, handler, reference, "check_admission", Settlement(done=False))
    admin = house.enter(Role.ADMIN)
    with pytest.raises(NotAllowed):
        tasks.tasks_of(desk, admin, reference)
    with pytest.raises(DatabaseError), house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE case_act SET officer_id = NULL")
    with pytest.raises(DatabaseError), house.house.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM case_act")


def test_every_earlier_recipient_is_told_or_the_reason_is_on_record(house: TestHouse) -> None:
    """Section 1, G19 and R8.3.2: the task is done when each recipient has an answer."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.RECTIFICATION)
    done = Settlement(done=True)
    with pytest.raises(ActRefused):
        tasks.settle(desk, handler, reference, "tell_recipients", done)
    first = tasks.list_recipient(desk, handler, reference, "Gemeente Utrecht")
    second = tasks.list_recipient(desk, handler, reference, "Oude bijlesdocent")
    day = date(2026, 11, 23)
    tasks.tell_recipient(desk, handler, reference, first, told_on=day, how="per brief")
    with pytest.raises(ActRefused):
        tasks.settle(desk, handler, reference, "tell_recipients", done)
    with pytest.raises(ReasonMissing):
        tasks.not_told(desk, handler, reference, second, "kan niet")
    tasks.not_told(desk, handler, reference, second, "Onvindbaar, ook na zoeken.")
    found = tasks.settle(desk, handler, reference, "tell_recipients", done)
    assert TaskState.DONE is found.state
    with house.house.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT subject, detail FROM case_act JOIN event ON 1=1")
        assert not any("Gemeente" in str(row) for row in rows)


def test_an_objection_stops_the_processing_first_and_weighs_later(house: TestHouse) -> None:
    """Section 1, objection, R8.6.2 and G21(1): the stop is recorded at once, the weighing after."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.OBJECTION)
    weighed = Settlement(done=True, picked=("pupil_prevails",), words="Geen dwingende grond.")
    with pytest.raises(ActRefused):
        tasks.settle(desk, handler, reference, "weigh", weighed)
    stopped = Settlement(done=True, picked=("stopped",))
    tasks.settle(desk, handler, reference, "stop_processing", stopped)
    assert TaskState.DONE is tasks.settle(desk, fg, reference, "weigh", weighed).state


def test_a_file_goes_to_no_recipient_whom_nobody_verified(house: TestHouse) -> None:
    """Section 1, portability, R8.7.2: identity and recipient first, in this order of refusing."""
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.PORTABILITY)
    with pytest.raises(IdentityMissing):
        desk.decide(board, reference, Outcome.GRANTED, REASON, WORDS)
    identity.establish(desk, handler, reference, How.AT_SCHOOL)
    with pytest.raises(ActRefused):
        desk.decide(board, reference, Outcome.GRANTED, REASON, WORDS)
    verified = Settlement(done=True, picked=("called_back",), words="Bea belde de school terug.")
    tasks.settle(desk, handler, reference, "verify_recipient", verified)
    assert CaseState.CLOSED is desk.decide(board, reference, Outcome.GRANTED, REASON, WORDS).state


def test_open_tasks_warn_and_never_block_a_decision(house: TestHouse) -> None:
    """A person decides: what is open is said, and what follows the decision is not counted."""
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    reference = by_hand(desk, fg, Kind.RECTIFICATION)
    open_ = tasks.open_before_deciding(desk, board, reference)
    assert ["correct_facts", "add_statement"] == [one.rule.code for one in open_]
    assert CaseState.CLOSED is desk.decide(board, reference, Outcome.GRANTED, REASON, WORDS).state


@pytest.mark.parametrize("kind", [Kind.ACCESS, Kind.PORTABILITY])
@pytest.mark.parametrize("outcome", ["granted", "partly"])
def test_not_even_raw_sql_discloses_before_identity_is_established(
    each_house: TestHouse, kind: Kind, outcome: str
) -> None:
    """R8.2.3, section 2: the schema itself refuses the decision (`disclosure_needs_identity`)."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    reference = by_hand(desk, fg, kind)
    case_id = desk.show(fg, reference).case.id
    insert = (
        "INSERT INTO decision (board_id, case_id, officer_id, sign_in_id, outcome, grounds, at)"
        f" VALUES (1, {case_id}, {board.id}, {board.sign_in_id}, '{outcome}', {{blob}}, {{at}})"
    )
    sqlite = house.house.engine.dialect.name == "sqlite"
    blob = "zeroblob(50)" if sqlite else "decode(repeat('00', 50), 'hex')"
    statement = insert.format(blob=blob, at="'2026-11-23 09:00:00'")
    with (
        pytest.raises(DatabaseError, match="disclosure_needs_identity"),
        house.house.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    identity.establish(desk, fg, reference, How.CALL_BACK)
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert house.count("decision") == 1


def test_an_identity_record_says_how_when_and_by_whom_and_nothing_else(house: TestHouse) -> None:
    """R8.2.2 and 8.2.3: no number of a document is kept, for a BSN in the note is hidden."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.ACCESS)
    assert "identity" in {one.code for one in page_of(desk, fg, reference).checks}
    known = identity.establish(
        desk, handler, reference, How.SHOWN_DOCUMENT, "Paspoort getoond, bsn 111222333."
    )
    assert ("shown_document", MORNING, "Officer handler") == (known.how, known.at, known.officer)
    assert "111222333" not in known.note
    assert "identity" not in {one.code for one in page_of(desk, fg, reference).checks}
    with pytest.raises(ReasonMissing):
        identity.establish(desk, handler, reference, How.OTHER)


def test_a_complaint_goes_around_the_person_it_is_about(each_house: TestHouse) -> None:
    """Section 1, complaint, R8.9.4: for that officer, the FG too, the case no longer exists."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    handler = house.enter(Role.HANDLER)
    open_mail(house, TWO_RIGHTS, "Inzage en wissen")
    linked = [case.reference for case in desk.queue(fg)]
    assert len(linked) == 2
    with pytest.raises(ActRefused):
        standing.keep_away(desk, fg, linked[0], "fg@officers.test", REASON)
    with pytest.raises(NotAllowed):
        standing.keep_away(desk, handler, linked[0], "fg@officers.test", REASON)
    hidden = standing.keep_away(desk, board, linked[0], "fg@officers.test", REASON)
    assert sorted(linked) == sorted(hidden)
    assert [] == list(desk.queue(fg))
    assert 2 == len(desk.queue(board))
    for act in (
        lambda: desk.show(fg, linked[1]),
        lambda: desk.note(fg, linked[0], "Toch even kijken."),
        lambda: desk.confirm(fg, linked[0], Kind.ACCESS),
        lambda: tasks.tasks_of(desk, fg, linked[0]),
        lambda: page_of(desk, fg, linked[0]),
    ):
        with pytest.raises(UnknownCase):
            act()
    standing.admit_again(desk, board, linked[0], "fg@officers.test", REASON)
    assert 2 == len(desk.queue(fg))


def test_whom_a_complaint_is_about_gets_no_reminder_of_it(each_house: TestHouse) -> None:
    """R8.9.4: even the number and the date go around the person complained of."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    reference = by_hand(desk, fg, Kind.ACCESS)
    standing.keep_away(desk, board, reference, "fg@officers.test", REASON)
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=25)
    house.house.remind()
    assert house.count("letter", "code = 'reminder'") == 1


def test_nobody_is_both_board_and_fg_not_even_under_two_addresses(each_house: TestHouse) -> None:
    """Section 5, GDPR 38(6): who supervises does not decide, whatever address they sign in with."""
    desk = each_house.desk
    with desk.books.opened() as books:
        books.people.add("noor@school.test", "Noor Jansen", Role.FG, PASSWORD, desk.clock())
        books.people.add("n2@school.test", "Noor Jansen", Role.HANDLER, PASSWORD, desk.clock())
    for address in ("noor@school.test", "other@school.test"):
        with pytest.raises(SignInRefused), desk.books.opened() as books:
            books.people.add(address, " noor  jansen", Role.BOARD, PASSWORD, desk.clock())
    with desk.books.opened() as books:
        books.people.add("bob@school.test", "Bob Bakker", Role.BOARD, PASSWORD, desk.clock())


def test_an_age_counts_from_the_day_on_which_it_was_said(each_house: TestHouse) -> None:
    """Section 2, R8.1.2: at the receipt and on the day of the decision, each with its own day."""
    house = each_house
    desk, fg = house.desk, house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ERASURE)
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=20)
    standing.confirm_fact(desk, fg, reference, "age", "16")
    standing.confirm_fact(desk, fg, reference, "requester_role", "parent")

    with desk.books.opened() as books:
        asked = standing.read_asked(desk, books, desk.open_file(books, fg, reference))

    assert (Age(15, 16), Age(16, 16)) == (asked.at_receipt, asked.today)
    found = {check.code for check in standing.checks_of(desk, fg, reference)}
    assert {"turns_16", "parent_of_pupil_16"} <= found


def test_no_list_or_alarm_shows_a_complaint_to_the_person_it_is_about(
    each_house: TestHouse,
) -> None:
    """R8.9.4: the queue without a sign-in, the alarms that anybody watches, the retention plan."""
    house = each_house
    desk, fg, board = house.desk, house.enter(Role.FG), house.enter(Role.BOARD)
    about = by_hand(desk, fg, Kind.ACCESS)
    other = by_hand(desk, fg, Kind.ERASURE)
    standing.keep_away(desk, board, about, "fg@officers.test", REASON)
    with desk.books.opened() as books:
        kept = books.handling.kept_from_somebody()
        unseen = [case.reference for case in books.cases.open_cases() if case.id in kept]
    assert [about] == unseen

    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=30)
    house.house.remind()
    alarms = (house.settings.path.parent / "alarms.jsonl").read_text()
    assert about not in alarms
    assert other in alarms
    assert "a case from which an officer is kept away" in alarms

    for reference in (about, other):
        desk.confirm(board, reference, Kind.ACCESS)
        desk.decide(board, reference, Outcome.WITHDRAWN, REASON)
    with house.house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE letter SET state = 'sent', accepted_at = written_at")
    house.clock.turn(days=3 * 366)
    acts = app.retention(house.settings, house.settings.boards[0].code, house.clock)
    planned = {who.role: [one.subject for one in acts.plan(who).due] for who in (fg, board)}
    with pytest.raises(UnknownCase):
        acts.hold(fg, about, REASON)
    acts.holds.books.engine.dispose()  # type: ignore[attr-defined]
    assert {Role.FG: [other], Role.BOARD: [about, other]} == planned


def test_a_safety_flag_covers_linked_cases_and_lists_show_no_name(each_house: TestHouse) -> None:
    """Section 2, R8.9.3: linked cases are covered, and addresses stay off every list."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    open_mail(house, TWO_RIGHTS, "Inzage en wissen")
    first, second = (case.reference for case in desk.queue(fg))
    assert all(case.requester.address for case in desk.queue(fg))
    standing.change_flag(desk, handler, first, Flag.SAFETY, REASON, present=True)
    for reference in (first, second):
        assert "safety" in page_of(desk, fg, reference).flags
        assert "danger" == page_of(desk, fg, reference).checks[0].code
    seen = desk.queue(fg)
    assert [(None, "", True)] * 2 == [
        (case.requester.address, case.requester.name, case.urgent) for case in seen
    ]
    assert desk.show(fg, second).case.requester.address == "ouder@gezin.test"
    with pytest.raises(NotAllowed):
        standing.change_flag(desk, handler, second, Flag.SAFETY, REASON, present=False)
    standing.change_flag(desk, fg, second, Flag.SAFETY, REASON, present=False)
    assert "safety" not in page_of(desk, fg, first).flags


def test_an_officer_corrects_a_fact_and_the_machines_word_stays(house: TestHouse) -> None:
    """Section 2: confirmed facts decide the checks; the suggestion is never overwritten."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    open_mail(house, f"{ACCESS} Zij is 9 jaar.")
    (case,) = desk.queue(fg)
    before = house.count("fact")
    standing.confirm_fact(desk, handler, case.reference, "birth_date", "2010-11-24")
    standing.confirm_fact(desk, handler, case.reference, "requester_role", "parent")
    standing.confirm_fact(desk, handler, case.reference, "custody", "yes")
    assert before + 3 == house.count("fact")
    page = page_of(desk, fg, case.reference)
    assert ("2010-11-24", True) == page.facts["birth_date"]
    assert "parent_of_pupil_16" not in {check.code for check in page.checks}
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=1)
    later = {check.code for check in standing.checks_of(desk, fg, case.reference)}
    assert {"turns_16", "parent_of_pupil_16"} <= later
    for name, value in (("custody", "maybe"), ("age", "tien"), ("shoe_size", "38")):
        with pytest.raises(ActRefused):
            standing.confirm_fact(desk, handler, case.reference, name, value)


def test_a_phone_call_becomes_a_case_with_its_own_receipt(house: TestHouse) -> None:
    """Item 10 and section 3: the clock runs from the call, explained by the officer who heard it."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    request = ByOtherWay(
        Kind.ACCESS,
        Channel.PHONE,
        date(2026, 11, 20),
        "Vrijdag gebeld, genoteerd door de balie.",
        name="J. de Vries",
        about="Wil het hele dossier zien.",
        role=Asker.PARENT,
    )
    case = open_by_hand(desk, handler, request)
    assert (date(2026, 11, 20), date(2026, 12, 18)) == (case.dates.received_on, case.dates.due)
    assert not case.confirmed
    assert house.count("letter") == 0
    story = desk.show(fg, case.reference)
    assert "Wil het hele dossier zien." == story.notes[0].text
    told = desk.explain(story)
    assert any("vastgelegd door Officer handler" in line and "balie" in line for line in told)
    assert open_by_hand(desk, fg, request).confirmed
    with pytest.raises(ActRefused):
        by_hand(desk, fg, Kind.ACCESS, received=date(2026, 11, 24))
    with pytest.raises(ActRefused):
        by_hand(desk, fg, Kind.ACCESS, acknowledge=True)
    with pytest.raises(ActRefused):
        by_hand(desk, fg, Kind.ACCESS, address="Jan <jan@gezin.test>")
    with pytest.raises(ReasonMissing):
        by_hand(desk, fg, Kind.ACCESS, reason="weet ik")


def test_an_acknowledgement_goes_out_when_the_officer_says_so(house: TestHouse) -> None:
    """Item 10: by mail only with an address, and only when asked for; one for each case."""
    desk = house.desk
    fg = house.enter(Role.FG)
    by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    assert house.count("letter") == 0
    by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test", acknowledge=True)
    assert house.count("letter", "code = 'ack_request' AND officer_id IS NOT NULL") == 1


def test_a_forwarded_mail_gets_back_its_first_receipt(house: TestHouse) -> None:
    """Section 3, start: the officer sets the receipt with a reason, and every date follows."""
    desk = house.desk
    fg = house.enter(Role.FG)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    with pytest.raises(NotAllowed):
        receipt.correct_receipt(desk, handler, reference, date(2026, 11, 16), REASON)
    found = receipt.correct_receipt(desk, fg, reference, date(2026, 11, 16), REASON)
    dates = found.case.dates
    assert (date(2026, 12, 14), date(2027, 2, 8)) == (dates.due, dates.cap)
    assert found.shorter
    told = desk.explain(desk.show(fg, reference))
    assert any("vastgelegd door Officer fg" in line and "besproken" in line for line in told)


def test_a_corrected_receipt_never_shrinks_an_announced_date_unseen(house: TestHouse) -> None:
    """R8.9.2b: the announced date stays; past the new cap the officer must say that it shrinks."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    desk.extend(fg, reference, date(2027, 2, 15), REASON)
    kept = receipt.correct_receipt(desk, fg, reference, date(2026, 11, 23), REASON)
    assert date(2027, 2, 15) == kept.case.dates.due
    early = date(2026, 11, 2)
    with pytest.raises(ActRefused):
        receipt.correct_receipt(desk, fg, reference, early, REASON)
    cut = receipt.correct_receipt(desk, fg, reference, early, REASON, shorten=True)
    assert (date(2027, 1, 25), date(2027, 1, 25)) == (cut.case.dates.due, cut.case.dates.cap)
    assert cut.shorter
    assert any("Verlengd" in line for line in desk.explain(desk.show(fg, reference)))


def test_a_person_reads_the_deadline_of_an_authority(house: TestHouse) -> None:
    """Section 1, authority, R8.9.5: no term follows by itself; confirming again keeps it."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.AUTHORITY)
    assert desk.show(fg, reference).case.dates.due is None
    found = terms.set_deadline(desk, fg, reference, date(2026, 12, 5), REASON)
    assert (date(2026, 12, 5), date(2026, 12, 4)) == (found.dates.due, found.dates.working_target)
    assert date(2026, 12, 5) == desk.confirm(fg, reference, Kind.AUTHORITY).dates.due
    assert any("vastgelegd door" in line for line in desk.explain(desk.show(fg, reference)))
    request = by_hand(desk, fg, Kind.ACCESS)
    with pytest.raises(ActRefused):
        terms.set_deadline(desk, fg, request, date(2026, 12, 5), REASON)


def test_asking_who_somebody_is_never_stops_the_clock(house: TestHouse) -> None:
    """Section 3, E1 §159: the suspended date is advice beside the binding one."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    identity.ask_identity(desk, fg, reference)
    identity.ask(desk, fg, reference, "Welke jaren?", "Dan zoeken wij gerichter.")
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=5)
    page = page_of(desk, fg, reference)
    assert page.advisory is not None
    assert date(2026, 12, 26) == page.advisory.value
    identity.answered(desk, fg, reference)
    house.clock.turn(days=5)
    page = page_of(desk, fg, reference)
    assert page.advisory is not None
    assert date(2026, 12, 26) == page.advisory.value
    assert date(2026, 12, 21) == desk.show(fg, reference).case.dates.due
    assert house.count("letter", "code IN ('identity_request', 'clarification_request')") == 2


def test_a_late_notice_comes_only_after_the_due_date(house: TestHouse) -> None:
    """Section 3: after the due date only a late notice is possible; the duty stays."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    with pytest.raises(ActRefused):
        terms.late_notice(desk, fg, reference, date(2027, 1, 8), REASON)
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=29)
    with pytest.raises(ReasonMissing):
        terms.late_notice(desk, fg, reference, date(2027, 1, 8), "druk")
    with pytest.raises(ActRefused):
        terms.late_notice(desk, fg, reference, date(2026, 12, 1), REASON)
    found = terms.late_notice(desk, fg, reference, date(2027, 1, 8), REASON)
    assert found.overdue(house.clock())
    assert date(2026, 12, 21) == found.dates.due
    late = page_of(desk, fg, reference).late
    assert late is not None
    assert date(2027, 1, 8) == late.day
    assert house.count("letter", "code = 'late_notice'") == 1


def test_a_notice_that_is_not_accepted_in_time_counts_as_not_sent(each_house: TestHouse) -> None:
    """R8.9.2b: both dates are shown, an alarm is raised once, and no machine turns dates back."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    desk.extend(fg, reference, date(2027, 1, 15), REASON)
    (extension,) = page_of(desk, fg, reference).extensions
    assert Announced.WAITING is extension.announced
    house.house.remind()
    assert house.count("event", "kind = 'extension_not_announced'") == 0
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=30)
    house.house.remind()
    house.house.remind()
    assert house.count("event", "kind = 'extension_not_announced'") == 1
    (extension,) = page_of(desk, fg, reference).extensions
    assert Announced.NOT_ANNOUNCED is extension.announced
    assert (date(2026, 12, 21), date(2027, 1, 15)) == (extension.old_due, extension.new_due)
    cases = desk.queue(fg)
    with desk.books.opened() as books:
        assert [False] == list(terms.announced_of(desk, books, cases).values())


def test_an_extension_without_an_address_is_announced_by_a_person(each_house: TestHouse) -> None:
    """R8.9.2b: who has no mail hears of it by letter or telephone, in time as well."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS)
    desk.extend(fg, reference, date(2027, 1, 15), REASON)
    (extension,) = terms.told_by_hand(desk, fg, reference, date(2026, 11, 23), "gebeld")
    assert Announced.IN_TIME is extension.announced
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=30)
    house.house.remind()
    assert house.count("event", "kind = 'extension_not_announced'") == 0


def test_a_restriction_bears_its_mark_until_the_notice_went_before(each_house: TestHouse) -> None:
    """Section 1, restriction, R8.5.2, 8.5.4 and G18(3): the mark, the notice, then the lifting."""
    house = each_house
    desk = house.desk
    fg = house.enter(Role.FG)
    board = house.enter(Role.BOARD)
    handler = house.enter(Role.HANDLER)
    reference = by_hand(desk, fg, Kind.RESTRICTION, address="jan@gezin.test")
    desk.decide(board, reference, Outcome.GRANTED, REASON, WORDS)
    restriction.restrict(desk, handler, reference, "ParnasSys, kaart van de leerling")
    assert page_of(desk, fg, reference).mark is not None
    with pytest.raises(ActRefused):
        restriction.lift(desk, fg, reference)
    with pytest.raises(ActRefused):
        restriction.announce_lifting(desk, fg, reference, date(2026, 11, 23), REASON)
    restriction.announce_lifting(desk, fg, reference, date(2026, 11, 30), REASON)
    assert isinstance(house.clock, TurnedClock)
    house.clock.turn(days=8)
    with pytest.raises(ActRefused):
        restriction.lift(desk, fg, reference)
    restriction.announce_lifting(desk, fg, reference, date(2026, 12, 7), REASON)
    accept_letters(house)
    with pytest.raises(ActRefused):
        restriction.lift(desk, fg, reference)
    house.clock.turn(days=7)
    restriction.lift(desk, fg, reference)
    assert page_of(desk, fg, reference).mark is None


def accept_letters(house: TestHouse) -> None:
    """Let the mail server have taken every waiting letter now, as the outbox writes it down."""
    now = house.clock()
    with house.desk.books.opened() as books:
        letters = books.letters.claim("postman", now, now + timedelta(minutes=1), 20)
        for letter in letters:
            books.letters.sent(letter.id, "postman", now, 250)


def test_a_third_party_gets_a_bare_receipt(house: TestHouse) -> None:
    """Section 1, third party, R5.2: the letter is sent by a person and confirms nobody."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.THIRD_PARTY_REQUEST, address="wijk@gemeente.test")
    third_party.confirm_receipt(desk, fg, reference)
    assert house.count("letter", "code = 'third_party_reply'") == 1
    necessity = Settlement(done=True, picked=("subsidiarity", "minimum"), words="Rooster alleen.")
    with pytest.raises(ActRefused):
        tasks.settle(desk, fg, reference, "necessity", necessity)
    other = by_hand(desk, fg, Kind.ACCESS, address="jan@gezin.test")
    with pytest.raises(ActRefused):
        third_party.confirm_receipt(desk, fg, other)


def test_another_board_sees_and_changes_nothing(house: TestHouse) -> None:
    """Every row belongs to a board: an officer's address of this board only is known."""
    desk = house.desk
    fg = house.enter(Role.FG)
    reference = by_hand(desk, fg, Kind.ACCESS)
    with pytest.raises(ActRefused):
        standing.keep_away(desk, fg, reference, "fg@another.test", REASON)
    with pytest.raises(UnknownCase):
        tasks.tasks_of(desk, fg, "SIPOR-2026-000999-X")
