"""The headers of every answer: nothing from outside, nothing inline, nothing kept."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(**more: str) -> str:
    """
    Write a Content-Security-Policy: everything is refused but what is named.

    Args:
        more: directives beside or instead of the usual ones, `frame_src="'self'"` for example.

    Returns:
        The value of the header (W3C CSP 3).
    """
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    return "; ".join(f"{name} {value}".strip() for name, value in rules.items())


PAGE = policy()
WITH_FRAME = policy(frame_src="'self'")
"""For a page that shows a mail in a frame of our own."""
FRAMED_MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'; sandbox"
)
"""For the mail inside that frame: its own colours, and no script, form, picture or address."""

ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": PAGE,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer a browser would send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "browsing-topics=(), display-capture=(), fullscreen=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer carries, unless its page says otherwise by itself."""
TLS_ONLY = "max-age=31536000"


class SafeHeaders:
    """Puts the headers on every answer, also on those no page wrote."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._always = {**ALWAYS, **({"Strict-Transport-Security": TLS_ONLY} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
