"""Policy for each kind of mail: a table from what a mail is to what the robot may propose."""

from dataclasses import replace

from handlers.changes import without_thread
from handlers.follow_up import FollowUp
from handlers.no_reply import NoReply
from handlers.not_ours import NotOurs
from handlers.officer_note import OfficerNote
from handlers.passed_on import passed_on
from handlers.perhaps import Perhaps
from handlers.question import Question
from handlers.requests import Requests
from handlers.status import StatusQuestion, asks_status
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.pointing import left_unread
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import AskOfficer, Proposal
from mailbot.domain.suggestion import Route, Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread

_MACHINES = (Route.AUTOMATIC, Route.BOUNCE)
_AS_IT_IS = (*_MACHINES, Route.NOTE)
"""Routes that stand, whichever case the mail points at."""


class AllHandlers:
    """Chooses the handler of a mail; the choice is the table below and nothing else."""

    def __init__(self, kinds: frozenset[Kind], own_domains: frozenset[str] = frozenset()) -> None:
        self._own_domains = own_domains
        requests = Perhaps(Requests(kinds))
        self._status = StatusQuestion()
        self._table: dict[Route, Handler] = {
            Route.AUTOMATIC: NoReply(),
            Route.BOUNCE: NoReply(),
            Route.NOTE: OfficerNote(),
            Route.SPAM: NotOurs("looks_like_spam"),
            Route.OTHER: NotOurs("looks_like_not_ours"),
            Route.FOLLOW_UP: FollowUp(requests),
            Route.CASE: Question(requests),
        }

    def propose(
        self,
        mail: Mail,
        suggestion: Suggestion,
        thread: Thread | None,
        known: Known = STRANGER,
    ) -> tuple[Proposal, ...]:
        """
        Say what the robot may do with a mail.

        1. A mail that points at a running case is a follow-up, whatever it reads like.
        2. A file that could not be read is put before a person, whatever the mail reads like;
           one that looks like nothing of ours may then ask anything, so it opens a case.
        3. What a colleague sent on is nobody's yet, and nobody is written to.
        4. A mail that only asks how things stand is answered by the table of `status.py`.
        """
        unread = left_unread(mail, suggestion)
        route = suggestion.route
        if unread and route is Route.OTHER:
            route, suggestion = Route.CASE, replace(suggestion, unsure=True)
        if thread is not None and route not in _AS_IT_IS:
            route = Route.FOLLOW_UP
        if thread is None and route not in _AS_IT_IS:
            taken_back = without_thread(suggestion, known)
            if taken_back:
                return taken_back
        handler = self._table[route]
        if route not in _AS_IT_IS and asks_status(suggestion, thread, known):
            handler = self._status
        proposals = handler.propose(mail, suggestion, thread, known)
        if thread is None and route not in _AS_IT_IS:
            proposals = passed_on(mail, proposals, self._own_domains)
        if unread and route not in _AS_IT_IS:
            return (*proposals, AskOfficer("attachment_not_read"))
        return proposals
