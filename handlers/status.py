"""Mail that only asks how things stand: who is told what, and what a person sees of it."""

from collections.abc import Sequence

from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AddToCase, AnswerStatus, AskOfficer, Proposal
from mailbot.domain.suggestion import Flag, Suggestion
from mailbot.domain.thread import STRANGER, Known, Match, Thread

SURE = 0.8
"""From here the words ask how things stand, and nothing else."""
SOMETHING_MORE = 0.6
"""A kind this strong, other than those of the writer's own cases, is asked besides."""
NO_REQUEST = frozenset({Kind.QUESTION, Kind.OTHER})
"""Kinds a question after the state of things is easily taken for."""
FOR_A_PERSON = frozenset({Flag.SAFETY, Flag.INSTRUCTIONS_IN_MAIL})
"""Whoever writes so is answered by a person, however the question reads."""

# thread    | address              | told                                  | a person sees
# ----------|----------------------|---------------------------------------|---------------------------
# own case  | its own, verified    | where it stands, with those linked    | nothing, unless it is closed
# own case  | its own, of a third  | nothing: a person writes to them      | the mail, in the case
#           | party or authority   |                                       |
# own case  | its own, unverified  | nothing, not even that there is one   | the mail, in the case
# a case    | another one          | nothing, not even that there is one   | the mail, in the case
# a number  | another one          | nothing, not even that there is one   | the mail, in no case
# none      | verified, has cases  | where all of its running cases stand  | nothing
# none      | any other            | nothing, not even that there is none  | the mail


def asks_status(suggestion: Suggestion, thread: Thread | None, known: Known) -> bool:
    """Say whether a mail surely asks only how things stand."""
    if suggestion.asks_status < SURE or suggestion.flags & FOR_A_PERSON:
        return False
    own = {one.case.kind for one in known.open_cases} | ({thread.case.kind} if thread else set())
    return not any(
        found.confidence >= SOMETHING_MORE and found.kind not in own | NO_REQUEST
        for found in suggestion.kinds
    )


class StatusQuestion:
    """Answers by the table above; opens no case and decides nothing."""

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,  # noqa: ARG002
        thread: Thread | None,
        known: Known = STRANGER,
    ) -> tuple[Proposal, ...]:
        """Read the answer off the table."""
        if thread is None:
            return _without_thread(known)
        if thread.match is Match.REFERENCE and not thread.own_address:
            return (AnswerStatus(None), AskOfficer("number_named_by_another_address"))
        filed = AddToCase(thread.case.id)
        if not thread.own_address:
            return (filed, AnswerStatus(None), AskOfficer("sender_is_not_the_requester"))
        if not known.verified:
            return (filed, AnswerStatus(None), AskOfficer("status_asked_unverified"))
        if not _may_be_told(thread.case):
            return (filed, AskOfficer("a_person_writes_first"))
        answer: Sequence[Proposal] = (filed, AnswerStatus(thread.case.id))
        closed = thread.case.state is CaseState.CLOSED
        return (*answer, AskOfficer("case_is_closed")) if closed else tuple(answer)


def _without_thread(known: Known) -> tuple[Proposal, ...]:
    if not known.verified or not known.open_cases:
        return (AnswerStatus(None), AskOfficer("status_asked_by_other_address"))
    cases = [one.case for one in known.open_cases]
    filed = AddToCase(cases[0].id)
    told: list[Proposal] = [AnswerStatus(case.id) for case in cases if _may_be_told(case)]
    return (filed, *(told or [AskOfficer("a_person_writes_first")]))


def _may_be_told(case: CaseFile) -> bool:
    """Whether mailbot writes to this requester at all: not to third parties and authorities."""
    return case.kind is None or KINDS[case.kind].acknowledgement is not None
