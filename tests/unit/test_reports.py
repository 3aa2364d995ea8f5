"""Delivery reports are recognised, with whom they concern and whether it is for good."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.mail import Bounce, Mail
from mailbot.domain.parsing import parse

MAILS = Path(__file__).parent.parent / "mails"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def of(text: str) -> Mail:
    return parse(text.encode(), NOW, Texts())


@pytest.mark.parametrize(
    ("name", "bounce"),
    [
        ("bounce_report", Bounce(("weg@example.nl",), permanent=True)),
        ("bounce_delayed", Bounce(("traag@example.nl",), permanent=False)),
        ("bounce_words", Bounce(("weg@example.nl",), permanent=True)),
        ("about_a_bounce", None),
        ("read_receipt", None),
        ("reply_gmail_nl", None),
    ],
)
def test_whole_mails_are_told_apart(name: str, bounce: Bounce | None) -> None:
    """A letter that bounced counts as not delivered; a person who writes about one is a person."""
    assert parse((MAILS / f"{name}.eml").read_bytes(), NOW, Texts()).bounce == bounce


def test_a_delivered_letter_is_reported_without_alarm() -> None:
    """RFC 3464 reports success as well."""
    mail = of(
        "From: MAILER-DAEMON@mx.example\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Final-Recipient: rfc822; a@example.nl\nAction: delivered\nStatus: 2.0.0\n--b--\n"
    )
    assert mail.bounce == Bounce(("a@example.nl",), permanent=False)


def test_only_the_recipients_that_failed_are_named() -> None:
    """Of two recipients one may have been reached."""
    mail = of(
        "From: MAILER-DAEMON@mx.example\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; a@example.nl\nAction: failed\nStatus: 5.1.1\n\n"
        "Final-Recipient: rfc822; b@example.nl\nAction: relayed\nStatus: 2.0.0\n--b--\n"
    )
    assert mail.bounce == Bounce(("a@example.nl",), permanent=True)


def test_exims_field_is_enough() -> None:
    """Exim and Gmail name the failed recipients in a field."""
    mail = of("From: a@example.nl\nX-Failed-Recipients: Weg@Example.nl\nSubject: x\n\nx")
    assert mail.bounce == Bounce(("weg@example.nl",), permanent=True)


def test_a_complaint_is_a_report_that_stops_nothing() -> None:
    """RFC 5965: the recipient pressed the spam button."""
    mail = of(
        "From: fbl@example.nl\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        "--b\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\nOriginal-Rcpt-To: a@example.nl\n--b--\n"
    )
    assert mail.bounce == Bounce(("a@example.nl",), permanent=False)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Undeliverable: x", "Recipient not found: weg@example.nl"),
        ("failure notice", "<weg@example.nl>: user unknown"),
        ("Unzustellbar: x", "weg@example.nl konnte nicht zugestellt werden"),
        ("Non remis : x", "weg@example.nl n'a pas pu être remis"),
        ("Returned Mail: User unknown", "weg@example.nl [User unknown]"),
    ],
)
def test_reports_in_words_alone_are_read(subject: str, words: str) -> None:
    """Half of all mail servers send no RFC 3464 part."""
    mail = of(f'From: "Mail" <MAILER-DAEMON>\nReturn-Path: <>\nSubject: {subject}\n\n{words}\n')
    assert mail.bounce == Bounce(("weg@example.nl",), permanent=True)


def test_a_forwarded_bounce_is_a_persons_mail() -> None:
    """A colleague who asks about a bounce wants an answer."""
    mail = of(
        "From: Els <els@school.example>\nSubject: Fwd: Undeliverable: x\n\n"
        "Wat nu?\n\n-----Original Message-----\n550 5.1.1 user unknown\n"
    )
    assert mail.bounce is None


def test_a_report_from_nobody_leaves_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The second reader would log a traceback, and addresses with it."""
    mail = of("Return-Path: <>\nSubject: failure notice\n\nuser unknown: <weg@example.nl>\n")
    assert mail.bounce == Bounce(("weg@example.nl",), permanent=True)
    assert caplog.text == ""
