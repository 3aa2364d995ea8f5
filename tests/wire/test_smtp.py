"""Letters on the wire: one kept connection, and every answer understood for what it means."""

import asyncio
import gc
import logging
import warnings
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from mailbot.adapters.smtp import SmtpPostman
from mailbot.adapters.smtp_session import PostOffice
from mailbot.domain.errors import LetterRefused, PostOfficeUnavailable, SettingsWrong
from mailbot.domain.ports import Envelope, Receipt
from tests.servers.cutting_proxy import CuttingProxy
from tests.servers.fixtures import MailHost
from tests.servers.loopback import eventually
from tests.servers.sink import Sink

LETTER = (
    b"From: Privacy <privacy@sipor.nl>\r\nTo: anna@example.nl\r\n"
    b"Date: Sun, 22 Nov 2026 09:00:00 +0100\r\nMessage-ID: <1@sipor.nl>\r\nSubject: Ontvangen\r\n\r\nBeste Anna,\r\n.\r\n..twee\r\n"
)
ENVELOPE = Envelope("bounce+x@sipor.nl", "anna@example.nl")
Answer = TypeVar("Answer")


def office(sink: Sink, **changes: object) -> PostOffice:
    settings: dict[str, object] = {
        "host": "localhost",
        "port": sink.port,
        "security": "starttls",
        "ca_file": str(sink.ca_file),
        "ehlo_name": "robot.example",
        "timeout": 5.0,
        "data_timeout": 5.0,
    }
    return PostOffice(**{**settings, **changes})  # type: ignore[arg-type]


def with_postman(where: PostOffice, story: Callable[[SmtpPostman], Awaitable[Answer]]) -> Answer:
    async def told() -> Answer:
        postman = SmtpPostman(where)
        try:
            return await story(postman)
        finally:
            await postman.close()

    return asyncio.run(told())


def send(where: PostOffice, times: int = 1, envelope: Envelope = ENVELOPE) -> list[Receipt]:
    async def story(postman: SmtpPostman) -> list[Receipt]:
        return [await postman.send(envelope, LETTER) for _ in range(times)]

    return with_postman(where, story)


def outcomes(where: PostOffice, count: int) -> list[object]:
    """Send the same letter *count* times over one postman and tell what became of each."""

    async def story(postman: SmtpPostman) -> list[object]:
        told: list[object] = []
        for _ in range(count):
            try:
                told.append((await postman.send(ENVELOPE, LETTER)).code)
            except LetterRefused as error:
                told.append((error.permanent, error.code))
            except PostOfficeUnavailable:
                told.append("unavailable")
        return told

    return with_postman(where, story)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_bytes_arrive_as_they_were_frozen(sink: Sink, security: str) -> None:
    """What the receiver gets is byte for byte the letter in the outbox, dots included."""
    port = sink.tls_port if security == "tls" else sink.port
    (receipt,) = send(office(sink, security=security, port=port))
    (letter,) = sink.letters
    assert receipt == Receipt(250, "2.0.0 OK queued")
    assert letter.content == LETTER
    assert (letter.sender, letter.recipients) == ("bounce+x@sipor.nl", ("anna@example.nl",))
    assert letter.encrypted


def test_a_hundred_letters_take_one_connection(sink: Sink) -> None:
    """The connection is kept, which doubles the letters a second."""
    send(office(sink), 100)
    assert len(sink.letters) == 100
    assert sink.connections == 1


def test_the_connection_is_renewed_after_its_number_of_letters(sink: Sink) -> None:
    """Servers limit the letters of one connection; we say goodbye before they hang up."""
    send(office(sink, letters_per_connection=10), 25)
    assert len(sink.letters) == 25
    assert sink.connections == 3
    assert sink.commands.count("QUIT") == 3


def test_a_connection_idle_for_too_long_is_opened_anew(sink: Sink) -> None:
    """A silent connection may be dead without anybody having said so."""
    assert outcomes(office(sink, idle_seconds=0.0), 3) == [250, 250, 250]
    assert sink.connections == 3


def test_a_kept_connection_the_server_has_cut_costs_no_letter(sink: Sink) -> None:
    """Idle connections are cut by servers; the next letter goes over a new one."""

    async def story(postman: SmtpPostman) -> None:
        await postman.send(ENVELOPE, LETTER)
        await asyncio.to_thread(sink.cut)
        await postman.send(ENVELOPE, LETTER)

    with_postman(office(sink), story)
    assert len(sink.letters) == 2
    assert sink.connections == 2


