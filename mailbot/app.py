"""Puts the house together; the only place that knows everything."""

import asyncio
import os
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from starlette.applications import Starlette

from classifiers import classifier as learned_classifier
from classifiers import first_classifier
from classifiers.answering import AnsweringClassifier
from classifiers.conversation import Conversing
from classifiers.neutral import People, neutral
from handlers import AllHandlers
from mailbot.adapters.alarms import AlarmChannels, Alarms
from mailbot.adapters.attachments import AttachmentTexts
from mailbot.adapters.books import SqlBooks
from mailbot.adapters.calendar import DutchCalendar
from mailbot.adapters.database import connect, upgrade
from mailbot.adapters.deskbook import SqlDeskBooks
from mailbot.adapters.door import OpenDoor, SqlDoor
from mailbot.adapters.figures import SqlFigures
from mailbot.adapters.holds import SqlHoldBooks
from mailbot.adapters.imap import ImapMailbox
from mailbot.adapters.imap_removal import ImapRemoval
from mailbot.adapters.imap_session import MailboxAddress
from mailbot.adapters.learning import SqlLearningBooks
from mailbot.adapters.model_in_use import copy_in, installed, model_in_use
from mailbot.adapters.oidc import OidcProvider
from mailbot.adapters.passages import passages_of
from mailbot.adapters.presence import is_gone, own_name
from mailbot.adapters.proof import SqlProofBooks
from mailbot.adapters.retention import SqlRetentionBooks
from mailbot.adapters.smtp import SmtpPostman
from mailbot.adapters.smtp_session import PostOffice
from mailbot.adapters.stationery import PaperStationery
from mailbot.adapters.texts import Texts
from mailbot.adapters.vault import Vault
from mailbot.domain.board import BoardProfile
from mailbot.domain.learning import Lesson
from mailbot.domain.letter_addresses import read_return_path
from mailbot.domain.mail import Mail
from mailbot.domain.parsing import parse
from mailbot.domain.passages import BoardPassage
from mailbot.domain.ports import Alarm, Classifier
from mailbot.robot import Job, Robot
from mailbot.settings import Settings
from mailbot.settings.values import MailboxSettings, OidcSettings
from mailbot.web.house import Office, WebHouse
from mailbot.web.origins import origins_of
from mailbot.web.places import web_folder
from mailbot.web.templating import load_templates
from mailbot.work.answers import Answers
from mailbot.work.caps import Caps
from mailbot.work.clockwork import Clockwork
from mailbot.work.correspondence import Correspondence
from mailbot.work.desk import Desk
from mailbot.work.figures import Figures
from mailbot.work.filing import Filing
from mailbot.work.identity_copies import IdentityCopies
from mailbot.work.identity_looks import IdentityLooks
from mailbot.work.intake import Source
from mailbot.work.judging import Judging
from mailbot.work.learning import Learning, Neutralise
from mailbot.work.notices import Notices
from mailbot.work.outbox import Outbox
from mailbot.work.parked import Parked
from mailbot.work.proof import DailyProof
from mailbot.work.quiet import QuietAlarm, SilentAlarm
from mailbot.work.reminders import Reminders
from mailbot.work.retention import RetentionJob
from mailbot.work.retention_acts import RetentionActs
from mailbot.work.triage import Triage
from mailbot.work.visits import Visits

Clock = Callable[[], datetime]

LEASE = timedelta(minutes=2)
"""How long a robot keeps a mailbox to itself after each visit; another takes over after that."""
LONGEST_WAIT = 60.0
"""Seconds of one wait for news, so that the lease is renewed well before it ends."""
POST_EVERY = timedelta(seconds=1)
WORK_EVERY = timedelta(seconds=2)
REMIND_EVERY = timedelta(minutes=5)
PROVE_EVERY = timedelta(minutes=5)
LOOK_EVERY = timedelta(seconds=20)
DESTROY_EVERY = timedelta(minutes=5)
TAKE_OVER_EVERY = timedelta(seconds=30)
PURGE_EVERY = timedelta(days=1)
UNDO = timedelta(seconds=60)


