"""The room in which the machine learns from what officers corrected."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifiers.neutral import People, neutral
from mailbot.adapters.attachments import AttachmentTexts
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.learning import SqlLearningBooks
from mailbot.adapters.model_in_use import copy_in
from mailbot.app.parts import Clock, judge, models_folder, reader, wall_clock
from mailbot.app.people import people_books
from mailbot.domain.board import BoardProfile
from mailbot.domain.learning import Lesson
from mailbot.domain.mail import Mail
from mailbot.settings import Settings
from mailbot.work.judging import Judging
from mailbot.work.learning import Learning, Neutralise


@dataclass(frozen=True, slots=True)
class LearningRoom:
    """What learns from the officers of one board, and what it compares."""

    settings: Settings
    profile: BoardProfile
    books: SqlBooks
    learning: Learning

    def judging(self, candidate: Path | None = None) -> Judging:
        """Put together what judges a mail: by the model in use, or by a candidate."""
        chosen = judge(self.settings, self.profile, self.books, candidate)
        return Judging(chosen, AttachmentTexts())

    def neutralise(self, plain_words: Collection[str]) -> Neutralise:
        """Say how people are taken out of a mail of this board."""
        profile = self.profile
        own = [school.name for school in profile.schools]
        known = [one for one in (profile.fg.name, profile.signer.name) if one]

        def taken_out(mail: Mail, lesson: Lesson) -> tuple[str, str] | None:
            people = People(
                names=(*lesson.names, *known),
                sender=mail.sender,
                schools=(*own, *lesson.schools),
                plain_words=plain_words,
            )
            found = neutral((mail.subject, mail.new_text), people)
            subject, text = found.texts
            return (subject, text) if found.fit else None

        return taken_out

    def copy_in(self, folder: Path) -> str:
        """Copy a model to where the robot finds it, after trying it; return its hash."""
        self.judging(folder)
        return copy_in(folder, models_folder(self.settings), self.profile.code)


@contextmanager
def learning(settings: Settings, board: str, clock: Clock = wall_clock) -> Iterator[LearningRoom]:
    """Open what people do so that the machine learns from them."""
    profile, _, books = people_books(settings, board)
    acts = Learning(SqlLearningBooks(books), reader(settings, board), clock)
    try:
        yield LearningRoom(settings, profile, books, acts)
    finally:
        books.engine.dispose()
