"""A seed that was shown and not yet confirmed: sealed, for ten minutes, for one browser."""

import base64
from datetime import timedelta

from mailbot.adapters.door import OpenDoor
from mailbot.web.asked import Asked
from mailbot.web.door.codes import new_seed

PURPOSE = "app"
WAITS = timedelta(minutes=10)
PLACE = "seed not confirmed"


def ask_for_code_of(asked: Asked, door: OpenDoor, seed: str = "") -> str:
    """Keep a seed, a new one unless one is given, until its officer shows a code of it."""
    seed = seed or new_seed(asked.house.random)
    key = asked.house.vault.new_key()
    words = {
        "key": base64.b64encode(key).decode(),
        "sealed": base64.b64encode(asked.house.vault.seal(key, seed.encode(), PLACE)).decode(),
    }
    door.challenges.ask(asked.token, PURPOSE, words, asked.now, asked.now + WAITS)
    return seed


def waiting_seed(asked: Asked, door: OpenDoor) -> str | None:
    """Read the seed that was shown to this browser; None when that is too long ago."""
    words = door.challenges.look(asked.token, PURPOSE, asked.now)
    if words is None:
        return None
    key, sealed = base64.b64decode(words["key"]), base64.b64decode(words["sealed"])
    return asked.house.vault.open(key, sealed, PLACE).decode()


def forget_seed(asked: Asked, door: OpenDoor) -> None:
    """Forget the seed that was shown: it counts now."""
    door.challenges.take(asked.token, PURPOSE, asked.now)
