"""Answers only under our own names, so that a rebound name reaches no page."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mailbot.web.origins import Origins

MISDIRECTED = 421


class OwnHostOnly:
    """Refuses requests with a Host header that is not ours."""

    def __init__(self, app: ASGIApp, *, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when its host is ours."""
        if scope["type"] == "http" and not self._origins.host_allowed(
            Headers(scope=scope).get("host", "")
        ):
            await PlainTextResponse("Not the desk you are looking for.", MISDIRECTED)(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)
