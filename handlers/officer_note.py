"""What an officer answers to a reminder or a proof: a note beside the case, never an act."""

from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AddToCase, AskOfficer, Proposal
from mailbot.domain.suggestion import Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread


class OfficerNote:
    """A mailbox is no sign-in: "akkoord" by mail decides nothing, extends nothing, closes nothing."""

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,  # noqa: ARG002
        thread: Thread | None,
        known: Known = STRANGER,
    ) -> tuple[Proposal, ...]:
        """
        Say where the note belongs.

        1. In the case the reminder was about; to a proof, which is about no case, in none.
        2. A person looks where it stands in no case, or comes from an address that is no
           officer's: a reminder may have been passed on.
        """
        filed = () if thread is None else (AddToCase(thread.case.id),)
        if not known.officer:
            return (*filed, AskOfficer("note_from_no_officer"))
        return filed or (AskOfficer("officer_wrote_by_mail"),)
