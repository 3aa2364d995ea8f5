"""Enters a request that came by telephone, by letter or at the desk."""

from collections.abc import Mapping

from starlette.responses import Response

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.asked import Asker
from mailbot.domain.errors import ActRefused, ReasonMissing
from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.local_time import local_day
from mailbot.web.asked import PageRequest
from mailbot.web.languages import DUTCH, N_
from mailbot.web.pages import case_words
from mailbot.web.pages.case_fields import Field, Values, options_of, wrong
from mailbot.web.pages.case_form import REFUSED
from mailbot.web.pages.case_reading import kinds_of
from mailbot.web.pages.case_sayings import language_name
from mailbot.work.handling.by_hand import ByOtherWay, Channel, open_by_hand


def new_case(page: PageRequest) -> Response:
    """Show the form, or open the case."""
    values, fields = Values(page.form), _fields(page)
    if not page.posted:
        return _show(page, values, fields, {})
    errors = {**wrong(fields, values, page.gettext, page.language), **_more_wrong(page, values)}
    if errors:
        return _show(page, values, fields, errors)
    try:
        case = open_by_hand(page.desk, page.officer, _request(page, values))
    except (ActRefused, ReasonMissing):
        return _show(page, values, fields, {"kind": page.gettext(REFUSED)})
    return page.redirect(f"/cases/{case.reference}", page.gettext("The case is open."))


def _show(
    page: PageRequest, values: Values, fields: tuple[Field, ...], errors: Mapping[str, str]
) -> Response:
    return page.render(
        "case_new.html",
        status=422 if errors else 200,
        fields=fields,
        values=values,
        errors=errors,
        language_name=lambda code: language_name(code, page.language),
    )


def _fields(page: PageRequest) -> tuple[Field, ...]:
    say, today = page.gettext, local_day(page.now, page.office.profile.zone)
    there = page.desk.correspondence.stationery.languages("ack_request")
    languages = tuple((code, language_name(code, page.language), "") for code in there)
    kinds = tuple((code, name, "") for code, name in kinds_of(page))
    return (
        Field(
            "channel",
            N_("How did it come?"),
            "radios",
            options=options_of(case_words.EXTENDED_BY_HAND, say),
        ),
        Field(
            "received",
            N_("When did anybody at school first hear or get it?"),
            "date",
            most=today,
            hint=N_("The term runs from that day (reglement 8.9.2b)."),
        ),
        Field("reason", N_("How do you know?"), "line", shortest=SHORTEST_REASON),
        Field("kind", N_("What is it?"), "choice", options=kinds),
        Field(
            "about",
            N_("What is asked?"),
            hint=N_("A note for colleagues. No document numbers, no citizen service number."),
        ),
        Field("name", N_("Name of the requester"), "line", required=False),
        Field(
            "address",
            N_("E-mail address"),
            "address",
            required=False,
            hint=N_("Without it no letter can go by mail."),
        ),
        Field(
            "role",
            N_("Who asks?"),
            "choice",
            required=False,
            options=options_of(case_words.ASKERS, say),
        ),
        Field("language", N_("Language of the letters"), "choice", options=languages, value=DUTCH),
        Field(
            "acknowledge",
            N_("Send the acknowledgement by mail"),
            "tick",
            required=False,
            hint=N_("It goes to the address above, a minute after you open the case."),
        ),
    )


def _more_wrong(page: PageRequest, values: Values) -> Mapping[str, str]:
    kind = values.get("kind")
    if values.get("acknowledge") != "yes" or kind not in set(Kind):
        return {}
    if not values.get("address"):
        return {"address": page.gettext("An acknowledgement by mail needs an address.")}
    if KINDS[Kind(kind)].acknowledgement is None:
        said = page.gettext(
            "This kind has no acknowledgement; a person writes first. Take the tick away."
        )
        return {"kind": said}
    return {}


def _request(page: PageRequest, values: Values) -> ByOtherWay:
    today = local_day(page.now, page.office.profile.zone)
    return ByOtherWay(
        kind=Kind(values.get("kind")),
        channel=Channel(values.get("channel")),
        received=values.day("received") or today,
        reason=values.get("reason"),
        name=values.get("name"),
        address=values.get("address") or None,
        language=values.get("language"),
        about=values.get("about"),
        role=Asker(values.get("role") or Asker.UNKNOWN),
        acknowledge=values.get("acknowledge") == "yes",
    )
