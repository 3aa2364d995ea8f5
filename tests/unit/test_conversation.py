"""What is asked, guessed and told in a conversation: pure rules, one table each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from classifiers.answers import short_answers, which_data_in
from classifiers.school_names import school_named
from classifiers.siblings import sibling_in
from handlers import AllHandlers
from mailbot.domain.case import CaseFile, CaseState, Dates, Requester
from mailbot.domain.conversation import Progress, stage_of
from mailbot.domain.guessing import PROBABLE, best_guess
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import STAGES
from mailbot.domain.mail import Address, Mail
from mailbot.domain.missing import missing
from mailbot.domain.proposal import (
    Acknowledge,
    AddToCase,
    AnswerStatus,
    AskOfficer,
    OpenCase,
    Proposal,
)
from mailbot.domain.suggestion import (
    Fact,
    FactName,
    Flag,
    KindSuggestion,
    Route,
    Suggestion,
)
from mailbot.domain.thread import STRANGER, Known, Match, RunningCase, Thread

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MARIEKE = Address("Marieke Visser", "marieke@visser.test")
ALL = AllHandlers(frozenset(Kind))
ASKS = Suggestion(Route.FOLLOW_UP, "nl", unsure=False, asks_status=0.95)
DATES = Dates(NOW, date(2026, 11, 2), date(2026, 11, 30), date(2026, 11, 30), date(2027, 1, 25))
CASE = CaseFile(
    7,
    1,
    "SIPOR-2026-000001-D",
    Kind.ACCESS,
    False,
    CaseState.RECEIVED,
    DATES,
    "nl",
    Requester("", None),
    "t",
)


def mail(text: str = "tekst", subject: str = "onderwerp", *, reply: bool = False) -> Mail:
    """A mail of Marieke."""
    answered = ("<letter@sipor.nl>",) if reply else ()
    return Mail(subject, MARIEKE, None, NOW, text, in_reply_to=answered)


def believed(*facts: Fact, follow_up: float = 0.0, kind: Kind | None = None) -> Suggestion:
    """What a classifier may say."""
    kinds = (KindSuggestion(kind, 0.9),) if kind else ()
    return Suggestion(Route.CASE, "nl", kinds, follow_up, facts=facts)


def known(*cases: RunningCase, verified: bool = True) -> Known:
    """A sender with these running cases."""
    return Known(verified, cases)


RUNNING = RunningCase(CASE, "Inzage dossier", ("Noor Visser",))
OWN = Thread(CASE, Match.LETTER, own_address=True)
OTHERS = Thread(CASE, Match.LETTER, own_address=False)
NUMBER = Thread(CASE, Match.REFERENCE, own_address=False)
TABLE: tuple[tuple[Thread | None, Known, tuple[Proposal, ...]], ...] = (
    (OWN, known(RUNNING), (AddToCase(7), AnswerStatus(7))),
    (
        OWN,
        known(RUNNING, verified=False),
        (AddToCase(7), AnswerStatus(None), AskOfficer("status_asked_unverified")),
    ),
    (
        OTHERS,
        STRANGER,
        (AddToCase(7), AnswerStatus(None), AskOfficer("sender_is_not_the_requester")),
    ),
    (NUMBER, STRANGER, (AnswerStatus(None), AskOfficer("number_named_by_another_address"))),
    (None, known(RUNNING), (AddToCase(7), AnswerStatus(7))),
    (None, STRANGER, (AnswerStatus(None), AskOfficer("status_asked_by_other_address"))),
    (None, known(), (AnswerStatus(None), AskOfficer("status_asked_by_other_address"))),
    (
        None,
        known(RUNNING, verified=False),
        (AnswerStatus(None), AskOfficer("status_asked_by_other_address")),
    ),
)


@pytest.mark.parametrize(("thread", "sender", "expected"), TABLE)
def test_who_is_told_how_things_stand(
    thread: Thread | None, sender: Known, expected: tuple[Proposal, ...]
) -> None:
    """Only the case's own address, and only where our MX vouches for it (GDPR 5(1)(f))."""
    assert expected == ALL.propose(mail(), ASKS, thread, sender)


