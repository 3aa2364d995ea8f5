"""Mail that only asks how things stand: who is told what, and what a person sees of it."""

from collections.abc import Sequence

from mailbot.domain.case import CaseState
from mailbot.domain.kinds import Kind
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
        answer: Sequence[Proposal] = (filed, AnswerStatus(thread.case.id))
        closed = thread.case.state is CaseState.CLOSED
        return (*answer, AskOfficer("case_is_closed")) if closed else tuple(answer)


def _without_thread(known: Known) -> tuple[Proposal, ...]:
    if not known.verified or not known.open_cases:
        return (AnswerStatus(None), AskOfficer("status_asked_by_other_address"))
    numbers = [one.case.id for one in known.open_cases]
    return (AddToCase(numbers[0]), *(AnswerStatus(number) for number in numbers))
