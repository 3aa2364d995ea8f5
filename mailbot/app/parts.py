"""What several houses are put together from: the clock, the reader, the judge, the letters."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from classifiers import learned_classifier
from mailbot.adapters.alarms import AlarmChannels, Alarms
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.imap import ImapMailbox
from mailbot.adapters.imap_removal import ImapRemoval
from mailbot.adapters.imap_session import MailboxAddress
from mailbot.adapters.model_in_use import installed, model_in_use
from mailbot.adapters.proof import SqlProofBooks
from mailbot.adapters.retention import SqlRetentionBooks
from mailbot.adapters.smtp_session import PostOffice
from mailbot.adapters.stationery import PaperStationery
from mailbot.adapters.texts import Texts
from mailbot.adapters.tombstones import Tombstones
from mailbot.adapters.vault import Vault
from mailbot.domain.board import BoardProfile
from mailbot.domain.mail import Mail
from mailbot.domain.parsing import parse
from mailbot.domain.ports import Alarm, Classifier
from mailbot.settings import Settings
from mailbot.settings.values import MailboxSettings
from mailbot.work.clockwork import Clockwork
from mailbot.work.correspondence import Correspondence
from mailbot.work.proof import DailyProof
from mailbot.work.retention import RetentionJob

Clock = Callable[[], datetime]

PROVE_EVERY = timedelta(minutes=5)


def wall_clock() -> datetime:
    """Ask the machine for the time; nothing below this floor does."""
    return datetime.now(UTC)


def alarms(settings: Settings, clock: Clock) -> Alarms:
    """Open the second channel to a person."""
    webhook = settings.alarm.webhook
    file = settings.alarm.file or settings.path.parent / "alarms.jsonl"
    return Alarms(AlarmChannels(file, webhook.reveal() if webhook else None), clock)


def judge(
    settings: Settings, profile: BoardProfile, books: SqlBooks, candidate: Path | None = None
) -> Classifier:
    """
    Choose what judges the mails of a board: a candidate, the model an officer installed, the shipped one.

    Raises:
        ModelRefused: the installed model is gone or was changed; nothing takes its place silently.
    """
    board = [school.name for school in profile.schools], profile.kinds, profile.reference_prefix
    if candidate is None:
        with books.shelf() as shelf:
            model = model_in_use(shelf)
        if model is None:
            return learned_classifier(*board)
        candidate = installed(models_folder(settings), profile.code, model)
    return learned_classifier(*board, folder=candidate)


def models_folder(settings: Settings) -> Path:
    """Say where the models that officers installed lie: beside the settings file."""
    return settings.path.parent / "models"


def erased_file(settings: Settings) -> Path:
    """Say where it is remembered what was erased: beside the settings file, outside the database."""
    return settings.path.parent / "erased.jsonl"


def daily_proof(
    settings: Settings,
    books: SqlBooks,
    clockwork: Clockwork,
    correspondence: Correspondence,
    alarm: Alarm,
) -> DailyProof:
    """Put together what proves to the FG that no mail was lost."""
    place = settings.web.public_url
    return DailyProof(SqlProofBooks(books), clockwork, correspondence, alarm, place)


def reader(settings: Settings, board: str) -> Callable[[bytes, datetime], Mail]:
    """Say how one board's mail is read: with the results of its own MX, and nobody else's."""
    tools = Texts()
    own_mx = tuple({mx for box in settings.mailboxes if box.board == board for mx in box.own_mx})

    def read(raw: bytes, received: datetime) -> Mail:
        return parse(raw, received, tools, own_mx=own_mx)

    return read


def retention_job(
    settings: Settings, profile: BoardProfile, books: SqlBooks, vault: Vault, alarm: Alarm
) -> RetentionJob:
    """Put together what erases, on the mail servers too."""
    servers = {
        books.mailbox(one.name): partial(
            ImapRemoval, mailbox_address(settings, one), vault.keyed_hash
        )
        for one in settings.mailboxes
        if one.board == profile.code
    }
    kept = SqlRetentionBooks(books, profile.zone, Tombstones(erased_file(settings)))
    return RetentionJob(kept, servers, profile.retention, profile.zone, alarm)


def letter_writer(
    profile: BoardProfile, vault: Vault, random: Callable[[int], bytes]
) -> Correspondence:
    """Put together what writes the letters of a board."""
    stationery = PaperStationery(zone=profile.zone)
    return Correspondence(profile, stationery, vault.signing_key, random)


def look_at_mailbox(settings: Settings, one: MailboxSettings) -> str:
    """Sign in to a mailbox, name its folders, change nothing. Raises MailboxUnavailable."""
    mailbox = ImapMailbox(mailbox_address(settings, one))
    try:
        there = mailbox.folders()
        lacking = [folder for folder in one.folders if folder not in there]
        return f"looked over, not there: {', '.join(lacking)}" if lacking else ""
    finally:
        mailbox.close()


def mailbox_address(settings: Settings, one: MailboxSettings) -> MailboxAddress:
    """Say where a mailbox is and how it is opened."""
    ca_file = settings.robot.ca_file
    return MailboxAddress(
        host=one.host,
        port=one.port,
        user=one.user,
        password=one.password.reveal(),
        security=one.security.value,
        done_folder=one.done_folder or None,
        size_limit=one.size_limit,
        ca_file=str(ca_file) if ca_file else None,
    )


def post_office(settings: Settings) -> PostOffice:
    """Say where letters are handed in."""
    smtp, ca_file = settings.smtp, settings.robot.ca_file
    return PostOffice(
        host=smtp.host,
        port=smtp.port,
        user=smtp.user,
        password=smtp.password.reveal() if smtp.password else "",
        security=smtp.security.value,
        ca_file=str(ca_file) if ca_file else None,
    )
