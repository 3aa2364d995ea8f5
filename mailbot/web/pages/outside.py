"""Signing in with a provider: to it, and back with a code."""

import hmac
import logging
from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from mailbot.adapters.oidc import OidcProvider, OutsideIdentity
from mailbot.domain.accounts import Account, Stage
from mailbot.domain.errors import ProviderFailed
from mailbot.web.answers import SECOND, not_here, own_path
from mailbot.web.asked import Asked
from mailbot.web.door.sessions import begin, enter, settle
from mailbot.web.pages.sign_in import chosen, next_of, with_next

log = logging.getLogger(__name__)

WAITS = timedelta(minutes=10)


def to_provider(asked: Asked) -> Response:
    """Send the browser to the provider, and remember what its answer must be about."""
    provider = asked.house.providers.get(asked.names["provider"])
    if provider is None:
        return not_here(asked)
    try:
        url, words = provider.begin(_back(asked, provider))
    except ProviderFailed as error:
        return _did_not_work(asked, error)
    then = {**words, "next": next_of(asked), "board": asked.query.get("board")}
    with asked.house.door.opened() as door:
        door.challenges.ask(asked.token, _purpose(provider), then, asked.now, asked.now + WAITS)
    return RedirectResponse(url, 303)


def from_provider(asked: Asked) -> Response:
    """Let in whom the provider names, if that is an officer and the answer is to our question."""
    provider = asked.house.providers.get(asked.names["provider"])
    if provider is None:
        return not_here(asked)
    with asked.house.door.opened() as door:
        words = door.challenges.take(asked.token, _purpose(provider), asked.now)
    state = asked.query.get("state")
    if words is None or not hmac.compare_digest(words["state"].encode(), state.encode()):
        return _did_not_work(asked, ProviderFailed("an answer to no question of ours"))
    try:
        code = asked.query.get("code")
        person = provider.finish(code, _back(asked, provider), words, asked.now)
        account = _officer(asked, person, words["board"])
    except ProviderFailed as error:
        return _did_not_work(asked, error)
    stage = Stage.FULL if provider.asks_second_factor else Stage.FIRST
    token = begin(asked, account, stage, provider.name)
    then = own_path(words["next"])
    if stage is Stage.FULL:
        return settle(asked, asked.redirect(then), account, token)
    return enter(asked.redirect(with_next(SECOND, then)), token)


def _officer(asked: Asked, person: OutsideIdentity, board: str) -> Account:
    with asked.house.door.opened() as door:
        account = chosen(asked, door.accounts.of_address(person.address), board)
        if account is None:
            raise ProviderFailed("nobody of ours has this address")
        if not door.outside.bind(account, person.issuer, person.subject, asked.now):
            raise ProviderFailed("another person came with an officer's address")
    return account


def _back(asked: Asked, provider: OidcProvider) -> str:
    return f"{asked.house.origins.public}/sign-in/back/{provider.name}"


def _purpose(provider: OidcProvider) -> str:
    return f"oidc {provider.name}"


def _did_not_work(asked: Asked, error: ProviderFailed) -> Response:
    """Say that it did not work and nothing more; the log names the reason, never the person."""
    log.warning("sign-in with a provider: %s", error)
    return asked.render("outside_failed.html", status=422)
