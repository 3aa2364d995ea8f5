"""Why a mail waits for a person, and why it was guessed to be of a case, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.books import Event
from mailbot.web.languages import N_

REASONS: Mapping[str, str] = {
    "looks_like_not_ours": N_("does not seem to be about privacy"),
    "looks_like_spam": N_("looks like advertising or fraud"),
    "number_named_by_another_address": N_("a stranger names the number of a case"),
    "status_asked_by_other_address": N_("a stranger asks how a case stands"),
    "status_asked_unverified": N_("asks how a case stands; the address is not proven"),
    "asks_status_and_more": N_("asks how the case stands, and something else besides"),
    "sender_is_not_the_requester": N_("comes from another address than the requester's"),
    "case_is_closed": N_("came after the case was closed; take it in hand again if need be"),
    "new_request_in_running_case": N_("asks something new, for which a linked case was opened"),
    "sibling_named": N_("names another child, for whom a linked case was opened"),
    "unsure": N_("the machine is not sure what it asks"),
    "a_person_writes_first": N_("no automatic letter goes to this sender; a person writes"),
    "possible_breach": N_("data may have been exposed; if so, 72 hours run"),
    "attachment_not_read": N_("an attached file could not be read"),
    "automatic_with_words": N_("an automatic answer in which somebody wrote a sentence"),
    "passed_on_by_colleague": N_("a colleague sent it on; say whose it is before anybody hears"),
    "perhaps_of_a_case": N_("perhaps belongs to a case"),
    "note_from_no_officer": N_("answers a mail of ours to officers, from another address"),
    "officer_wrote_by_mail": N_("a colleague answered the daily proof"),
    "new_address_named": N_("names a new address; verify it before letters go there"),
    "withdrawal_proposed": N_("seems to take the request back; nothing is closed by it"),
    "withdrawal_by_another_address": N_("takes a request back that is not this sender's"),
    "withdrawal_confirmed": N_("confirms that the request is taken back; a person closes it"),
    "withdrawal_answered": N_("answers whether it is taken back, but gives no clear yes"),
    "withdrawal_of_which_case": N_("takes a request back; it is not clear which one"),
    "moved_by_officer": N_("an officer took it out of its case"),
}
"""Every reason for which handlers and officers put a mail before a person."""

GUESSED: Mapping[str, str] = {
    "own_address": N_("it is the requester's address"),
    "address_verified": N_("the address is proven"),
    "only_case": N_("it is their only running case"),
    "reads_as_follow_up": N_("it reads like an answer"),
    "same_subject": N_("the subject is alike"),
    "same_child": N_("it names the same child"),
    "gives_what_was_asked": N_("it gives what we asked for"),
    "clear_other_request": N_("against it: it asks something else"),
    "other_child": N_("against it: it names another child"),
    "long_ago": N_("against it: the case began long ago"),
}
"""Every sign that speaks for a guessed case, or against it."""


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail of a case that waits for a person, with every reason in words."""

    number: int
    reasons: tuple[str, ...]


def reason_in_words(code: str, gettext: Callable[[str], str]) -> str:
    """Say a reason; a code that no table knows is shown as it is rather than lost."""
    return gettext(REASONS[code]) if code in REASONS else code.replace("_", " ")


def guess_in_words(codes: str, gettext: Callable[[str], str]) -> str:
    """Say why a case was guessed; *codes* are signs with a comma between."""
    signs = filter(None, codes.split(","))
    return "; ".join(gettext(GUESSED[one]) if one in GUESSED else one for one in signs)


def waiting_mails(
    numbers: Sequence[int], events: Sequence[Event], gettext: Callable[[str], str]
) -> tuple[WaitingMail, ...]:
    """Give the mails of a case that wait, each with the reasons its events name."""
    found = []
    for number in numbers:
        asked = (
            dict(one.detail).get("reason", "")
            for one in events
            if one.kind == "officer_asked" and one.mail_id == number
        )
        codes = [code for code in dict.fromkeys(asked) if code]
        found.append(WaitingMail(number, tuple(reason_in_words(one, gettext) for one in codes)))
    return tuple(found)
