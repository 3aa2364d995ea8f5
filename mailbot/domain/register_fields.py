"""The fields of the breach register as one table, in the order of the authority's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from mailbot.domain.register_words import (
    DataKind,
    DutchWord,
    Group,
    Incident,
    Nature,
    Protection,
    Risk,
    SpecialKind,
    TellingParents,
)
from mailbot.domain.roles import Role


class Section(Enum):
    """The parts of the authority's form, in its order."""

    NOTIFICATION = "Over de melding"
    ORGANISATION = "De organisatie"
    TIMELINE = "Tijdlijn"
    BREACH = "Gegevens over het datalek"
    DATA = "Persoonsgegevens die betrokken zijn"
    PEOPLE = "De groep mensen"
    SECURITY = "Maatregelen die er al waren"
    EFFECTS = "Gevolgen"
    FOLLOW_UP = "Vervolgacties"
    PARENTS = "Informeren van de ouders"
    BORDERS = "Internationale aspecten"
    ADVICE = "Advies en lessen"


class Form(Enum):
    """What kind of value a field holds."""

    TEXT = auto()
    INSTANT = auto()
    INSTANTS = auto()
    COUNT = auto()
    YES_NO = auto()
    WORD = auto()
    WORDS = auto()
    TEXTS = auto()


FACTS = frozenset({Role.FG, Role.BOARD, Role.HANDLER})
"""A handler prepares, and so may write down facts."""
ASSESSMENT = frozenset({Role.FG, Role.BOARD})
ADVICE = frozenset({Role.FG})
"""The FG's advice is the FG's own (GDPR 39(1)); the board may not write it."""
BY_ACT: frozenset[Role] = frozenset()
"""Follows from an act of its own (aware, report, parents), never from `set`."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field: where it stands, how it reads, who may set it."""

    name: str
    dutch: str
    section: Section
    form: Form
    set_by: frozenset[Role] = FACTS
    words: type[DutchWord] | None = None


FIELDS: tuple[FieldRule, ...] = (
    FieldRule("summary", "Samenvatting", Section.NOTIFICATION, Form.TEXT),
    FieldRule("ap_reported", "Gemeld bij de AP", Section.NOTIFICATION, Form.YES_NO, BY_ACT),
    FieldRule(
        "ap_reason", "Reden om wel of niet te melden", Section.NOTIFICATION, Form.TEXT, BY_ACT
    ),
    FieldRule(
        "ap_decider", "Over de melding besloten door", Section.NOTIFICATION, Form.TEXT, BY_ACT
    ),
    FieldRule("ap_number", "Meldnummer van de AP", Section.NOTIFICATION, Form.TEXT, BY_ACT),
    FieldRule("ap_first_at", "Eerste melding", Section.NOTIFICATION, Form.INSTANT, BY_ACT),
    FieldRule("ap_followups", "Vervolgmeldingen", Section.NOTIFICATION, Form.INSTANTS, BY_ACT),
    FieldRule(
        "ap_delay_reason", "Reden van melding na 72 uur", Section.NOTIFICATION, Form.TEXT, BY_ACT
    ),
    FieldRule("reporter", "Wie het incident meldde", Section.ORGANISATION, Form.TEXT),
    FieldRule("processor", "Betrokken verwerker", Section.ORGANISATION, Form.TEXT),
    FieldRule("started_at", "Begin van het incident", Section.TIMELINE, Form.INSTANT),
    FieldRule("ended_at", "Einde van het incident", Section.TIMELINE, Form.INSTANT),
    FieldRule("discovered_at", "Ontdekt", Section.TIMELINE, Form.INSTANT),
    FieldRule("received_at", "Bericht ontvangen", Section.TIMELINE, Form.INSTANT, BY_ACT),
    FieldRule("aware_at", "School bekend met het datalek", Section.TIMELINE, Form.INSTANT, BY_ACT),
    FieldRule("facts", "Wat er is gebeurd", Section.BREACH, Form.TEXT),
    FieldRule("cause", "Oorzaak", Section.BREACH, Form.TEXT),
    FieldRule("incident", "Soort incident", Section.BREACH, Form.WORD, words=Incident),
    FieldRule("nature", "Aard van de inbreuk", Section.BREACH, Form.WORDS, words=Nature),
    FieldRule("data_kinds", "Soorten gegevens", Section.DATA, Form.WORDS, words=DataKind),
    FieldRule("special_kinds", "Bijzondere gegevens", Section.DATA, Form.WORDS, words=SpecialKind),
    FieldRule("records_least", "Aantal gegevens, minimaal", Section.DATA, Form.COUNT),
    FieldRule("records_most", "Aantal gegevens, maximaal", Section.DATA, Form.COUNT),
    FieldRule("groups", "Groepen", Section.PEOPLE, Form.WORDS, words=Group),
    FieldRule("minors", "Minderjarigen", Section.PEOPLE, Form.YES_NO),
    FieldRule("people_least", "Aantal mensen, minimaal", Section.PEOPLE, Form.COUNT),
    FieldRule("people_most", "Aantal mensen, maximaal", Section.PEOPLE, Form.COUNT),
    FieldRule("protection", "Leesbaar voor anderen", Section.SECURITY, Form.WORD, words=Protection),
    FieldRule("prior_security", "Beveiliging vooraf", Section.SECURITY, Form.TEXT),
    FieldRule("effects", "Gevolgen voor de gegevens", Section.EFFECTS, Form.TEXT),
    FieldRule("harm", "Gevolgen voor de mensen", Section.EFFECTS, Form.TEXT),
    FieldRule("risk", "Risico", Section.EFFECTS, Form.WORD, ASSESSMENT, Risk),
    FieldRule(
        "risk_reasoning", "Redenering over het risico", Section.EFFECTS, Form.TEXT, ASSESSMENT
    ),
    FieldRule("measures", "Genomen maatregelen", Section.FOLLOW_UP, Form.TEXT),
    FieldRule("prevention", "Maatregelen tegen herhaling", Section.FOLLOW_UP, Form.TEXT),
    FieldRule(
        "parents", "Besluit over de ouders", Section.PARENTS, Form.WORD, BY_ACT, TellingParents
    ),
    FieldRule("parents_reason", "Reden van dat besluit", Section.PARENTS, Form.TEXT, BY_ACT),
    FieldRule(
        "parents_decider", "Over de ouders besloten door", Section.PARENTS, Form.TEXT, BY_ACT
    ),
    FieldRule("parents_told_at", "Ouders geïnformeerd op", Section.PARENTS, Form.INSTANT, BY_ACT),
    FieldRule("parents_how", "Hoe geïnformeerd", Section.PARENTS, Form.TEXT, BY_ACT),
    FieldRule("parents_text", "Tekst aan de ouders", Section.PARENTS, Form.TEXT, BY_ACT),
    FieldRule("public_notice", "Openbare mededeling", Section.PARENTS, Form.TEXT, BY_ACT),
    FieldRule("cross_border", "Raakt mensen in andere landen", Section.BORDERS, Form.YES_NO),
    FieldRule("countries", "Welke landen", Section.BORDERS, Form.TEXTS),
    FieldRule("fg_advice", "Advies van de FG", Section.ADVICE, Form.TEXT, ADVICE),
    FieldRule("fg_adviser", "Geadviseerd door", Section.ADVICE, Form.TEXT, BY_ACT),
    FieldRule("lessons", "Geleerde lessen", Section.ADVICE, Form.TEXT, ASSESSMENT),
)
"""Every field of `RegisterEntry`, each once."""

FIELD: Mapping[str, FieldRule] = {rule.name: rule for rule in FIELDS}
