"""The classifier that learned from texts, behind the same port as the word tables."""

import gc
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from classifiers.deciding import placed
from classifiers.facts import facts_of
from classifiers.flags import NOTHING, Heard, flags_of
from classifiers.learned.beside import LOUDEST_HINT
from classifiers.learned.judging import BREACH_DOUBT, Judgement
from classifiers.learned.pipeline import EVIDENCE, JUDGEMENT, READ, build, document
from classifiers.learned.reading import MailReading, read_mail
from classifiers.learned.weights import FOLDER, Settings, load
from classifiers.routes import Standing, standing
from classifiers.weighing import RIGHT_CODES, RIGHTS
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Evidence, Flag, KindSuggestion, Route, Suggestion

SURE = 0.5
"""Below this confidence in the primary kind a person must look: it is more likely wrong."""
BELONGS = 0.6
"""From this chance a kind is put forward beside the primary one."""
MAYBE_BREACH = BREACH_DOUBT
"""A chance of a breach from which a person is asked: missing one costs the 72 hours."""
HINT = 0.28
"""What such a hint is put forward with, so that whoever reads it takes it for one."""
MAYBE_RIGHT = 0.06
"""A mail that may ask for a right with this chance is never filed away."""
HARDLY = 0.02
"""Below this chance of a flag its words are not believed."""
_NEVER_AWAY = (*RIGHTS, Kind.BREACH, Kind.COMPLAINT, Kind.AUTHORITY, Kind.THIRD_PARTY_REQUEST)
_KINDS = frozenset(kind.value for kind in Kind)
_AWAY = {
    Kind.OTHER.value: Route.OTHER,
    "spam": Route.SPAM,
    "automatic": Route.AUTOMATIC,
}
MOST = 0.99
NOT_QUITE = 0.89
"""The most that is said of what may not be called sure."""


@cache
def _learned(folder: Path) -> tuple[Settings, Language]:
    """Load a model once, for however many boards it judges: it keeps nothing of their mail."""
    model = load(folder)
    found = model.settings, build(model)
    # All of this stays, and the collector of garbage would walk through it every few hundred mails.
    gc.freeze()
    return found


