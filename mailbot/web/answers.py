"""The calm answers of the house itself: not here, not for you, something broke."""

from urllib.parse import quote, urlsplit

from starlette.responses import Response

from mailbot.domain.accounts import Stage
from mailbot.web.asked import Asked

SIGN_IN = "/sign-in"
SECOND = "/sign-in/second"
START = "/"


def to_sign_in(asked: Asked) -> Response:
    """Send whoever is not in to the step of the sign-in that is due, and back afterwards."""
    step = SECOND if asked.session and asked.session.stage is Stage.FIRST else SIGN_IN
    if asked.method == "GET" and asked.path != START:
        return asked.redirect(f"{step}?next={quote(asked.path, safe='/')}")
    return asked.redirect(step)


def not_here(asked: Asked) -> Response:
    """Answer as if there were nothing: the same for what is not there and what is kept away."""
    return asked.render("error.html", status=404, kind="not_here")


def not_for_you(asked: Asked) -> Response:
    """Say that a role may not do this."""
    return asked.render("error.html", status=403, kind="not_for_you")


def forgotten_form(asked: Asked) -> Response:
    """Say that a form was too old, or not ours."""
    return asked.render("error.html", status=403, kind="old_form")


def cannot_do_that(asked: Asked) -> Response:
    """Say that what was asked cannot be done now."""
    return asked.render("error.html", status=409, kind="refused")


def something_broke(asked: Asked) -> Response:
    """Say that something went wrong, and nothing more."""
    return asked.render("error.html", status=500, kind="broke")


def own_path(text: str, otherwise: str = START) -> str:
    """Let only a path of our own through as a place to go next (CWE-601)."""
    parts = urlsplit(text)
    safe = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return (
        text if safe and not parts.scheme and not parts.netloc and "\\" not in text else otherwise
    )
