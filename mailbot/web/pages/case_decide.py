"""Acts that end a case: the FG's advice, the board's decision, closing, taking in hand again."""

from collections.abc import Mapping, Sequence

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.decision import LETTER_OF, SHORTEST_GROUNDS, Outcome
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.letter_words import ACCESS_WORDS
from mailbot.domain.letters import RefusedPart
from mailbot.domain.local_time import local_day
from mailbot.domain.masking import mask_bsn
from mailbot.domain.standing import DISCLOSES
from mailbot.domain.suggestion import FactName
from mailbot.web.languages import N_
from mailbot.web.pages import case_words
from mailbot.web.pages.case_ask import still_open
from mailbot.web.pages.case_fields import Field
from mailbot.web.pages.case_form import ActForm, Making, typed
from mailbot.work.handling import conversation
from mailbot.work.handling.advice import advise

MOST_PARTS = 6
ON_A_RIGHT = (
    Outcome.GRANTED,
    Outcome.PARTLY,
    Outcome.REFUSED,
    Outcome.REFUSED_FOR_SAFETY,
    Outcome.WITHDRAWN,
)
ON_THE_REST = (Outcome.HANDLED, Outcome.WITHDRAWN)
ACCESS: Mapping[str, str] = {
    "purposes": N_("What do we use the data for?"),
    "categories": N_("Which kinds of data are they?"),
    "recipients": N_("Who receives or received them?"),
    "retention": N_("How long do we keep them?"),
    "source": N_("From whom did we get them?"),
}
"""What a granted access request also states (GDPR 15(1))."""
WITHDRAWAL: Mapping[str, str] = {
    "": N_("The requester was not asked whether the request is withdrawn."),
    "asked": N_(
        "The requester was asked whether the request is withdrawn; nothing came from their address since."
    ),
    "answered": N_(
        "The requester was asked whether the request is withdrawn; a mail from their address came after it. Read what it says."
    ),
}
"""What the file shows of a withdrawal; only its requester can withdraw a request."""
NOT_CONFIRMED = N_("Confirm the kind of the case first.")


def outcomes_of(kind: Kind | None) -> Sequence[Outcome]:
    """List the outcomes a decision on this kind can have."""
    request = kind is not None and KINDS[kind].clock is Clock.REQUEST and kind is not Kind.QUESTION
    return ON_A_RIGHT if request else ON_THE_REST


def outcome_of(making: Making) -> Outcome | None:
    """Read which outcome was chosen; none is chosen for anybody."""
    chosen = making.values.get("outcome")
    fits = chosen in outcomes_of(making.view.case.kind)
    return Outcome(chosen) if fits else None


def _bar(making: Making) -> str:
    view = making.view
    if view.closed:
        return still_open(making)
    if not view.case.confirmed:
        return making.say(NOT_CONFIRMED)
    outcome = outcome_of(making)
    gives = outcome in {Outcome.GRANTED, Outcome.PARTLY}
    if gives and view.case.kind in DISCLOSES and view.handling.identity is None:
        return making.say(
            N_(
                "Nobody has established who asks (reglement 8.2.3). Record the identity first; then decide."
            )
        )
    if outcome is Outcome.REFUSED_FOR_SAFETY and view.advice is None:
        return making.say(
            N_(
                "The data protection officer advises first (reglement 8.9.3). Ask for the advice; then decide."
            )
        )
    return ""


def _parts(making: Making) -> int:
    if outcome_of(making) not in {Outcome.PARTLY, Outcome.REFUSED}:
        return 0
    asked = making.page.form.get("parts") or making.values.get("parts")
    count = int(asked) if asked.isdigit() else 1
    return min(max(1, count + (1 if making.page.form.get("more") else 0)), MOST_PARTS)


def _fields(making: Making) -> Sequence[Field]:
    outcome = outcome_of(making)
    if outcome is None:
        options = tuple(
            (one.value, making.say(case_words.OUTCOMES[one]).capitalize(), "")
            for one in outcomes_of(making.view.case.kind)
        )
        return (Field("outcome", N_("What do you decide?"), "radios", options=options),)
    return (*_letter_fields(making, outcome), *_own_fields(making))


