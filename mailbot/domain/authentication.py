"""Read what our own MX found out about the sender (RFC 8601)."""

import re
from collections.abc import Sequence

from mailbot.domain import charsets
from mailbot.domain.headers import Headers
from mailbot.domain.mail import Authentication

MICROSOFT_365 = "protection.outlook.com"
"""Microsoft 365 signs its results with no name; whoever's MX it is lists this one."""

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_VERDICTS = frozenset(
    {
        "pass",
        "fail",
        "softfail",
        "neutral",
        "none",
        "policy",
        "temperror",
        "permerror",
        "bestguesspass",
    }
)


def read(headers: Headers, own_mx: Sequence[str]) -> Authentication:
    """
    Read the topmost results, if they are our own MX's.

    A sender can write such a field too, even in our name; it then lies below the Received
    field that our MX added. So reading stops there, and at the first result of a stranger.

    Args:
        headers: the fields of the mail, topmost first.
        own_mx: the authserv-ids of our own MX.

    Returns:
        The verdicts, `none` for each method that was not judged.
    """
    own = {name.lower() for name in own_mx}
    verdicts: dict[str, str] = {}
    for name, value in headers.fields:
        if name == "received" and verdicts:
            break
        if name != "authentication-results":
            continue
        server, results = _results(charsets.decode(value[:10_000])[0])
        if (server or MICROSOFT_365) not in own:
            break
        for method, verdict in results:
            if verdicts.get(method) is None or (method == "dkim" and verdict == "pass"):
                verdicts[method] = verdict
        verdicts.setdefault("", "")
    verdicts.pop("", None)
    return Authentication(**verdicts)


def _results(value: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the server's name, empty where it gives none, and its verdicts."""
    plain = _COMMENT.sub(" ", _COMMENT.sub(" ", value))
    pieces = plain.split(";")
    server = "" if "=" in pieces[0] else (pieces[0].split() or [""])[0].lower().strip('"')
    if server:
        pieces = pieces[1:]
    found = [match for match in map(_RESULT.match, pieces) if match]
    return server, [
        (match[1].lower(), match[2].lower()) for match in found if match[2].lower() in _VERDICTS
    ]
