"""Acts on the term: extend, say that we are late, correct a date, record what was told."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.extension_words import CAUTIONS
from mailbot.domain.extensions import cautions_for, refusal_text, why_refused
from mailbot.domain.kinds import KINDS, Clock
from mailbot.web.languages import DUTCH, N_
from mailbot.web.pages.case_ask import still_open
from mailbot.web.pages.case_fields import Field
from mailbot.web.pages.case_form import ActForm, Making, typed
from mailbot.work.handling import receipt, terms

ONE_DAY = timedelta(days=1)


def _extend_bar(making: Making) -> str:
    """Bar an extension that no date could save: closed, too late, or not this kind's."""
    if making.view.closed:
        return still_open(making)
    page, due = making.page, making.view.case.dates.due
    deadlines = page.desk.clockwork.of(making.view.case)
    zone = page.office.profile.zone
    asked = (due or making.view.today) + ONE_DAY
    refusal = why_refused(deadlines, asked, page.now, reason="-" * SHORTEST_REASON, zone=zone)
    if refusal is None:
        return ""
    return refusal_text(refusal, deadlines, asked, page.now, language=page.language, zone=zone)


def _extend_fields(making: Making) -> Sequence[Field]:
    dates = making.view.case.dates
    return (
        Field(
            "new_due",
            N_("New date"),
            "date",
            least=dates.due + ONE_DAY if dates.due else None,
            most=dates.cap,
            hint=N_("A concrete day, at most twelve weeks after receipt (reglement 8.9.2b)."),
        ),
        Field(
            "reason",
            N_("Why is more time needed?"),
            in_letter=True,
            shortest=SHORTEST_REASON,
            hint=N_("The requester reads this."),
        ),
    )


def _extend_words(making: Making) -> Mapping[str, object]:
    return {
        "old_due": making.view.case.dates.due,
        "new_due": making.values.day("new_due"),
        "reason": typed(making, "extension_notice", "reason"),
    }


def _extend_will(making: Making) -> Sequence[str]:
    page, case = making.page, making.view.case
    cautions = cautions_for(page.desk.clockwork.of(case), page.now, page.office.profile.zone)
    place = 0 if page.language == DUTCH else 1
    return (
        making.say(
            N_(
                "The requester gets a notice with both dates and your reason. It must be accepted by the mail server before the present date ends."
            )
        ),
        *(CAUTIONS[one][place] for one in cautions),
    )


def _extend(making: Making) -> None:
    page = making.page
    day = making.values.day("new_due") or date.min
    told = {"reason": typed(making, "extension_notice", "reason")}
    reason = making.values.get("reason")
    page.desk.extend(page.officer, making.view.reference, day, reason, words=told)


EXTEND = ActForm(
    act="extend",
    title=N_("Extend"),
    button=N_("Extend and send the notice"),
    still=N_("Extend"),
    said=N_("The term is extended; the notice leaves in a minute."),
    will=_extend_will,
    fields=_extend_fields,
    barred=_extend_bar,
    letter=lambda _: "extension_notice",
    words=_extend_words,
    perform=_extend,
    reasons=True,
)


def _late_bar(making: Making) -> str:
    view = making.view
    if view.closed:
        return still_open(making)
    if not view.overdue:
        return making.say(
            N_("Nothing is late yet. Extend the case instead, before the date passes.")
        )
    if not view.writable:
        return making.say(
            N_("This case has no mail address. Tell the requester yourself, and write a note.")
        )
    return ""


def _late_fields(making: Making) -> Sequence[Field]:
    return (
        Field(
            "cause",
            N_("What is the cause?"),
            in_letter=True,
            shortest=SHORTEST_REASON,
            hint=N_("The requester reads this. Say it honestly, without excuses."),
        ),
        Field("new_due", N_("When will the answer come?"), "date", least=making.view.today),
    )


def _late_words(making: Making) -> Mapping[str, object]:
    return {
        "old_due": making.view.case.dates.due,
        "new_due": making.values.day("new_due"),
        "cause": typed(making, "late_notice", "cause"),
    }


