"""What a person picks when a task is done: the lists of the reglement, as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mailbot.domain.errors import ActRefused
from mailbot.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list, with the article it stands in."""

    code: str
    article: str
    dutch: str
    english: str


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """What must be picked before a task counts as done."""

    options: tuple[Choice, ...]
    every: bool = False
    """Whether each entry must be answered, rather than at least one."""
    words: bool = False
    """Whether words are owed as well: how, by whom, which facts."""


# Article 8.4.1 says "onder andere", so the law's other grounds stay open.
ERASURE_GROUNDS = (
    Choice("no_longer_needed", "R8.4.1", "niet langer nodig voor het doel", "no longer needed"),
    Choice(
        "consent_withdrawn",
        "R8.4.1",
        "toestemming ingetrokken en geen andere rechtsgrond",
        "consent withdrawn and no other legal ground",
    ),
    Choice("objection_upheld", "R8.4.1", "gegrond bezwaar", "a justified objection"),
    Choice("unlawful", "R8.4.1", "onrechtmatig verwerkt", "processed unlawfully"),
    Choice("never_admitted", "R8.4.2", "leerling nooit toegelaten", "pupil never admitted"),
    Choice("other_ground", "G17(1)", "een andere grond uit de wet", "another ground in the law"),
    Choice("no_ground", "R8.4.1", "geen van de gronden geldt", "none of the grounds applies"),
)
RETENTION = (
    Choice("may_erase", "G17(3)", "geen wettelijke bewaarplicht", "no statutory retention"),
    Choice("must_keep", "G17(3)", "wettelijke bewaarplicht", "the law requires keeping"),
    Choice("partly_keep", "G17(3)", "een deel moet blijven", "a part must be kept"),
)
RESTRICTION_GROUNDS = (
    Choice("accuracy", "R8.5.1", "de juistheid wordt betwist", "the accuracy is contested"),
    Choice("unlawful", "R8.5.1", "onrechtmatig verwerkt", "processed unlawfully"),
    Choice("no_longer_needed", "R8.5.1", "niet meer nodig voor het doel", "no longer needed"),
    Choice("objection_pending", "R8.5.1", "bezwaar wacht op antwoord", "an objection is pending"),
    Choice("no_ground", "R8.5.1", "geen van de gronden geldt", "none of the grounds applies"),
)
LEGAL_GROUNDS = (
    Choice("legal_duty", "R5.2A", "wettelijke plicht", "legal duty"),
    Choice("public_task", "R5.2B", "publieke taak", "public task"),
    Choice("legitimate_interest", "R5.2C", "gerechtvaardigd belang", "legitimate interest"),
    Choice("consent", "R5.2D", "toestemming", "consent"),
    Choice("no_ground", "R5.2", "geen grond gevonden", "no ground found"),
)
NECESSITY = (
    Choice("subsidiarity", "R5.3A", "kan het minder nadelig?", "is there a lesser way?"),
    Choice("proportionality", "R5.3B", "staat het in verhouding?", "is it in proportion?"),
    Choice("minimum", "R5.3C", "niet meer en niet langer dan nodig", "no more than needed"),
)
AGREEMENT = (
    Choice("safe_exchange", "R5.4.1", "afspraken over veilig uitwisselen", "safe exchange"),
    Choice("processor", "R5.4.2", "verwerkersovereenkomst", "processing agreement"),
)
TRANSFER = (
    Choice(
        "from_po",
        "R7.1.2",
        "vanuit PO, op grond van de wet, afschrift van het OKR aan de ouders",
        "from PO, on the law, a copy of the OKR to the parents",
    ),
    Choice(
        "vo_to_vo",
        "R7.1.3",
        "VO naar VO, met bewaarde schriftelijke toestemming",
        "VO to VO, with stored written consent",
    ),
)
ORDER = (
    Choice("official_demand", "R7.2.2", "officiële vordering", "official demand"),
    Choice("written_order", "R7.2.2", "schriftelijk bevel", "written order"),
)
STOPPED = (
    Choice("stopped", "R8.6.2", "de verwerking is gestaakt", "the processing was stopped"),
    Choice(
        "compelling_grounds",
        "R8.6.2",
        "niet gestaakt om dwingende gerechtvaardigde gronden",
        "not stopped, for compelling legitimate grounds",
    ),
)
WEIGHED = (
    Choice("pupil_prevails", "G21(1)", "het belang van de leerling", "the pupil's interest"),
    Choice("school_prevails", "G21(1)", "dwingende gronden van de school", "the school's grounds"),
)
RISK = (
    Choice("no_risk", "R6.4.1", "geen risico waarschijnlijk", "a risk is unlikely"),
    Choice("risk", "R6.4.1", "een risico", "a risk"),
    Choice("high_risk", "R6.4.3", "een hoog risico", "a high risk"),
)
VERIFIED = (
    Choice("called_back", "R8.7.2", "teruggebeld op een bekend nummer", "called a known number"),
    Choice("official_register", "R8.7.2", "gevonden in een register", "found in a register"),
    Choice("known_contact", "R8.7.2", "bekend contact van de school", "a known contact"),
)

