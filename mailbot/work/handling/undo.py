"""Takes a letter back before it leaves, and with it what the letter would have told."""

from dataclasses import replace

from mailbot.domain.acts import Act, NewAct
from mailbot.domain.case import CaseFile
from mailbot.domain.clocks import with_target
from mailbot.domain.decision import Officer
from mailbot.domain.deskbooks import OpenDeskBooks
from mailbot.domain.errors import ActRefused, NotAllowed, UnknownCase
from mailbot.domain.handling import latest
from mailbot.domain.papers import LetterCopy
from mailbot.work.clockwork import dates_of
from mailbot.work.desk import Desk, allow

ACT_OF = {
    "identity_request": Act.IDENTITY_ASKED,
    "clarification_request": Act.CLARIFICATION_ASKED,
    "late_notice": Act.LATE_NOTICE,
    "restriction_lift": Act.LIFT_ANNOUNCED,
}
"""Letters that an act stands behind; the act counts no more once its letter is taken back."""


def take_back(desk: Desk, officer: Officer, reference: str, letter_id: int) -> LetterCopy:
    """
    Take back a letter that this officer asked for and that has not left.

    1. The letter is held for good; nobody can let it go again.
    2. The act behind it stays on record and counts no more.
    3. A decision is only ever added to: it stays on file as taken back, and the case is in
       handling again.
    4. An extension counts no more, and the date before it is in force again.

    Raises:
        UnknownCase: the case has no such letter.
        NotAllowed: a colleague asked for it.
        ActRefused: it has left already, or is leaving.
    """
    allow(officer, "read")
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        letter = _letter(books, case, letter_id)
        if letter.officer_id != officer.id:
            raise NotAllowed("only who asked for a letter takes it back")
        if not books.papers.take_back(case, letter_id):
            raise ActRefused("the letter has left already")
        _undo_act(desk, books, case, letter, officer)
        return letter


def undoable(desk: Desk, officer: Officer, reference: str) -> LetterCopy | None:
    """Give the latest letter this officer asked for that has not left; None without one."""
    with desk.books.opened() as books:
        case = desk.open_file(books, officer, reference)
        letters = books.papers.letters(case)
    now = desk.clock()
    return next(
        (
            one
            for one in reversed(letters)
            if one.officer_id == officer.id and one.state == "waiting" and one.leaves_at > now
        ),
        None,
    )


def _letter(books: OpenDeskBooks, case: CaseFile, letter_id: int) -> LetterCopy:
    found = next((one for one in books.papers.letters(case) if one.id == letter_id), None)
    if found is None:
        raise UnknownCase("this case has no such letter")
    return found


def _undo_act(
    desk: Desk, books: OpenDeskBooks, case: CaseFile, letter: LetterCopy, officer: Officer
) -> None:
    now = desk.clock()
    code = ACT_OF.get(letter.code)
    act = latest(books.handling.acts(case, code), code) if code else None
    undone = (str(act.number),) if act else ()
    taken = NewAct(Act.LETTER_TAKEN_BACK, str(letter.id), choices=undone)
    books.handling.record(case, taken, officer, now)
    if letter.decision_id is not None:
        books.cases.reopen(case.id, "taken_back", now)
    if letter.extension_id is not None:
        _undo_extension(desk, books, case, letter.extension_id, officer)


def _undo_extension(
    desk: Desk, books: OpenDeskBooks, case: CaseFile, extension: int, officer: Officer
) -> None:
    notice = next(one for one in books.handling.notices(case) if one.extension == extension)
    undone = NewAct(Act.EXTENSION_TAKEN_BACK, str(extension))
    books.handling.record(case, undone, officer, desk.clock())
    clockwork = desk.clockwork
    before = with_target(replace(clockwork.of(case), due=notice.old_due), clockwork.calendar)
    books.handling.set_dates(case, dates_of(before))
