"""The words of the breach board: fields in the officer's language, and what may be wrong with them."""

from collections.abc import Iterable, Mapping
from enum import Enum

from mailbot.domain.register_fields import FIELD, FieldRule, Section
from mailbot.web.asked import PageRequest
from mailbot.web.languages import DUTCH, N_

SECTIONS: Mapping[Section, str] = {
    Section.NOTIFICATION: "About the notification",
    Section.ORGANISATION: "The organisation",
    Section.TIMELINE: "Timeline",
    Section.BREACH: "About the breach",
    Section.DATA: "Personal data concerned",
    Section.PEOPLE: "The people concerned",
    Section.SECURITY: "Measures that were there",
    Section.EFFECTS: "Consequences",
    Section.FOLLOW_UP: "What was done",
    Section.PARENTS: "Telling the parents",
    Section.BORDERS: "Other countries",
    Section.ADVICE: "Advice and lessons",
}
"""The authority's own Dutch stands with the fields; this is what English readers see."""
FIELDS: Mapping[str, str] = {
    "ap_reported": "Decided to notify the authority",
    "ap_reason": "Reason to notify or not",
    "ap_decider": "Decided by",
    "ap_number": "Number the authority gave",
    "ap_first_at": "First notification",
    "ap_followups": "Follow-up notifications",
    "ap_delay_reason": "Reason for notifying after 72 hours",
    "reporter": "Who reported the incident",
    "started_at": "Began",
    "ended_at": "Ended",
    "discovered_at": "Discovered",
    "received_at": "Message received",
    "aware_at": "School aware since",
    "facts": "What happened",
    "incident": "Kind of incident",
    "nature": "Nature of the breach",
    "protection": "Readable for others",
    "prior_security": "Security beforehand",
    "effects": "Effects on the data",
    "harm": "Effects on the people",
    "risk_reasoning": "Reasoning about the risk",
    "parents": "Decision about the parents",
    "parents_reason": "Reason for that decision",
    "parents_decider": "Decided about the parents by",
    "parents_told_at": "Parents told on",
    "parents_how": "How they were told",
    "parents_text": "Words to the parents",
    "cross_border": "Concerns people in other countries",
    "countries": "Which countries",
    "fg_advice": "Advice of the data protection officer",
    "fg_adviser": "Advised by",
    "lessons": "Lessons learned",
}
"""English where the name of the field does not say it already."""

PROBLEMS = frozenset(
    {
        N_("choose a day and a time"),
        N_("type why, in at least 10 characters"),
        N_("longer than 20000 characters"),
        N_("give a number from 0 to 1000000000, without decimals"),
        N_("an instant needs its zone"),
        N_("lies in the future; the register holds what has happened"),
        N_("say why it is reported or not (GDPR 33(5))"),
        N_("the AP was notified already, so it is reported"),
        N_("a number or a follow-up needs the first notification"),
        N_("lies before the first notification"),
        N_("record first since when the school has been aware (register aware)"),
        N_("later than 72 hours after awareness; say why (GDPR 33(1))"),
        N_("say why the parents are told or not (reglement 6.4.3)"),
        N_("this exception needs a public notice; give its text and place"),
        N_("say how the parents were told, and in which words"),
        N_("the risk is high; tell them, or name the exception of reglement 6.4.3"),
        N_("the parents must read this (G34(2))"),
    }
)
"""What the register says of a value, as it says it."""
OUT_OF_ORDER = N_("comes after what it should come before; compare the two fields")
OTHERWISE = N_("cannot be right; look at it once more")


def label(name: str, language: str) -> str:
    """Name a field, in the words of the authority's form where the officer reads Dutch."""
    rule = FIELD.get(name)
    if rule is not None and language == DUTCH:
        return rule.dutch
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def section_name(section: Section, language: str) -> str:
    """Name a part of the form."""
    return section.value if language == DUTCH else SECTIONS[section]


def word_name(word: Enum, language: str) -> str:
    """Name a word of a closed list."""
    dutch = str(getattr(word, "dutch", word.value))
    return dutch if language == DUTCH else str(word.value).replace("_", " ")


def options(rule: FieldRule, language: str) -> list[tuple[str, str, str]]:
    """List the words of a field for a choice, radios or ticks."""
    return [(one.value, word_name(one, language), "") for one in rule.words or ()]


def explained(page: PageRequest, problems: Iterable[str]) -> dict[str, str]:
    """Turn what the register refuses into a sentence beside each field."""
    errors: dict[str, str] = {}
    for problem in problems:
        names, _, text = problem.partition(": ")
        said = text if text in PROBLEMS else OUT_OF_ORDER if "lies after" in text else OTHERWISE
        for name in names.split(", "):
            errors[name] = f"{label(name, page.language)}: {page.gettext(said)}."
    return errors
