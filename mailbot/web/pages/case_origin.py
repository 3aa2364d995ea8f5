"""Acts about whose a mail is: in which case it lies, and who wrote what a colleague sent on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.forwarded import Traced
from mailbot.domain.mail import Address
from mailbot.web.languages import N_
from mailbot.web.pages.case_ask import still_open
from mailbot.web.pages.case_care import WHY
from mailbot.web.pages.case_fields import Field
from mailbot.web.pages.case_form import ActForm, Making
from mailbot.web.pages.case_join import OTHER, other_wrong
from mailbot.web.pages.case_mails import one_line
from mailbot.work.handling import forwards, linking, moving

CASE, PARKED = "case", "parked"


def _move_fields(making: Making) -> Sequence[Field]:
    say = making.say
    where = (
        (CASE, say(N_("to another case")), ""),
        (PARKED, say(N_("out of this case, to what is to be looked at")), ""),
    )
    other = Field(OTHER.name, OTHER.label, OTHER.shape, hint=OTHER.hint, required=False)
    return (Field("where", N_("Where does it belong?"), "radios", options=where), other, WHY)


def _move_wrong(making: Making) -> Mapping[str, str]:
    return other_wrong(making) if making.values.get("where") == CASE else {}


def _move_bar(making: Making) -> str:
    number = making.page.names["mail"]
    if number not in {str(one.id) for one in making.view.story.mails}:
        return making.say(N_("This mail does not lie in this case."))
    if number == str(making.view.case.mail_id):
        return making.say(
            N_(
                "This mail opened the case, and its dates count from it. If the whole case is a duplicate, merge it; other mails can be split off."
            )
        )
    return ""


def _move(making: Making) -> None:
    page, values = making.page, making.values
    to = values.get("other").upper() if values.get("where") == CASE else None
    moving.move(page.desk, page.officer, int(page.names["mail"]), to, values.get("reason"))


MOVE = ActForm(
    act="move",
    title=N_("Move this mail"),
    button=N_("Move the mail"),
    said=N_("The mail is moved."),
    will=lambda m: (
        m.say(
            N_(
                "The mail leaves this case, with what it says of facts. No clock moves: both cases were opened by other mails. It can be moved back."
            )
        ),
    ),
    fields=_move_fields,
    more_wrong=_move_wrong,
    barred=_move_bar,
    perform=_move,
    keeps=False,
)


def _unlink(making: Making) -> None:
    page = making.page
    linking.unlink(page.desk, page.officer, making.view.reference)


def _unlink_bar(making: Making) -> str:
    story = making.view.story
    if not story.linked:
        return making.say(N_("This case is linked to no other."))
    if story.merged_into or story.merged:
        return making.say(N_("This case is merged. Undo that first."))
    return ""


UNLINK = ActForm(
    act="unlink",
    title=N_("Undo the link"),
    button=N_("Take it out of the linked cases"),
    said=N_("The case is linked to no other now."),
    will=lambda m: (
        m.say(
            N_(
                "This case stands alone; no clock moves. What protected it by the link protects it still: a child in danger, and who is kept away."
            )
        ),
    ),
    barred=_unlink_bar,
    perform=_unlink,
    keeps=False,
)


def _traced(making: Making) -> Traced | None:
    page = making.page
    return forwards.trace(page.desk, page.officer, making.view.reference, page.office.read)


def _sent_on(making: Making, found: Traced | None) -> str:
    """Give the day a forwarded mail claims, where it is no day to come."""
    if found is None or found.sent is None:
        return ""
    sent = found.sent
    if isinstance(sent, datetime) and sent.tzinfo:
        sent = sent.astimezone(making.page.office.profile.zone)
    return sent.isoformat()[:10]


def _sender_will(making: Making) -> Sequence[str]:
    found = _traced(making)
    if found is None:
        shown = making.say(
            N_("The mail itself does not tell who asked, or nobody sent it on. Ask the colleague.")
        )
    elif found.attached:
        shown = making.say(N_("What is filled in stands in the mail that was attached."))
    else:
        shown = making.say(
            N_("What is filled in stands in the quoted text, which anybody may have typed.")
        )
    return (
        making.say(
            N_(
                "You say who asked and since when anybody at school has it. The term runs from that day (reglement 8.9.2b), so the due date may come earlier. Until then no letter of this case goes to anybody."
            )
        ),
        shown,
    )


def _sender_fields(making: Making) -> Sequence[Field]:
    found = _traced(making)
    who = found.sender if found else None
    return (
        Field(
            "address",
            N_("E-mail address of who asked"),
            "address",
            value=one_line(who.address) if who else "",
        ),
        Field(
            "name",
            N_("Name of the requester"),
            "line",
            required=False,
            value=one_line(who.name) if who else "",
        ),
        Field(
            "received",
            N_("When did anybody at school first get it?"),
            "date",
            most=making.view.today,
            value=_sent_on(making, found),
        ),
        Field("reason", N_("How do you know?"), shortest=SHORTEST_REASON, rows=3),
        Field(
            "tell",
            N_("Send the acknowledgement to them now"),
            "tick",
            required=False,
            hint=N_("In their language and in Dutch, where this kind has one. Otherwise nothing."),
        ),
    )


def _sender_bar(making: Making) -> str:
    view = making.view
    if view.writable:
        return making.say(
            N_(
                "The requester of this case is known. For another address of theirs: a verified address."
            )
        )
    if view.in_danger:
        return making.say(
            N_(
                "A child may be in danger, so no address is added. Talk to the data protection officer first."
            )
        )
    return still_open(making)


def _sender(making: Making) -> None:
    page, values = making.page, making.values
    origin = forwards.Origin(
        Address(values.get("name"), values.get("address")),
        values.day("received") or making.view.today,
        values.get("reason"),
    )
    tell = values.get("tell") == "yes"
    forwards.confirm_sender(page.desk, page.officer, making.view.reference, origin, tell=tell)


SENDER = ActForm(
    act="sender",
    title=N_("Say who asked"),
    button=N_("Record who asked"),
    said=N_("It is recorded who asked; the dates follow."),
    will=_sender_will,
    fields=_sender_fields,
    barred=_sender_bar,
    perform=_sender,
    keeps=False,
    sends=N_("Only the acknowledgement, and only where you tick it: to the address you fill in."),
)
