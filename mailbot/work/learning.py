"""What people do so that the machine learns from them; nothing here changes a case."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.errors import Damaged, ModelRefused, ReasonMissing, UnknownMail, UnreadableMail
from mailbot.domain.learning import Barred, LearningBooks, Lesson, ModelAct, ModelActKind
from mailbot.domain.mail import Mail
from mailbot.domain.retention_book import Looker
from mailbot.domain.suggestion import Suggestion
from mailbot.work.desk import allow
from mailbot.work.judging import Judging

SHORTEST_REASON = 10
"""Letters of a reason that says something; the schema asks the same."""

Neutralise = Callable[[Mail, Lesson], tuple[str, str] | None]
"""Takes the people out of subject and new text; None where something of them may be left."""


@dataclass(frozen=True, slots=True)
class LearnedText:
    """One mail without its people, with the officer's label: what leaves the house."""

    language: str
    labels: tuple[str, ...]
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """The texts to learn from, and how many mails stay out and why."""

    texts: Sequence[LearnedText]
    corrected: Mapping[str, int]
    """For each label, how many of these the machine had called something else."""
    left_out: Mapping[str, int]

    @property
    def by_label(self) -> Mapping[str, int]:
        """How many texts there are of each primary label."""
        return Counter(one.labels[0] for one in self.texts)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What two classifiers say of one mail that an officer labelled."""

    reference: str
    officer: tuple[str, ...]
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Learning:
    """The learning of one board."""

    books: LearningBooks
    read: Callable[[bytes, datetime], Mail]
    clock: Callable[[], datetime]

    def lessons(self, officer: Officer) -> Sequence[Lesson]:
        """List the mails with both labels. Raises NotAllowed."""
        allow(officer, "learn")
        with self.books.opened() as book:
            return book.lessons(officer.id)

    def export(self, officer: Officer, neutralise: Neutralise) -> Export:
        """
        Make texts to learn from out of the cases officers confirmed or corrected.

        1. Cases under a safety flag, under a legal hold, or erased stay out.
        2. People are taken out of the new text; a mail where that is in doubt stays out.
        3. The same words with two labels stay out: one of both is wrong.

        That it was done, and of how many mails, is written into the history.

        Raises:
            NotAllowed: this is for the FG and the board.
        """
        left_out: Counter[str] = Counter()
        made: list[tuple[Lesson, LearnedText]] = []
        for lesson in self.lessons(officer):
            found = lesson.barred or self._text(lesson, neutralise)
            if isinstance(found, LearnedText):
                made.append((lesson, found))
            else:
                left_out[str(found)] += 1
        once = _without_contradictions(made, left_out)
        with self.books.opened() as book:
            detail = (("texts", str(len(once))),)
            book.record(
                Event("learning_exported", self.clock(), officer_id=officer.id, detail=detail)
            )
        wrong = Counter(one.officer[0] for one, _ in once if one.machine not in one.officer)
        return Export([text for _, text in once], wrong, left_out)

    def replay(self, officer: Officer, now: Judging, then: Judging) -> Iterator[Replayed]:
        """
        Judge every labelled mail again by the model in use and by a candidate; change nothing.

        Raises:
            NotAllowed: this is for the FG and the board.
        """
        for lesson in self.lessons(officer):
            mail = None if lesson.barred is Barred.ERASED else self._open(lesson)
            if mail is not None:
                yield Replayed(
                    lesson.reference,
                    lesson.officer,
                    said(now.judge(mail)[1]),
                    said(then.judge(mail)[1]),
                )

    def acts(self, officer: Officer) -> Sequence[ModelAct]:
        """List what was done about the model in use, oldest first. Raises NotAllowed."""
        allow(officer, "learn")
        with self.books.opened() as book:
            return book.acts()

    def install(self, officer: Officer, model: str, reason: str) -> None:
        """
        Say that the robot judges by this model from its next start.

        Raises:
            NotAllowed: this is for the FG and the board.
            ReasonMissing: no reason was typed.
            ModelRefused: it is in use already.
        """
        see_installer(officer, reason)
        if in_use(self.acts(officer)) == model:
            raise ModelRefused("this model is in use already")
        self._write(officer, ModelActKind.INSTALL, model, reason)

    def back(self, officer: Officer, reason: str) -> str | None:
        """
        Return to the model before; None is the classifier that is shipped.

        Raises:
            NotAllowed: this is for the FG and the board.
            ReasonMissing: no reason was typed.
            ModelRefused: no model was installed.
        """
        see_installer(officer, reason)
        before = before_that(self.acts(officer))
        self._write(officer, ModelActKind.BACK, before, reason)
        return before

    def _write(self, officer: Officer, act: ModelActKind, model: str | None, reason: str) -> None:
        now = self.clock()
        detail = (("model", model or "shipped"),)
        with self.books.opened() as book:
            book.write(act, model, reason.strip(), Looker(officer.id, officer.sign_in_id), now)
            book.record(Event(f"model_{act.value}", now, officer_id=officer.id, detail=detail))

    def _open(self, lesson: Lesson) -> Mail | None:
        try:
            with self.books.opened() as book:
                stored = book.read(lesson.mail_id)
            return self.read(stored.raw, stored.received)
        except (Damaged, UnknownMail, UnreadableMail):
            return None

    def _text(self, lesson: Lesson, neutralise: Neutralise) -> LearnedText | str:
        mail = self._open(lesson)
        if mail is None:
            return "unreadable"
        if not mail.new_text.strip():
            return "no_words"
        found = neutralise(mail, lesson)
        if found is None:
            return "names_left"
        return LearnedText(lesson.language, lesson.officer, *found)


def said(suggestion: Suggestion) -> str:
    """Name in one word what a classifier says of a mail: a kind, or where it puts it."""
    return suggestion.primary_code or suggestion.route.value


def see_installer(officer: Officer, reason: str) -> None:
    """Raise NotAllowed or ReasonMissing unless this officer may change the model, for this reason."""
    allow(officer, "install_model")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(f"type the reason (at least {SHORTEST_REASON} characters)")


def in_use(acts: Sequence[ModelAct]) -> str | None:
    """Name the model in use; None is the classifier that is shipped."""
    return acts[-1].model if acts else None


def before_that(acts: Sequence[ModelAct]) -> str | None:
    """
    Find the model before the one in use, however often people went back and forth.

    Raises:
        ModelRefused: no model was installed, so there is nothing to go back from.
    """
    stood: list[str | None] = [None]
    for act in acts:
        if act.act is ModelActKind.INSTALL:
            stood.append(act.model)
        elif len(stood) > 1:
            stood.pop()
    if len(stood) == 1:
        raise ModelRefused("the shipped classifier is in use; there is none before it")
    return stood[-2]


def _without_contradictions(
    made: Sequence[tuple[Lesson, LearnedText]], left_out: Counter[str]
) -> list[tuple[Lesson, LearnedText]]:
    """Keep each text once; leave out all of those that officers labelled differently."""
    labels: dict[str, set[tuple[str, ...]]] = {}
    for _, one in made:
        labels.setdefault(_words(one), set()).add(one.labels)
    kept: dict[str, tuple[Lesson, LearnedText]] = {}
    for lesson, one in made:
        if len(labels[_words(one)]) > 1:
            left_out["two_labels"] += 1
        elif _words(one) in kept:
            left_out["twice"] += 1
        else:
            kept[_words(one)] = (lesson, one)
    return list(kept.values())


def _words(one: LearnedText) -> str:
    return " ".join(one.text.casefold().split())