class LearnedClassifier:
    """Judges by what it learned; facts, flags, languages and routes by headers stay rules."""

    def __init__(
        self,
        schools: Sequence[str] = (),
        enabled_kinds: Collection[Kind] | None = None,
        reference_prefix: str = "",
        folder: Path = FOLDER,
    ) -> None:
        settings, self._pipeline = _learned(folder)
        self._labels, self._surely = settings.labels, settings.surely
        self._flags = tuple((Flag(name), least) for name, least in settings.flags.items())
        self._schools = tuple(schools)
        self._enabled = frozenset(Kind if enabled_kinds is None else enabled_kinds)
        self._off = _KINDS - {kind.value for kind in self._enabled}
        self._prefix = reference_prefix
        self.name = settings.version

    def document(self, mail: Mail, place: Standing) -> Doc:
        """Return the mail as the pipeline leaves it: `doc.cats`, spans, judgement, evidence."""
        doc = document(
            read_mail(mail),
            replies=place.replies,
            quotes=bool(mail.quoted_text.strip()) and not mail.is_forward,
            by_person=mail.bounce is None and not place.automatic,
        )
        for _, step in self._pipeline.pipeline:
            doc = step(doc)
        return doc

    def classify(self, mail: Mail) -> Suggestion:
        """
        Say what this mail may be, how strongly and why.

        Args:
            mail: the mail; only its new text decides.

        Returns:
            The suggestion; unsure stays unsure.
        """
        place = standing(mail, self._prefix)
        doc = self.document(mail, place)
        read: MailReading = doc.user_data[READ]
        lead = self._leads(doc)
        route = self._route(mail, place, lead, doc)
        kinds = self._kinds(route, place, lead, doc)
        suggestion = Suggestion(
            route=route,
            language=read.language,
            kinds=kinds,
            follow_up=self._follow_up(route, place, doc),
            unsure=_is_unsure(route, place, kinds, doc),
            facts=()
            if route in (Route.AUTOMATIC, Route.BOUNCE)
            else facts_of(read.text, read.reading, mail, self._schools),
            flags=flags_of(read.text, read.reading, mail, kinds, self._heard(doc)),
            classifier=self.name,
        )
        return placed(suggestion, mail)

    def _heard(self, doc: Doc) -> Heard:
        """Return what the encoder hears of flags; nothing of a mail it was not asked about."""
        judgement: Judgement = doc.user_data[JUDGEMENT]
        chances = judgement.flags.tolist()
        if not chances:
            return NOTHING
        told = list(zip(self._flags, chances, strict=True))
        return Heard(
            plainly=frozenset(flag for (flag, least), chance in told if chance >= least),
            hardly=frozenset(flag for (flag, _), chance in told if chance < HARDLY),
        )

    def _leads(self, doc: Doc) -> dict[str, float]:
        """Return how likely each label leads; a kind that is turned off gives its share away."""
        judgement: Judgement = doc.user_data[JUDGEMENT]
        lead = zip(self._labels, judgement.lead.tolist(), strict=True)
        kept = {label: chance for label, chance in lead if label not in self._off}
        total = sum(kept.values()) or 1.0
        return {label: chance / total for label, chance in kept.items()}

    def _route(self, mail: Mail, place: Standing, lead: dict[str, float], doc: Doc) -> Route:
        """Say where the mail belongs; in doubt it is a case, which a person sees within the term."""
        if mail.bounce is not None:
            return Route.BOUNCE
        if place.automatic:
            return Route.AUTOMATIC
        if place.replies:
            return Route.FOLLOW_UP
        first = max(lead, key=lambda label: lead[label])
        if first == "follow_up":
            return Route.FOLLOW_UP
        if first in _AWAY and not self._may_ask(lead, doc):
            return _AWAY[first]
        return Route.CASE

    def _may_ask(self, lead: dict[str, float], doc: Doc) -> bool:
        """Whether a mail may ask for something that must not be filed away."""
        asked = sum(lead.get(kind.value, 0.0) for kind in _NEVER_AWAY)
        loudest = max(doc.cats[kind.value] for kind in _NEVER_AWAY)
        return asked >= MAYBE_RIGHT or loudest >= 2 * MAYBE_RIGHT

    def _kinds(
        self, route: Route, place: Standing, lead: dict[str, float], doc: Doc
    ) -> tuple[KindSuggestion, ...]:
        if route in (Route.AUTOMATIC, Route.BOUNCE, Route.SPAM):
            return ()
        order = sorted(lead, key=lambda label: -lead[label])
        kinds = [label for label in order if label in _KINDS]
        if route is Route.FOLLOW_UP:
            kept = [k for k in kinds if doc.cats[k] >= BELONGS and k != Kind.OTHER.value]
            if order[0] == "follow_up" and not place.replies:
                kept = [k for k in kept if k == Kind.BREACH.value]
        elif order[0] in _KINDS:
            kept = [k for k in kinds if k == order[0] or doc.cats[k] >= BELONGS]
        else:
            kept = kinds[:1]
        if kept[:1] == [Kind.OTHER.value]:
            kept = kept[:1]
        elif Kind.OTHER.value in kept:
            kept.remove(Kind.OTHER.value)
        kept = _one_asker(_without_echo(kept, doc))
        suggested = [self._suggest(label, lead, doc, first=not n) for n, label in enumerate(kept)]
        return tuple(suggested + self._maybe_breach(kept, lead, doc))

    def _suggest(
        self, label: str, lead: dict[str, float], doc: Doc, *, first: bool
    ) -> KindSuggestion:
        chance = lead[label] if first else doc.cats[label]
        if first and lead[label] == max(lead.values()):
            judgement: Judgement = doc.user_data[JUDGEMENT]
            certain = judgement.certain
            chance = certain if certain >= self._surely else min(NOT_QUITE, certain)
        evidence = tuple(
            Evidence(text, start) for start, text in doc.user_data[EVIDENCE].get(label, ())
        )
        return KindSuggestion(Kind(label), min(MOST, round(chance, 4)), evidence)

    def _maybe_breach(
        self, kept: Sequence[str], lead: dict[str, float], doc: Doc
    ) -> list[KindSuggestion]:
        """Put a breach forward as a hint where it is possible at all."""
        breach = Kind.BREACH.value
        if breach in kept or Kind.BREACH not in self._enabled:
            return []
        if max(lead.get(breach, 0.0), doc.cats[breach]) < MAYBE_BREACH:
            return []
        chance = max(HINT, min(LOUDEST_HINT, doc.cats[breach]))
        evidence = tuple(
            Evidence(text, start) for start, text in doc.user_data[EVIDENCE].get(breach, ())
        )
        return [KindSuggestion(Kind.BREACH, round(chance, 4), evidence)]

    def _follow_up(self, route: Route, place: Standing, doc: Doc) -> float:
        said = doc.cats["follow_up"]
        if route is Route.FOLLOW_UP and place.replies:
            said = max(0.9, said)
        return round(min(MOST, said), 4)


def _without_echo(kept: list[str], doc: Doc) -> list[str]:
    """An objection to research is no second objection where the same sentence says both."""
    research, objection = Kind.RESEARCH_OBJECTION.value, Kind.OBJECTION.value
    if research not in kept or objection not in kept:
        return kept
    evidence = doc.user_data[EVIDENCE]
    if evidence[research][:1] != evidence[objection][:1]:
        return kept
    return [label for label in kept if label != objection]


def _one_asker(kept: list[str]) -> list[str]:
    """Whoever asks is a third party or is not: the right and the third party's request exclude each other."""
    third = Kind.THIRD_PARTY_REQUEST.value
    if kept[:1] == [third]:
        return [label for label in kept if label not in RIGHT_CODES]
    return [label for label in kept if label != third]


def _is_unsure(route: Route, place: Standing, kinds: tuple[KindSuggestion, ...], doc: Doc) -> bool:
    """Whether a person must look before anything is believed."""
    read: MailReading = doc.user_data[READ]
    judgement: Judgement = doc.user_data[JUDGEMENT]
    if route in (Route.AUTOMATIC, Route.BOUNCE):
        return False
    if not read.whole or read.reading.has("instructions"):
        return True
    if route is Route.FOLLOW_UP and place.replies:
        return bool(kinds) and kinds[0].confidence < SURE
    if judgement.certain < SURE:
        return True
    # A hint of a breach beside a clear wish is put before a person by itself, and need not keep
    # the wish from its acknowledgement; a case that looks like nothing of ours is understood by
    # nobody yet.
    return route is Route.CASE and (not kinds or kinds[0].kind is Kind.OTHER)