def wall_clock() -> datetime:
    """Ask the machine for the time; nothing below this floor does."""
    return datetime.now(UTC)


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


@dataclass(frozen=True, slots=True)
class House:
    """The whole house of one process."""

    settings: Settings
    engine: Engine
    vault: Vault
    alarm: Alarm
    clock: Clock
    owner: str
    boards: dict[str, BoardHouse]
    visits: dict[str, Visits]
    post: asyncio.Runner = field(repr=False)
    _post_lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def collect(self) -> int:
        """Visit every mailbox this robot holds the lease of, once."""
        return sum(self.visit(name) or 0 for name in self.visits)

    def visit(self, name: str) -> int | None:
        """Collect from one mailbox, if no other robot reads it; None when nothing was reached."""
        visits = self.visits[name]
        books = self.boards[self._board_of(name)].books
        now = self.clock()
        if not books.lease(visits.source.number, self.owner, now, LEASE):
            return None
        new = visits.collect()
        if new is not None:
            books.reached(visits.source.number, now)
        return new

    def work_off(self, *, on_round: Callable[[], None] = lambda: None) -> int:
        """Work through everything that waits, oldest first."""
        worked = 0
        for board in self.boards.values():
            while taken := board.triage.work_off(self.clock()):
                worked += taken
                on_round()
        return worked

    def deliver(self) -> int:
        """Send every letter that is due."""
        with self._post_lock:
            return sum(
                self.post.run(board.outbox.deliver(self.clock)) for board in self.boards.values()
            )

    def remind(self) -> int:
        """Write the reminders that have come due, and look after the notices of extensions."""
        for board in self.boards.values():
            board.notices.look(self.clock())
        return sum(board.reminders.remind(self.clock()) for board in self.boards.values())

    def prove(self) -> int:
        """Write the daily proofs that are due, and watch over those before."""
        written = 0
        for board in self.boards.values():
            written += board.proof.prove(self.clock()) is not None
            board.proof.watch(self.clock())
        return written

    def look_for_copies(self) -> int:
        """Look at attached pictures for identity documents nobody named; return how many showed one."""
        return sum(board.looks.look(self.clock) for board in self.boards.values())

    def destroy_copies(self) -> int:
        """Destroy the copies of identity documents whose time has come; return how many."""
        destroyed = 0
        for board in self.boards.values():
            destroyed += board.copies.destroy(self.clock())
            board.copies.clear_servers(self.clock())
        return destroyed

    def purge(self) -> int:
        """Erase what is past its term and stood visible long enough; return how many files."""
        return sum(board.retention.by_itself(self.clock()).erased for board in self.boards.values())

    def take_over(self) -> int:
        """Take over at once what robots of this machine held when they were killed."""
        now = self.clock()
        return sum(
            board.books.take_over(lambda name: is_gone(name, self.owner), now)
            for board in self.boards.values()
        )

    def robot(self) -> Robot:
        """Make the timetable."""
        wait = min(float(self.settings.robot.poll_seconds), LONGEST_WAIT)
        jobs = [
            Job(f"mailbox {name}", lambda name=name: self._watch(name, wait), timedelta(seconds=1))  # type: ignore[misc]
            for name in self.visits
        ]
        return Robot(
            [
                *jobs,
                Job("work", self.work_off, WORK_EVERY),
                Job("post", self.deliver, POST_EVERY),
                Job("reminders", self.remind, REMIND_EVERY),
                Job("daily proof", self.prove, PROVE_EVERY),
                Job("identity looks", self.look_for_copies, LOOK_EVERY),
                Job("identity copies", self.destroy_copies, DESTROY_EVERY),
                Job("take over", self.take_over, TAKE_OVER_EVERY),
                Job("retention", self.purge, PURGE_EVERY),
            ],
            self.alarm,
        )

    def close(self) -> None:
        """Sign out everywhere."""
        for visits in self.visits.values():
            visits.mailbox.close()
        with self._post_lock:
            for board in self.boards.values():
                self.post.run(board.outbox.postman.close())
            self.post.close()
        self.engine.dispose()

    def _watch(self, name: str, wait: float) -> None:
        if self.visit(name) is not None:
            self.work_off()
            self.visits[name].wait(wait)

    def _board_of(self, mailbox: str) -> str:
        return next(one.board for one in self.settings.mailboxes if one.name == mailbox)


