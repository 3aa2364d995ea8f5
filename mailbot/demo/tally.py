"""What the database says of the day, held against what the mail host took and gave."""

from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Table, and_, func, select

from mailbot.adapters import schema
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.rows import Shelf
from mailbot.demo.host import INBOX, MailHost
from mailbot.domain.errors import MailbotError

DONE_FOLDER = "mailbot"


class DayWentWrong(MailbotError):
    """A mail or a letter of the day is not accounted for, or the robot decided something."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a day; the first six are one sum."""

    mails: int
    opened: int
    filed: int
    automatic: int
    other: int
    quarantined: int
    cases: int
    letters_sent: int
    """Letters the mail server took, those that bounced later among them."""
    robot_decisions: int
    """Decisions that no signed-in person made."""
    decisions: int
    extensions: int
    letters_held: int
    reminders: int

    def as_dict(self) -> dict[str, int]:
        """Give the counts by name."""
        return asdict(self)


def count(books: SqlBooks) -> Tally:
    """Count everything of this board, straight from the tables."""
    mail, raw, letter, decision = schema.mail, schema.raw_mail, schema.letter, schema.decision
    with books.shelf() as shelf:
        made = _count(shelf, decision)
        by_people = _decided_by_people(shelf)
        return Tally(
            mails=_count(shelf, raw),
            opened=_count(shelf, mail, mail.c.outcome == "opened"),
            filed=_count(shelf, mail, mail.c.outcome == "filed"),
            automatic=_count(shelf, mail, mail.c.outcome == "automatic"),
            other=_count(shelf, mail, mail.c.outcome == "other"),
            quarantined=_count(shelf, raw, raw.c.state == "quarantined"),
            cases=_count(shelf, schema.cases),
            letters_sent=_count(shelf, letter, letter.c.accepted_at.is_not(None)),
            robot_decisions=made - by_people,
            decisions=by_people,
            extensions=_count(shelf, schema.extension),
            letters_held=_count(shelf, letter, letter.c.state == "held"),
            reminders=_count(shelf, letter, letter.c.code == "reminder"),
        )


def waiting(books: SqlBooks) -> int:
    """Count the mails nobody has brought to an end yet."""
    raw = schema.raw_mail
    with books.shelf() as shelf:
        return _count(shelf, raw, raw.c.state == "stored")


def check(books: SqlBooks, host: MailHost) -> Tally:
    """
    Count the day and hold it against the mail host, which counted for itself.

    Raises:
        DayWentWrong: naming everything that does not add up.
    """
    found = count(books)
    ended = found.opened + found.filed + found.automatic + found.other + found.quarantined
    letter = schema.letter
    with books.shelf() as shelf:
        stuck = _count(shelf, letter, letter.c.state.in_(["waiting", "sending", "refused"]))
    rows = (
        ("mails in the ledger", found.mails, "mails the host took", host.taken),
        ("mails brought to an end", ended, "mails in the ledger", found.mails),
        ("mails left in the inbox", host.count(INBOX), "none", 0),
        ("mails moved on the server", host.count(DONE_FOLDER), "mails taken", host.taken),
        ("letters accepted", found.letters_sent, "letters the host got", len(host.letters)),
        ("letters stuck in the outbox", stuck, "none", 0),
        ("decisions by the robot", found.robot_decisions, "none", 0),
    )
    wrong = [f"{what}: {one}; {other}: {two}" for what, one, other, two in rows if one != two]
    if wrong:
        raise DayWentWrong("the day does not add up\n" + "\n".join(wrong))
    return found


def _count(shelf: Shelf, table: Table, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(table.c.board_id == shelf.board_id)
    return int(shelf.connection.execute(query.where(*where)).scalar_one())


def _decided_by_people(shelf: Shelf) -> int:
    """Count the decisions made in a sign-in of the very officer who is named."""
    decision, sign_in, officer = schema.decision, schema.sign_in, schema.officer
    joined = decision.join(
        sign_in,
        and_(sign_in.c.id == decision.c.sign_in_id, sign_in.c.officer_id == decision.c.officer_id),
    ).join(officer, officer.c.id == decision.c.officer_id)
    query = (
        select(func.count())
        .select_from(joined)
        .where(
            decision.c.board_id == shelf.board_id, officer.c.role.in_(["fg", "board", "handler"])
        )
    )
    return int(shelf.connection.execute(query).scalar_one())
