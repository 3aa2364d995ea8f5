"""Automatic mail and bounces: kept, visible, filed where they belong, never answered."""

from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AddToCase, Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread


class NoReply:
    """Never opens a case and never answers (RFC 3834, section 2)."""

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,  # noqa: ARG002
        thread: Thread | None,
        known: Known = STRANGER,  # noqa: ARG002
    ) -> tuple[Proposal, ...]:
        """File an out-of-office beside the case it answers; otherwise just keep it."""
        return () if thread is None else (AddToCase(thread.case.id),)