def _letter_fields(making: Making, outcome: Outcome) -> Sequence[Field]:
    read = N_("The requester reads this.")
    if outcome is Outcome.GRANTED:
        today = making.view.today
        access = ACCESS if making.view.case.kind is Kind.ACCESS else {}
        return (
            Field("done", N_("What was done?"), in_letter=True, hint=read),
            Field("done_on", N_("When was it done?"), "date", most=today),
            Field(
                "where",
                N_("Where can it be seen, or where was it sent?"),
                in_letter=True,
                hint=read,
                rows=2,
            ),
            *(
                Field(name, label, in_letter=True, hint=read, rows=2)
                for name, label in access.items()
            ),
        )
    if outcome is Outcome.REFUSED_FOR_SAFETY:
        return (
            Field(
                "ground",
                N_("The ground, as the letter tells it"),
                in_letter=True,
                hint=N_(
                    "The requester reads this. Name no danger, nothing the child said, and nobody who spoke for the child (reglement 8.9.3)."
                ),
            ),
        )
    granted = (Field("granted", N_("What do we do?"), in_letter=True, hint=read),)
    return (
        *(granted if outcome is Outcome.PARTLY else ()),
        *(one for number in range(1, _parts(making) + 1) for one in _part_fields(making, number)),
    )


def _part_fields(making: Making, number: int) -> Sequence[Field]:
    read = N_("The requester reads this.")
    # What a person confirmed is asked for is the first part's beginning; the rest is typed.
    asked = making.view.fact(FactName.WHICH_DATA) if number == 1 else ""
    return (
        Field(
            f"part_{number}",
            N_("Which part do we refuse?"),
            in_letter=True,
            hint=read,
            rows=2,
            value=mask_bsn(asked),
        ),
        Field(
            f"ground_{number}",
            N_("On which ground in the law or the reglement?"),
            in_letter=True,
            hint=read,
            rows=2,
        ),
        Field(
            f"weighed_{number}",
            N_("Which facts and interests were weighed?"),
            in_letter=True,
            hint=read,
        ),
    )


def _own_fields(making: Making) -> Sequence[Field]:
    grounds = Field(
        "grounds",
        N_("Your grounds, for the file"),
        shortest=SHORTEST_GROUNDS,
        hint=N_(
            "How and when did the requester say that the request is withdrawn? Another's word does not count."
        )
        if outcome_of(making) is Outcome.WITHDRAWN
        else N_("They stay here and are not sent. Type them yourself."),
    )
    if making.view.case.kind is not Kind.BREACH:
        return (grounds,)
    return (
        grounds,
        Field(
            "unfinished",
            N_("If the breach register is not complete: why close it now?"),
            required=False,
            shortest=SHORTEST_REASON,
            rows=2,
        ),
    )


def _letter(making: Making) -> str:
    outcome = outcome_of(making)
    return (LETTER_OF[outcome] or "") if outcome else ""


def _words(making: Making) -> Mapping[str, object]:
    page = making.page
    told = {
        "decided_on": local_day(page.now, page.office.profile.zone),
        "decided_by": page.officer.name,
    }
    return {**told, **_own_words(making)}


def _own_words(making: Making) -> dict[str, object]:
    outcome, letter, values = outcome_of(making), _letter(making), making.values
    if outcome is Outcome.GRANTED:
        access = ACCESS_WORDS if making.view.case.kind is Kind.ACCESS else ()
        said = {name: typed(making, letter, name) for name in ("done", "where", *access)}
        return {**said, "done_on": values.day("done_on")}
    if outcome is Outcome.REFUSED_FOR_SAFETY:
        advice = making.view.advice
        zone = making.page.office.profile.zone
        advised = local_day(advice.at, zone) if advice else None
        return {"ground": typed(making, letter, "ground"), "advised_on": advised}
    if outcome not in {Outcome.PARTLY, Outcome.REFUSED}:
        return {}
    parts = [
        RefusedPart(
            *(typed(making, letter, f"{name}_{number}") for name in ("part", "ground", "weighed"))
        )
        for number in range(1, _parts(making) + 1)
    ]
    granted = typed(making, letter, "granted") if outcome is Outcome.PARTLY else None
    return {"parts": parts, **({"granted": granted} if granted else {})}


