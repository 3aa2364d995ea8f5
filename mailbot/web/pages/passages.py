"""What the assistant may answer with: each passage as it stands, out of use by one click, or corrected."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from mailbot.domain.errors import PassageWrong, UnknownEntry
from mailbot.domain.roles import Role
from mailbot.web.asked import PageRequest
from mailbot.web.languages import N_
from mailbot.work import passages as acts

LANGUAGES: Mapping[str, str] = {
    "nl": N_("Dutch"),
    "en": N_("English"),
    "tr": N_("Turkish"),
    "ar": N_("Arabic"),
}
ACTS: Mapping[str, str] = {
    "take_out": N_("taken out of use"),
    "put_back": N_("put back"),
    "correct": N_("corrected"),
    "restore": N_("back to the shipped words"),
}
DONE: Mapping[str, str] = {
    "take_out": N_("The passage is out of use; such questions go to a person."),
    "put_back": N_("The passage is in use again."),
    "restore": N_("The shipped words hold again."),
}
_SWITCHES: Mapping[str, Callable[..., None]] = {
    "take_out": acts.take_out,
    "put_back": acts.put_back,
    "restore": acts.restore,
}


def passages(page: PageRequest) -> Response:
    """List the passages of the board."""
    found = acts.listing(page.desk, page.officer, page.office.passages)
    return page.render("passages.html", passages=found, shown=page.language)


def passage(page: PageRequest) -> Response:
    """Show one passage, and change it after a form."""
    return _change(page) if page.posted else _show(page)


def _change(page: PageRequest) -> Response:
    code, act, reason = page.names["code"], page.form.get("act"), page.form.get("reason")
    try:
        if act == "correct":
            words = {
                language: page.form.get(f"words-{language}")
                for language in LANGUAGES
                if page.form.get(f"words-{language}")
            }
            acts.correct(
                page.desk, page.officer, page.office.passages, code, words=words, reason=reason
            )
            said = N_("The words are corrected; from the next mail they go out like this.")
        elif act in _SWITCHES:
            _SWITCHES[act](page.desk, page.officer, page.office.passages, code, reason)
            said = DONE[act]
        else:
            return _show(page)
    except PassageWrong as error:
        return _show(page, {"reason": " ".join(error.problems)})
    return page.redirect(f"/passages/{code}", page.gettext(said))


def _show(page: PageRequest, errors: Mapping[str, str] | None = None) -> Response:
    try:
        found = acts.show(page.desk, page.officer, page.office.passages, page.names["code"])
    except PassageWrong as error:
        raise UnknownEntry("there is no such passage") from error
    return page.render(
        "passage.html",
        status=422 if errors else 200,
        found=found,
        spoken=LANGUAGES,
        acts=ACTS,
        errors=errors or {},
        reason=page.form.get("reason"),
        typed={language: page.form.get(f"words-{language}") for language in LANGUAGES},
        may_change=page.officer.role in (Role.FG, Role.BOARD),
        zone=page.office.profile.zone,
    )
