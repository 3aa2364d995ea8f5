"""Acts of care: facts, flags, language, restriction, legal hold, and who is kept away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.asked import FACTS, YES_OR_NO
from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import FactName, Flag
from mailbot.web.languages import N_
from mailbot.web.pages import case_words
from mailbot.web.pages.case_ask import still_open
from mailbot.web.pages.case_fields import Field, options_of
from mailbot.web.pages.case_form import ActForm, Making, typed
from mailbot.web.pages.case_sayings import language_name
from mailbot.work.handling import conversation, identity, restriction, standing

OLDEST = 99
WHY = Field("reason", N_("Why?"), shortest=SHORTEST_REASON, rows=3)


def _fact_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    name = making.values.get("name")
    if name not in FACTS:
        known = {code: case_words.FACTS[code] for code in FACTS if code in case_words.FACTS}
        return (Field("name", N_("Which fact?"), "choice", options=options_of(known, say)),)
    label = case_words.FACTS[name]
    now = making.view.handling.facts.get(name, ("", False))[0]
    if name in YES_OR_NO:
        return (
            Field("value", label, "radios", options=options_of(case_words.YES_NO, say), value=now),
        )
    if name == FactName.REQUESTER_ROLE:
        return (
            Field("value", label, "choice", options=options_of(case_words.ASKERS, say), value=now),
        )
    if name == FactName.BIRTH_DATE:
        return (Field("value", label, "date", most=making.view.today, value=now),)
    return (Field("value", label, "line", value=now),)


def _fact_wrong(making: Making) -> Mapping[str, str]:
    value = making.values.get("value")
    age = making.values.get("name") == FactName.AGE
    if age and not (value.isdigit() and int(value) <= OLDEST):
        return {"value": making.say(N_("Write the age in whole years, such as 9."))}
    return {}


def _fact(making: Making) -> None:
    page, values = making.page, making.values
    name, value = values.get("name"), values.get("value")
    standing.confirm_fact(page.desk, page.officer, making.view.reference, name, value)


FACT = ActForm(
    act="facts",
    title=N_("Facts"),
    button=N_("Confirm the fact"),
    said=N_("The fact is confirmed."),
    will=lambda m: (m.say(N_("What the mail suggested stays beside it.")),),
    fields=_fact_fields,
    more_wrong=_fact_wrong,
    hidden=lambda m: {"name": m.values.get("name")} if m.values.get("name") in FACTS else {},
    chooses=lambda m: m.values.get("name") not in FACTS,
    perform=_fact,
    keeps=False,
)


def _flag_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    there = {
        code: text for code, text in case_words.FLAGS.items() if code in making.view.handling.flags
    }
    absent = {code: text for code, text in case_words.FLAGS.items() if code not in there}
    up, down = say(N_("raise")), say(N_("take away"))
    options = (
        *((f"+{code}", f"{up}: {text}", "") for code, text, _ in options_of(absent, say)),
        *((f"-{code}", f"{down}: {text}", "") for code, text, _ in options_of(there, say)),
    )
    return (Field("flag", N_("Which flag?"), "choice", options=options), WHY)


def _flag(making: Making) -> None:
    page, chosen = making.page, making.values.get("flag")
    standing.change_flag(
        page.desk,
        page.officer,
        making.view.reference,
        Flag(chosen[1:]),
        making.values.get("reason"),
        present=chosen.startswith("+"),
    )


FLAG = ActForm(
    act="flags",
    title=N_("Raise or take away a flag"),
    button=N_("Change the flag"),
    said=N_("The flag is changed."),
    will=lambda m: (
        m.say(
            N_(
                "A flag refuses nobody; it says what to look at. That a child may be in danger counts for every linked case, and only the data protection officer or the board takes it away."
            )
        ),
    ),
    fields=_flag_fields,
    perform=_flag,
    keeps=False,
)


def _language_fields(making: Making) -> Sequence[Field]:
    page = making.page
    there = page.desk.correspondence.stationery.languages("ack_request")
    options = tuple((code, language_name(code, page.language), "") for code in there)
    return (
        Field(
            "language",
            N_("Language of the letters"),
            "choice",
            options=options,
            value=making.view.case.language,
        ),
    )


def _language(making: Making) -> None:
    page = making.page
    chosen = making.values.get("language")
    conversation.set_language(page.desk, page.officer, making.view.reference, chosen)


LANGUAGE = ActForm(
    act="language",
    title=N_("The language of the letters"),
    button=N_("Set the language"),
    said=N_("The language of the letters is set."),
    will=lambda m: (
        m.say(
            N_(
                "From now on letters no longer follow the language of the mails. The Dutch text always stands below."
            )
        ),
    ),
    fields=_language_fields,
    perform=_language,
    keeps=False,
)

MARK, ANNOUNCE, LIFT = "mark", "announce", "lift"


def restriction_step(making: Making) -> str:
    """Say which step of a restriction is next: the mark, the announcement, or the lifting."""
    mark = making.view.handling.mark
    if mark is None:
        return MARK
    return LIFT if mark.announced is not None else ANNOUNCE


def _restriction_fields(making: Making) -> Sequence[Field]:
    step = restriction_step(making)
    if step == MARK:
        return (
            Field(
                "where",
                N_("Where does the mark stand in the school's own files?"),
                "line",
                required=False,
            ),
        )
    if step == LIFT:
        return ()
    tomorrow = making.view.today + timedelta(days=1)
    return (
        Field("lifts_on", N_("On which day does the restriction end?"), "date", least=tomorrow),
        Field(
            "reason",
            N_("Why does it end?"),
            in_letter=True,
            shortest=SHORTEST_REASON,
            hint=N_("The requester reads this."),
        ),
    )


def _restriction_bar(making: Making) -> str:
    view = making.view
    if view.case.kind is not Kind.RESTRICTION:
        return making.say(N_("This case is no restriction."))
    step, mark = restriction_step(making), view.handling.mark
    if step == ANNOUNCE and not view.writable:
        return making.say(
            N_(
                "There is no mail address for the notice that must go before the lifting. Tell the requester by letter and write a note."
            )
        )
    if step == ANNOUNCE and mark is not None and mark.lifts_on is not None:
        return making.say(
            N_(
                "The notice is on its way. Once the mail server took it, the mark can go on the announced day."
            )
        )
    if step == LIFT and mark is not None and (mark.lifts_on or date.max) > view.today:
        return making.say(N_("The restriction ends on the announced day, not before."))
    return ""


def _restriction_words(making: Making) -> Mapping[str, object]:
    return {
        "reason": typed(making, restriction.LETTER, "reason"),
        "lifts_on": making.values.day("lifts_on"),
    }


def _restriction(making: Making) -> None:
    page, values, reference = making.page, making.values, making.view.reference
    step = restriction_step(making)
    if step == MARK:
        restriction.restrict(page.desk, page.officer, reference, values.get("where"))
    elif step == LIFT:
        restriction.lift(page.desk, page.officer, reference)
    else:
        restriction.announce_lifting(
            page.desk,
            page.officer,
            reference,
            values.day("lifts_on") or making.view.today,
            values.get("reason"),
            told=typed(making, restriction.LETTER, "reason"),
        )


RESTRICTED = ActForm(
    act="restriction",
    title=N_("Restriction"),
    button=N_("Do it"),
    said=N_("Recorded in the restriction."),
    will=lambda m: (
        {
            MARK: m.say(N_("The visible mark is put on the case (reglement 8.5.2).")),
            ANNOUNCE: m.say(
                N_(
                    "The requester is told before the restriction is lifted (reglement 8.5.4, GDPR 18(3))."
                )
            ),
            LIFT: m.say(N_("The notice was accepted; the mark is taken off now.")),
        }[restriction_step(m)],
    ),
    fields=_restriction_fields,
    barred=_restriction_bar,
    letter=lambda m: restriction.LETTER if restriction_step(m) == ANNOUNCE else "",
    words=_restriction_words,
    perform=_restriction,
    keeps=False,
)


def _hold(making: Making) -> None:
    page, reference = making.page, making.view.reference
    acts = page.office.retention
    act = acts.release if acts.is_held(page.officer, reference) else acts.hold
    act(page.officer, reference, making.values.get("reason"))


def _hold_will(making: Making) -> Sequence[str]:
    page = making.page
    if page.office.retention.is_held(page.officer, making.view.reference):
        return (
            making.say(
                N_("The file is held now. Releasing it lets its term of retention count again.")
            ),
        )
    return (
        making.say(
            N_("The file is kept whatever its term, until the hold is released (reglement 6.5.3).")
        ),
    )


HOLD = ActForm(
    act="hold",
    title=N_("Legal hold"),
    button=N_("Set or release the hold"),
    said=N_("The hold is changed."),
    will=_hold_will,
    fields=lambda _: (WHY,),
    perform=_hold,
    keeps=False,
)


def _exclude_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    options = (("away", say(N_("keep away")), ""), ("back", say(N_("let see again")), ""))
    return (
        Field("address", N_("E-mail address of the colleague"), "address"),
        Field("what", N_("What?"), "radios", options=options),
        WHY,
    )


def _exclude_wrong(making: Making) -> Mapping[str, str]:
    with making.page.desk.books.opened() as books:
        found = books.handling.officer_named(making.values.get("address"))
    if found is None:
        return {"address": making.say(N_("No colleague signs in with this address."))}
    if found[0] == making.page.officer.id:
        return {
            "address": making.say(
                N_("Ask a colleague to keep you away; then nobody can say that you hid it.")
            )
        }
    return {}


def _exclude(making: Making) -> None:
    page, values = making.page, making.values
    act = standing.keep_away if values.get("what") == "away" else standing.admit_again
    act(page.desk, page.officer, making.view.reference, values.get("address"), values.get("reason"))


EXCLUDE = ActForm(
    act="exclude",
    title=N_("Keep a colleague away"),
    button=N_("Do it"),
    said=N_("Done. Linked cases follow."),
    will=lambda m: (
        m.say(
            N_(
                "When a complaint is about a colleague, this case and those linked to it do not exist for them: in no list and under no number (reglement 8.9.4)."
            )
        ),
    ),
    fields=_exclude_fields,
    more_wrong=_exclude_wrong,
    perform=_exclude,
    keeps=False,
)


def _release(making: Making) -> None:
    page = making.page
    number = int(page.names["mail"])
    reason = making.values.get("reason")
    identity.release_copy(page.desk, page.officer, making.view.reference, number, reason)


def _release_bar(making: Making) -> str:
    lying = {str(one.mail_id) for one in making.view.handling.copies if one.destroyed_at is None}
    if making.page.names["mail"] in lying:
        return still_open(making)
    return making.say(N_("Nothing is hidden in this mail, or it is destroyed already."))


RELEASE = ActForm(
    act="release",
    title=N_("It is no such copy"),
    button=N_("Show the attachments"),
    said=N_("The attachments are shown again."),
    will=lambda m: (
        m.say(
            N_(
                "Only when you know that the attachments hold no copy of an identity document. They are shown to everybody who may see this case."
            )
        ),
    ),
    fields=lambda _: (WHY,),
    barred=_release_bar,
    perform=_release,
    keeps=False,
)
