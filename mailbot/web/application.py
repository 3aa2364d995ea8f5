"""Makes the application from the table of routes; nothing is served that is in no row."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route as StarletteRoute

from mailbot.web.access import Door, door
from mailbot.web.answers import not_here
from mailbot.web.asked import Asked
from mailbot.web.gate import endpoint
from mailbot.web.headers import SafeHeaders
from mailbot.web.hosts import OwnHostOnly
from mailbot.web.house import WebHouse
from mailbot.web.routes import ROUTES


def make_application(
    house: WebHouse, start: Callable[[], None], close: Callable[[], None]
) -> Starlette:
    """
    Make the application of a house.

    Args:
        house: what the pages work with.
        start: called when the application starts to answer.
        close: called when it stops.

    Returns:
        The application; it keeps nothing between two requests.
    """
    paths = frozenset(row.path for row in ROUTES)
    # What is in no row is answered like what is kept away, behind the same gate.
    nothing = endpoint(house, door("", "GET", _nothing, Door.OPEN), paths)

    async def missing(request: Request, _error: Exception) -> Response:
        return await nothing(request)

    async def wrong_method(_request: Request, _error: Exception) -> Response:
        return PlainTextResponse("This page does not do that.", 405)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            start()
            yield
        finally:
            close()

    return Starlette(
        routes=[
            *(
                StarletteRoute(row.path, endpoint(house, row, paths), methods=list(row.methods))
                for row in ROUTES
            ),
            StarletteRoute("/static/{name}", house.templates.static.serve, methods=["GET"]),
        ],
        middleware=[
            Middleware(SafeHeaders, secure=house.origins.secure),
            Middleware(OwnHostOnly, origins=house.origins),
        ],
        exception_handlers={404: missing, 405: wrong_method},
        lifespan=lifespan,
    )


def _nothing(asked: Asked) -> Response:
    return not_here(asked)
