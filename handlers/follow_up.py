"""Mail in a running case: filed there, and before a person where anything is doubtful."""

from handlers.changes import besides, changes
from mailbot.domain.case import CaseState
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import Acknowledge, AddToCase, AskOfficer, OpenCase, Proposal
from mailbot.domain.suggestion import FactName, Suggestion
from mailbot.domain.thread import STRANGER, Known, Match, Thread

CLEARLY = 0.8
"""From this confidence a new request in a running case opens a case of its own."""
AS_A_GUESS = 0.6
"""How surely a case for a brother or sister is of the kind of the running one."""
FOR_SEVERAL = "ack_request"


class FollowUp:
    """Files a mail in its case; what it newly asks opens a linked case."""

    def __init__(self, requests: Handler) -> None:
        self._requests = requests

    def propose(
        self,
        mail: Mail,
        suggestion: Suggestion,
        thread: Thread | None,
        known: Known = STRANGER,
    ) -> tuple[Proposal, ...]:
        """
        Say where a follow-up belongs.

        1. Without a case it is read as a new request: it may be one in old words.
        2. A number named by a stranger changes nothing, so that nobody learns from our answer
           whether there is such a case; a person looks.
        3. Otherwise the mail is filed; a clear new kind or another child opens a linked case.
        4. A person looks when the sender is another one, the case is closed, or the state of
           things was asked among other things.
        """
        if thread is None:
            return self._requests.propose(mail, suggestion, None, known)
        if thread.match is Match.REFERENCE and not thread.own_address:
            asked = AskOfficer("number_named_by_another_address")
            return (*self._requests.propose(mail, suggestion, None, known), asked)
        proposals: list[Proposal] = [AddToCase(thread.case.id)]
        if not thread.own_address:
            proposals.append(AskOfficer("sender_is_not_the_requester"))
        elif thread.case.state is CaseState.CLOSED:
            proposals.append(AskOfficer("case_is_closed"))
        if suggestion.asks_status:
            proposals.append(AskOfficer("asks_status_and_more"))
        fresh = besides(suggestion, _newly_asked(suggestion, thread))
        changed = changes(suggestion, thread, known)
        if fresh:
            # One letter a mail: whoever asks something new hears of that; a person of the rest.
            changed = tuple(one for one in changed if isinstance(one, AskOfficer))
        return (*proposals, *changed, *fresh)


def _newly_asked(suggestion: Suggestion, thread: Thread) -> tuple[Proposal, ...]:
    """Open what the words clearly ask beyond the case's own kind, or for another child."""
    # Who asks how it stands asks a question: another beside it a person answers in the same letter.
    answered = {thread.case.kind, Kind.QUESTION if suggestion.asks_status else None}
    fresh = [
        OpenCase(found.kind, found.confidence, thread.case.id)
        for found in suggestion.kinds
        if found.confidence >= CLEARLY and found.kind not in answered
    ]
    if fresh:
        return (*fresh, *_told(fresh, thread), AskOfficer("new_request_in_running_case"))
    sibling = _sibling(suggestion, thread)
    if sibling is None or not thread.own_address:
        return ()
    opened = [OpenCase(thread.case.kind, AS_A_GUESS, thread.case.id, sibling)]
    return (*opened, *_told(opened, thread), AskOfficer("sibling_named"))


def _told(opened: list[OpenCase], thread: Thread) -> tuple[Proposal, ...]:
    """Acknowledge to the requester; to whoever else writes in their thread a person writes."""
    letters = {KINDS[one.kind].acknowledgement if one.kind else "ack_unsure" for one in opened}
    if not thread.own_address or None in letters:
        return ()
    alone = next(iter(letters)) if len(letters) == 1 else None
    return (Acknowledge(alone or FOR_SEVERAL),)


def _sibling(suggestion: Suggestion, thread: Thread) -> str | None:
    """Name the other child for whom the same is asked; None where it is the same child."""
    known = {name.split()[0].lower() for name in thread.children if name.strip()}
    for fact in suggestion.facts:
        if fact.name is FactName.SIBLING_NAME:
            first = fact.value.split()[0].lower()
            return None if first in known else fact.value
    return None