def build(
    settings: Settings,
    clock: Clock = wall_clock,
    random: Callable[[int], bytes] = os.urandom,
) -> House:
    """Put the robot's house together from its settings; brings the database up to date."""
    engine = connect(settings.database.url)
    upgrade(engine)
    vault = Vault(settings.keys.master.reveal(), random)
    alarm = QuietAlarm(alarms(settings, clock), clock)
    owner = own_name(secrets.token_hex(4))
    post = asyncio.Runner()
    boards = {
        profile.code: _board(settings, profile, Shared(engine, vault, alarm, owner, random))
        for profile in settings.boards
    }
    visits = {
        one.name: _visits(settings, one, boards[one.board].books, alarm, clock)
        for one in settings.mailboxes
    }
    house = House(settings, engine, vault, alarm, clock, owner, boards, visits, post)
    house.take_over()
    return house


def desk(settings: Settings, board: str, clock: Clock = wall_clock) -> Desk:
    """Put the people's door of one board together; the robot never gets it."""
    return _desk(*_people_books(settings, board), clock)


def _desk(profile: BoardProfile, vault: Vault, books: SqlBooks, clock: Clock) -> Desk:
    clockwork = Clockwork(profile, DutchCalendar())
    return Desk(SqlDeskBooks(books), clockwork, _correspondence(profile, vault, os.urandom), clock)


def _people_books(settings: Settings, board: str) -> tuple[BoardProfile, Vault, SqlBooks]:
    """Open the books of one board for a people's door."""
    engine = connect(settings.database.url)
    upgrade(engine)
    profile = settings.board(board)
    vault = Vault(settings.keys.master.reveal())
    return profile, vault, SqlBooks(engine, vault, profile.code, profile.reference_prefix)


def retention(settings: Settings, board: str, clock: Clock = wall_clock) -> RetentionActs:
    """Put together what people do about the keeping and erasing of one board."""
    return _retention_acts(settings, *_people_books(settings, board), clock)


def _retention_acts(
    settings: Settings, profile: BoardProfile, vault: Vault, books: SqlBooks, clock: Clock
) -> RetentionActs:
    job = _retention(settings, profile, books, vault, alarms(settings, clock))
    return RetentionActs(job, SqlHoldBooks(books), clock)


def parked(settings: Settings, board: str, clock: Clock = wall_clock) -> Parked:
    """Put together what people do with the mails of one board that belong to no case."""
    acts = retention(settings, board, clock)
    return Parked(acts.holds, reader(settings, board), clock)


def passages(settings: Settings, board: str) -> Mapping[str, BoardPassage]:
    """Give the passages that hold for one board, for `work/passages.py`."""
    return passages_of(settings.board(board))


def figures(settings: Settings, board: str, clock: Clock = wall_clock) -> Figures:
    """Put together what counts a year of one board."""
    profile, _, books = _people_books(settings, board)
    return Figures(SqlFigures(books, profile.zone), profile.zone, clock)


def web(settings: Settings, clock: Clock = wall_clock) -> Starlette:
    """
    Put the officers' desk in a browser together, for all boards at once.

    It opens one database and closes it when the application stops. While it answers it watches
    over the daily proofs as well.
    """
    engine = connect(settings.database.url)
    upgrade(engine)
    vault = Vault(settings.keys.master.reveal())
    offices = [_office(settings, profile, engine, vault, clock) for profile in settings.boards]
    house = WebHouse(
        settings=settings.web,
        offices={one.books.board_id: one for one in offices},
        door=SqlDoor(engine, vault),
        providers={one.name: _provider(one) for one in settings.oidc},
        templates=load_templates(web_folder()),
        origins=origins_of(settings.web),
        clock=clock,
        vault=vault,
        random=os.urandom,
    )
    watch = _watch_over_proofs(settings, engine, vault, clock)

    def close() -> None:
        watch.stop()
        engine.dispose()

    # Its pages draw, print and check passkeys; a robot starts without any of that.
    from mailbot.web.application import make_application  # noqa: PLC0415

    return make_application(house, start=watch.start, close=close)


