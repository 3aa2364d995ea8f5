"""What the robot may propose for each kind of mail, and what it never does."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from handlers import AllHandlers
from mailbot.domain.case import CaseFile, CaseState, Dates, Requester
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.mail import Mail
from mailbot.domain.proposal import (
    Acknowledge,
    AddToCase,
    AnswerQuestion,
    AnswerStatus,
    AskOfficer,
    OpenCase,
    Proposal,
)
from mailbot.domain.suggestion import KindSuggestion, Route, Suggestion
from mailbot.domain.thread import Match, Thread

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MAIL = Mail("onderwerp", None, None, NOW, "tekst")
ALL = AllHandlers(frozenset(Kind))


def believed(
    *kinds: tuple[Kind, float], route: Route = Route.CASE, unsure: bool = False
) -> Suggestion:
    """A suggestion with these kinds."""
    found = tuple(KindSuggestion(kind, confidence) for kind, confidence in kinds)
    return Suggestion(route, "nl", found, unsure=unsure)


def thread(
    *, own: bool, match: Match = Match.LETTER, state: CaseState = CaseState.RECEIVED
) -> Thread:
    """A tie to a running access case."""
    dates = Dates(NOW, date(2026, 11, 2), date(2026, 11, 30), date(2026, 11, 30), date(2027, 1, 25))
    case = CaseFile(
        7,
        1,
        "SIPOR-2026-000001-D",
        Kind.ACCESS,
        False,
        state,
        dates,
        "nl",
        Requester("", None),
        "t",
    )
    return Thread(case, match, own)


def test_the_words_for_an_outcome_do_not_exist() -> None:
    """Proposal is closed: it can open, file, acknowledge, answer and ask, and nothing else."""
    closed = {OpenCase, AddToCase, Acknowledge, AnswerStatus, AnswerQuestion, AskOfficer}
    assert closed == set(get_args(Proposal))


@pytest.mark.parametrize("route", [Route.AUTOMATIC, Route.BOUNCE])
def test_automatic_mail_gets_nothing(route: Route) -> None:
    """It is kept and visible; no case, no answer (RFC 3834)."""
    assert () == ALL.propose(MAIL, believed(route=route), None)


@pytest.mark.parametrize("route", [Route.SPAM, Route.OTHER])
def test_what_is_not_ours_is_shown_to_a_person_and_never_acknowledged(route: Route) -> None:
    """Never acknowledged, never deleted unseen (reglement.md section 1, policy)."""
    (only,) = ALL.propose(MAIL, believed(route=route), None)
    assert isinstance(only, AskOfficer)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_opens_its_case_with_its_own_letter(kind: Kind) -> None:
    """The letter follows from the table of kinds; none goes where a person writes first."""
    proposals = ALL.propose(MAIL, believed((kind, 0.95)), None)
    assert OpenCase(kind, 0.95) in proposals
    letters = [one.letter for one in proposals if isinstance(one, Acknowledge)]
    expected = KINDS[kind].acknowledgement
    assert ([expected] if expected else []) == letters


def test_several_rights_open_several_cases_with_one_letter() -> None:
    """One mail, several linked cases, each with its own clock; acknowledged once."""
    proposals = ALL.propose(MAIL, believed((Kind.ERASURE, 0.9), (Kind.ACCESS, 0.8)), None)
    assert 2 == sum(isinstance(one, OpenCase) for one in proposals)
    assert [Acknowledge("ack_request")] == [
        one for one in proposals if isinstance(one, Acknowledge)
    ]


def test_a_breach_and_a_request_share_the_letter_that_can_say_both() -> None:
    """The request's letter carries the advice about a breach when it names one."""
    proposals = ALL.propose(MAIL, believed((Kind.BREACH, 0.9), (Kind.ACCESS, 0.8)), None)
    assert Acknowledge("ack_request") in proposals


def test_a_doubtful_mail_still_opens_a_case_and_says_a_person_reads_it() -> None:
    """Doubt costs no term: the case opens, the letter promises a person."""
    proposals = ALL.propose(MAIL, believed((Kind.ACCESS, 0.3), unsure=True), None)
    assert OpenCase(None, 0.0) in proposals
    assert Acknowledge("ack_unsure") in proposals
    assert AskOfficer("unsure") in proposals


def test_a_faint_hint_of_a_breach_reaches_a_person_without_starting_its_letters() -> None:
    """A missed breach costs 72 hours; a wrong breach letter frightens a parent for nothing."""
    proposals = ALL.propose(MAIL, believed((Kind.BREACH, 0.28), unsure=True), None)
    assert AskOfficer("possible_breach") in proposals
    assert Acknowledge("ack_unsure") in proposals
    assert OpenCase(None, 0.0) in proposals


def test_a_mail_that_is_perhaps_not_ours_is_acknowledged_as_unsure() -> None:
    """Doubt never leaves a parent without an answer; only a sure "not ours" does."""
    proposals = ALL.propose(MAIL, believed((Kind.OTHER, 0.55), unsure=True), None)
    assert OpenCase(None, 0.0) in proposals
    assert Acknowledge("ack_unsure") in proposals


def test_a_kind_that_is_off_for_the_board_opens_no_case_of_that_kind() -> None:
    """SIPOR has no research objection until its FG turns it on."""
    handler = AllHandlers(frozenset(Kind) - {Kind.RESEARCH_OBJECTION})
    proposals = handler.propose(MAIL, believed((Kind.RESEARCH_OBJECTION, 0.95)), None)
    assert OpenCase(None, 0.0) in proposals
    assert AskOfficer("unsure") in proposals


def test_a_follow_up_is_filed_and_gets_no_second_acknowledgement() -> None:
    """One acknowledgement a case."""
    found = ALL.propose(MAIL, believed(route=Route.FOLLOW_UP), thread(own=True))
    assert (AddToCase(7),) == found


def test_a_follow_up_from_another_address_is_filed_before_a_person() -> None:
    """The second parent, a forward, a thief of a token: a person looks."""
    found = ALL.propose(MAIL, believed(route=Route.FOLLOW_UP), thread(own=False))
    assert (AddToCase(7), AskOfficer("sender_is_not_the_requester")) == found


def test_a_number_named_by_a_stranger_files_nothing_and_changes_no_answer() -> None:
    """A guessed number lets nobody in, and our answer does not show whether it exists."""
    found = ALL.propose(MAIL, believed(), thread(own=False, match=Match.REFERENCE))
    without = ALL.propose(MAIL, believed(), None)
    assert (*without, AskOfficer("number_named_by_another_address")) == found


def test_a_clear_new_request_in_a_running_case_opens_a_linked_case() -> None:
    """It has its own clock, from its own receipt."""
    found = ALL.propose(MAIL, believed((Kind.ERASURE, 0.9)), thread(own=True))
    assert OpenCase(Kind.ERASURE, 0.9, linked_to=7) in found
    assert AddToCase(7) in found


def test_a_reply_to_a_closed_case_is_put_before_a_person() -> None:
    """Only a person reopens."""
    found = ALL.propose(MAIL, believed(), thread(own=True, state=CaseState.CLOSED))
    assert AskOfficer("case_is_closed") in found
