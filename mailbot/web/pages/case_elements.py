"""What a letter must say, as a list that is ticked while an officer types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import ACCESS_WORDS
from mailbot.domain.letters import elements
from mailbot.web.languages import N_

LABELS: Mapping[str, str] = {
    "fg_contact": N_("how to reach the data protection officer"),
    "reference": N_("the number of the case"),
    "received": N_("when we received the request"),
    "why": N_("why we ask"),
    "options": N_("ways to show who they are, the easiest first"),
    "no_identity_copy": N_("that no copy of an identity document is needed"),
    "clock_runs": N_("that the term runs on"),
    "question": N_("the question"),
    "everything": N_("that asking for everything is fine"),
    "old_due": N_("the date that was promised"),
    "new_due": N_("the new date"),
    "reason": N_("the reason"),
    "earlier_part": N_("that a part may come earlier"),
    "complaints": N_("the complaints procedure"),
    "authority": N_("the supervisory authority (AP)"),
    "court": N_("the court"),
    "what": N_("what was done"),
    "when": N_("when it was done"),
    "where": N_("where it can be seen"),
    "access": N_("purposes, kinds of data, recipients, how long, from whom"),
    "ground": N_("the ground of each refusal"),
    "weighed": N_("what was weighed"),
    "six_weeks": N_("six weeks for the court"),
    "fg_advice": N_("that the data protection officer advised"),
    "lifts_on": N_("the day on which it ends"),
    "before": N_("that we tell it beforehand"),
    "apology": N_("our apology"),
    "cause": N_("the cause"),
    "receipt_only": N_("that this is a receipt only"),
    "confirms_nobody": N_("that it confirms nothing about anybody"),
}
"""Each element in words."""
TYPED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("clarification_request", "question"): ("question",),
    ("clarification_request", "why"): ("why",),
    ("extension_notice", "new_due"): ("new_due",),
    ("extension_notice", "reason"): ("reason",),
    ("late_notice", "new_due"): ("new_due",),
    ("late_notice", "cause"): ("cause",),
    ("restriction_lift", "reason"): ("reason",),
    ("restriction_lift", "lifts_on"): ("lifts_on",),
    ("decision_granted", "what"): ("done",),
    ("decision_granted", "when"): ("done_on",),
    ("decision_granted", "where"): ("where",),
    ("decision_safety", "ground"): ("ground",),
}
"""Elements that an officer types, with the fields they stand in; all others are in the template."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a letter must say."""

    label: str
    fields: tuple[str, ...]
    """The fields that all must be filled; none where the template says it."""
    there: bool


def elements_of(
    letter: str,
    kind: Kind | None,
    filled: Callable[[str], str],
    gettext: Callable[[str], str],
    *,
    parts: int = 0,
) -> Sequence[Element]:
    """
    List what a letter must say, and whether it does.

    Args:
        letter: a code of `LETTERS`.
        kind: of the case; an access decision says more (GDPR 15(1)).
        filled: what stands in a field.
        gettext: translates.
        parts: how many refused parts the form has.
    """
    made = []
    for code in elements(letter):
        if code == "access" and kind is not Kind.ACCESS:
            continue
        fields = _fields(letter, code, parts)
        there = all(filled(name).strip() for name in fields)
        made.append(Element(gettext(LABELS.get(code, code)), fields, there))
    return made


def _fields(letter: str, code: str, parts: int) -> tuple[str, ...]:
    if letter == "decision_granted" and code == "access":
        return ACCESS_WORDS
    if letter == "decision_refused" and code in {"ground", "weighed"}:
        return tuple(f"{code}_{number}" for number in range(1, parts + 1))
    return TYPED.get((letter, code), ())