def _watch_over_proofs(settings: Settings, engine: Engine, vault: Vault, clock: Clock) -> Robot:
    """Let the desk look after the daily proofs too: a robot that stands still tells nobody."""
    alarm = QuietAlarm(alarms(settings, clock), clock)
    proofs = []
    for profile in settings.boards:
        books = SqlBooks(engine, vault, profile.code, profile.reference_prefix)
        letters = _correspondence(profile, vault, os.urandom)
        clockwork = Clockwork(profile, DutchCalendar())
        proofs.append(daily_proof(settings, books, clockwork, letters, alarm))

    def look() -> None:
        for proof in proofs:
            proof.watch(clock())

    return Robot([Job("watch over proofs", look, PROVE_EVERY)], alarm)


@contextmanager
def door(settings: Settings, board: str) -> Iterator[tuple[OpenDoor, int]]:
    """Open the sign-in of one board for the command line: one transaction, and the board's number."""
    _, vault, books = _people_books(settings, board)
    try:
        with SqlDoor(books.engine, vault).opened() as opened:
            yield opened, books.board_id
    finally:
        books.engine.dispose()


def _provider(one: OidcSettings) -> OidcProvider:
    return OidcProvider(
        name=one.name,
        label=one.label,
        issuer=one.issuer,
        client_id=one.client_id,
        secret=one.secret.reveal(),
        vouches_for_address=one.vouches_for_address,
        asks_second_factor=one.asks_second_factor,
    )


def _office(
    settings: Settings, profile: BoardProfile, engine: Engine, vault: Vault, clock: Clock
) -> Office:
    books = SqlBooks(engine, vault, profile.code, profile.reference_prefix)
    acts = _retention_acts(settings, profile, vault, books, clock)
    read = reader(settings, profile.code)
    return Office(
        profile=profile,
        books=books,
        desk=_with_undo(_desk(profile, vault, books, clock)),
        parked=Parked(acts.holds, read, clock),
        retention=acts,
        figures=Figures(SqlFigures(books, profile.zone), profile.zone, clock),
        passages=passages_of(profile),
        read=read,
    )


def _with_undo(desk: Desk) -> Desk:
    """Let letters asked for in the browser wait a minute, in which they can be taken back."""
    return replace(desk, correspondence=replace(desk.correspondence, undo=UNDO))


def alarms(settings: Settings, clock: Clock) -> Alarms:
    """Open the second channel to a person."""
    webhook = settings.alarm.webhook
    file = settings.alarm.file or settings.path.parent / "alarms.jsonl"
    return Alarms(AlarmChannels(file, webhook.reveal() if webhook else None), clock)


def _board(settings: Settings, profile: BoardProfile, shared: Shared) -> BoardHouse:
    vault, alarm = shared.vault, shared.alarm
    books = SqlBooks(shared.engine, vault, profile.code, profile.reference_prefix)
    clockwork = Clockwork(profile, DutchCalendar())
    correspondence = _correspondence(profile, vault, shared.random)
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
    keeping = _retention(settings, profile, books, vault, alarm)
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
            return first_classifier(*board)
        candidate = installed(models_folder(settings), profile.code, model)
    return learned_classifier(*board, folder=candidate)


def models_folder(settings: Settings) -> Path:
    """Say where the models that officers installed lie: beside the settings file."""
    return settings.path.parent / "models"


