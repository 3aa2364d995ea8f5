"""Acts among cases: one matter that came twice, two in one, links, and verified addresses."""

from collections.abc import Mapping, Sequence

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.case import CaseState
from mailbot.domain.kinds import Kind
from mailbot.web.languages import N_
from mailbot.web.pages.case_ask import still_open
from mailbot.web.pages.case_care import WHY
from mailbot.web.pages.case_fields import Field
from mailbot.web.pages.case_form import ActForm, Making
from mailbot.web.pages.case_reading import kinds_of
from mailbot.web.words import day, moment
from mailbot.work.handling import addresses, linking, merging, moving

OTHER = Field(
    "other", N_("Number of the other case"), "line", hint=N_("Such as SIPOR-2026-000123-Q.")
)


def other_wrong(making: Making) -> Mapping[str, str]:
    """Find the other case; one that is kept from this officer is answered like none."""
    page, other = making.page, making.values.get("other").upper()
    with page.desk.books.opened() as books:
        found = books.cases.by_reference(other)
        hidden = books.handling.hidden_from(page.officer)
    if found is None or found.id in hidden:
        return {"other": making.say(N_("There is no such case. Look at the number again."))}
    if found.id == making.view.case.id:
        return {"other": making.say(N_("This is the case itself."))}
    return {}


def _merge_wrong(making: Making) -> Mapping[str, str]:
    """Explain beside the field what most often keeps two cases from being one."""
    page, wrong = making.page, other_wrong(making)
    if wrong:
        return wrong
    with page.desk.books.opened() as books:
        found = books.cases.by_reference(making.values.get("other").upper())
        address = making.view.case.requester.address
        same = not (found and address) or books.cases.is_own_address(found.id, address)
    if found is not None and found.state is CaseState.CLOSED:
        return {"other": making.say(N_("That case is closed. Link the two instead."))}
    if not same:
        return {
            "other": making.say(
                N_(
                    "The two came from different addresses. Two people each keep their own case: link them. If it is one person, first record the verified address."
                )
            )
        }
    return {}


def _clocks(making: Making) -> Sequence[str]:
    """Say what becomes of both clocks, before it is done."""
    page, values, say = making.page, making.values, making.say
    language = page.language
    into, reason = values.get("other").upper(), values.get("reason")
    told = merging.foretell(page.desk, page.officer, making.view.reference, into, reason)
    new, old = told.case.dates.due, told.former_due
    names = {"case": making.view.reference, "other": into}
    if told.clock_moved and new and old:
        moved = say(
            N_("{case} was received earlier. {other} is therefore due on {new} instead of {old}.")
        )
        clock = moved.format(
            **names, new=day(new, language=language), old=day(old, language=language)
        )
    elif new:
        stays = say(N_("{other} was received first, so it stays due on {new}."))
        clock = stays.format(**names, new=day(new, language=language))
    else:
        clock = say(N_("{other} has no fixed date, and gets none.")).format(**names)
    leaves = say(
        N_("{case} leaves the queue. Its own clock is kept and counts again when this is undone.")
    )
    return (clock, leaves.format(**names), say(N_("Nothing is sent.")))


def _merge(making: Making) -> None:
    page, values = making.page, making.values
    other, reason = values.get("other").upper(), values.get("reason")
    merging.merge(page.desk, page.officer, making.view.reference, other, reason)


MERGE = ActForm(
    act="merge",
    title=N_("Merge"),
    button=N_("Let it go on in the other case"),
    said=N_("The case goes on in the other one."),
    will=lambda m: (
        m.say(
            N_(
                "For one matter that came twice. This case goes on in the other one; the earliest receipt counts there, and nothing is decided. It can be undone."
            )
        ),
    ),
    fields=lambda _: (OTHER, WHY),
    more_wrong=_merge_wrong,
    second=_clocks,
    barred=lambda m: (
        m.say(N_("This case goes on in another one already."))
        if m.view.story.merged_into
        else still_open(m)
    ),
    perform=_merge,
    keeps=False,
)


def _unmerge(making: Making) -> None:
    page = making.page
    reason = making.values.get("reason")
    merging.unmerge(page.desk, page.officer, making.view.reference, reason)


