"""The cookies: a token, the language, what the next page says, and who came in here before."""

import base64
import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from starlette.responses import Response

TOKEN = "__Host-mailbot"  # noqa: S105 - the name of the cookie.
LANGUAGE = "__Host-language"
SAID = "__Host-said"
KNOWN = "__Host-known"
A_YEAR = 31_536_000
A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says first, because of what was done on the page before."""

    text: str
    tone: str = "done"
    undo: str = ""


def give(answer: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """
    Give the browser a cookie that no other host and no script can read or set.

    Lax lets the link in a reminder find the officer signed in; what changes anything is a POST,
    which carries a token and an origin of its own.
    """
    answer.set_cookie(
        name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def take_back(answer: Response, name: str) -> None:
    """Take a cookie back."""
    answer.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def say(answer: Response, said: Said, key: str) -> None:
    """Leave a message for the next page, signed so that nobody else can put words in our mouth."""
    body = base64.urlsafe_b64encode(json.dumps(asdict(said)).encode()).decode()
    give(answer, SAID, f"{body}.{_sign(body, key)}", seconds=A_MINUTE)


def heard(cookie: str | None, key: str) -> Said | None:
    """Read the message of the page before; None when there is none of ours."""
    body, _, signature = (cookie or "").partition(".")
    if not body or not hmac.compare_digest(signature, _sign(body, key)):
        return None
    return Said(**json.loads(base64.urlsafe_b64decode(body)))


def _sign(body: str, key: str) -> str:
    return hmac.digest(key.encode(), body.encode(), sha256).hex()
