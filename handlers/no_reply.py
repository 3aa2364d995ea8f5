"""Automatic mail and bounces: kept, visible, filed where they belong, never answered."""

from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AddToCase, AskOfficer, Proposal
from mailbot.domain.suggestion import Says, Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread


class NoReply:
    """Never opens a case and never answers (RFC 3834, section 2)."""

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,
        thread: Thread | None,
        known: Known = STRANGER,  # noqa: ARG002
    ) -> tuple[Proposal, ...]:
        """
        Say where an automatic mail lies.

        An out-of-office lies beside the case it answers; where a person wrote a sentence of their
        own in it, somebody looks. Neither is ever answered.
        """
        if thread is None:
            return ()
        filed = AddToCase(thread.case.id)
        if Says.BY_A_PERSON in suggestion.says:
            return (filed, AskOfficer("automatic_with_words"))
        return (filed,)
