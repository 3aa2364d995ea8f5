"""What a suggestion says the mail primarily is."""

import pytest

from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import KindSuggestion, Route, Suggestion

HINT = KindSuggestion(Kind.BREACH, 0.28)
BREACH = KindSuggestion(Kind.BREACH, 0.7)
ACCESS = KindSuggestion(Kind.ACCESS, 0.6)


@pytest.mark.parametrize(
    ("route", "kinds", "primary"),
    [
        (Route.CASE, (ACCESS, HINT), "access"),
        (Route.CASE, (HINT,), "breach"),
        (Route.FOLLOW_UP, (), "follow_up"),
        (Route.FOLLOW_UP, (HINT,), "follow_up"),
        (Route.FOLLOW_UP, (BREACH,), "breach"),
        (Route.FOLLOW_UP, (ACCESS, HINT), "access"),
        (Route.FOLLOW_UP, (KindSuggestion(Kind.ACCESS, 0.4),), "access"),
        (Route.SPAM, (), None),
    ],
)
def test_hint_beside_a_follow_up_is_not_what_the_mail_is(
    route: Route, kinds: tuple[KindSuggestion, ...], primary: str | None
) -> None:
    """A hint keeps a person looking; the mail stays what is believed of it."""
    suggestion = Suggestion(route, "nl", kinds)
    assert suggestion.primary_code == primary
    assert suggestion.kinds == kinds