def test_a_connection_cut_while_nobody_looked_costs_no_letter(sink: Sink) -> None:
    """Between two rounds of the outbox its event loop stands still and hears of nothing."""
    with asyncio.Runner() as rounds:
        postman = SmtpPostman(office(sink))
        for _ in range(3):
            assert rounds.run(postman.send(ENVELOPE, LETTER)).code == 250
            sink.cut()
        rounds.run(postman.close())
    assert (len(sink.letters), sink.connections) == (3, 3)


def test_a_goodbye_421_on_the_kept_connection_costs_no_letter(sink: Sink) -> None:
    """A server may end a kept connection with 421 at the next MAIL (RFC 5321, 3.8)."""

    async def story(postman: SmtpPostman) -> None:
        await postman.send(ENVELOPE, LETTER)
        sink.answer("421 4.7.0 Enough for one connection", at="MAIL", times=1)
        await postman.send(ENVELOPE, LETTER)

    with_postman(office(sink), story)
    assert len(sink.letters) == 2
    assert sink.connections == 2


@pytest.mark.parametrize(
    ("code", "at", "permanent"),
    [
        ("451 4.7.1 Greylisted", "RCPT", False),
        ("452 4.2.2 Mailbox full", "RCPT", False),
        ("450 4.1.8 Sender not checked yet", "MAIL", False),
        ("451 4.3.0 Local error", "DATA", False),
        ("550 5.1.1 No such user", "RCPT", True),
        ("550 5.7.1 Sender not allowed", "MAIL", True),
        ("552 5.3.4 Too large", "MAIL", True),
        ("554 5.7.1 Refused", "DATA", True),
    ],
)
def test_an_answer_about_the_letter_is_for_now_or_for_good(
    sink: Sink, code: str, at: str, permanent: bool
) -> None:
    """4xx means the same bytes later, 5xx never (faults 22 and 23); the next letter still goes."""
    sink.answer(code, at=at, times=1)
    assert outcomes(office(sink), 2) == [(permanent, int(code[:3])), 250]
    assert len(sink.letters) == 1
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("code", "at"),
    [
        ("421 4.3.2 Shutting down", "RCPT"),
        ("421 4.3.2 Shutting down", "DATA"),
        ("530 5.7.0 Authentication required", "MAIL"),
        ("503 5.5.1 Bad sequence", "RCPT"),
        ("554 5.3.2 Not today", "CONNECT"),
        ("421 4.7.0 Too many connections", "CONNECT"),
    ],
)
def test_an_answer_about_ourselves_lets_every_letter_wait(sink: Sink, code: str, at: str) -> None:
    """Where no letter is to blame, no letter counts as refused."""
    sink.answer(code, at=at, times=1)
    assert outcomes(office(sink), 2) == ["unavailable", 250]
    assert len(sink.letters) == 1


def test_any_answer_of_success_is_success(sink: Sink) -> None:
    """A letter taken with another 2xx than 250 must not be sent again."""
    sink.answer("251 2.1.5 Will forward", at="DATA")
    assert outcomes(office(sink), 1) == [251]


def test_a_refused_recipient_does_not_touch_the_others(sink: Sink) -> None:
    """Recipients are one a letter, so a refusal has one address to be about."""
    sink.refuse("gone@example.nl")

    async def story(postman: SmtpPostman) -> None:
        with pytest.raises(LetterRefused) as refusal:
            await postman.send(Envelope("b@sipor.nl", "gone@example.nl"), LETTER)
        assert refusal.value.permanent
        await postman.send(ENVELOPE, LETTER)

    with_postman(office(sink), story)
    assert [letter.recipients for letter in sink.letters] == [("anna@example.nl",)]


def test_a_connection_lost_in_the_middle_of_a_letter_lets_it_wait(sink: Sink) -> None:
    """Half a letter is no letter: the same bytes go again later."""
    sink.drop_in_body()
    assert outcomes(office(sink), 2) == ["unavailable", 250]
    assert [letter.content for letter in sink.letters] == [LETTER]


def test_a_lost_last_answer_lets_the_letter_wait(sink: Sink) -> None:
    """The one possible repetition is of identical bytes (fault 21)."""
    sink.take_and_drop()
    assert outcomes(office(sink), 2) == ["unavailable", 250]
    assert [letter.content for letter in sink.letters] == [LETTER, LETTER]


