"""The table of routes: every page of the desk, and who may open it; what is not here is not there."""

from mailbot.web.access import EVERYBODY, READERS, Door, Route, door, page
from mailbot.web.pages import account, enrol, language, queue, second_step, sign_in

ROUTES: tuple[Route, ...] = (
    # The door: for whoever is not in yet.
    door("/", "GET", second_step.front, Door.OPEN),
    door("/sign-in", "GET POST", sign_in.sign_in, Door.OPEN),
    door("/sign-in/second", "GET POST", second_step.second_step, Door.FIRST),
    door(enrol.ENROL, "GET POST", enrol.enrol, Door.FIRST),
    door(enrol.QR, "GET", enrol.picture, Door.FIRST),
    door("/sign-out", "POST", second_step.sign_out, Door.OPEN),
    door("/language", "POST", language.choose_language, Door.OPEN),
    # An officer's own account.
    page("/account", "GET", account.account, EVERYBODY),
    page("/account/codes", "POST", account.new_codes, EVERYBODY),
    page("/account/others", "POST", account.end_others, EVERYBODY),
    # The queue.
    page("/queue", "GET", queue.queue, READERS),
)