@pytest.mark.parametrize("kind", [Kind.AUTHORITY, Kind.THIRD_PARTY_REQUEST])
def test_third_parties_and_authorities_hear_from_a_person(kind: Kind) -> None:
    """Nothing that a machine writes may confirm to them that a pupil exists (reglement 5.2)."""
    case = replace(CASE, kind=kind)
    asked = (AddToCase(7), AskOfficer("a_person_writes_first"))
    assert asked == ALL.propose(mail(), ASKS, replace(OWN, case=case), known(RUNNING))
    assert asked == ALL.propose(mail(), ASKS, None, known(RunningCase(case)))


@pytest.mark.parametrize("flag", [Flag.SAFETY, Flag.INSTRUCTIONS_IN_MAIL])
def test_a_person_answers_whoever_writes_of_danger_or_gives_orders(flag: Flag) -> None:
    """However the question reads, a machine does not answer it."""
    found = ALL.propose(mail(), replace(ASKS, flags=frozenset({flag})), OWN, known(RUNNING))
    assert AskOfficer("asks_status_and_more") in found
    assert not any(isinstance(one, AnswerStatus) for one in found)


def test_a_second_wish_beside_the_question_is_not_left_unread() -> None:
    """A new kind opens its case as ever; the question itself goes to a person."""
    wishes = replace(ASKS, kinds=(KindSuggestion(Kind.ERASURE, 0.9),))
    found = ALL.propose(mail(), wishes, OWN, known(RUNNING))
    assert AskOfficer("asks_status_and_more") in found
    assert OpenCase(Kind.ERASURE, 0.9, 7) in found
    assert Acknowledge("ack_request") in found


def test_a_question_beside_the_question_is_answered_by_the_same_person() -> None:
    """It opens no case of its own, and no letter goes out that answers half of the mail."""
    both = replace(ASKS, asks_status=0.5, kinds=(KindSuggestion(Kind.QUESTION, 0.95),))
    assert (AddToCase(7), AskOfficer("asks_status_and_more")) == ALL.propose(
        mail(), both, OWN, known(RUNNING)
    )
    alone = replace(both, asks_status=0.0)
    assert OpenCase(Kind.QUESTION, 0.95, 7) in ALL.propose(mail(), alone, OWN, known(RUNNING))


def test_the_kind_of_the_own_case_is_no_second_wish() -> None:
    """Who asks after an access request names access."""
    asks = replace(ASKS, kinds=(KindSuggestion(Kind.ACCESS, 0.9),))
    assert AnswerStatus(7) in ALL.propose(mail(), asks, OWN, known(RUNNING))


def test_a_brother_of_somebody_elses_case_opens_nothing() -> None:
    """Only the requester can add a child; anybody else is put before a person."""
    sibling = Suggestion(
        Route.FOLLOW_UP, "nl", unsure=False, facts=(Fact(FactName.SIBLING_NAME, "Sem"),)
    )
    opened = OpenCase(Kind.ACCESS, 0.6, 7, "Sem")
    assert opened in ALL.propose(mail(), sibling, OWN)
    assert opened not in ALL.propose(mail(), sibling, OTHERS)


@pytest.mark.parametrize(
    ("kinds", "facts", "told", "expected"),
    [
        ((Kind.ACCESS,), (), (), ("child_name", "school", "role")),
        ((Kind.ERASURE,), (), (), ("child_name", "school", "which_data", "role")),
        ((Kind.QUESTION,), (), (), ()),
        (
            (Kind.ACCESS,),
            (Fact(FactName.CHILD_NAME, "Noor"),),
            (),
            ("child_name", "school", "role"),
        ),
        ((Kind.ACCESS,), (Fact(FactName.CHILD_NAME, "Noor Visser"),), (), ("school", "role")),
        (
            (Kind.ACCESS,),
            (Fact(FactName.REQUESTER_ROLE, "unknown"),),
            ("child_name", "school"),
            ("role",),
        ),
        ((Kind.ACCESS,), (), ("child_name", "school", "requester_role"), ()),
    ],
)
def test_only_what_is_missing_is_asked_and_nothing_twice(
    kinds: tuple[Kind, ...], facts: tuple[Fact, ...], told: tuple[str, ...], expected: object
) -> None:
    """A first name is half an answer; "everything" is a whole one to an access request."""
    assert expected == missing(kinds, facts, told)


