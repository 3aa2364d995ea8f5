"""Turns what the words say into kinds: what excludes what, and which comes first."""

from collections.abc import Mapping

from classifiers.rules import Finding, Reading
from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import KindSuggestion

RIGHTS = (
    Kind.ACCESS,
    Kind.RECTIFICATION,
    Kind.ERASURE,
    Kind.RESTRICTION,
    Kind.OBJECTION,
    Kind.PORTABILITY,
    Kind.AUTOMATED_DECISION,
    Kind.CONSENT_WITHDRAWAL,
    Kind.RESEARCH_OBJECTION,
)
"""The rights of a person about whom there are data (AVG articles 7 and 15 to 22)."""
RIGHT_CODES = frozenset(kind.value for kind in RIGHTS)
"""The same, as the labels of texts name them."""

ASKED = 0.5
"""From here a kind is put forward as one the mail asks for."""
PLAINLY = 0.8
"""From here a wish was said in so many words."""
MAYBE_BREACH = 0.28
"""A breach is put forward from here: missing one costs the 72 hours of AVG article 33."""

# Where the first kind is at least this strong, the others are only an echo of its words.
SILENCES: tuple[tuple[Kind, float, frozenset[Kind]], ...] = (
    # A letter of the authority speaks of complaints and access itself.
    (Kind.AUTHORITY, 0.8, frozenset({Kind.COMPLAINT, Kind.QUESTION, Kind.ACCESS, Kind.BREACH})),
    # Someone outside asking for a child's data never exercises that child's right.
    (Kind.THIRD_PARTY_REQUEST, 0.55, frozenset({Kind.ACCESS, Kind.PORTABILITY, Kind.QUESTION})),
    # The objection to research needs no ground and has its own, stricter handling.
    (
        Kind.RESEARCH_OBJECTION,
        0.55,
        frozenset({Kind.OBJECTION, Kind.CONSENT_WITHDRAWAL, Kind.QUESTION}),
    ),
    # A wrong decision by a machine is not corrected as a fact.
    (Kind.AUTOMATED_DECISION, 0.8, frozenset({Kind.RECTIFICATION, Kind.QUESTION})),
)
_WITH_QUESTION = frozenset(
    {Kind.COMPLAINT, Kind.BREACH, Kind.THIRD_PARTY_REQUEST, Kind.AUTHORITY, *RIGHTS}
)


_HEARD = 0.7
# In one sentence, the first kind takes its words with it: the others only share them.
OWNS_SENTENCE: tuple[tuple[Kind, frozenset[Kind]], ...] = (
    (Kind.BREACH, frozenset({Kind.RECTIFICATION})),
    (Kind.COMPLAINT, frozenset(RIGHTS)),
    (Kind.PORTABILITY, frozenset({Kind.ACCESS})),
    (Kind.RESTRICTION, frozenset({Kind.ERASURE, Kind.RECTIFICATION, Kind.OBJECTION})),
)


def without_echoes(reading: Reading) -> Reading:
    """
    Leave out what a sentence seems to say only because it says something else more plainly.

    A kind concluded from ideas gives way to a kind that the same sentence says as strongly;
    a breach stays whatever stands beside it.
    """
    by_sentence: dict[int, dict[str, float]] = {}
    told = [(kind, reading.findings[kind.value]) for kind in Kind if kind.value in reading.findings]
    for kind, found in told:
        for one in found:
            heard = by_sentence.setdefault(one.sentence, {})
            heard[kind.value] = max(one.strength, heard.get(kind.value, 0.0))
    kept = dict(reading.findings)
    for kind, found in told:
        kept[kind.value] = tuple(
            one for one in found if not _is_echo(one, kind, by_sentence[one.sentence])
        )
    return Reading(reading.folded, kept)


def _is_echo(one: Finding, kind: Kind, heard: Mapping[str, float]) -> bool:
    if kind in (Kind.BREACH, Kind.OTHER):
        return False
    owned = any(
        kind in echoes and heard.get(owner.value, 0.0) >= _HEARD for owner, echoes in OWNS_SENTENCE
    )
    louder = max((s for label, s in heard.items() if label != kind.value), default=0.0)
    return owned or (one.combined and louder >= _HEARD and louder > heard[kind.value])


def _only_complaint(found: Mapping[Kind, float], reading: Reading) -> dict[Kind, float]:
    """Drop the rights that a complaint about delay or a decision only looks back on."""
    if found.get(Kind.COMPLAINT, 0.0) < 0.8 or not reading.has("handling"):
        return dict(found)
    return {k: s for k, s in found.items() if k not in RIGHTS or s >= 0.8}


def strengths(reading: Reading) -> dict[Kind, float]:
    """Return how strongly the words speak for each kind, echoes left out."""
    found = {kind: reading.strength(kind.value) for kind in Kind}
    found = {kind: strength for kind, strength in found.items() if strength > 0}
    for kind, least, silenced in SILENCES:
        if found.get(kind, 0.0) >= least:
            found = {k: s for k, s in found.items() if k not in silenced}
    return _without_echo_of_question(_only_complaint(found, reading))


def _without_echo_of_question(found: Mapping[Kind, float]) -> dict[Kind, float]:
    """Drop the question where a wish is at least as strong: wishes are put as questions."""
    question = found.get(Kind.QUESTION, 0.0)
    strongest = max((s for k, s in found.items() if k in _WITH_QUESTION), default=0.0)
    if strongest >= max(ASKED, question):
        return {k: s for k, s in found.items() if k is not Kind.QUESTION}
    if question >= 0.8 > strongest:
        # "May the school just pass on...?" is a question about a right, not its exercise.
        return {k: s for k, s in found.items() if k is Kind.QUESTION or k not in RIGHTS}
    return dict(found)


def _first_place(kind: Kind, reading: Reading) -> float:
    found = reading.findings.get(kind.value, ())
    return min((one.start for one in found if one.strength >= _HEARD), default=0)


def _rank(kind: Kind, found: Mapping[Kind, float], reading: Reading) -> tuple[int, float]:
    """Order: exposed data, a letter of the authority, a dominating complaint, what is asked."""
    strength = found[kind]
    right = max((found.get(k, 0.0) for k in RIGHTS), default=0.0)
    if kind is Kind.BREACH and strength >= ASKED:
        return 0, -strength
    if kind in (Kind.AUTHORITY, Kind.THIRD_PARTY_REQUEST) and strength >= ASKED:
        return 1, -strength
    if kind is Kind.COMPLAINT and strength >= max(0.8, right):
        return 2, -strength
    if strength >= PLAINLY:
        # Of several plain wishes, the one asked first leads.
        return 3, _first_place(kind, reading)
    return 4, -strength


def choose(reading: Reading, *, least: float = ASKED) -> tuple[KindSuggestion, ...]:
    """
    Choose the kinds to put forward, the primary one first.

    Args:
        reading: what the words say.
        least: strength from which a kind counts.

    Returns:
        The kinds with confidence and evidence; where none is strong enough, the strongest
        of the weak ones, so that a person sees what the doubt is about.
    """
    reading = without_echoes(reading)
    found = strengths(reading)
    ordered = sorted(found, key=lambda kind: _rank(kind, found, reading))
    kept = [k for k in ordered if found[k] >= (MAYBE_BREACH if k is Kind.BREACH else least)]
    return tuple(
        KindSuggestion(kind, found[kind], reading.evidence(kind.value))
        for kind in (kept or ordered[:1])
    )
