"""A colleague who sends on somebody's mail: nobody is written to before a person says whose it is."""

from collections.abc import Collection
from dataclasses import replace

from mailbot.domain.forwarded import is_passed_on
from mailbot.domain.mail import Mail
from mailbot.domain.proposal import AskOfficer, OpenCase, Proposal

REASON = "passed_on_by_colleague"
_KEPT = (OpenCase, AskOfficer)


def passed_on(
    mail: Mail, proposals: tuple[Proposal, ...], own_domains: Collection[str]
) -> tuple[Proposal, ...]:
    """
    Take from the proposals what would write to the colleague, or take them for the requester.

    The case opens all the same, and its clock runs from what we know: the day the colleague sent
    it on. The parent's own day is earlier; a person sets it (reglement 8.9.2b).
    """
    if not is_passed_on(mail, own_domains):
        return proposals
    kept = [
        replace(one, sender_asks=False) if isinstance(one, OpenCase) else one
        for one in proposals
        if isinstance(one, _KEPT)
    ]
    return (*kept, AskOfficer(REASON))