@dataclass(frozen=True, slots=True)
class LearningRoom:
    """What learns from the officers of one board, and what it compares."""

    settings: Settings
    profile: BoardProfile
    books: SqlBooks
    learning: Learning

    def judging(self, candidate: Path | None = None) -> Judging:
        """Put together what judges a mail: by the model in use, or by a candidate."""
        chosen = judge(self.settings, self.profile, self.books, candidate)
        return Judging(chosen, AttachmentTexts())

    def neutralise(self, plain_words: Collection[str]) -> Neutralise:
        """Say how people are taken out of a mail of this board."""
        profile = self.profile
        own = [school.name for school in profile.schools]
        known = [one for one in (profile.fg.name, profile.signer.name) if one]

        def taken_out(mail: Mail, lesson: Lesson) -> tuple[str, str] | None:
            people = People(
                names=(*lesson.names, *known),
                sender=mail.sender,
                schools=(*own, *lesson.schools),
                plain_words=plain_words,
            )
            found = neutral((mail.subject, mail.new_text), people)
            subject, text = found.texts
            return (subject, text) if found.fit else None

        return taken_out

    def copy_in(self, folder: Path) -> str:
        """Copy a model to where the robot finds it, after trying it; return its hash."""
        self.judging(folder)
        return copy_in(folder, models_folder(self.settings), self.profile.code)


@contextmanager
def learning(settings: Settings, board: str, clock: Clock = wall_clock) -> Iterator[LearningRoom]:
    """Open what people do so that the machine learns from them."""
    profile, _, books = _people_books(settings, board)
    acts = Learning(SqlLearningBooks(books), reader(settings, board), clock)
    try:
        yield LearningRoom(settings, profile, books, acts)
    finally:
        books.engine.dispose()


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


@contextmanager
def proof_of(
    settings: Settings, board: str, clock: Clock = wall_clock, *, sounding: bool = False
) -> Iterator[DailyProof]:
    """Open what watches over the proofs of one board; it alarms only where it is *sounding*."""
    profile, vault, books = _people_books(settings, board)
    alarm: Alarm = alarms(settings, clock) if sounding else SilentAlarm()
    letters = _correspondence(profile, vault, os.urandom)
    try:
        yield daily_proof(settings, books, Clockwork(profile, DutchCalendar()), letters, alarm)
    finally:
        books.engine.dispose()


def reader(settings: Settings, board: str) -> Callable[[bytes, datetime], Mail]:
    """Say how one board's mail is read: with the results of its own MX, and nobody else's."""
    tools = Texts()
    own_mx = tuple({mx for box in settings.mailboxes if box.board == board for mx in box.own_mx})

    def read(raw: bytes, received: datetime) -> Mail:
        return parse(raw, received, tools, own_mx=own_mx)

    return read


def _retention(
    settings: Settings, profile: BoardProfile, books: SqlBooks, vault: Vault, alarm: Alarm
) -> RetentionJob:
    servers = {
        books.mailbox(one.name): partial(ImapRemoval, _address(settings, one), vault.keyed_hash)
        for one in settings.mailboxes
        if one.board == profile.code
    }
    kept = SqlRetentionBooks(books, profile.zone)
    return RetentionJob(kept, servers, profile.retention, profile.zone, alarm)


def _correspondence(
    profile: BoardProfile, vault: Vault, random: Callable[[int], bytes]
) -> Correspondence:
    stationery = PaperStationery(zone=profile.zone)
    return Correspondence(profile, stationery, vault.signing_key, random)


def look_at_mailbox(settings: Settings, one: MailboxSettings) -> str:
    """Sign in to a mailbox, name its folders, change nothing. Raises MailboxUnavailable."""
    mailbox = ImapMailbox(_address(settings, one))
    try:
        there = mailbox.folders()
        lacking = [folder for folder in one.folders if folder not in there]
        return f"looked over, not there: {', '.join(lacking)}" if lacking else ""
    finally:
        mailbox.close()


def _visits(
    settings: Settings, one: MailboxSettings, books: SqlBooks, alarm: Alarm, clock: Clock
) -> Visits:
    source = Source(books.mailbox(one.name), one.folders, one.cutoff)
    mailbox = ImapMailbox(_address(settings, one))
    return Visits(one.name, mailbox, source, books, alarm, clock)


def _address(settings: Settings, one: MailboxSettings) -> MailboxAddress:
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
