"""A general question that a passage surely answers; everything else is a request, or may be one."""

from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import Acknowledge, AnswerQuestion, AskOfficer, OpenCase, Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread

MAY_STAND_BESIDE = frozenset({"possible_breach"})
"""What a person may be asked beside an answer; any other doubt leaves the answer to a person."""


class Question:
    """Lets a passage answer where nothing else is asked, opened or doubted."""

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
        Say what becomes of a mail that may be a question.

        1. It is read as a request first: a question opens its case, and its clock runs.
        2. Where that is all, and a passage surely answers, the answer takes the place of the
           acknowledgement. The case stays open until a person has seen it.
        """
        proposals = self._requests.propose(mail, suggestion, thread, known)
        if suggestion.passage is None or thread is not None or not _only_a_question(proposals):
            return proposals
        code = suggestion.passage.passage
        return tuple(
            AnswerQuestion(code, otherwise=one.letter) if isinstance(one, Acknowledge) else one
            for one in proposals
        )


def _only_a_question(proposals: tuple[Proposal, ...]) -> bool:
    opened = [one.kind for one in proposals if isinstance(one, OpenCase)]
    doubts = {one.reason for one in proposals if isinstance(one, AskOfficer)}
    return opened == [Kind.QUESTION] and doubts <= MAY_STAND_BESIDE
