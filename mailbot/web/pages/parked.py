"""The mails that belong to no case: a person looks, opens a case, files them, or lets their term begin."""

from collections.abc import Mapping

from starlette.responses import Response

from mailbot.domain.errors import MailbotError, UnknownMail, UnreadableMail
from mailbot.domain.kinds import Kind
from mailbot.domain.masking import mask_bsn
from mailbot.domain.roles import Role
from mailbot.web.asked import PageRequest
from mailbot.web.languages import N_
from mailbot.web.pages.case_mails import one_line, safe
from mailbot.web.pages.case_words import LETTER_STATES, LETTERS
from mailbot.web.pages.doubts import REASONS, guess_in_words
from mailbot.work.handling.conversation import file_mail, guessed
from mailbot.work.handling.from_mail import open_from_mail

SET_ASIDE: Mapping[str, str] = {
    "damaged": N_("damaged"),
    "header_too_long": N_("its head is too long for an honest mail"),
    "stopped_the_robot": N_("it stopped the robot more than once"),
    "too_deep": N_("nested too deep for an honest mail"),
    "too_laborious": N_("too much work to read"),
    "too_large": N_("too large"),
    "too_many_parts": N_("too many parts for an honest mail"),
}
"""Why a mail is set aside."""
AUTOMATIC = N_("an automatic message, not answered")


def parked(page: PageRequest) -> Response:
    """List the mails without a case, those in quarantine and the letters that did not leave."""
    everything = page.query.get("all") == "yes"
    mails = page.office.parked.list(page.officer, unseen_only=not everything)
    return page.render(
        "parked.html",
        mails=mails,
        guesses=guessed(page.desk, page.officer, [one.id for one in mails]),
        reasons=REASONS,
        automatic=AUTOMATIC,
        set_aside=SET_ASIDE,
        letter_names=LETTERS,
        letter_states=LETTER_STATES,
        everything=everything,
        quarantine=page.desk.quarantine(page.officer),
        letters=[one for one in page.desk.outbox(page.officer) if one[2] not in _ON_THEIR_WAY],
        may_let_go=page.officer.role in (Role.FG, Role.BOARD),
        zone=page.office.profile.zone,
    )


def mail(page: PageRequest) -> Response:
    """Show one mail, as text alone."""
    return _show(page)


def looked(page: PageRequest) -> Response:
    """Say of mails that somebody looked and that they need no case; their term begins today."""
    numbers = [int(one) for one in page.form.all("mail") if one.isdecimal()]
    done = page.office.parked.looked(page.officer, numbers)
    said = page.gettext("Looked at: %(done)d.") % {"done": len(done)}
    return page.redirect("/parked", said, tone="done" if done else "warning")


def open_case(page: PageRequest) -> Response:
    """Open a case for a mail the machine took for something else."""
    kind = next((one for one in Kind if one == page.form.get("kind")), None)
    if kind is None:
        return _show(page, {"kind": page.gettext("Choose the kind.")})
    tell = page.form.get("tell") == "yes"
    try:
        case = open_from_mail(
            page.desk, page.officer, _number(page), kind, read=page.office.read, tell=tell
        )
    except MailbotError as error:
        return _show(page, {"kind": str(error)})
    return page.redirect(f"/cases/{case.reference}", page.gettext("The case is open."))


def file_in_case(page: PageRequest) -> Response:
    """Put a mail in the case it belongs to."""
    reference = page.form.get("reference").upper()
    try:
        case = file_mail(page.desk, page.officer, _number(page), reference)
    except MailbotError as error:
        return _show(page, {"reference": str(error)})
    said = page.gettext("The mail lies in the case.")
    return page.redirect(f"/cases/{case.reference}", said)


def try_again(page: PageRequest) -> Response:
    """Put a mail from quarantine back in the robot's queue."""
    done = page.desk.try_again(page.officer, _number(page))
    said = N_("The robot will try it again.") if done else N_("This mail is not in quarantine.")
    return page.redirect("/parked", page.gettext(said), tone="done" if done else "warning")


def let_go(page: PageRequest) -> Response:
    """Let a letter go that was held back or refused."""
    done = page.desk.let_go(page.officer, _number(page))
    said = N_("The letter is on its way.") if done else N_("This letter does not wait.")
    return page.redirect("/parked", page.gettext(said), tone="done" if done else "warning")


_ON_THEIR_WAY = ("waiting", "sending")


def _number(page: PageRequest) -> int:
    number = page.names["number"]
    if not number.isdecimal():
        raise UnknownMail("there is no such mail")
    return int(number)


def _show(page: PageRequest, errors: Mapping[str, str] | None = None) -> Response:
    number = _number(page)
    try:
        found = page.office.parked.show(page.officer, number)
    except UnreadableMail:
        found = None
    if found is None:
        raise UnknownMail("this mail is not parked")
    guess = guessed(page.desk, page.officer, [number]).get(number)
    return page.render(
        "parked_mail.html",
        status=422 if errors else 200,
        number=number,
        sender=one_line(found.sender.address) if found.sender else "",
        name=one_line(found.sender.name) if found.sender else "",
        subject=safe(mask_bsn(found.subject)),
        text=safe(mask_bsn(found.new_text)),
        quoted=safe(mask_bsn(found.quoted_text)),
        received=found.received,
        files=[one_line(one.filename) for one in found.attachments],
        guess=(guess[0], guess_in_words(guess[1], page.gettext)) if guess else None,
        kinds=tuple(Kind),
        errors=errors or {},
        zone=page.office.profile.zone,
    )
