"""The letters of the house: who sends each, which words it needs, what it must say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mailbot.domain.errors import LetterIncomplete
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import (
    ACCESS_WORDS,
    BoardWords,
    RefusedPart,
    RequestWords,
    StatusWords,
    Typed,
)

__all__ = [
    "LETTERS",
    "AutoSubmitted",
    "BoardWords",
    "LetterRule",
    "RefusedPart",
    "RequestWords",
    "StatusWords",
    "Trigger",
    "Typed",
    "elements",
    "letter_languages",
    "missing_words",
]


class Trigger(StrEnum):
    """What must happen before a letter may leave."""

    AUTOMATIC = "automatic"
    """The robot sends it by itself; it never says or hints at an outcome."""
    OFFICER = "officer"
    """An officer asked for it."""
    DECISION = "decision"
    """It rests on a decision that a board member recorded."""


class AutoSubmitted(StrEnum):
    """The value of the Auto-Submitted header (RFC 3834, section 5)."""

    NO = "no"
    """A person stands behind the letter; the header is left out."""
    REPLIED = "auto-replied"
    GENERATED = "auto-generated"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """What holds for one letter, whatever its language."""

    dutch: str
    trigger: Trigger
    needs: tuple[str, ...]
    """Words without which the letter is not written; every letter also needs `board`."""
    elements: tuple[str, ...]
    """What the letter must say; tested in every language."""
    sources: tuple[str, ...]
    may: tuple[str, ...] = ()
    """Words the letter uses when they are given."""
    substantive: bool = False
    """Whether it rests on a decision (the schema enforces it)."""
    auto_submitted: AutoSubmitted = AutoSubmitted.NO


ALWAYS = ("fg_contact",)
"""What every letter says: how to reach the FG (reglement 3.3.2)."""
OF_ITSELF = ("automatic", "people_decide")
"""What every automatic letter says of itself."""
_ROUTES = ("complaints", "authority", "court")

LETTERS: Mapping[str, LetterRule] = MappingProxyType(
    {
        "ack_request": LetterRule(
            dutch="ontvangstbevestiging van een verzoek",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "received_on", "kinds", "questions"),
            elements=(
                "reference",
                "received",
                "kind_understood",
                "how_to_correct",
                "due",
                "questions",
                "clock_runs",
                "no_identity_copy",
            ),
            sources=("reglement 8.9.1", "reglement 8.9.2b", "reglement 8.2.2", "GDPR 12(3)"),
        ),
        "ack_breach": LetterRule(
            dutch="ontvangstbevestiging van een datalekmelding",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "received_at"),
            elements=(
                "reference",
                "received_at",
                "do_not_open",
                "do_not_spread",
                "keep",
                "no_verdict",
            ),
            sources=("reglement 6.4.4", "reglement 6.4.5", "GDPR 33(1)"),
        ),
        "ack_complaint": LetterRule(
            dutch="ontvangstbevestiging van een klacht",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "received_on"),
            elements=("reference", "received", *_ROUTES),
            sources=("reglement 8.9.4", "reglement 8.9.5", "GDPR 77", "GDPR 79"),
        ),
        "ack_unsure": LetterRule(
            dutch="ontvangstbevestiging bij twijfel",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "received_on", "due"),
            elements=(
                "reference",
                "received",
                "person_reads",
                "due",
                "no_identity_copy",
            ),
            sources=("reglement 8.9.2b", "GDPR 12(2)"),
        ),
        "status": LetterRule(
            dutch="stand van zaken",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "cases"),
            elements=("reference", "kind", "received", "stage", "due", "next_step"),
            sources=("GDPR 12(2)", "GDPR 12(4)"),
        ),
        "status_unknown": LetterRule(
            dutch="antwoord op een vraag naar de stand, zonder iets te tonen",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=(),
            elements=("shows_nothing", "how_to_ask"),
            sources=("GDPR 5(1)(f)", "GDPR 12(6)"),
        ),
        "answer": LetterRule(
            dutch="antwoord op een vraag",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "passage", "article"),
            may=("links",),
            elements=("reference", "passage", "article", "reach_person"),
            sources=("reglement 3.2.1", "reglement 3.3.2"),
        ),
        "reminder": LetterRule(
            dutch="herinnering aan de FG of het bestuur",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.GENERATED,
            needs=("reference", "kind", "received_on"),
            may=("due", "days_left", "due_at", "hours", "link"),
            elements=("reference", "kind", "received", "due"),
            sources=("reglement 8.9.2b", "GDPR 33(1)"),
        ),
        "daily_proof": LetterRule(
            dutch="dagelijks bewijs aan de FG",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.GENERATED,
            needs=(
                "day",
                "since",
                "until",
                "seen",
                "opened",
                "filed",
                "parked",
                "automatic",
                "quarantined",
                "waiting",
                "adds_up",
            ),
            may=("heaps", "leaves", "answers", "link"),
            elements=("seen", "places", "waits", "leaves_term", "answered"),
            sources=("reglement 3.3.2", "GDPR 5(2)", "GDPR 39(1)(b)"),
        ),
        "identity_request": LetterRule(
            dutch="vraag om te laten zien wie u bent",
            trigger=Trigger.OFFICER,
            needs=("reference", "received_on", "due", "options"),
            may=("name",),
            elements=("reference", "why", "options", "no_identity_copy", "clock_runs"),
            sources=("reglement 8.2.2", "reglement 8.2.3", "GDPR 12(6)"),
        ),
        "clarification_request": LetterRule(
            dutch="vraag om uitleg bij het verzoek",
            trigger=Trigger.OFFICER,
            needs=("reference", "received_on", "due", "question", "why"),
            may=("name",),
            elements=("reference", "question", "why", "everything", "clock_runs"),
            sources=("GDPR 12(2)", "EDPB 01/2022"),
        ),
        "extension_notice": LetterRule(
            dutch="bericht van verlenging",
            # An officer decides the extension; the notice then leaves by itself.
            trigger=Trigger.OFFICER,
            needs=("reference", "kind", "received_on", "old_due", "new_due", "reason"),
            may=("name", "partial_answer"),
            elements=(
                "reference",
                "received",
                "old_due",
                "new_due",
                "reason",
                "earlier_part",
                *_ROUTES,
            ),
            sources=("reglement 8.9.2b", "GDPR 12(3)"),
        ),
        "decision_granted": LetterRule(
            dutch="besluit: toegewezen",
            trigger=Trigger.DECISION,
            substantive=True,
            needs=(
                "reference",
                "kind",
                "received_on",
                "decided_on",
                "decided_by",
                "done",
                "done_on",
                "where",
            ),
            may=("name", *ACCESS_WORDS),
            elements=("reference", "received", "what", "when", "where", "access", *_ROUTES),
            sources=("reglement 8.9.2a", "GDPR 12(3)", "GDPR 15(1)"),
        ),
        "decision_refused": LetterRule(
            dutch="besluit: geheel of gedeeltelijk afgewezen",
            trigger=Trigger.DECISION,
            substantive=True,
            needs=("reference", "kind", "received_on", "decided_on", "decided_by", "parts"),
            may=("name", "granted"),
            elements=("reference", "received", "ground", "weighed", *_ROUTES, "six_weeks"),
            sources=("reglement 8.9.2a", "reglement 8.9.4", "GDPR 12(4)", "UAVG 35(2)"),
        ),
        # The ground is typed whole, with the FG's advice: a fixed sentence that names the
        # danger, or the article about it, could itself bring the child into danger.
        "decision_safety": LetterRule(
            dutch="besluit: afgewezen om de veiligheid van de leerling",
            trigger=Trigger.DECISION,
            substantive=True,
            needs=(
                "reference",
                "kind",
                "received_on",
                "decided_on",
                "decided_by",
                "advised_on",
                "ground",
            ),
            may=("name",),
            elements=(
                "reference",
                "received",
                "ground",
                "fg_advice",
                *_ROUTES,
                "six_weeks",
            ),
            sources=("reglement 8.9.3", "GDPR 12(4)", "UAVG 35(2)"),
        ),
        "restriction_lift": LetterRule(
            dutch="bericht dat de beperking eindigt",
            trigger=Trigger.OFFICER,
            needs=("reference", "reason", "lifts_on"),
            may=("name",),
            elements=("reference", "reason", "lifts_on", "before", *_ROUTES),
            sources=("reglement 8.5.4", "GDPR 18(3)"),
        ),
        "breach_parents": LetterRule(
            dutch="bericht aan ouders over een datalek",
            trigger=Trigger.DECISION,
            substantive=True,
            needs=("reference", "nature", "consequences", "measures", "advice", "decided_by"),
            may=("name",),
            elements=("reference", "nature", "consequences", "measures", "advice", "authority"),
            sources=("reglement 6.4.3", "GDPR 34(2)"),
        ),
        "late_notice": LetterRule(
            dutch="bericht dat wij te laat zijn",
            trigger=Trigger.OFFICER,
            needs=("reference", "kind", "received_on", "old_due", "new_due", "cause"),
            may=("name",),
            elements=("reference", "apology", "old_due", "cause", "new_due", *_ROUTES),
            sources=("reglement 8.9.2b", "GDPR 12(3)", "GDPR 12(4)"),
        ),
        "third_party_reply": LetterRule(
            dutch="ontvangstbericht aan een derde",
            trigger=Trigger.OFFICER,
            needs=("reference", "received_on"),
            may=("name",),
            elements=("reference", "received", "receipt_only", "confirms_nobody"),
            sources=("reglement 5.2", "reglement 7.2"),
        ),
        "identity_copy_destroyed": LetterRule(
            dutch="bericht dat een kopie van een identiteitsbewijs is vernietigd",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "received_on", "destroyed_on"),
            elements=("reference", "received", "destroyed", "do_not_send"),
            sources=("reglement 8.2.2",),
        ),
        "withdrawal_check": LetterRule(
            dutch="vraag of het verzoek echt wordt ingetrokken",
            trigger=Trigger.AUTOMATIC,
            auto_submitted=AutoSubmitted.REPLIED,
            needs=("reference", "kind", "due"),
            elements=("reference", "kind", "confirm", "clock_runs", "due"),
            sources=("reglement 8.9.2b",),
        ),
    }
)
"""Every letter by its code; the codes are stable and name the folders in `templates/letters/`."""


WITHDRAWAL_CHECK = "withdrawal_check"
"""The letter that asks whether a request is really taken back."""


def elements(letter: str) -> tuple[str, ...]:
    """Name everything this letter must say, in every language."""
    rule = LETTERS[letter]
    of_itself = OF_ITSELF if rule.trigger is Trigger.AUTOMATIC else ()
    return (*ALWAYS, *of_itself, *rule.elements)


def missing_words(letter: str, words: Mapping[str, object]) -> tuple[str, ...]:
    """
    Name the words a letter still lacks.

    Args:
        letter: a code of `LETTERS`.
        words: what was given.

    Returns:
        The names of words that are absent or blank, in the order of the table.

    Raises:
        LetterIncomplete: there is no such letter.
    """
    if letter not in LETTERS:
        raise LetterIncomplete(f"there is no letter {letter!r}; see LETTERS in domain/letters.py")
    needs = ("board", *LETTERS[letter].needs)
    if letter == "decision_granted" and words.get("kind") == Kind.ACCESS:
        needs += ACCESS_WORDS
    return tuple(name for name in needs if _is_absent(name, words.get(name)))


def _is_absent(name: str, value: object) -> bool:
    """Say whether a word is missing: not given, blank, or a list without anything in it."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Sequence | Mapping):
        # Only the questions may be none: then nothing is missing from the mail.
        return not value and name != "questions"
    return value is None


def letter_languages(wanted: str, available: Sequence[str]) -> tuple[str, ...]:
    """
    Say in which languages a letter is written, the reader's own first.

    A letter in another language is followed by its Dutch text; a reader
    whose language we do not have gets Dutch and English.

    Args:
        wanted: ISO 639-1 of the mail, or `und`.
        available: the languages the letter exists in.

    Returns:
        One or two languages, each of them in *available*; Dutch is always among them.
    """
    if wanted in {"nl", "und", ""}:
        return ("nl",)
    if wanted in available:
        return (wanted, "nl")
    return ("nl", "en") if "en" in available else ("nl",)
