"""One entry of the breach register: what is known, what still lacks, what is decided, and its history."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from starlette.responses import Response

from mailbot.domain.errors import EntryWrong
from mailbot.domain.register import RegisterEntry, RegisterVersion, diff
from mailbot.domain.register_checks import lacking
from mailbot.domain.register_words import TellingParents
from mailbot.web.access import DECIDERS, SUPERVISORS
from mailbot.web.asked import PageRequest
from mailbot.web.languages import N_
from mailbot.web.pages.breach_fields import as_typed, given, instant, sections
from mailbot.web.pages.breach_words import explained, label, word_name
from mailbot.web.pages.breaches import AUTHORITY, row_of
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import LETTER_WORDS, BreachDecisions

PARENTS_WORDS = {
    "nature": N_("What happened"),
    "consequences": N_("What may follow from it"),
    "measures": N_("What the school did"),
    "advice": N_("What parents can do themselves"),
}
CHOOSE = N_("Choose one.")
CHANGED_MEANWHILE = N_("A colleague changed these fields meanwhile. Look at them and save again.")


def breach(page: PageRequest) -> Response:
    """Show one entry."""
    return _show(page)


def fill(page: PageRequest) -> Response:
    """Save the fields of one part of the form."""

    def act() -> str:
        register, newest = BreachRegister(page.desk), _history(page)[-1]
        zone = page.office.profile.zone
        values = given(page.form, newest.entry, page.officer.role, zone)
        if not values:
            return N_("Nothing was different, so nothing was saved.")
        if _stale(page, set(values)):
            raise EntryWrong([f"{name}: {CHANGED_MEANWHILE}" for name in values])
        register.fill(page.officer, page.names["entry"], values)
        return N_("Saved in the register.")

    return _done(page, act)


def aware(page: PageRequest) -> Response:
    """Record since when the school has been aware; the 72 hours run from there."""

    def act() -> str:
        moment = instant("aware_at", page.form.get("aware_at"), page.office.profile.zone)
        reason = page.form.get("reason")
        BreachRegister(page.desk).aware(page.officer, page.names["entry"], moment, reason)
        return N_("Recorded. The 72 hours run from that moment.")

    return _done(page, act)


def report(page: PageRequest) -> Response:
    """Decide whether the authority is notified; the board does."""

    def act() -> str:
        choice = {"yes": True, "no": False}.get(page.form.get("ap_reported"))
        if choice is None:
            raise EntryWrong([f"ap_reported: {CHOOSE}"])
        _decisions(page).decide_ap(
            page.officer, page.names["entry"], report=choice, reason=page.form.get("ap_reason")
        )
        return N_("The decision stands in the register.")

    return _done(page, act)


def notified(page: PageRequest) -> Response:
    """Record that the authority was notified, the first time or again."""

    def act() -> str:
        moment = instant("ap_first_at", page.form.get("ap_first_at"), page.office.profile.zone)
        _decisions(page).notify_ap(
            page.officer,
            page.names["entry"],
            moment,
            number=page.form.get("ap_number"),
            delay_reason=page.form.get("ap_delay_reason"),
        )
        return N_("The notification stands in the register.")

    return _done(page, act)


def parents(page: PageRequest) -> Response:
    """Decide whether the parents are told, or which exception holds; the board does."""

    def act() -> str:
        choice = next((one for one in TellingParents if one == page.form.get("parents")), None)
        if choice is None:
            raise EntryWrong([f"parents: {CHOOSE}"])
        _decisions(page).decide_parents(
            page.officer,
            page.names["entry"],
            choice,
            page.form.get("parents_reason"),
            page.form.get("public_notice"),
        )
        return N_("The decision stands in the register.")

    return _done(page, act)


def told(page: PageRequest) -> Response:
    """Record that the parents were told outside of this desk."""

    def act() -> str:
        zone = page.office.profile.zone
        moment = instant("parents_told_at", page.form.get("parents_told_at"), zone)
        _decisions(page).tell_parents(
            page.officer,
            page.names["entry"],
            moment,
            how=page.form.get("parents_how"),
            text=page.form.get("parents_text"),
        )
        return N_("That the parents were told stands in the register.")

    return _done(page, act)


def write(page: PageRequest) -> Response:
    """Write each parent a mail of its own; the board does, after a second look."""
    words = {name: page.form.get(name) for name in LETTER_WORDS}
    addresses = [one for one in page.form.get("addresses").splitlines() if one.strip()]
    empty = {name: page.gettext(CHOOSE_WORDS) for name, text in words.items() if not text}
    if not addresses:
        empty["addresses"] = page.gettext(CHOOSE_WORDS)
    if empty:
        return _show(page, empty)
    if page.form.get("sure") != "yes":
        return _show(page, look_again={"words": words, "addresses": addresses})

    def act() -> str:
        _decisions(page).write_parents(page.officer, page.names["entry"], addresses, words)
        return N_("The letters are on their way; the register says when all of them were taken.")

    return _done(page, act)


CHOOSE_WORDS = N_("Fill this in.")


def _done(page: PageRequest, act: Callable[[], str]) -> Response:
    try:
        said = act()
    except EntryWrong as error:
        return _show(page, _errors(page, error))
    return page.redirect(f"/breaches/{page.names['entry']}", page.gettext(said))


def _errors(page: PageRequest, error: EntryWrong) -> dict[str, str]:
    own = {CHOOSE, CHANGED_MEANWHILE}
    errors = explained(page, (one for one in error.problems if one.partition(": ")[2] not in own))
    for problem in error.problems:
        name, _, text = problem.partition(": ")
        if text in own:
            errors[name] = page.gettext(text)
    return errors


def _stale(page: PageRequest, names: set[str]) -> bool:
    """Say whether one of these fields changed since the form was shown."""
    seen = page.form.get("version")
    history = _history(page)
    if not seen.isdecimal():
        return False
    shown = next((one.entry for one in history if one.number == int(seen)), history[-1].entry)
    return bool(names & {change.name for change in diff(shown, history[-1].entry)})


def _history(page: PageRequest) -> list[RegisterVersion]:
    return list(BreachRegister(page.desk).history(page.officer, page.names["entry"]))


def _decisions(page: PageRequest) -> BreachDecisions:
    return BreachDecisions(BreachRegister(page.desk))


def _show(
    page: PageRequest,
    errors: Mapping[str, str] | None = None,
    look_again: Mapping[str, object] | None = None,
) -> Response:
    history = _history(page)
    newest, zone, language = history[-1], page.office.profile.zone, page.language
    entry = newest.as_it_stands
    open_fields = lacking(entry)
    role = page.officer.role
    return page.render(
        "breach.html",
        status=422 if errors else 200,
        newest=newest,
        entry=entry,
        row=row_of(page, newest),
        authority=AUTHORITY,
        sections=list(sections(entry, open_fields, role, zone, language)),
        lacks=[label(name, language) for name in open_fields],
        history=_changes(history, language),
        choices=[(one.value, word_name(one, language), "") for one in TellingParents],
        parents_words=PARENTS_WORDS,
        labels={name: label(name, language) for name in _ACT_FIELDS},
        now_typed=as_typed(page.now, zone),
        aware_typed=as_typed(entry.aware_at or entry.discovered_at or entry.received_at, zone),
        look_again=look_again,
        tells=entry.parents is TellingParents.TELL,
        may_keep=role in SUPERVISORS,
        may_decide=role in DECIDERS,
        errors=errors or {},
        zone=zone,
    )


_ACT_FIELDS = (
    *("aware_at", "ap_reported", "ap_reason", "ap_first_at", "ap_number", "ap_delay_reason"),
    *("parents", "parents_reason", "public_notice", "parents_told_at", "parents_how"),
    "parents_text",
)


def _changes(
    history: list[RegisterVersion], language: str
) -> list[tuple[RegisterVersion, str, str]]:
    """Say of each version what it changed, newest first."""
    before = [RegisterEntry(), *(one.entry for one in history)]
    told = [
        (
            one,
            word_name(one.act, language),
            ", ".join(label(change.name, language) for change in diff(old, new)),
        )
        for one, (old, new) in zip(history, pairwise(before), strict=True)
    ]
    return told[::-1]
