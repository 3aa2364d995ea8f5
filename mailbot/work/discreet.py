"""Names a case in an alarm, unless an officer is kept away from it: anybody may watch alarms."""

from mailbot.domain.books import OpenBooks
from mailbot.domain.case import CaseFile

UNNAMED = "a case from which an officer is kept away"
"""Who may see it finds it in their own queue, where it stands as overdue."""


def named(books: OpenBooks, case: CaseFile) -> str:
    """
    Say which case an alarm is about.

    Nobody signs in to read the alarm file or the webhook, so whom a complaint is about may
    read them too; that person hears nothing of it, not even its number (reglement 8.9.4).
    """
    return UNNAMED if books.cases.kept_away(case.id) else case.reference