UNMERGE = ActForm(
    act="unmerge",
    title=N_("Undo the merging"),
    button=N_("Take the cases apart"),
    said=N_("The cases are apart again."),
    will=lambda m: (m.say(N_("Both cases get their own clock back.")),),
    fields=lambda _: (WHY,),
    barred=lambda m: "" if m.view.story.merged_into else m.say(N_("This case is not merged.")),
    perform=_unmerge,
    keeps=False,
)


def _split_fields(making: Making) -> Sequence[Field]:
    zone = making.page.office.profile.zone
    mails = tuple(
        (str(one.id), moment(one.received, zone, language=making.page.language), "")
        for one in making.view.story.mails
        if one.id != making.view.case.mail_id
    )
    kinds = tuple((code, name, "") for code, name in kinds_of(making.page))
    return (
        Field("mails", N_("Which mails become a case of their own?"), "ticks", options=mails),
        Field("kind", N_("What do they ask?"), "choice", options=kinds),
        WHY,
        Field(
            "tell",
            N_("Send the acknowledgement to whoever wrote the earliest of these mails"),
            "tick",
            required=False,
            hint=N_("They read nothing of this case in it."),
        ),
    )


def _split_bar(making: Making) -> str:
    alone = len(making.view.story.mails) <= 1
    return making.say(N_("There is only one mail in this case.")) if alone else still_open(making)


def _split(making: Making) -> None:
    page, values = making.page, making.values
    moving.split(
        page.desk,
        page.officer,
        making.view.reference,
        [int(number) for number in values.all("mails")],
        kind=Kind(values.get("kind")),
        reason=values.get("reason"),
        read=page.office.read,
        tell=values.get("tell") == "yes",
    )


SPLIT = ActForm(
    act="split",
    title=N_("Split"),
    button=N_("Open a case for these mails"),
    said=N_("The mails are a case of their own now; both are linked."),
    will=lambda m: (
        m.say(
            N_(
                "For a second request, or a second parent. The new case has its own clock, from the earliest of these mails."
            )
        ),
        m.say(
            N_(
                "Whoever wrote that mail is the requester of the new case. A second parent gets a case of their own so: neither sees anything of the other's."
            )
        ),
    ),
    sends=N_(
        "Only the acknowledgement of the new case, and only where you tick it. It leaves after a minute."
    ),
    fields=_split_fields,
    barred=_split_bar,
    perform=_split,
    keeps=False,
)


def _link(making: Making) -> None:
    page = making.page
    other = making.values.get("other").upper()
    linking.link(page.desk, page.officer, making.view.reference, other)


LINK = ActForm(
    act="link",
    title=N_("Link to another case"),
    button=N_("Link them"),
    said=N_("The cases are linked."),
    will=lambda m: (
        m.say(
            N_(
                "Each keeps its own clock and requester. Whoever is kept from the one is kept from the other, and a child in danger counts for both."
            )
        ),
    ),
    fields=lambda _: (OTHER,),
    more_wrong=other_wrong,
    perform=_link,
    keeps=False,
)


def _address_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    use = (
        (addresses.Use.ALSO.value, say(N_("It is the requester's too")), ""),
        (addresses.Use.INSTEAD.value, say(N_("Letters go there from now on")), ""),
    )
    return (
        Field("address", N_("E-mail address"), "address"),
        Field("use", N_("What is it for?"), "radios", options=use),
        Field(
            "how",
            N_("How was it verified?"),
            shortest=SHORTEST_REASON,
            hint=N_("Such as: called back on a number the school has. A mail is no proof."),
            rows=2,
        ),
    )


def _address(making: Making) -> None:
    page, values = making.page, making.values
    addresses.set_address(
        page.desk,
        page.officer,
        making.view.reference,
        values.get("address"),
        values.get("how"),
        use=addresses.Use(values.get("use")),
    )


ADDRESS = ActForm(
    act="address",
    title=N_("A verified address"),
    button=N_("Record it"),
    said=N_("The address is recorded."),
    will=lambda m: (
        m.say(N_("Only an address that a person verified: whoever read along could write a mail.")),
    ),
    fields=_address_fields,
    barred=lambda m: (
        m.say(
            N_(
                "A child may be in danger, so no address is added. Talk to the data protection officer first."
            )
        )
        if m.view.in_danger
        else still_open(m)
    ),
    perform=_address,
    keeps=False,
)
