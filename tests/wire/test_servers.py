"""The test servers are real, and keep what other tests rely on."""

from tests.servers.fixtures import MailHost
from tests.servers.postgres import Postgres

MAIL = b"From: anna@example.nl\r\nTo: privacy@sipor.nl\r\nSubject: Inzage\r\n\r\nGraag inzage.\r\n"


def test_a_mail_goes_through_postfix_into_a_mailbox_of_dovecot(mail_host: MailHost) -> None:
    """Plus-addressed mail reaches the mailbox and shows its envelope recipient."""
    mail_host.user("privacy@sipor.nl")
    mail_host.send("anna@example.nl", "privacy+SIPOR-2026-000001@sipor.nl", MAIL)
    (found,) = mail_host.wait_for("privacy@sipor.nl", 1)
    assert b"Delivered-To: privacy+SIPOR-2026-000001@sipor.nl\r\n" in found
    assert b"Return-Path: <anna@example.nl>\r\n" in found


def test_our_own_mx_states_the_authentication_a_test_asks_for(mail_host: MailHost) -> None:
    """Tests of verified senders need results written by our own MX."""
    mail_host.user("privacy@sipor.nl")
    mail_host.send(
        "anna@example.nl", "privacy@sipor.nl", b"X-Test-Authentication: dmarc=pass\r\n" + MAIL
    )
    (found,) = mail_host.wait_for("privacy@sipor.nl", 1)
    assert b"Authentication-Results: mx.mailbot.example; dmarc=pass\r\n" in found


def test_mail_to_an_unknown_address_comes_back_as_a_delivery_report(mail_host: MailHost) -> None:
    """A bounce goes to the signed return path with a null sender (RFC 3464)."""
    mail_host.user("bounce@sipor.nl")
    mail_host.send("bounce+signed@sipor.nl", "moved@example.nl", MAIL)
    (found,) = mail_host.wait_for("bounce@sipor.nl", 1)
    assert b"Return-Path: <>\r\n" in found
    assert b"Delivered-To: bounce+signed@sipor.nl\r\n" in found
    assert b"Action: failed\r\n" in found


def test_a_user_made_again_has_an_empty_mailbox(mail_host: MailHost) -> None:
    """Tests share one Dovecot and may not see each other's mail."""
    mail_host.user("privacy@sipor.nl")
    mail_host.dovecot.deliver("privacy@sipor.nl", MAIL)
    assert len(mail_host.wait_for("privacy@sipor.nl", 1)) == 1
    mail_host.user("privacy@sipor.nl")
    assert mail_host.dovecot.messages("privacy@sipor.nl") == []


def test_mail_waits_in_the_queue_while_the_mailboxes_are_down(mail_host: MailHost) -> None:
    """Postfix keeps what Dovecot cannot take, and delivers it once."""
    mail_host.user("privacy@sipor.nl")
    mail_host.dovecot.stop()
    mail_host.send("anna@example.nl", "privacy@sipor.nl", MAIL)
    assert len(mail_host.postfix.queue()) == 1
    mail_host.dovecot.start()
    assert len(mail_host.wait_for("privacy@sipor.nl", 1)) == 1


def test_every_database_is_new_and_empty(postgres: Postgres) -> None:
    """Tests share one PostgreSQL and may not see each other's rows."""
    first, second = postgres.database(), postgres.database()
    assert first != second
    name = second.rpartition("/")[2]
    tables = postgres.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", name)
    assert tables == []


def test_a_killed_server_comes_back_with_what_was_committed(durable_postgres: Postgres) -> None:
    """Where durability is tested the server keeps a commit through a power cut."""
    name = durable_postgres.database().rpartition("/")[2]
    durable_postgres.execute("CREATE TABLE kept (n int)", name)
    durable_postgres.execute("INSERT INTO kept VALUES (7)", name)
    durable_postgres.kill()
    durable_postgres.start()
    assert durable_postgres.execute("SELECT n FROM kept", name) == [(7,)]
