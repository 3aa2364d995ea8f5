"""What people say to their own case: take it back, say yes, write from elsewhere."""

from mailbot.domain.case import CaseState
from mailbot.domain.kinds import Kind
from mailbot.domain.letters import WITHDRAWAL_CHECK
from mailbot.domain.proposal import Acknowledge, AddToCase, AskOfficer, OpenCase, Proposal
from mailbot.domain.suggestion import Flag, Says, Suggestion
from mailbot.domain.thread import Known, Thread

# the mail says         | address          | the robot                | a person sees
# ----------------------|------------------|--------------------------|---------------------------
# take it back          | own, verified    | asks whether it is so    | withdrawal_proposed
# take it back          | own, unverified  | nothing                  | withdrawal_proposed
# take it back          | another          | nothing                  | withdrawal_by_another_address
# yes, to that question | own, verified    | nothing                  | withdrawal_confirmed
# anything else to it   | own              | nothing                  | withdrawal_answered
# a new mail address    | any              | writes to the old one    | new_address_named
_LOOKS_LIKE_IT = frozenset({Kind.CONSENT_WITHDRAWAL, Kind.QUESTION, Kind.OTHER})
"""Kinds for which taking a request back is easily taken."""
FOR_A_PERSON = frozenset({Flag.SAFETY, Flag.INSTRUCTIONS_IN_MAIL})


def changes(suggestion: Suggestion, thread: Thread, known: Known) -> tuple[Proposal, ...]:
    """
    Read off the table what a mail in a running case changes.

    A withdrawal is never acted on: the clock runs until a person has closed the case.
    """
    found: list[Proposal] = []
    if Says.NEW_ADDRESS in suggestion.says:
        found.append(AskOfficer("new_address_named"))
    if thread.case.state is CaseState.CLOSED:
        return tuple(found)
    takes_back = Says.WITHDRAWS in suggestion.says
    if not thread.own_address:
        return (*found, AskOfficer("withdrawal_by_another_address")) if takes_back else tuple(found)
    if thread.answered == WITHDRAWAL_CHECK:
        sure = known.verified and (takes_back or Says.YES in suggestion.says)
        return (*found, AskOfficer("withdrawal_confirmed" if sure else "withdrawal_answered"))
    if not takes_back:
        return tuple(found)
    found.append(AskOfficer("withdrawal_proposed"))
    if known.verified and not suggestion.flags & FOR_A_PERSON:
        found.append(Acknowledge(WITHDRAWAL_CHECK))
    return tuple(found)


def without_thread(suggestion: Suggestion, known: Known) -> tuple[Proposal, ...] | None:
    """
    Say what becomes of a mail that takes something back and answers nothing of ours.

    Of a verified writer with one running case it is that one; of one with several, a person says
    which. Of anybody else it is read as any other mail.
    """
    if Says.WITHDRAWS not in suggestion.says or not known.verified or _asks(suggestion):
        return None
    if len(known.open_cases) == 1:
        case = known.open_cases[0].case
        filed: tuple[Proposal, ...] = (AddToCase(case.id), AskOfficer("withdrawal_proposed"))
        return filed if suggestion.flags & FOR_A_PERSON else (*filed, Acknowledge(WITHDRAWAL_CHECK))
    if known.open_cases:
        return (AskOfficer("withdrawal_of_which_case"),)
    return None


def besides(suggestion: Suggestion, opened: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Leave out what looks newly asked and is only the words of a withdrawal."""
    if Says.WITHDRAWS not in suggestion.says:
        return opened
    asked = [one for one in opened if isinstance(one, OpenCase)]
    only_looks = all(one.kind in _LOOKS_LIKE_IT for one in asked)
    return () if asked and only_looks else opened


def _asks(suggestion: Suggestion) -> bool:
    return any(
        found.confidence >= 0.65 and found.kind not in _LOOKS_LIKE_IT for found in suggestion.kinds
    )