CHOICES: Mapping[tuple[Kind, str], ChoiceRule] = MappingProxyType(
    {
        (Kind.ERASURE, "pick_ground"): ChoiceRule(ERASURE_GROUNDS),
        (Kind.ERASURE, "check_retention"): ChoiceRule(RETENTION),
        (Kind.RESTRICTION, "pick_ground"): ChoiceRule(RESTRICTION_GROUNDS),
        (Kind.OBJECTION, "stop_processing"): ChoiceRule(STOPPED),
        (Kind.OBJECTION, "weigh"): ChoiceRule(WEIGHED, words=True),
        (Kind.PORTABILITY, "verify_recipient"): ChoiceRule(VERIFIED, words=True),
        (Kind.AUTOMATED_DECISION, "human_opinion"): ChoiceRule((), words=True),
        (Kind.RESEARCH_OBJECTION, "state_delivered"): ChoiceRule((), words=True),
        (Kind.BREACH, "assess_risk"): ChoiceRule(RISK, words=True),
        (Kind.THIRD_PARTY_REQUEST, "legal_ground"): ChoiceRule(LEGAL_GROUNDS),
        (Kind.THIRD_PARTY_REQUEST, "necessity"): ChoiceRule(NECESSITY, every=True, words=True),
        (Kind.THIRD_PARTY_REQUEST, "agreement"): ChoiceRule(AGREEMENT),
        (Kind.THIRD_PARTY_REQUEST, "school_transfer"): ChoiceRule(TRANSFER),
        (Kind.THIRD_PARTY_REQUEST, "official_order"): ChoiceRule(ORDER),
    }
)
"""For each kind and task what must be picked; a task that is not here needs nothing but a hand."""


def check_choices(kind: Kind, task: str, picked: Sequence[str], words: str) -> None:
    """
    See that a task is done as the reglement asks.

    Raises:
        ActRefused: nothing, or something else than the list holds, was picked; says what is.
    """
    rule = CHOICES.get((kind, task))
    known = {choice.code for choice in rule.options} if rule else set()
    strange = sorted(set(picked) - known)
    if strange:
        allowed = ", ".join(sorted(known)) or "nothing"
        raise ActRefused(f"{task}: found {', '.join(strange)}; allowed: {allowed}")
    if rule is None:
        return
    missing = known - set(picked) if rule.every else (known if known and not picked else set())
    if missing:
        many = "each of" if rule.every else "one of"
        raise ActRefused(f"{task}: pick {many}: {', '.join(sorted(missing))} (--pick)")
    if rule.words and not words.strip():
        raise ActRefused(f"{task}: type how, by whom or which facts (--reason)")
