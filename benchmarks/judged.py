"""Lets the classifier and two baselines judge labelled mails they have not learned from."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from classifiers.language import slow_voice
from classifiers.training.corpus import Corpus, as_mail
from classifiers.training.fitting import fit_labels
from classifiers.training.labelled import LABELS, LabelledText
from classifiers.training.learning import weighed_letters
from mailbot.domain.ports import Classifier
from mailbot.domain.suggestion import Route, Suggestion

POSSIBLE_BREACH = 0.2
SURE = 0.9
AWAY = (Route.OTHER.value, Route.SPAM.value, Route.AUTOMATIC.value)
_BELONGS = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one classifier said of one mail."""

    primary: str
    labels: frozenset[str]
    confidence: float | None
    """How sure it is; None where it files a mail away, for which it states none."""
    language: str = "und"
    unsure: bool = False
    breach_seen: bool = False
    filed_away: bool = False
    flags: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether it was said with a confidence that people rely on."""
        return self.confidence is not None and self.confidence >= SURE and not self.unsure


@dataclass
class Judged:
    """One classifier's verdicts, in the order of the mails."""

    name: str
    verdicts: list[Verdict] = field(default_factory=list)


def wanted(text: LabelledText) -> frozenset[str]:
    """Return the labels of a mail; one that asks nothing is `other`."""
    return frozenset(text.labels) or frozenset({"other"})


def first(text: LabelledText) -> str:
    """Return the primary label of a mail."""
    return text.labels[0] if text.labels else "other"


def verdict(got: Suggestion, seconds: float) -> Verdict:
    """Read a suggestion as a verdict."""
    primary = got.primary_code or got.route.value
    labels = {k.kind.value for k in got.kinds if k.confidence >= _BELONGS} | {primary}
    if got.route in (Route.FOLLOW_UP, Route.SPAM, Route.AUTOMATIC):
        labels.add(got.route.value)
    confidence = got.kinds[0].confidence if got.kinds else None
    return Verdict(
        primary=primary,
        labels=frozenset(labels),
        confidence=got.follow_up if primary == "follow_up" else confidence,
        language=got.language,
        unsure=got.unsure,
        breach_seen=any(
            k.kind.value == "breach" and k.confidence >= POSSIBLE_BREACH for k in got.kinds
        ),
        filed_away=got.route.value in AWAY,
        flags=frozenset(flag.value for flag in got.flags),
        evidence=tuple(piece.text for kind in got.kinds[:1] for piece in kind.evidence),
        seconds=seconds,
    )


def ask(one: Classifier, mails: Sequence[LabelledText], name: str) -> Judged:
    """Let a classifier judge mails, and take the time of each."""
    judged = Judged(name)
    one.classify(as_mail(mails[0]))
    for text in mails:
        mail = as_mail(text)
        begun = time.perf_counter()
        got = one.classify(mail)
        judged.verdicts.append(verdict(got, time.perf_counter() - begun))
    return judged


def langdetect_and_tfidf(corpus: Corpus, mails: Sequence[int]) -> Judged:
    """Judge the textbook way: groups of letters of the whole mail, logistic regression, langdetect."""
    rows = weighed_letters(corpus, np.ones(corpus.counts.shape[1], np.float32))
    every = np.arange(len(corpus.owner))
    whole = sparse.csr_matrix((np.ones(len(every)), (corpus.owner, every))) @ rows
    length = np.sqrt(np.asarray(whole.multiply(whole).sum(axis=1)).ravel()) + 1e-9
    whole = (sparse.diags(1 / length) @ whole).tocsr()
    learned = np.flatnonzero([not text.held_out for text in corpus.texts])
    target = corpus.wanted[learned]
    weights, offset = fit_labels(whole[learned], target, np.ones_like(target), 0.05)
    judged = Judged("langdetect + TF-IDF")
    for number in mails:
        begun = time.perf_counter()
        chance = 1 / (1 + np.exp(-(np.asarray(whole[[number]] @ weights).ravel() + offset)))
        code, _ = slow_voice(corpus.texts[number].text)
        best = int(chance.argmax())
        labels = frozenset({LABELS[n] for n in np.flatnonzero(chance >= _BELONGS)} | {LABELS[best]})
        judged.verdicts.append(
            Verdict(
                LABELS[best],
                labels,
                float(chance[best]),
                code,
                unsure=bool(chance[best] < _BELONGS),
                breach_seen="breach" in labels,
                filed_away=LABELS[best] in AWAY,
                seconds=time.perf_counter() - begun,
            )
        )
    return judged
