"""What officers do with the passages: look, take one out of use, put it back, correct its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.books import Event
from mailbot.domain.decision import Officer
from mailbot.domain.errors import PassageWrong
from mailbot.domain.passage_acts import SHORTEST_REASON, PassageAct, PassageActKind
from mailbot.domain.passages import BoardPassage, Standing
from mailbot.work.desk import Desk, allow

LONGEST_WORDS = 4000
"""Letters of a passage; more is no answer to one question."""

Passages = Mapping[str, BoardPassage]
"""The passages that hold for the board of a desk, by their codes."""


@dataclass(frozen=True, slots=True)
class PassageOnDesk:
    """One passage as an officer sees it."""

    passage: BoardPassage
    standing: Standing
    history: Sequence[PassageAct] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """The words that go out now, by language."""
        return self.standing.words(self.passage)


def listing(desk: Desk, officer: Officer, passages: Passages) -> Sequence[PassageOnDesk]:
    """List every passage of the board, in the order of their codes, with how it stands."""
    allow(officer, "read")
    with desk.books.opened() as books:
        return [
            PassageOnDesk(one, books.passages.standing(code))
            for code, one in sorted(passages.items())
        ]


def show(desk: Desk, officer: Officer, passages: Passages, code: str) -> PassageOnDesk:
    """
    Read one passage, with everything people did to it.

    Raises:
        PassageWrong: this board has no such passage.
    """
    allow(officer, "read")
    passage = _known(passages, code)
    with desk.books.opened() as books:
        standing, history = books.passages.standing(code), books.passage_acts.history(code)
    return PassageOnDesk(passage, standing, history)


def take_out(desk: Desk, officer: Officer, passages: Passages, code: str, reason: str) -> None:
    """
    Take a passage out of use; from the next mail on its questions go to a person.

    Raises:
        NotAllowed: this is for the FG and the board.
        PassageWrong: no such passage, no reason, or it is out of use already.
    """
    _switch(desk, officer, passages, code, reason, act=PassageActKind.TAKE_OUT)


def put_back(desk: Desk, officer: Officer, passages: Passages, code: str, reason: str) -> None:
    """
    Put a passage back into use.

    Raises:
        NotAllowed: this is for the FG and the board.
        PassageWrong: no such passage, no reason, or it is in use already.
    """
    _switch(desk, officer, passages, code, reason, act=PassageActKind.PUT_BACK)


def correct(
    desk: Desk,
    officer: Officer,
    passages: Passages,
    code: str,
    *,
    words: Mapping[str, str],
    reason: str,
) -> None:
    """
    Correct a passage for this board, in Dutch and in whatever languages are given with it.

    A language without words of its own no longer goes out: its readers get the Dutch.

    Raises:
        NotAllowed: this is for the FG and the board.
        PassageWrong: no such passage, no reason, an unknown language, words that are empty or too
            long, or no Dutch while the passage has none corrected yet.
    """
    allow(officer, "correct_passages")
    passage = _known(passages, code)
    given = {language: text.strip() for language, text in words.items()}
    with desk.books.opened() as books:
        corrected = books.passages.standing(code).corrected
        problems = [*_reason_problems(reason), *_word_problems(passage, given, corrected)]
        if problems:
            raise PassageWrong(problems)
        for language, text in given.items():
            books.passage_acts.add(
                officer,
                code,
                PassageActKind.CORRECT,
                reason.strip(),
                desk.clock(),
                language=language,
                words=text,
            )
        books.cases.record(_event(desk, officer, code, PassageActKind.CORRECT))


def restore(desk: Desk, officer: Officer, passages: Passages, code: str, reason: str) -> None:
    """
    End the corrections: the shipped words hold again.

    Raises:
        NotAllowed: this is for the FG and the board.
        PassageWrong: no such passage, no reason, or nothing was corrected.
    """
    _switch(desk, officer, passages, code, reason, act=PassageActKind.RESTORE)


def _changes_nothing(act: PassageActKind, now: Standing) -> str | None:
    """Say why an act would change nothing, or None when it would."""
    match act:
        case PassageActKind.TAKE_OUT if not now.in_use:
            return "it is out of use already"
        case PassageActKind.PUT_BACK if now.in_use:
            return "it is in use already"
        case PassageActKind.RESTORE if not now.corrected:
            return "nothing was corrected"
    return None


def _switch(
    desk: Desk, officer: Officer, passages: Passages, code: str, reason: str, *, act: PassageActKind
) -> None:
    allow(officer, "correct_passages")
    _known(passages, code)
    with desk.books.opened() as books:
        problems = _reason_problems(reason)
        idle = _changes_nothing(act, books.passages.standing(code))
        if idle is not None:
            problems.append(f"{code}: {idle}")
        if problems:
            raise PassageWrong(problems)
        books.passage_acts.add(officer, code, act, reason.strip(), desk.clock())
        books.cases.record(_event(desk, officer, code, act))


def _event(desk: Desk, officer: Officer, code: str, act: PassageActKind) -> Event:
    return Event(
        f"passage_{act.value}",
        desk.clock(),
        officer_id=officer.id,
        detail=(("passage", code),),
    )


def _known(passages: Passages, code: str) -> BoardPassage:
    if code not in passages:
        raise PassageWrong([f"{code}: this board has no such passage; see `mailbot passage list`"])
    return passages[code]


def _reason_problems(reason: str) -> list[str]:
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    return [f"reason: say in at least {SHORTEST_REASON} letters why"]


def _word_problems(
    passage: BoardPassage, given: Mapping[str, str], corrected: Mapping[str, str]
) -> list[str]:
    problems = [
        f"{language}: a passage has words in {', '.join(passage.texts)}"
        for language in given.keys() - passage.texts.keys()
    ]
    problems += [
        f"{language}: 1 to {LONGEST_WORDS} letters"
        for language, text in given.items()
        if not 0 < len(text) <= LONGEST_WORDS
    ]
    if "nl" not in {*given, *corrected}:
        problems.append("nl: the Dutch comes first, for every reader gets it")
    return problems
