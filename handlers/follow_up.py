"""Mail in a running case: filed there, and before a person where anything is doubtful."""

from mailbot.domain.case import CaseState
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import AddToCase, AskOfficer, OpenCase, Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import Match, Thread

CLEARLY = 0.8
"""From this confidence a new request in a running case opens a case of its own."""


class FollowUp:
    """Files a mail in its case; what it newly asks opens a linked case."""

    def __init__(self, requests: Handler) -> None:
        self._requests = requests

    def propose(
        self, mail: Mail, suggestion: Suggestion, thread: Thread | None
    ) -> tuple[Proposal, ...]:
        """
        Say where a follow-up belongs.

        1. Without a case it is read as a new request: it may be one in old words.
        2. A number named by a stranger files nothing and shows nothing: a person looks.
        3. Otherwise the mail is filed; a clear new kind also opens a linked case.
        4. A person looks when the sender is another one or the case is closed.
        """
        if thread is None:
            return self._requests.propose(mail, suggestion, None)
        if thread.match is Match.REFERENCE and not thread.own_address:
            return (*self._anew(mail, suggestion), AskOfficer("number_named_by_another_address"))
        proposals: list[Proposal] = [AddToCase(thread.case.id)]
        if not thread.own_address:
            proposals.append(AskOfficer("sender_is_not_the_requester"))
        elif thread.case.state is CaseState.CLOSED:
            proposals.append(AskOfficer("case_is_closed"))
        return (*proposals, *_newly_asked(suggestion, thread))

    def _anew(self, mail: Mail, suggestion: Suggestion) -> tuple[Proposal, ...]:
        # A clear request of the stranger's own deserves its own case and clock.
        if not suggestion.kinds or suggestion.kinds[0].confidence < CLEARLY:
            return ()
        return self._requests.propose(mail, suggestion, None)


def _newly_asked(suggestion: Suggestion, thread: Thread) -> tuple[Proposal, ...]:
    """Open what the words clearly ask beyond the case's own kind."""
    fresh = [
        found
        for found in suggestion.kinds
        if found.confidence >= CLEARLY and found.kind is not thread.case.kind
    ]
    if not fresh:
        return ()
    opened = [OpenCase(found.kind, found.confidence, thread.case.id) for found in fresh]
    return (*opened, AskOfficer("new_request_in_running_case"))
