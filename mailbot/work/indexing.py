"""Lets people find a case by the words of its mails and the name of whoever sent them."""

from collections.abc import Iterable

from mailbot.domain.books import OpenBooks
from mailbot.domain.mail import Mail
from mailbot.domain.search_words import search_words


def index(books: OpenBooks, mail: Mail, case_ids: Iterable[int]) -> None:
    """
    Add what a mail says to what its cases are found by.

    Args:
        books: the books, open.
        mail: the mail; its new text counts.
        case_ids: the cases it lies in or opened.
    """
    name = mail.sender.name if mail.sender else ""
    words = search_words(name, mail.subject, mail.new_text)
    for case_id in case_ids:
        books.words.add(case_id, words)
