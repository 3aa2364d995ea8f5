"""Mail without a thread that may belong to a running case: guessed with reasons, put there by people."""

from mailbot.domain.guessing import PROBABLE, best_guess
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.ports import Handler
from mailbot.domain.proposal import AskOfficer, Proposal
from mailbot.domain.suggestion import Flag, Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread

REASON = "perhaps_of_a_case"
CLEAR = 0.5
"""From here the words ask for something, and a case opens whatever the guess."""
NEVER_WAITS = frozenset({Flag.SAFETY, Flag.URGENT})
"""What may not wait for somebody to look at the parked mails."""


class Perhaps:
    """Reads a mail as a request, unless it is more likely a word in a running case."""

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
        Say what becomes of a mail that no Message-ID and no number ties to a case.

        1. Without a guess it is a request, or may be one.
        2. A likely guess about a mail that asks for nothing waits for a person; no case opens.
        3. Any other guess stands beside the case that opens, for a person to see.
        """
        guess = None if thread is not None else best_guess(mail, suggestion, known)
        proposals = self._requests.propose(mail, suggestion, thread, known)
        if guess is None:
            return proposals
        asked = AskOfficer(REASON, guess.case_id, guess.why)
        if guess.score >= PROBABLE and not _asks(suggestion):
            others = [one for one in proposals if isinstance(one, AskOfficer)]
            return (asked, *(one for one in others if one.reason != "unsure"))
        return (*proposals, asked)


def _asks(suggestion: Suggestion) -> bool:
    """Whether the words ask for something of their own."""
    return bool(suggestion.flags & NEVER_WAITS) or any(
        found.confidence >= CLEAR and found.kind is not Kind.OTHER for found in suggestion.kinds
    )