def _decide(making: Making) -> None:
    outcome = outcome_of(making)
    if outcome is None:
        return
    making.page.desk.decide(
        making.page.officer,
        making.view.reference,
        outcome,
        making.values.get("grounds"),
        _own_words(making),
        unfinished=making.values.get("unfinished"),
    )


def _will(making: Making) -> Sequence[str]:
    outcome = outcome_of(making)
    if outcome is None:
        return (
            making.say(
                N_(
                    "You decide for the board. Nothing is chosen for you; the file stands beside this form."
                )
            ),
        )
    name = making.say(case_words.OUTCOMES[outcome])
    said = making.say(N_("You decide: {outcome}. The case is closed with it.")).format(outcome=name)
    if outcome is Outcome.WITHDRAWN:
        return said, making.say(WITHDRAWAL[making.view.withdrawal])
    return (said,)


def _hidden(making: Making) -> Mapping[str, str]:
    outcome = outcome_of(making)
    if outcome is None:
        return {}
    parts = _parts(making)
    return {"outcome": outcome.value, **({"parts": str(parts)} if parts else {})}


def _more(making: Making) -> str:
    return making.say(N_("Add a part")) if 0 < _parts(making) < MOST_PARTS else ""


DECIDE = ActForm(
    act="decide",
    title=N_("Decide"),
    button=N_("Decide and send"),
    still=N_("Decide"),
    said=N_("Decided. The letter, if there is one, leaves in a minute."),
    will=_will,
    fields=_fields,
    barred=_bar,
    letter=_letter,
    words=_words,
    perform=_decide,
    reasons=True,
    parts=_parts,
    hidden=_hidden,
    more=_more,
    chooses=lambda m: outcome_of(m) is None,
)


def _close_bar(making: Making) -> str:
    view = making.view
    if view.closed or not view.case.confirmed or view.case.kind is None:
        return still_open(making) or making.say(NOT_CONFIRMED)
    if making.page.officer.role not in KINDS[view.case.kind].decided_by:
        return making.say(N_("The board decides this kind of case."))
    return ""


def _close(making: Making) -> None:
    page, grounds = making.page, making.values.get("grounds")
    page.desk.decide(
        page.officer,
        making.view.reference,
        Outcome.HANDLED,
        grounds,
        unfinished=making.values.get("unfinished"),
    )


CLOSE = ActForm(
    act="close",
    title=N_("Close without a letter"),
    button=N_("Close the case"),
    said=N_("The case is closed."),
    will=lambda m: (
        m.say(
            N_("The case was dealt with: the question was answered, or the mail was not for us.")
        ),
    ),
    fields=_own_fields,
    barred=_close_bar,
    perform=_close,
    reasons=True,
)


def _advise(making: Making) -> None:
    page = making.page
    advise(page.desk, page.officer, making.view.reference, making.values.get("advice"))


ADVISE = ActForm(
    act="advise",
    title=N_("Give advice"),
    button=N_("Write the advice"),
    said=N_("The advice is on file; the board reads it when it decides."),
    will=lambda m: (
        m.say(
            N_(
                "You advise; the board decides. The advice stays in the file and is not sent to the requester."
            )
        ),
    ),
    fields=lambda _: (Field("advice", N_("Your advice"), shortest=SHORTEST_REASON, rows=8),),
    barred=still_open,
    perform=_advise,
    reasons=True,
)


def _reopen(making: Making) -> None:
    page = making.page
    conversation.reopen(page.desk, page.officer, making.view.reference, making.values.get("reason"))


REOPEN = ActForm(
    act="reopen",
    title=N_("Take in hand again"),
    button=N_("Take it in hand again"),
    said=N_("The case is in handling again."),
    will=lambda m: (
        m.say(N_("The decision and the dates stay as they are; the case comes back to the queue.")),
    ),
    fields=lambda _: (Field("reason", N_("Why?"), shortest=SHORTEST_REASON),),
    barred=lambda m: "" if m.view.closed else m.say(N_("This case is not closed.")),
    perform=_reopen,
    keeps=False,
)
