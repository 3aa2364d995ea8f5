"""A mailbox on the wire: nothing missed, nothing marked that was not asked for."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailbot.adapters.imap import ImapMailbox
from mailbot.adapters.imap_session import MailboxAddress
from mailbot.domain.errors import MailboxRefused, MailboxUnavailable, SettingsWrong
from mailbot.domain.ports import Fetched
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.fixtures import MailHost

PRIVACY = "privacy@sipor.nl"
NewProxy = Callable[[int], CuttingProxy]
OpenMailbox = Callable[..., ImapMailbox]


def mail(number: int, size: int = 0) -> bytes:
    head = f"From: anna@example.nl\r\nSubject: Mail {number}\r\n\r\nGraag inzage.\r\n".encode()
    filler = b"".join(b"%06d een regel van een lange mail\r\n" % line for line in range(size // 36))
    return head + filler


@pytest.fixture
def open_mailbox(dovecot: Dovecot, request: pytest.FixtureRequest) -> OpenMailbox:
    """A function that opens the mailbox of privacy@sipor.nl, with settings of the test's own."""

    def opened(**changes: object) -> ImapMailbox:
        settings: dict[str, object] = {
            "host": "localhost",
            "port": dovecot.imap_port,
            "user": PRIVACY,
            "password": PASSWORD,
            "security": "none",
            "ca_file": str(dovecot.ca_file),
            "timeout": 5.0,
        }
        mailbox = ImapMailbox(MailboxAddress(**{**settings, **changes}))  # type: ignore[arg-type]
        request.addfinalizer(mailbox.close)
        return mailbox

    dovecot.user(PRIVACY)
    return opened


def fetch_all(mailbox: ImapMailbox, folder: str = "INBOX") -> list[Fetched]:
    state = mailbox.look(folder)
    return list(mailbox.fetch(state, state.uids))


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_the_bytes_come_as_they_lay_there(
    dovecot: Dovecot, open_mailbox: OpenMailbox, security: str
) -> None:
    """Raw bytes are the ground everything stands on."""
    for number in range(3):
        dovecot.append(PRIVACY, mail(number))
    port = dovecot.imaps_port if security == "tls" else dovecot.imap_port
    found = fetch_all(open_mailbox(security=security, port=port))
    assert [message.raw for message in found] == [mail(number) for number in range(3)]
    assert [message.uid for message in found] == [1, 2, 3]
    assert not any(message.truncated for message in found)