def _late(making: Making) -> None:
    page = making.page
    day = making.values.day("new_due") or date.min
    terms.late_notice(
        page.desk,
        page.officer,
        making.view.reference,
        day,
        making.values.get("cause"),
        told=typed(making, "late_notice", "cause"),
    )


LATE = ActForm(
    act="late",
    title=N_("Say that we are late"),
    button=N_("Send the apology"),
    said=N_("The apology leaves in a minute."),
    will=lambda m: (
        m.say(
            N_(
                "The requester gets our apology, the cause and a new date. The term itself stays passed: the case remains overdue until it is answered."
            )
        ),
    ),
    fields=_late_fields,
    barred=_late_bar,
    letter=lambda _: "late_notice",
    words=_late_words,
    perform=_late,
)


def _told(making: Making) -> None:
    page, values = making.page, making.values
    day = values.day("day") or date.min
    terms.told_by_hand(page.desk, page.officer, making.view.reference, day, values.get("how"))


TOLD = ActForm(
    act="told",
    title=N_("Record that an extension was told"),
    button=N_("Record it"),
    said=N_("Recorded that the requester was told."),
    will=lambda m: (
        m.say(N_("For a requester without mail: when and how they heard of the latest extension.")),
    ),
    fields=lambda m: (
        Field("day", N_("On which day?"), "date", most=m.view.today),
        Field("how", N_("How?"), "line", hint=N_("Such as: by telephone, spoke to the mother.")),
    ),
    barred=lambda m: "" if m.view.case.extensions else m.say(N_("This case was not extended.")),
    perform=_told,
    keeps=False,
)


def _received_fields(making: Making) -> Sequence[Field]:
    return (
        Field(
            "received",
            N_("Day of first receipt"),
            "date",
            most=making.view.today,
            value=making.view.case.dates.received_on.isoformat(),
        ),
        Field(
            "reason",
            N_("How do you know?"),
            shortest=SHORTEST_REASON,
            hint=N_("Such as: the teacher forwarded it; it came to the school on Monday."),
        ),
        Field(
            "shorten",
            N_("An announced date may become earlier, to what this receipt allows"),
            "tick",
            required=False,
        ),
    )


def _correct_receipt(making: Making) -> None:
    page, values = making.page, making.values
    day = values.day("received") or making.view.today
    receipt.correct_receipt(
        page.desk,
        page.officer,
        making.view.reference,
        day,
        values.get("reason"),
        shorten=values.get("shorten") == "yes",
    )


RECEIVED = ActForm(
    act="received",
    title=N_("Correct the date of receipt"),
    button=N_("Correct it"),
    said=N_("The date of receipt is corrected; the dates follow it."),
    will=lambda m: (
        m.say(
            N_(
                "The term runs from the first receipt by anybody at school (reglement 8.9.2b). Every date follows."
            )
        ),
    ),
    fields=_received_fields,
    barred=still_open,
    perform=_correct_receipt,
    keeps=False,
)


def _deadline_bar(making: Making) -> str:
    kind = making.view.case.kind
    if kind is None or KINDS[kind].clock is not Clock.NONE:
        return making.say(
            N_("This kind has a clock of its own, which nobody may overrule by hand.")
        )
    return still_open(making)


def _deadline(making: Making) -> None:
    page, values = making.page, making.values
    day = values.day("due") or date.min
    terms.set_deadline(page.desk, page.officer, making.view.reference, day, values.get("reason"))


DEADLINE = ActForm(
    act="deadline",
    title=N_("Record a date from a letter"),
    button=N_("Record it"),
    said=N_("The date is recorded."),
    will=lambda m: (
        m.say(
            N_(
                "For letters of the authority, a court or a third party that name a date (reglement 8.9.5)."
            )
        ),
    ),
    fields=lambda _: (
        Field("due", N_("Answer by"), "date"),
        Field("reason", N_("Where does it stand?"), shortest=SHORTEST_REASON),
    ),
    barred=_deadline_bar,
    perform=_deadline,
    keeps=False,
)
