"""What officers do in a dialogue: each act of a script by its name."""

from collections.abc import Callable, Mapping
from typing import Any

from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.identity import How
from mailbot.domain.kinds import Kind
from mailbot.work.desk import Desk
from mailbot.work.handling import conversation, identity

Words = Mapping[str, Any]
Act = Callable[[Desk, Officer, str, Words], object]


def _confirm(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return desk.confirm(officer, reference, Kind(words["kind"]))


def _extend(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return desk.extend(officer, reference, words["until"], words["reason"])


def _decide(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    told = {key: value for key, value in words.items() if key not in {"outcome", "grounds"}}
    return desk.decide(officer, reference, Outcome(words["outcome"]), words["grounds"], told)


def _note(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return desk.note(officer, reference, words["text"])


def _ask_identity(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return identity.ask_identity(desk, officer, reference)


def _ask(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return identity.ask(desk, officer, reference, words["question"], words["why"])


def _file(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return conversation.file_mail(desk, officer, words["mail"], reference)


def _reopen(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return conversation.reopen(desk, officer, reference, words["reason"])


def _language(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return conversation.set_language(desk, officer, reference, words["language"])


def _identity(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return identity.establish(desk, officer, reference, How(words["how"]))


def _let_go(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return desk.let_go(officer, words["letter"])


ACTS: dict[str, Act] = {
    "ask": _ask,
    "ask_identity": _ask_identity,
    "confirm": _confirm,
    "decide": _decide,
    "extend": _extend,
    "file": _file,
    "identity": _identity,
    "language": _language,
    "let_go": _let_go,
    "note": _note,
    "reopen": _reopen,
}
"""Every act a script may name; `words` of the turn are its arguments."""
