"""What a passage is: plain words about one question, with the articles they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbot.domain.board import BoardProfile
from mailbot.domain.kinds import Kind

ANY_BOARD = "*"
"""Stands for every board that has no sources of its own: the passage then rests on the law."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the words of a passage stand, for one board."""

    reglement: tuple[str, ...] = ()
    """Articles of the board's privacyreglement, such as `6.5.1`."""
    explained: tuple[str, ...] = ()
    """Articles whose explanation (toelichting) says it."""
    law: tuple[str, ...] = ()
    """Articles of the AVG (GDPR)."""
    page: bool = False
    """Whether it stands on the board's privacy page."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as it is shipped: its words in each language, for every board."""

    code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    """With the names of `PLACEHOLDERS` in braces."""
    sources: Mapping[str, Sources]
    """By the code of a board, or `ANY_BOARD`."""
    link: str | None = None
    """The name in `Links` of a page that says more."""
    kind: Kind | None = None
    """The kind of case a board must have turned on for this to hold."""

    def holds_for(self, profile: BoardProfile) -> bool:
        """Say whether this passage may be used for a board."""
        on = self.kind is None or self.kind in profile.kinds
        return on and (profile.code in self.sources or ANY_BOARD in self.sources)


@dataclass(frozen=True, slots=True)
class BoardPassage:
    """A passage as one board uses it, its names and terms filled in."""

    code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    articles: Mapping[str, str]
    """Where it stands, in words of each language."""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What people made of a passage, read each time it would answer."""

    in_use: bool = True
    corrected: Mapping[str, str] = field(default_factory=dict)
    """The words that take the place of the shipped ones, by language."""
    act_id: int | None = None
    """The last correction in force."""

    def words(self, passage: BoardPassage) -> Mapping[str, str]:
        """
        Give the words that go out.

        Once people corrected a passage, the shipped words of its other languages say what is no
        longer right; they are left out, and a letter in such a language holds the Dutch.
        """
        return self.corrected or passage.texts


@dataclass(frozen=True, slots=True)
class Answered:
    """One question the assistant answered; it holds nothing of the mail."""

    reference: str
    passage: str
    language: str
    at: datetime
    letter_id: int
    letter_state: str
    """Whether the letter waits, was held, went out or came back."""
    mail_id: int


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What is written down when a passage answers."""

    case_id: int
    mail_id: int
    letter_id: int
    passage: str
    language: str
    act_id: int | None
    at: datetime


class PassageBook(Protocol):
    """What the robot reads and writes of passages."""

    def standing(self, passage: str) -> Standing:
        """Read what people made of a passage."""
        ...

    def answered(self, new: NewAnswer) -> None:
        """Write down that a passage answered a mail."""
        ...

    def answered_since(self, since: datetime) -> Sequence[Answered]:
        """List what was answered from an instant on, oldest first."""
        ...
