"""Policy for each kind of mail: a table from what a mail is to what the robot may propose."""

from handlers.follow_up import FollowUp
from handlers.no_reply import NoReply
from handlers.not_ours import NotOurs
from handlers.requests import Requests
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import Proposal
from mailbot.domain.suggestion import Route, Suggestion
from mailbot.domain.thread import Thread


class AllHandlers:
    """Chooses the handler of a mail; the choice is the table below and nothing else."""

    def __init__(self, kinds: frozenset[Kind]) -> None:
        requests = Requests(kinds)
        self._table: dict[Route, Handler] = {
            Route.AUTOMATIC: NoReply(),
            Route.BOUNCE: NoReply(),
            Route.SPAM: NotOurs("looks_like_spam"),
            Route.OTHER: NotOurs("looks_like_not_ours"),
            Route.FOLLOW_UP: FollowUp(requests),
            Route.CASE: requests,
        }

    def propose(
        self, mail: Mail, suggestion: Suggestion, thread: Thread | None
    ) -> tuple[Proposal, ...]:
        """A mail that points at a running case is a follow-up, whatever it reads like."""
        route = suggestion.route
        if thread is not None and route not in (Route.AUTOMATIC, Route.BOUNCE):
            route = Route.FOLLOW_UP
        return self._table[route].propose(mail, suggestion, thread)
