"""The classifier of the house: language, kinds, route, facts and flags of one mail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from classifiers.deciding import deciding_text, placed
from classifiers.facts import facts_of
from classifiers.flags import flags_of
from classifiers.folding import read
from classifiers.language import language_of
from classifiers.routes import Standing, route_of, standing
from classifiers.rules import LONGEST, Reading, weigh
from classifiers.weighing import ASKED, MAYBE_BREACH, choose
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Evidence, KindSuggestion, Route, Suggestion

VERSION = "word-tables 1"

SURE = 0.7
"""Below this confidence in the primary kind a person must look."""
_IN_A_REPLY = 0.75
"""A reply names the running case's kind in passing; a kind it adds must be said plainly."""
PLAIN = 0.65
"""Below this confidence a mail may still be something else altogether."""
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """The text that decides, and what its words and those of the subject say."""

    text: str
    language: str
    reading: Reading
    subject: Reading


def _read_mail(mail: Mail, place: Standing) -> _Read:
    text = deciding_text(mail)[:LONGEST]
    # The subject of a reply was written earlier, often by ourselves: it adds nothing new.
    subject = "" if place.replies else mail.subject
    language = language_of(text if text.strip() else mail.subject)
    return _Read(text, language, weigh(read(text), language), weigh(read(subject), language))


def _with_subject(
    kinds: tuple[KindSuggestion, ...],
    named: tuple[KindSuggestion, ...],
) -> tuple[KindSuggestion, ...]:
    """Let the subject strengthen what the text says, and speak alone where the text is silent."""
    by_subject = {k.kind: k for k in named}
    joined: list[KindSuggestion] = []
    for kind in kinds:
        other = by_subject.pop(kind.kind, None)
        if other is None:
            joined.append(kind)
            continue
        confidence = 1 - (1 - kind.confidence) * (1 - other.confidence * 0.6)
        joined.append(replace(kind, confidence=min(0.97, round(confidence, 4))))
    if not kinds or kinds[0].confidence < ASKED:
        joined += [_elsewhere(k) for k in by_subject.values() if k.confidence >= ASKED]
        joined.sort(key=lambda k: -k.confidence)
    return tuple(joined)


def _elsewhere(kind: KindSuggestion) -> KindSuggestion:
    """Mark the evidence as standing outside the text, and believe it a little less."""
    evidence = tuple(Evidence(piece.text) for piece in kind.evidence)
    return KindSuggestion(kind.kind, round(kind.confidence * 0.85, 4), evidence)


class CombinedClassifier:
    """Judges by word tables, without a model; a pipeline that learned takes its place later."""

    name = VERSION

    def __init__(
        self,
        schools: Sequence[str] = (),
        enabled_kinds: Collection[Kind] | None = None,
        reference_prefix: str = "",
    ) -> None:
        self._schools = tuple(schools)
        self._enabled = frozenset(Kind if enabled_kinds is None else enabled_kinds)
        self._prefix = reference_prefix

    def classify(self, mail: Mail) -> Suggestion:
        """
        Say what this mail may be, how strongly and why.

        Args:
            mail: the mail; only its new text decides.

        Returns:
            The suggestion; unsure stays unsure.
        """
        place = standing(mail, self._prefix)
        said = _read_mail(mail, place)
        kinds = self._kinds(place, said)
        route = route_of(mail, place, _joined(said), kinds)
        kinds = _kinds_on(route, kinds, said.reading)
        suggestion = Suggestion(
            route=route,
            language=said.language,
            kinds=kinds,
            follow_up=_follow_up(route, place, said.reading),
            unsure=_is_unsure(route, place, kinds, said),
            facts=facts_of(said.text, said.reading, mail, self._schools)
            if _by_a_person(route)
            else (),
            flags=flags_of(said.text, said.reading, mail, kinds),
            classifier=self.name,
        )
        return placed(suggestion, mail)

    def _kinds(self, place: Standing, said: _Read) -> tuple[KindSuggestion, ...]:
        least = _IN_A_REPLY if place.replies else ASKED
        kinds = _with_subject(choose(said.reading, least=least), choose(said.subject))
        return tuple(k for k in kinds if k.kind in self._enabled)


def _joined(said: _Read) -> Reading:
    """Return one reading of text and subject, for the route alone."""
    findings = dict(said.reading.findings)
    for label, found in said.subject.findings.items():
        shifted = tuple(replace(one, sentence=-1 - one.sentence) for one in found)
        findings[label] = findings.get(label, ()) + shifted
    return Reading(said.reading.folded, findings)


def _kinds_on(
    route: Route,
    kinds: tuple[KindSuggestion, ...],
    reading: Reading,
) -> tuple[KindSuggestion, ...]:
    """Leave only the kinds that make sense where the mail goes."""
    if route in (Route.AUTOMATIC, Route.BOUNCE, Route.SPAM):
        return ()
    if route is Route.OTHER:
        label = max(("school_matter", "newsletter"), key=reading.strength)
        confidence = max(SURE, reading.strength(label))
        return (KindSuggestion(Kind.OTHER, confidence, reading.evidence(label)),)
    if route is Route.FOLLOW_UP:
        return tuple(
            k
            for k in kinds
            if k.confidence >= _IN_A_REPLY
            or (k.kind is Kind.BREACH and k.confidence >= MAYBE_BREACH)
        )
    if not kinds and reading.strength("privacy") >= ASKED:
        kinds = (KindSuggestion(Kind.QUESTION, 0.3, reading.evidence("privacy")),)
    if _may_be_breach(kinds, reading):
        # What is not understood may be a breach told in words that no table has: missing one
        # costs the 72 hours, looking in vain costs a person a minute.
        evidence = reading.evidence("tells") or reading.evidence("privacy")
        kinds = (*kinds, KindSuggestion(Kind.BREACH, MAYBE_BREACH, evidence))
    return kinds


def _by_a_person(route: Route) -> bool:
    return route not in (Route.AUTOMATIC, Route.BOUNCE)


def _may_be_breach(kinds: tuple[KindSuggestion, ...], reading: Reading) -> bool:
    """Whether a mail is not understood well enough to say that it tells of no breach."""
    if any(kind.kind is Kind.BREACH for kind in kinds):
        return False
    if kinds:
        return kinds[0].confidence < PLAIN
    # A greeting, or a lone question, tells of nothing that happened.
    text = reading.folded.original.strip()
    return len(text.split()) > _FEW_WORDS and not (text.endswith("?") and text.count("?") == 1)


def _follow_up(route: Route, place: Standing, reading: Reading) -> float:
    said = reading.strength("follow_up")
    if route is Route.FOLLOW_UP and place.replies:
        return max(0.9, said)
    return said


def _is_unsure(
    route: Route,
    place: Standing,
    kinds: tuple[KindSuggestion, ...],
    said: _Read,
) -> bool:
    """Whether a person must look before anything is believed."""
    if route in (Route.AUTOMATIC, Route.BOUNCE):
        return False
    if route is Route.FOLLOW_UP and not kinds:
        return not place.replies
    if route is Route.SPAM:
        return said.reading.strength("privacy") >= ASKED
    if not kinds or kinds[0].confidence < SURE or said.reading.has("instructions"):
        return True
    doubtful_breach = any(k.kind is Kind.BREACH and k.confidence < SURE for k in kinds)
    return doubtful_breach or len(said.text) >= LONGEST