@pytest.mark.parametrize(
    ("said", "likely"),
    [
        (believed(follow_up=0.9), True),
        (believed(Fact(FactName.CHILD_NAME, "Noor Visser")), True),
        (believed(), False),
        (believed(follow_up=0.9, kind=Kind.ERASURE), False),
        (believed(Fact(FactName.CHILD_NAME, "Tim de Boer")), False),
    ],
)
def test_a_guess_needs_more_than_the_address(said: Suggestion, likely: bool) -> None:
    """Words of an answer or the same child speak for it; another child or wish against it."""
    guess = best_guess(mail(), said, known(RUNNING))
    assert likely == (guess is not None and guess.score >= PROBABLE)


def test_two_cases_that_fit_as_well_are_no_guess() -> None:
    """A coin is not tossed over a parent's mail."""
    other = RunningCase(replace(CASE, id=8), "Iets anders", ("Noor Visser",))
    same = RunningCase(CASE, "Iets anders", ("Noor Visser",))
    said = believed(Fact(FactName.CHILD_NAME, "Noor Visser"), follow_up=0.9)
    assert best_guess(mail(), said, known(same, other)) is None
    assert best_guess(mail(subject="Inzage dossier"), said, known(RUNNING, other)) is not None


def test_a_case_of_long_ago_is_guessed_less_easily() -> None:
    """After three months the same address writes about something new."""
    dates = replace(DATES, received_at=NOW - timedelta(days=120))
    old = RunningCase(replace(CASE, dates=dates))
    fresh, stale = (
        best_guess(mail(), believed(follow_up=0.9), known(one)) for one in (RUNNING, old)
    )
    assert fresh is not None
    assert stale is None or stale.score < fresh.score


@pytest.mark.parametrize(
    ("case", "progress", "stage"),
    [
        (CASE, Progress(), "received"),
        (replace(CASE, confirmed=True), Progress(), "confirmed"),
        (replace(CASE, confirmed=True), Progress(under_way=True), "in_progress"),
        (CASE, Progress(waits_for_requester=True), "waiting_for_requester"),
        (CASE, Progress(former_dues=(date(2026, 11, 30),)), "extended"),
        (replace(CASE, state=CaseState.CLOSED), Progress("granted"), "decided"),
        (replace(CASE, state=CaseState.CLOSED), Progress("refused_for_safety"), "decided"),
        (replace(CASE, state=CaseState.CLOSED), Progress("handled"), "closed"),
    ],
)
def test_a_stage_says_how_far_and_never_how_it_ended(
    case: CaseFile, progress: Progress, stage: str
) -> None:
    """Granted and refused are the same stage (reglement 8.9.2a)."""
    assert stage in STAGES
    assert stage == stage_of(case, progress)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noor Visser\nHet Kompas\nmoeder", {"child_name": "Noor Visser", "school": "Het Kompas"}),
        ("1. Noor Visser\n2. De Regenboog\n\nGroeten,\nMarieke Visser", {"school": "De Regenboog"}),
        ("Groeten,\nMarieke Visser", {}),
        ("annesiyim", {"requester_role": "parent"}),
    ],
)
def test_short_answers_are_read_line_by_line(text: str, expected: dict[str, str]) -> None:
    """A name alone on its line is the child's, never the writer's own."""
    found = {fact.name.value: fact.value for fact in short_answers(mail(text, reply=True), ())}
    assert expected.items() <= found.items()
    assert "Marieke Visser" not in found.values()


def test_a_name_on_a_line_means_nothing_where_nobody_was_asked() -> None:
    """A signature under a first mail is no answer."""
    assert () == short_answers(mail("Noor Visser\nHet Kompas"), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dit geldt ook voor haar broertje Sem Visser.", "Sem Visser"),
        ("The same goes for her brother.", "unknown"),
        ("Aynı talep kızım Elif Yılmaz için de geçerli.", "Elif Yılmaz"),
        ("Zij heet Noor Visser.", None),
        ("Haar broertje zit daar ook.", None),
    ],
)
def test_a_sibling_is_meant_only_where_the_same_is_asked(text: str, name: str | None) -> None:
    """A brother who is merely mentioned opens no case."""
    found = sibling_in(text)
    assert name == (found.value if found else None)


def test_which_data_and_which_school_are_read_in_the_writers_words() -> None:
    """They are shown as they stand; nothing is looked up or made up."""
    data = which_data_in("De foto van het zomerfeest en zijn adres kloppen niet.")
    school = school_named("Hij gaat naar basisschool De Regenboog in Utrecht.")
    assert data is not None
    assert "foto, adres" == data.value
    assert school is not None
    assert "De Regenboog" == school.value
    assert school_named("Die foto staat op Facebook.") is None
