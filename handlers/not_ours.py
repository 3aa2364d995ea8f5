"""Mail that asks nothing of a privacy mailbox: shown to a person, who redirects or files it."""

from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AskOfficer, Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread


class NotOurs:
    """Never acknowledged, never deleted unseen."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,  # noqa: ARG002
        thread: Thread | None,  # noqa: ARG002
        known: Known = STRANGER,  # noqa: ARG002
    ) -> tuple[Proposal, ...]:
        """Ask a person to look."""
        return (AskOfficer(self._reason),)
