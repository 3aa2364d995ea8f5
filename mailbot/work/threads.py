"""Finds the running case a mail belongs to, strongest tie first."""

from collections.abc import Iterator

from mailbot.domain.books import Casebook, OpenBooks
from mailbot.domain.case import CaseFile
from mailbot.domain.letter_addresses import read_reply_to
from mailbot.domain.mail import Mail
from mailbot.domain.reference import find_references
from mailbot.domain.thread import Known, Match, Thread

TO_OFFICERS = frozenset({"reminder", "daily_proof"})
"""The letters that officers get; whatever answers one is a note."""


def find_thread(mail: Mail, books: OpenBooks, prefix: str) -> Thread | None:
    """
    Find the case a mail points at.

    1. An answer to one of our letters, or to an earlier mail of the case (References).
    2. The case's secret token in an address the mail was sent to.
    3. The case's number in the subject or the new text: anyone may have guessed it.

    Returns:
        The strongest tie, and whether the sender is the case's own address; None without a tie.
    """
    cases = books.cases
    for tied, match in _ties(mail, cases, prefix):
        # An answer to a merged case belongs where people now work on it.
        case = cases.surviving(tied)
        return Thread(
            case,
            match,
            _is_own(mail, case, cases),
            children=books.conversation.children(case),
            answered=_answered(mail, books),
        )
    return None


def what_is_known(mail: Mail, books: OpenBooks) -> Known:
    """
    Look up the running cases of whoever sent a mail.

    Returns:
        None of them where our own MX says that the address is forged.
    """
    if mail.sender is None or mail.authentication.dmarc == "fail" or mail.automatic is not None:
        return Known()
    officer = books.reminders.is_officer(mail.sender.address)
    running = books.conversation.running(mail.sender.address)
    return Known(mail.authentication.verified, tuple(running), officer)


def _answered(mail: Mail, books: OpenBooks) -> str:
    codes = (books.letters.code_of(one) for one in (*mail.in_reply_to, *reversed(mail.references)))
    return next(filter(None, codes), "")


def is_note(mail: Mail, books: OpenBooks) -> bool:
    """Say whether a mail answers a letter that went to officers, and so is for officers only."""
    answered = (*mail.in_reply_to, *mail.references)
    return any(books.letters.code_of(one) in TO_OFFICERS for one in answered)


def _ties(mail: Mail, cases: Casebook, prefix: str) -> Iterator[tuple[CaseFile, Match]]:
    answered = tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
    for message_id in answered:
        if case := cases.by_letter(message_id):
            yield case, Match.LETTER
    for address in (*mail.delivered_to, *(to.address for to in mail.recipients)):
        token = read_reply_to(address)
        if token and (case := cases.by_token(token)):
            yield case, Match.TOKEN
    for message_id in answered:
        if case := cases.by_mail(message_id):
            yield case, Match.MAIL
    for reference in find_references(f"{mail.subject}\n{mail.new_text}", prefix):
        if case := cases.by_reference(str(reference)):
            yield case, Match.REFERENCE


def _is_own(mail: Mail, case: CaseFile, cases: Casebook) -> bool:
    if mail.sender is None or mail.authentication.dmarc == "fail":
        return False
    return cases.is_own_address(case.id, mail.sender.address)
