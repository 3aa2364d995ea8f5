"""The history of a case in words: every event as one sentence, views apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mailbot.domain.books import Event
from mailbot.domain.handling import ActOnFile
from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import Flag
from mailbot.web.languages import N_
from mailbot.web.pages import case_words
from mailbot.web.words import day, kind_name

VIEWS = frozenset({"mail_read", "case_read", "mail_looked_at"})
"""Events that say who looked; folded away below the others."""

EVENTS: Mapping[str, str] = {
    "acknowledgement_written": N_("The acknowledgement was written."),
    "address_added": N_("An address of the requester was added."),
    "address_changed": N_("The address for letters was changed."),
    "linked": N_("The case was linked to another."),
    "mail_moved": N_("A mail was moved to another case."),
    "merged": N_("The case goes on in another one."),
    "merged_in": N_("Another case goes on in this one."),
    "sender_confirmed": N_("It was confirmed whose request a colleague sent on."),
    "split_from": N_("The case was split off from another."),
    "split_off": N_("Mails became a case of their own."),
    "unlinked": N_("The link to another case was undone."),
    "unmerged": N_("The merging was undone."),
    "acknowledgement_held": N_("The acknowledgement is held until a person looks."),
    "acknowledgement_withheld": N_("No acknowledgement was sent."),
    "answer_withheld": N_("No automatic answer was sent."),
    "answered": N_("The requester answered what was asked."),
    "assigned": N_("Given to a colleague."),
    "case_guessed": N_("A mail was guessed to belong to this case."),
    "case_opened": N_("The case was opened."),
    "case_reopened": N_("The case is in handling again."),
    "clarification_asked": N_("A question to the requester was written."),
    "closed": N_("The case was closed."),
    "closed_unfinished": N_("Closed while the breach register was not complete."),
    "copy_released": N_("What looked like a copy of an identity document is none."),
    "deadline_missed": N_("The due date passed without an answer."),
    "deadline_set": N_("A due date was read in a letter and recorded."),
    "decided": N_("Decided: {outcome}."),
    "extended": N_("Extended from {old_due} to {new_due}."),
    "extension_not_announced": N_("The extension was not announced in time."),
    "extension_taken_back": N_("The extension was taken back before its notice left."),
    "extension_told": N_("The requester was told of the extension."),
    "fact_confirmed": N_("Fact confirmed: {fact}."),
    "fg_advised": N_("The data protection officer gave advice."),
    "flag_cleared": N_("Flag taken away: {flag}."),
    "flag_set": N_("Flag raised: {flag}."),
    "identity_asked": N_("The requester was asked to show who they are."),
    "identity_copy_hidden": N_("A copy of an identity document was hidden."),
    "identity_copy_destroyed": N_("A copy of an identity document was destroyed."),
    "identity_copy_off_server": N_("The mail server no longer holds the copy."),
    "identity_copy_on_server": N_("The copy may still lie on the mail server."),
    "identity_established": N_("The identity was established."),
    "kind_confirmed": N_("Kind confirmed: {kind}."),
    "language_followed": N_("Letters now follow the language of the requester's mails."),
    "language_set": N_("The language of the letters was set."),
    "late_notice": N_("A notice that we are late was written."),
    "letter_accepted": N_("The mail server took a letter."),
    "letter_bounced": N_("A letter came back."),
    "letter_damaged": N_("A letter could not be read any more and was held."),
    "letter_refused": N_("The mail server refused a letter."),
    "letter_not_delivered": N_("A letter was not delivered."),
    "letter_taken_back": N_("A letter was taken back before it left."),
    "lift_announced": N_("The end of the restriction was announced."),
    "mail_filed": N_("A mail was filed in this case."),
    "mail_filed_by_hand": N_("A mail was put in this case by hand."),
    "mail_looked_at": N_("A mail was looked at."),
    "mail_read": N_("Read a mail."),
    "case_read": N_("Opened the case."),
    "message_id_collision": N_("A mail carried the number of another mail; both are kept."),
    "nobody_to_remind": N_("There was nobody to remind."),
    "noted": N_("A note was written."),
    "officer_admitted": N_("A colleague may see the case again."),
    "officer_asked": N_("The robot asks a person to look."),
    "officer_excluded": N_("A colleague was kept away from the case."),
    "opened_by_hand": N_("The request was entered by hand."),
    "passage_not_in_use": N_("The answer to this question was not in use."),
    "question_answered": N_("The question was answered from an approved text."),
    "receipt_corrected": N_("The date of receipt was corrected."),
    "recipient_listed": N_("An earlier recipient was listed."),
    "recipient_not_told": N_("It was recorded why a recipient is not told."),
    "recipient_told": N_("A recipient was told."),
    "reminded": N_("Officers were reminded."),
    "reopened": N_("An officer took the closed case in hand again."),
    "requester_asked": N_("The acknowledgement asked for what was missing."),
    "restricted": N_("The mark of the restriction was set."),
    "restriction_lifted": N_("The mark of the restriction was taken off."),
    "status_answered": N_("The requester was told how the case stands."),
    "status_not_repeated": N_("The requester asked again on the same day; no second answer."),
    "status_withheld": N_("A question how the case stands was not answered."),
    "task_done": N_("Task done: {task}."),
    "task_not_needed": N_("Task not needed: {task}."),
    "task_reopened": N_("Task open again: {task}."),
    "task_superseded": N_("Task no longer part of this kind: {task}."),
}
OTHER_EVENT = N_("Something was recorded ({kind}).")
ROBOT = N_("the robot")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    what: str
    by: str
    view: bool
    words: str = field(default="", repr=False)
    """What the officer typed with it."""


def history_of(
    events: Sequence[Event],
    acts: Sequence[ActOnFile],
    officers: Mapping[int, str],
    gettext: Callable[[str], str],
    language: str,
) -> tuple[Line, ...]:
    """Tell the history of a case, newest first."""
    typed = {str(act.number): act.words for act in acts}
    lines = [
        Line(
            one.at,
            _sentence(one, gettext, language),
            officers.get(one.officer_id, "") if one.officer_id else gettext(ROBOT),
            one.kind in VIEWS,
            typed.get(dict(one.detail).get("act", ""), ""),
        )
        for one in events
    ]
    return tuple(reversed(lines))


def _sentence(event: Event, gettext: Callable[[str], str], language: str) -> str:
    message = EVENTS.get(event.kind)
    if message is None:
        return gettext(OTHER_EVENT).format(kind=event.kind.replace("_", " "))
    detail = dict(event.detail)
    subject = detail.get("subject", "")
    kind = detail.get("kind", "")
    return gettext(message).format(
        outcome=gettext(case_words.OUTCOMES.get(detail.get("outcome", ""), "?")),
        old_due=_day(detail.get("old_due"), language),
        new_due=_day(detail.get("new_due"), language),
        fact=gettext(case_words.FACTS.get(subject, subject or "?")),
        flag=gettext(case_words.FLAGS[subject]) if subject in set(Flag) else subject,
        kind=kind_name(Kind(kind), language=language) if kind in set(Kind) else kind,
        task=subject.replace("_", " "),
    )


def _day(written: str | None, language: str) -> str:
    """Write a day as people do; events keep it as ISO 8601."""
    return day(date.fromisoformat(written), language=language) if written else "?"
