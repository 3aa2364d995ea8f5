"""Example words for every letter: for previews, for tests, for whoever writes a template."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import (
    IDENTITY_OPTIONS,
    QUESTIONS,
    AnsweredWords,
    BoardWords,
    HeapWords,
    LeavingWords,
    RefusedPart,
    RequestWords,
    StatusWords,
)
from mailbot.domain.letters import LETTERS

EXAMPLE_BOARD = BoardWords(
    name="Voorbeeld",
    full_name="Stichting Voorbeeld",
    privacy_address="privacy@bestuur.example",
    fg_contact="fg@bestuur.example",
    website="https://www.bestuur.example",
    fg_name="Noor Jansen",
    phone="030 123 45 67",
    reglement_link="https://www.bestuur.example/privacyreglement",
    complaints_link="https://www.bestuur.example/klachten",
    authority_link="https://www.autoriteitpersoonsgegevens.nl",
    court_link="https://www.rechtspraak.nl",
)
"""A board with everything that letters can name."""

_REFERENCE = "SIPOR-2026-000123-Q"
_RECEIVED = date(2026, 11, 27)
_DUE = date(2026, 12, 25)
_EXTENDED = date(2027, 1, 22)

_WORDS: Mapping[str, object] = MappingProxyType(
    {
        "reference": _REFERENCE,
        "received_on": _RECEIVED,
        "received_at": datetime(2026, 11, 27, 9, 15, tzinfo=UTC),
        "kind": Kind.ACCESS,
        "kinds": (
            RequestWords(Kind.ACCESS, _REFERENCE, _DUE),
            RequestWords(Kind.ERASURE, "SIPOR-2026-000124-V", _DUE),
        ),
        "questions": QUESTIONS,
        "due": _DUE,
        "cases": (StatusWords(Kind.ACCESS, _REFERENCE, _RECEIVED, "in_progress", _DUE),),
        "passage": {
            "nl": "U krijgt antwoord binnen vier weken.",
            "en": "You get an answer within four weeks.",
            "tr": "Dört hafta içinde yanıt alırsınız.",  # noqa: RUF001 - this is Turkish.
            "ar": "يصلكم الجواب خلال أربعة أسابيع.",
        },
        "article": "artikel 8.9, lid 2, van ons privacyreglement",
        "day": date(2026, 11, 30),
        "since": datetime(2026, 11, 27, 7, 0, tzinfo=UTC),
        "until": datetime(2026, 11, 30, 7, 0, tzinfo=UTC),
        "seen": 28,
        "opened": 14,
        "filed": 7,
        "parked": 3,
        "automatic": 3,
        "quarantined": 1,
        "waiting": 0,
        "adds_up": True,
        "heaps": (HeapWords("parked", 3, _RECEIVED), HeapWords("unconfirmed", 5, _RECEIVED)),
        "leaves": (LeavingWords(_REFERENCE, Kind.ACCESS, _DUE, over=False),),
        "answers": (AnsweredWords("status", 2), AnsweredWords("answer", 1)),
        "days_left": 7,
        "link": "https://mailbot.bestuur.example/cases/SIPOR-2026-000123-Q",
        "options": IDENTITY_OPTIONS,
        "name": "Alice de Vries",
        "question": "Gaat het u om alle jaren, of alleen om groep 7?",
        "why": "Dan kunnen wij gerichter zoeken.",
        "old_due": _DUE,
        "new_due": _EXTENDED,
        "reason": "Een deel van de gegevens staat bij een vorige school.",
        "partial_answer": "De toetsen van dit jaar sturen wij nu al.",
        "decided_on": date(2026, 12, 18),
        "decided_by": "Bob Bakker",
        "done": "Wij hebben een kopie gemaakt van alles wat wij over uw kind hebben.",
        "done_on": date(2026, 12, 17),
        "where": "De kopie ligt voor u klaar bij de school.",
        "purposes": "Voor het onderwijs en de hulp aan uw kind.",
        "categories": "Naam, adres, toetsen en verslagen van gesprekken.",
        "recipients": "DUO en de gemeente.",
        "retention": "Vijf jaar na het einde van de schooltijd.",
        "source": "Van u, en van de vorige school.",
        "granted": "U krijgt een kopie van de toetsen en de verslagen.",
        "parts": (
            RefusedPart(
                part="De bladzijde over een ander kind.",
                ground="Artikel 15, lid 4, van de AVG.",
                weighed="Op deze bladzijde staat de naam van een ander kind.",
            ),
        ),
        "ground": "Artikel 8.9, lid 3, van ons privacyreglement.",
        "advised_on": date(2026, 12, 16),
        "lifts_on": date(2027, 1, 11),
        "nature": "Een lijst met namen en telefoonnummers is naar een verkeerd adres gestuurd.",
        "consequences": "Iemand die u niet kent, kan u bellen.",
        "measures": "Wij hebben gevraagd om de lijst te wissen. Dat is gebeurd.",
        "advice": "Geef aan de telefoon geen wachtwoord en geen code.",
        "cause": "Het zoeken in het oude archief duurde langer dan wij dachten.",
        "destroyed_on": date(2026, 11, 28),
    }
)


def example_words(letter: str) -> dict[str, object]:
    """
    Give every word a letter can use, with an example for each.

    Args:
        letter: a code of `LETTERS`.
    """
    rule = LETTERS[letter]
    names = [name for name in (*rule.needs, *rule.may) if name in _WORDS]
    return {"board": EXAMPLE_BOARD, **{name: _WORDS[name] for name in names}}
