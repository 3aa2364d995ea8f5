"""What officers do in a dialogue: each act of a script by its name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.decision import Officer, Outcome
from mailbot.domain.errors import ActRefused
from mailbot.domain.identity import How
from mailbot.domain.kinds import Kind
from mailbot.domain.mail import Address, Mail
from mailbot.domain.parsing import parse
from mailbot.domain.suggestion import Flag
from mailbot.work.desk import Desk
from mailbot.work.handling import (
    conversation,
    forwards,
    identity,
    linking,
    merging,
    moving,
    standing,
)
from mailbot.work.handling.addresses import Use, set_address

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


def _merge(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return merging.merge(desk, officer, reference, _numbered(desk, officer, words), words["reason"])


def _unmerge(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return merging.unmerge(desk, officer, reference, words["reason"])


def _link(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return linking.link(desk, officer, reference, _numbered(desk, officer, words))


def _unlink(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return linking.unlink(desk, officer, reference)


def _move(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    to = None if words.get("parked") else reference
    return moving.move(desk, officer, words["mail"], to, words["reason"])


def _split(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return moving.split(
        desk,
        officer,
        reference,
        words["mails"],
        kind=Kind(words["kind"]),
        reason=words["reason"],
        read=_read,
        tell=words.get("acknowledge", False),
    )


def _address(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    use = Use(words.get("use", "also"))
    return set_address(desk, officer, reference, words["address"], words["how"], use=use)


def _trace(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    found = forwards.trace(desk, officer, reference, _read)
    assert found is not None and found.sender is not None
    assert words["address"] == found.sender.address
    assert words["sent"] == found.sent
    return found


def _sender(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    origin = forwards.Origin(
        Address(words.get("name", ""), words["address"]), words["received"], words["reason"]
    )
    tell = words.get("acknowledge", False)
    return forwards.confirm_sender(desk, officer, reference, origin, tell=tell)


def _flag(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    present = words.get("present", True)
    flag = Flag(words["flag"])
    return standing.change_flag(desk, officer, reference, flag, words["reason"], present=present)


def _refused(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    """See that an act is refused, and with which words."""
    with pytest.raises(ActRefused, match=words["because"]):
        ACTS[words["act"]](desk, officer, reference, words)


def _numbered(desk: Desk, officer: Officer, words: Words) -> str:
    """Give the reference of the other case, which a script names by its number."""
    with desk.books.opened() as books:
        return books.cases.case(words["other"]).reference


def _read(raw: bytes, received: datetime) -> Mail:
    return parse(raw, received, Texts(), own_mx=())


def _let_go(desk: Desk, officer: Officer, reference: str, words: Words) -> object:
    return desk.let_go(officer, words["letter"])


ACTS: dict[str, Act] = {
    "address": _address,
    "ask": _ask,
    "ask_identity": _ask_identity,
    "confirm": _confirm,
    "decide": _decide,
    "extend": _extend,
    "file": _file,
    "flag": _flag,
    "identity": _identity,
    "language": _language,
    "let_go": _let_go,
    "link": _link,
    "merge": _merge,
    "move": _move,
    "note": _note,
    "refused": _refused,
    "reopen": _reopen,
    "sender": _sender,
    "split": _split,
    "trace": _trace,
    "unlink": _unlink,
    "unmerge": _unmerge,
}
"""Every act a script may name; `words` of the turn are its arguments."""