def test_a_connection_lost_after_the_last_answer_is_no_failure(sink: Sink) -> None:
    """The server has taken the letter; sending it again would be our mistake."""
    sink.answer_and_drop()
    assert outcomes(office(sink), 2) == [250, 250]
    assert len(sink.letters) == 2


@pytest.mark.parametrize("step", ["CONNECT", "MAIL", "RCPT", "BODY", "DATA"])
def test_a_silent_server_is_given_up_at_every_step(sink: Sink, step: str) -> None:
    """No step waits for ever, and the next letter begins on a new connection."""
    sink.hang(at=step, times=1)
    assert outcomes(office(sink, timeout=1.0, data_timeout=1.0), 2) == ["unavailable", 250]
    assert sink.connections == 2


def test_a_server_that_is_down_for_a_while_is_found_again(sink: Sink) -> None:
    """Every letter waits while nobody answers, and goes when somebody does."""

    async def story(postman: SmtpPostman) -> None:
        await postman.send(ENVELOPE, LETTER)
        await asyncio.to_thread(sink.close)
        for _ in range(2):
            with pytest.raises(PostOfficeUnavailable):
                await postman.send(ENVELOPE, LETTER)
        await asyncio.to_thread(sink.open)
        await postman.send(ENVELOPE, LETTER)

    with_postman(office(sink), story)
    assert len(sink.letters) == 2


def test_a_cancelled_letter_leaves_no_half_conversation(sink: Sink) -> None:
    """After a cancelled send the next letter gets its own answers, not the old ones."""
    sink.hang(at="RCPT", times=1)

    async def story(postman: SmtpPostman) -> int:
        sending = asyncio.create_task(postman.send(ENVELOPE, LETTER))
        assert await asyncio.to_thread(eventually, 10, lambda: "RCPT" in sink.commands)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        return (await postman.send(ENVELOPE, LETTER)).code

    assert with_postman(office(sink), story) == 250
    assert len(sink.letters) == 1


def test_letters_sent_at_once_take_turns(sink: Sink) -> None:
    """One connection carries one conversation."""

    async def story(postman: SmtpPostman) -> None:
        await asyncio.gather(*(postman.send(ENVELOPE, LETTER) for _ in range(20)))

    with_postman(office(sink), story)
    assert len(sink.letters) == 20
    assert sink.connections == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_untrusted_certificate_is_refused(sink: Sink, security: str) -> None:
    """Without a certificate we can verify nothing leaves this machine."""
    port = sink.tls_port if security == "tls" else sink.port
    assert outcomes(office(sink, security=security, port=port, ca_file=None), 1) == ["unavailable"]
    assert sink.commands == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_name_is_refused(sink: Sink, security: str) -> None:
    """A trusted certificate of somebody else is no certificate."""
    port = sink.tls_port if security == "tls" else sink.port
    elsewhere = office(sink, security=security, port=port, host="127.0.0.2")
    # The sink listens on 127.0.0.1 only, so a proxy lends it the other address.
    proxy = CuttingProxy(port, host="127.0.0.2")
    try:
        lent = office(sink, security=security, port=proxy.port, host=elsewhere.host)
        assert outcomes(lent, 1) == ["unavailable"]
        assert proxy.connections == 1
        assert sink.commands == []
    finally:
        proxy.remove()


def test_a_server_without_starttls_gets_nothing(sink: Sink) -> None:
    """Somebody who removes STARTTLS from the conversation does not make us speak openly."""
    sink.offers_starttls = False
    assert outcomes(office(sink), 1) == ["unavailable"]
    assert sink.commands == []


@pytest.mark.parametrize("host", ["smtp.example.nl", "192.0.2.1", "localhost.example.nl", ""])
def test_plain_text_is_for_loopback_only(host: str) -> None:
    """Letters about children never cross a network unencrypted (GDPR 32)."""
    with pytest.raises(SettingsWrong, match=r"smtp\.security"):
        PostOffice(host=host, port=25, security="none")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "127.8.8.8"])
def test_plain_text_on_loopback_is_allowed(host: str) -> None:
    """A mail server on the same machine needs no certificate."""
    assert PostOffice(host=host, port=25, security="none").host == host


def test_plain_text_works_where_it_is_allowed(sink: Sink) -> None:
    """The demo and a local relay speak without TLS."""
    assert outcomes(office(sink, security="none"), 1) == [250]
    assert not sink.letters[0].encrypted


def test_signing_in_with_a_password(sink: Sink) -> None:
    """The right password is accepted, and only after TLS."""
    assert outcomes(office(sink, user=sink.user, password=sink.password), 1) == [250]


