"""Everything that works for one board, put together."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from classifiers.answering import AnsweringClassifier
from classifiers.conversation import Conversing
from handlers import AllHandlers
from mailbot.adapters.attachments import AttachmentTexts
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.calendar import DutchCalendar
from mailbot.adapters.passages import passages_of
from mailbot.adapters.smtp import SmtpPostman
from mailbot.adapters.texts import Texts
from mailbot.adapters.vault import Vault
from mailbot.app.parts import (
    daily_proof,
    judge,
    letter_writer,
    post_office,
    reader,
    retention_job,
)
from mailbot.domain.board import BoardProfile
from mailbot.domain.letter_addresses import read_return_path
from mailbot.domain.ports import Alarm
from mailbot.settings import Settings
from mailbot.work.answers import Answers
from mailbot.work.caps import Caps
from mailbot.work.clockwork import Clockwork
from mailbot.work.correspondence import Correspondence
from mailbot.work.filing import Filing
from mailbot.work.identity_copies import IdentityCopies
from mailbot.work.identity_looks import IdentityLooks
from mailbot.work.notices import Notices
from mailbot.work.outbox import Outbox
from mailbot.work.proof import DailyProof
from mailbot.work.reminders import Reminders
from mailbot.work.retention import RetentionJob
from mailbot.work.triage import Triage


@dataclass(frozen=True, slots=True)
class Shared:
    """What the boards of one process share."""

    engine: Engine
    vault: Vault
    alarm: Alarm
    owner: str
    random: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class BoardHouse:
    """Everything that works for one board."""

    profile: BoardProfile
    books: SqlBooks
    clockwork: Clockwork
    correspondence: Correspondence
    outbox: Outbox
    triage: Triage
    reminders: Reminders
    retention: RetentionJob
    notices: Notices
    copies: IdentityCopies
    looks: IdentityLooks
    proof: DailyProof


def board_house(settings: Settings, profile: BoardProfile, shared: Shared) -> BoardHouse:
    """Put together what works for one board."""
    vault, alarm = shared.vault, shared.alarm
    books = SqlBooks(shared.engine, vault, profile.code, profile.reference_prefix)
    clockwork = Clockwork(profile, DutchCalendar())
    correspondence = letter_writer(profile, vault, shared.random)
    robot = settings.robot
    outbox = Outbox(books, SmtpPostman(post_office(settings)), alarm, shared.owner)
    read = reader(settings, profile.code)
    caps = Caps(robot.letters_per_address_a_day, robot.letters_an_hour)
    held = passages_of(profile)
    triage = Triage(
        books=books,
        read=read,
        classifier=AnsweringClassifier(Conversing(judge(settings, profile, books)), held),
        reader=AttachmentTexts(),
        handler=AllHandlers(profile.kinds, profile.own_domains),
        filing=Filing(clockwork, correspondence, caps, Answers(correspondence, caps, held)),
        outbox=outbox,
        alarm=alarm,
        prefix=profile.reference_prefix,
        own_return_paths=lambda address: read_return_path(address, vault.signing_key),
        most_tries=robot.quarantine_tries,
    )
    reminders = Reminders(books, clockwork, correspondence, alarm, settings.web.public_url)
    proof = daily_proof(settings, books, clockwork, correspondence, alarm)
    keeping = retention_job(settings, profile, books, vault, alarm)
    notices = Notices(books, clockwork, alarm)
    copies = IdentityCopies(books, read, correspondence, caps, alarm, keeping.servers)
    looks = IdentityLooks(
        books, AttachmentTexts(), Texts(), profile.retention.identity_document_days, alarm
    )
    return BoardHouse(
        profile,
        books,
        clockwork,
        correspondence,
        outbox,
        triage,
        reminders,
        keeping,
        notices,
        copies,
        looks,
        proof,
    )