def test_looking_and_fetching_mark_nothing(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """People read this mailbox too; unread stays unread."""
    dovecot.append(PRIVACY, mail(1))
    fetch_all(open_mailbox())
    assert set() == dovecot.flags(PRIVACY)[1] - {"\\Recent"}


@pytest.mark.parametrize(
    "received",
    [
        datetime(2026, 3, 29, 1, 59, 59, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 3, 29, 3, 0, 0, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 10, 25, 2, 30, 0, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 10, 25, 2, 30, 0, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 11, 21, 23, 30, 0, tzinfo=UTC),
    ],
)
def test_the_moment_of_receipt_is_an_instant(
    dovecot: Dovecot, open_mailbox: OpenMailbox, received: datetime
) -> None:
    """The legal clock starts at the server's date, exact to the second around summer time."""
    dovecot.append(PRIVACY, mail(1), received=received)
    (message,) = fetch_all(open_mailbox())
    assert message.received.tzinfo is not None
    assert message.received == received


def test_a_backlog_comes_oldest_first_and_whole(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """More messages than one batch holds, none twice and none missing (fault 8)."""
    with dovecot.session(PRIVACY) as imap:
        imap.multiappend("INBOX", [mail(number) for number in range(130)])
    found = fetch_all(open_mailbox())
    assert [message.raw for message in found] == [mail(number) for number in range(130)]


def test_a_message_past_the_limit_is_cut_and_says_so(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A 100 MB attachment does not fill the memory, and its mail still opens a case (fault 13)."""
    for number, size in enumerate((0, 200_000, 0)):
        dovecot.append(PRIVACY, mail(number, size))
    found = fetch_all(open_mailbox(size_limit=10_000))
    assert [message.truncated for message in found] == [False, True, False]
    assert found[1].raw == mail(1, 200_000)[:10_000]
    assert found[2].raw == mail(2)


def test_a_message_of_exactly_the_limit_is_whole(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """The limit itself is allowed; one byte less is not."""
    dovecot.append(PRIVACY, mail(1))
    (whole,) = fetch_all(open_mailbox(size_limit=len(mail(1))))
    (cut,) = fetch_all(open_mailbox(size_limit=len(mail(1)) - 1))
    assert (whole.raw, whole.truncated) == (mail(1), False)
    assert (cut.raw, cut.truncated) == (mail(1)[:-1], True)


def test_a_message_gone_meanwhile_is_left_out(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """A person may move mail between look and fetch; the others still come (fault 11)."""
    for number in range(3):
        dovecot.append(PRIVACY, mail(number))
    mailbox = open_mailbox()
    state = mailbox.look("INBOX")
    with dovecot.session(PRIVACY) as imap:
        imap.select_folder("INBOX")
        imap.move([2], "Junk")
    assert [message.uid for message in mailbox.fetch(state, state.uids)] == [1, 3]
    assert [message.raw for message in fetch_all(mailbox, "Junk")] == [mail(1)]


def test_a_connection_cut_at_any_kib_of_a_fetch_yields_only_whole_messages(
    dovecot: Dovecot, open_mailbox: OpenMailbox, cutting_proxy: NewProxy
) -> None:
    """Half a message never comes through, and the next try gets everything (fault 2)."""
    mails = [mail(number, 4_000) for number in range(4)]
    with dovecot.session(PRIVACY) as imap:
        imap.multiappend("INBOX", mails)
    proxy = cutting_proxy(dovecot.imap_port)
    mailbox = open_mailbox(port=proxy.port)
    assert [message.raw for message in fetch_all(mailbox)] == mails
    mailbox.close()
    whole = proxy.passed
    # Not quite a KiB, so that the cuts fall on ever other places of lines and answers.
    cuts = range(256, whole - 64, 1009)
    assert len(cuts) > 15
    for cut in cuts:
        proxy.cut_after = cut
        mailbox = open_mailbox(port=proxy.port)
        before = proxy.connections
        came: list[bytes] = []
        broke = False
        try:
            for message in mailbox.fetch(mailbox.look("INBOX"), (1, 2, 3, 4)):
                came.append(message.raw)  # noqa: PERF401  # What came before the cut counts.
        except MailboxUnavailable:
            broke = True
        assert broke or proxy.connections > before + 1
        assert all(raw in mails for raw in came)
        proxy.cut_after = None
        assert [message.raw for message in fetch_all(mailbox)] == mails
        mailbox.close()


def test_a_message_the_server_itself_cannot_read_keeps_back_no_other(
    dovecot: Dovecot, open_mailbox: OpenMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Dovecot hangs up over a damaged file; for ever behind it would be the end of intake."""
    for number in range(5):
        dovecot.append(PRIVACY, mail(number, 4_000))
    files = [file for file in dovecot.maildir(PRIVACY).glob("*/*") if file.parent.name != "tmp"]
    (damaged,) = [file for file in files if mail(2) in file.read_bytes().replace(b"\n", b"\r\n")]
    damaged.chmod(0)
    mailbox = open_mailbox()
    state = mailbox.look("INBOX")
    assert [message.uid for message in mailbox.fetch(state, state.uids)] == [1, 2, 4, 5]
    assert "UID 3" in caplog.text
    # Looking has moved it from new to cur.
    (damaged,) = dovecot.maildir(PRIVACY).glob(f"cur/{damaged.name}*")
    damaged.chmod(0o600)
    assert len(fetch_all(mailbox)) == 5


def test_a_silent_server_is_given_up(
    dovecot: Dovecot, open_mailbox: OpenMailbox, cutting_proxy: NewProxy
) -> None:
    """A server that says nothing does not hold the robot for ever."""
    proxy = cutting_proxy(dovecot.imap_port)
    proxy.delay = 30
    began = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        open_mailbox(port=proxy.port, timeout=0.5).look("INBOX")
    assert time.monotonic() - began < 5


def test_a_folder_made_anew_is_noticed_before_anything_is_fetched_or_marked(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """Old UIDs would mean other messages (fault 3)."""
    for number in range(3):
        dovecot.append(PRIVACY, mail(number))
    mailbox = open_mailbox()
    old = mailbox.look("INBOX")
    mailbox.look("Junk")
    dovecot.recreate(PRIVACY)
    with pytest.raises(MailboxUnavailable):
        list(mailbox.fetch(old, old.uids))
    with pytest.raises(MailboxUnavailable):
        mailbox.mark(old, old.uids)
    new = mailbox.look("INBOX")
    assert new.uidvalidity != old.uidvalidity
    assert sorted(message.raw for message in mailbox.fetch(new, new.uids)) == [
        mail(number) for number in range(3)
    ]
    assert not any("$MailbotSeen" in flags for flags in dovecot.flags(PRIVACY).values())


def test_a_wrong_password_is_for_a_person_to_look_at(
    dovecot: Dovecot, open_mailbox: OpenMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Waiting does not help; and neither password nor address is written down (fault 10)."""
    caplog.set_level(logging.DEBUG)
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    mailbox.close()
    dovecot.change_password(PRIVACY, "expired-on-Monday")
    with pytest.raises(MailboxRefused, match="AUTHENTICATIONFAILED") as refusal:
        open_mailbox().look("INBOX")
    written = str(refusal.value) + caplog.text
    assert PASSWORD not in written
    assert PRIVACY not in written


def test_a_password_beyond_ascii_signs_in(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """LOGIN knows ASCII only, people know more."""
    dovecot.user(PRIVACY, "geheim-één-ş")
    assert open_mailbox(password="geheim-één-ş").look("INBOX").uids == ()


def test_a_connection_lost_during_sign_in_is_not_a_wrong_password(
    dovecot: Dovecot, open_mailbox: OpenMailbox, cutting_proxy: NewProxy
) -> None:
    """Nobody is called out of bed for a password that is right."""
    proxy = cutting_proxy(dovecot.imap_port)
    mailbox = open_mailbox(port=proxy.port)
    mailbox.look("INBOX")
    mailbox.close()
    for cut in range(20, 400, 20):
        proxy.cut_after = cut
        with pytest.raises(MailboxUnavailable) as failure:
            open_mailbox(port=proxy.port).look("INBOX")
        assert not isinstance(failure.value, MailboxRefused)


def test_a_server_that_is_down_is_found_again(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """The same mailbox object goes on working after the server came back (fault 9)."""
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    dovecot.stop()
    for _ in range(2):
        with pytest.raises(MailboxUnavailable):
            mailbox.look("INBOX")
    dovecot.start()
    assert [message.raw for message in fetch_all(mailbox)] == [mail(1)]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_untrusted_certificate_is_refused(
    dovecot: Dovecot, open_mailbox: OpenMailbox, security: str
) -> None:
    """The password goes to nobody whose certificate we cannot verify."""
    port = dovecot.imaps_port if security == "tls" else dovecot.imap_port
    with pytest.raises(MailboxUnavailable, match="SSLCertVerificationError"):
        open_mailbox(security=security, port=port, ca_file=None).look("INBOX")


def test_a_certificate_for_another_name_is_refused(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A trusted certificate of somebody else is no certificate."""
    proxy = CuttingProxy(dovecot.imaps_port, host="127.0.0.2")
    try:
        with pytest.raises(MailboxUnavailable, match="SSLCertVerificationError"):
            open_mailbox(security="tls", host="127.0.0.2", port=proxy.port).look("INBOX")
    finally:
        proxy.remove()


def test_an_authority_file_that_is_not_there_is_a_wrong_setting(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A typing mistake in the settings is said, not waited for."""
    with pytest.raises(SettingsWrong, match="ca_file"):
        open_mailbox(security="starttls", ca_file="/nowhere/ca.pem").look("INBOX")


def test_plain_text_is_for_loopback_only() -> None:
    """Mail about children never crosses a network unencrypted (GDPR 32)."""
    with pytest.raises(SettingsWrong, match=r"mailbox\.security"):
        MailboxAddress("imap.example.nl", 143, "u", "p", security="none")


def test_a_keyword_that_is_none_is_a_wrong_setting() -> None:
    """A flag with a space or an é would break the command it stands in."""
    with pytest.raises(SettingsWrong, match=r"mailbox\.keyword"):
        MailboxAddress("imap.example.nl", 993, "u", "p", keyword="al klaar")


def test_the_settings_do_not_show_the_password() -> None:
    """Settings end up in logs and tracebacks."""
    assert "secret" not in repr(MailboxAddress("imap.example.nl", 993, "u", "secret"))


def test_worked_mail_is_moved_to_the_done_folder(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A person sees at a glance what the robot has; the folder is made when needed."""
    for number in range(3):
        dovecot.append(PRIVACY, mail(number))
    mailbox = open_mailbox(done_folder="Mailbot/Verwerkt é")
    mailbox.mark(mailbox.look("INBOX"), [1, 3])
    assert dovecot.messages(PRIVACY) == [mail(1)]
    assert dovecot.messages(PRIVACY, "Mailbot.Verwerkt é") == [mail(0), mail(2)]
    assert "Mailbot.Verwerkt é" in mailbox.folders()


def test_a_done_folder_removed_by_a_person_is_made_again(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """Tidying up does not stop the robot."""
    mailbox = open_mailbox(done_folder="Verwerkt")
    for number in range(2):
        dovecot.append(PRIVACY, mail(number))
        state = mailbox.look("INBOX")
        mailbox.mark(state, state.uids)
        assert dovecot.messages(PRIVACY, "Verwerkt") == [mail(number)]
        with dovecot.session(PRIVACY) as imap:
            imap.delete_folder("Verwerkt")


def test_the_done_folder_stands_under_the_servers_own_prefix(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """Some servers keep every folder under INBOX (RFC 2342)."""
    dovecot.user(PRIVACY, namespace__inbox__prefix="INBOX.")
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox(done_folder="Mailbot/Verwerkt")
    mailbox.mark(mailbox.look("INBOX"), [1])
    assert dovecot.messages(PRIVACY, "INBOX.Mailbot.Verwerkt") == [mail(1)]
    assert mailbox.look("Junk").uids == ()


def test_without_move_the_mail_is_copied_and_only_that_mail_expunged(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """What a person has marked as deleted is not ours to remove (RFC 4315)."""
    dovecot.user(PRIVACY, imap_capability="IMAP4rev1 UIDPLUS NAMESPACE")
    for number in range(3):
        dovecot.append(PRIVACY, mail(number), flags=(b"\\Deleted",) if number == 1 else ())
    mailbox = open_mailbox(done_folder="Verwerkt")
    mailbox.mark(mailbox.look("INBOX"), [1])
    assert dovecot.messages(PRIVACY, "Verwerkt") == [mail(0)]
    assert dovecot.messages(PRIVACY) == [mail(1), mail(2)]


def test_without_move_and_uidplus_the_mail_gets_the_keyword(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """The next best mark, on the oldest servers."""
    dovecot.user(PRIVACY, imap_capability="IMAP4rev1")
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox(done_folder="Verwerkt")
    mailbox.mark(mailbox.look("INBOX"), [1])
    assert "$MailbotSeen" in dovecot.flags(PRIVACY)[1]


def test_without_a_done_folder_the_mail_stays_and_gets_the_keyword(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A school board may want its mailbox left in order; marking twice changes nothing."""
    for number in range(2):
        dovecot.append(PRIVACY, mail(number))
    mailbox = open_mailbox(keyword="$Klaar")
    state = mailbox.look("INBOX")
    mailbox.mark(state, [2])
    mailbox.mark(state, [2])
    flags = dovecot.flags(PRIVACY)
    assert "$Klaar" in flags[2]
    assert "$Klaar" not in flags[1]


def test_where_nothing_may_be_marked_the_work_goes_on_and_one_warning_is_given(
    dovecot: Dovecot, open_mailbox: OpenMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The ledger knows what is done; the mark is for people."""
    dovecot.append(PRIVACY, mail(1))
    (dovecot.maildir(PRIVACY) / "dovecot-acl").write_text("owner lr\n")
    mailbox = open_mailbox(done_folder="Verwerkt")
    state = mailbox.look("INBOX")
    for _ in range(3):
        mailbox.mark(state, state.uids)
    assert dovecot.messages(PRIVACY) == [mail(1)]
    assert [message.raw for message in fetch_all(mailbox)] == [mail(1)]
    assert caplog.text.count("the ledger alone knows") == 1


def test_marking_what_is_gone_is_no_failure(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """A mark may come late, or a second time after a crash."""
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox(done_folder="Verwerkt")
    state = mailbox.look("INBOX")
    mailbox.mark(state, state.uids)
    mailbox.mark(state, state.uids)
    mailbox.mark(state, ())
    assert dovecot.messages(PRIVACY, "Verwerkt") == [mail(1)]


def test_folders_are_named_as_people_read_them(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """Folder names on the wire are modified UTF-7; nobody can read that."""
    with dovecot.session(PRIVACY) as imap:
        imap.create_folder("Ouders & Çocuk")
    assert sorted(open_mailbox().folders()) == ["INBOX", "Junk", "Ouders & Çocuk"]


def test_a_folder_that_does_not_exist_is_said(open_mailbox: OpenMailbox) -> None:
    """A typing mistake in the settings does not look like an empty folder."""
    mailbox = open_mailbox()
    with pytest.raises(MailboxUnavailable):
        mailbox.look("Inboks")
    assert mailbox.look("INBOX").uids == ()


def test_a_refused_token_is_for_a_person_to_look_at(open_mailbox: OpenMailbox) -> None:
    """With a source of tokens the password is not tried, and a refusal is a refusal."""
    address = open_mailbox()._address
    mailbox = ImapMailbox(address, token=lambda: "expired")
    with pytest.raises(MailboxRefused):
        mailbox.look("INBOX")
    mailbox.close()


def test_a_token_source_that_is_down_is_waited_for(open_mailbox: OpenMailbox) -> None:
    """The sign-in server may be away for a while, as any server."""

    def away() -> str:
        raise ConnectionRefusedError

    mailbox = ImapMailbox(open_mailbox()._address, token=away)
    with pytest.raises(MailboxUnavailable) as failure:
        mailbox.look("INBOX")
    assert not isinstance(failure.value, MailboxRefused)
    mailbox.close()


def test_idle_wakes_up_when_a_mail_comes_in(mail_host: MailHost, open_mailbox: OpenMailbox) -> None:
    """A parent has an acknowledgement within a minute because nobody waits for a poll."""
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    later = threading.Timer(0.3, mail_host.send, ("anna@example.nl", PRIVACY, mail(1)))
    later.start()
    began = time.monotonic()
    assert mailbox.wait("INBOX", 30)
    assert time.monotonic() - began < 10
    later.join()
    assert mailbox.look("INBOX").uids == (1,)


def test_waiting_without_news_ends_in_time(open_mailbox: OpenMailbox) -> None:
    """Silence is no news, and does not last longer than asked for."""
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    began = time.monotonic()
    assert not mailbox.wait("INBOX", 0.4)
    assert 0.4 <= time.monotonic() - began < 3


def test_mail_that_came_between_looking_and_waiting_is_news(
    dovecot: Dovecot, open_mailbox: OpenMailbox
) -> None:
    """A server tells of an arrival once, perhaps while another command runs."""
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox(done_folder="Verwerkt")
    state = mailbox.look("INBOX")
    dovecot.append(PRIVACY, mail(2))
    mailbox.mark(state, state.uids)
    mailbox.look("Junk")
    assert mailbox.wait("INBOX", 30)


def test_the_robots_own_marks_are_no_news(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """Moving mail away does not wake up whoever moved it."""
    dovecot.append(PRIVACY, mail(1))
    mailbox = open_mailbox(done_folder="Verwerkt")
    state = mailbox.look("INBOX")
    mailbox.mark(state, state.uids)
    assert not mailbox.wait("INBOX", 0.4)


def test_without_idle_the_wait_is_just_a_wait(dovecot: Dovecot, open_mailbox: OpenMailbox) -> None:
    """Servers without IDLE are polled."""
    dovecot.user(PRIVACY, imap_capability="IMAP4rev1")
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    assert not mailbox.wait("INBOX", 0.3)


@pytest.mark.parametrize("capability", ["IMAP4rev1 IDLE", "IMAP4rev1"])
def test_closing_ends_a_wait(dovecot: Dovecot, open_mailbox: OpenMailbox, capability: str) -> None:
    """The robot stops when it is asked to, not four minutes later."""
    dovecot.user(PRIVACY, imap_capability=capability)
    mailbox = open_mailbox()
    mailbox.look("INBOX")
    closing = threading.Timer(0.3, mailbox.close)
    closing.start()
    began = time.monotonic()
    assert not mailbox.wait("INBOX", 60)
    closing.join()
    assert time.monotonic() - began < 5
    with pytest.raises(MailboxUnavailable):
        mailbox.look("INBOX")


def test_a_connection_cut_during_idle_is_noticed(
    dovecot: Dovecot, open_mailbox: OpenMailbox, cutting_proxy: NewProxy
) -> None:
    """Waiting on a dead connection would be waiting for ever."""
    proxy = cutting_proxy(dovecot.imap_port)
    mailbox = open_mailbox(port=proxy.port)
    mailbox.look("INBOX")
    cut = threading.Timer(0.3, proxy.cut)
    cut.start()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait("INBOX", 60)
    cut.join()
    assert mailbox.look("INBOX").uids == ()


def test_a_mail_from_outside_shows_who_it_was_sent_to(
    mail_host: MailHost, open_mailbox: OpenMailbox
) -> None:
    """The case's own address, written by our servers, is what files a follow-up."""
    mail_host.send("anna@example.nl", "privacy+SIPOR-2026-000001@sipor.nl", mail(1))
    mail_host.wait_for(PRIVACY, 1)
    before = datetime.now(UTC) - timedelta(minutes=1)
    (message,) = fetch_all(open_mailbox())
    assert b"Delivered-To: privacy+SIPOR-2026-000001@sipor.nl\r\n" in message.raw
    assert before < message.received <= datetime.now(UTC) + timedelta(seconds=1)