def test_a_refused_password_lets_every_letter_wait_and_shows_nothing(
    sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong password is nobody's letter's fault, and is not written anywhere."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(PostOfficeUnavailable, match="535") as refusal:
        send(office(sink, user=sink.user, password="wrong-secret"))
    assert "wrong-secret" not in str(refusal.value) + caplog.text + repr(
        office(sink, password="wrong-secret")
    )


def test_a_refused_sign_in_leaves_no_connection_behind(sink: Sink) -> None:
    """Cut at once: a polite end over TLS would outlive the event loop it was begun in."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(20):
            with pytest.raises(PostOfficeUnavailable, match="535"):
                send(office(sink, user=sink.user, password="wrong-secret"))
        gc.collect()
    assert not [str(warning.message) for warning in told]


def test_an_address_in_utf8_is_sent_as_such(sink: Sink) -> None:
    """A parent called José may write and be answered at josé@example.nl (RFC 6531)."""
    send(office(sink), envelope=Envelope("b@sipor.nl", "josé@example.nl"))
    (letter,) = sink.letters
    assert letter.recipients == ("josé@example.nl",)
    assert "SMTPUTF8" in letter.options


def test_an_address_in_utf8_is_refused_where_the_server_cannot(sink: Sink) -> None:
    """Nobody retries for ever what this server can never carry."""
    sink.offers_utf8 = False
    with pytest.raises(LetterRefused) as refusal:
        send(office(sink), envelope=Envelope("b@sipor.nl", "josé@example.nl"))
    assert (refusal.value.permanent, refusal.value.code) == (True, 553)


@pytest.mark.parametrize(
    "address",
    [
        "anna@example.nl>\r\nRCPT TO:<eve@example.nl",
        "anna@example.nl\nRCPT TO:<eve@example.nl>",
        "anna@example.nl(c)<eve@example.nl>",
        "Anna <anna@example.nl>",
        "anna@example.nl, eve@example.nl",
        "anna@example.nl\x1c",
        "anna@example.nl\u2028",
        "anna\udce9@example.nl",
        "anna",
        "",
    ],
)
def test_an_address_goes_on_the_wire_as_it_is_or_not_at_all(sink: Sink, address: str) -> None:
    """Nothing is smuggled and nothing is read into a recipient (faults 15 and 16)."""
    with pytest.raises(LetterRefused) as refusal:
        send(office(sink), envelope=Envelope("b@sipor.nl", address))
    assert (refusal.value.permanent, refusal.value.code) == (True, 553)
    assert sink.commands == []


def test_the_null_return_path_stays_null(sink: Sink) -> None:
    """Some letters must never cause a bounce (RFC 3834)."""
    send(office(sink), envelope=Envelope("", "anna@example.nl"))
    assert sink.letters[0].sender == ""


def test_the_letter_says_how_large_it_is(sink: Sink) -> None:
    """A server refuses a large letter before it is carried over (RFC 1870)."""
    send(office(sink))
    assert f"SIZE={len(LETTER)}" in sink.letters[0].options


def test_a_refusal_shows_no_address(sink: Sink) -> None:
    """Servers repeat the address in their answers; our errors do not."""
    sink.answer("550 5.1.1 <anna@example.nl> unknown", at="RCPT")
    with pytest.raises(LetterRefused) as refusal:
        send(office(sink))
    assert "anna" not in str(refusal.value)
    sink.behave()
    sink.answer("421 4.3.2 <anna@example.nl> later", at="RCPT")
    with pytest.raises(PostOfficeUnavailable) as closed:
        send(office(sink))
    assert "anna" not in str(closed.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_real_postfix_takes_a_letter_to_its_mailbox(mail_host: MailHost, security: str) -> None:
    """The real thing, signed in over TLS, with its certificate verified."""
    mail_host.user("anna@example.nl")
    mail_host.user("robot@sipor.nl")
    postfix = mail_host.postfix
    where = PostOffice(
        host="localhost",
        port=postfix.tls_port if security == "tls" else postfix.port,
        user="robot@sipor.nl",
        password="correct horse battery",
        security=security,  # type: ignore[arg-type]
        ca_file=str(postfix.ca_file),
    )
    assert [receipt.code for receipt in send(where, 3)] == [250, 250, 250]
    found = mail_host.wait_for("anna@example.nl", 3)
    assert all(mail.endswith(LETTER) for mail in found)
    assert all(b"Return-Path: <bounce+x@sipor.nl>\r\n" in mail for mail in found)
