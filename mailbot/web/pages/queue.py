"""The queue: what is due first on top, whatever the machine believes; filters, search, many at once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from mailbot.domain.case import CaseState
from mailbot.domain.errors import MailbotError, NotAllowed, UnknownCase
from mailbot.domain.kinds import Kind
from mailbot.domain.queue import Place, QueueFilter, Turn
from mailbot.domain.roles import Role
from mailbot.web.asked import Fields, PageRequest
from mailbot.web.languages import N_
from mailbot.web.words import STATES, clock_of_row
from mailbot.work import queue as acts

TURNS: Mapping[Turn, str] = {
    Turn.OPEN: N_("All open"),
    Turn.MINE: N_("Mine"),
    Turn.NOBODY: N_("In nobody's hands"),
    Turn.UNCONFIRMED: N_("Not yet confirmed"),
    Turn.OVERDUE: N_("Overdue"),
    Turn.CLOSED: N_("Closed"),
}
SPOKEN: Mapping[str, str] = {
    "nl": N_("Dutch"),
    "en": N_("English"),
    "tr": N_("Turkish"),
    "ar": N_("Arabic"),
    "de": N_("German"),
    "fr": N_("French"),
    "pl": N_("Polish"),
    "uk": N_("Ukrainian"),
    "es": N_("Spanish"),
    "pap": N_("Papiamento"),
    "so": N_("Somali"),
}
"""The languages one can filter by."""
FILTERS = ("turn", "kind", "state", "language")
"""What stands in the address of a page; what somebody searches for never does."""
MOST_WORDS = 6


def queue(page: PageRequest) -> Response:
    """List the cases of the board; a search comes as a form, so that no name gets into a log."""
    fields = page.form if page.posted else page.query
    chosen = chosen_of(fields)
    shown = acts.overview(page.desk, page.officer, chosen, _place(fields.get("after")))
    zone = page.office.profile.zone
    following = shown.page.following
    return page.render(
        "queue.html",
        rows=[(row, clock_of_row(row, page.now, zone)) for row in shown.page.rows],
        counts=shown.counts,
        counted_to=acts.COUNTED_TO,
        newest=shown.newest,
        chosen=chosen,
        search=fields.get("q"),
        turns=TURNS,
        kinds=tuple(Kind),
        states=STATES,
        spoken=SPOKEN,
        filters=_filters(chosen),
        after=_written(following) if following else "",
        colleagues=shown.colleagues,
        views=shown.views,
        may_confirm=page.officer.role in (Role.FG, Role.BOARD),
        zone=zone,
    )


def newest(page: PageRequest) -> Response:
    """Say how new the queue is; a page asks this now and then, and loads itself anew."""
    return JSONResponse({"newest": acts.newest(page.desk, page.officer)})


def many(page: PageRequest) -> Response:
    """Confirm the suggested kinds of several cases, or put them in somebody's hands."""
    back = f"/queue?{page.form.get('filters')}"
    references = page.form.all("case")
    if not references:
        return page.redirect(back, page.gettext("Tick the cases first."), tone="warning")
    if page.form.get("act") == "confirm":
        return _confirm(page, references, back)
    return _assign(page, references, back)


def save_view(page: PageRequest) -> Response:
    """Save the filters of the page under a name, or forget a view."""
    if page.form.get("forget"):
        acts.drop_view(page.desk, page.officer, int(page.form.get("forget")))
        return page.redirect("/queue", page.gettext("The view is gone."))
    filters = _filters(chosen_of(page.form))
    name = page.form.get("name")
    if not name:
        said = page.gettext("Give the view a name.")
        return page.redirect(f"/queue?{filters}", said, tone="warning")
    acts.save_view(page.desk, page.officer, name, filters)
    return page.redirect(f"/queue?{filters}", page.gettext("The view is saved."))


def chosen_of(fields: Fields) -> QueueFilter:
    """Read the filters; what is no filter of ours is left out."""
    return QueueFilter(
        turn=next((one for one in Turn if one == fields.get("turn")), Turn.OPEN),
        kind=next((one for one in Kind if one == fields.get("kind")), None),
        state=next((one for one in CaseState if one == fields.get("state")), None),
        language=next((one for one in SPOKEN if one == fields.get("language")), None),
        words=tuple(fields.get("q").split()[:MOST_WORDS]),
    )


def _confirm(page: PageRequest, references: tuple[str, ...], back: str) -> Response:
    seen = {one: page.form.get(f"kind-{one}") for one in references}
    kinds = {one: Kind(code) for one, code in seen.items() if code in set(Kind)}
    done, left = acts.confirm_many(page.desk, page.officer, kinds)
    unknown = len(references) - len(kinds)
    said = page.gettext("Confirmed: %(done)d. Left as they were: %(left)d.") % {
        "done": len(done),
        "left": len(left) + unknown,
    }
    return page.redirect(back, said, tone="done" if not left and not unknown else "warning")


def _assign(page: PageRequest, references: tuple[str, ...], back: str) -> Response:
    to = page.form.get("to")
    if not to:
        return page.redirect(back, page.gettext("Choose a colleague first."), tone="warning")
    done = 0
    for reference in references:
        try:
            number = None if to == "nobody" else int(to)
            acts.assign(page.desk, page.officer, reference, number)
        except (NotAllowed, UnknownCase, ValueError, MailbotError):
            continue
        done += 1
    said = page.gettext("Given: %(done)d. Left as they were: %(left)d.") % {
        "done": done,
        "left": len(references) - done,
    }
    return page.redirect(back, said, tone="done" if done == len(references) else "warning")


def _filters(chosen: QueueFilter) -> str:
    found = {name: getattr(chosen, name) for name in FILTERS}
    told = {name: str(value) for name, value in found.items() if value and value != Turn.OPEN}
    return urlencode(told)


def _written(place: Place) -> str:
    moment = int(place.ends_at.timestamp() * 1_000_000) if place.ends_at else ""
    return f"{moment}.{place.case_id}"


def _place(text: str) -> Place | None:
    moment, _, number = text.partition(".")
    if not number.isdecimal() or (moment and not moment.isdecimal()):
        return None
    ends_at = None
    if moment:
        seconds, rest = divmod(int(moment), 1_000_000)
        ends_at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
    return Place(ends_at, int(number))
