"""Chooses the language of the pages; letters keep the language of their parent."""

from starlette.responses import Response

from mailbot.web.answers import own_path
from mailbot.web.asked import Asked
from mailbot.web.cookies import A_YEAR, LANGUAGE, give
from mailbot.web.languages import LANGUAGES


def choose_language(asked: Asked) -> Response:
    """Remember a language in this browser."""
    answer = asked.redirect(own_path(asked.form.get("back")))
    chosen = asked.form.get("language")
    if chosen in LANGUAGES:
        give(answer, LANGUAGE, chosen, seconds=A_YEAR)
    return answer
