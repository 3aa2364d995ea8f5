"""Automatic mail is recognised and never answered; people's mail is never taken for automatic."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.mail import Mail
from mailbot.domain.manners import may_acknowledge
from mailbot.domain.parsing import parse

MAILS = Path(__file__).parent.parent / "mails"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN = ("privacy@school.example",)


def named(name: str) -> Mail:
    return parse((MAILS / f"{name}.eml").read_bytes(), NOW, Texts())


def with_field(field: str, sender: str = "Anna <anna@example.nl>", subject: str = "vraag") -> Mail:
    raw = f"From: {sender}\nSubject: {subject}\n{field}\n\nGraag inzage.".replace("\n\n\n", "\n\n")
    return parse(raw.encode(), NOW, Texts())


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("X-Mailbot-Letter: ack", "own_letter"),
        ("Message-ID: <mailbot.7kq.abcdefghijklmnop@sipor.nl>", "own_letter"),
        ("Message-ID: <1@sipor.nl>", None),
        ("Auto-Submitted: auto-replied", "auto_replied"),
        ("Auto-Submitted: auto-generated (vacation)", "auto_generated"),
        ("Auto-Submitted: auto-notified; x=y", "auto_submitted"),
        ("Precedence: auto_reply", "auto_reply_header"),
        ("X-Autoreply: yes", "auto_reply_header"),
        ("X-Autorespond: vraag", "auto_reply_header"),
        ("Return-Path: <>", "null_sender"),
        ("Precedence: bulk", "list"),
        ("List-Unsubscribe: <https://x.example>", "list"),
        ("Auto-Submitted: no", None),
        ("X-Auto-Response-Suppress: All", None),
        ("X-Autoreply: no", None),
        ("", None),
    ],
)
def test_each_field_has_its_reason(field: str, reason: str | None) -> None:
    """The reason is kept, so that a person sees why nothing was answered."""
    assert with_field(field).automatic == reason


@pytest.mark.parametrize(
    "subject",
    [
        "Automatisch antwoord: vraag",
        "Out of office",
        "Automatic reply: your request",
        "Abwesenheitsnotiz",
        "Réponse automatique : question",
        "Otomatik yanıt: soru",
        "رد تلقائي: سؤال",
        "[Automatyczna odpowiedź] pytanie",
        "Re: vraag (Automatic Response)",
        "Автоматический ответ",
    ],
)
def test_autoresponders_are_known_by_their_subject(subject: str) -> None:
    """Many set no header at all."""
    field = "X-Auto-Response-Suppress: All"
    assert with_field(field, subject=subject).automatic == "absence"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatisch antwoord: inzage",
        "Afwezig: Sem groep 5",
        "Afwezigheid dinsdag",
        "Absence de Sem",
        "Ontvangstbevestiging gevraagd",
        "Op vakantie buiten de schoolvakantie",
        "Automatische incasso ouderbijdrage",
        "Auto: te hard gereden voor school",
    ],
)
def test_a_parents_subject_is_not_an_autoresponders(subject: str) -> None:
    """Parents report absences with the same words; a request must not be lost over it."""
    assert with_field("", subject=subject).automatic is None


@pytest.mark.parametrize(
    "sender", ["noreply@example.nl", "no-reply+7@example.nl", "Mailer-Daemon@example.nl"]
)
def test_nobody_reads_what_is_sent_to_a_robot(sender: str) -> None:
    """An answer there starts a loop or comes back."""
    assert with_field("", sender=sender).automatic == "no_reply_sender"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("child_absent", None),
        ("answer_to_out_of_office", None),
        ("about_a_bounce", None),
        ("forward_bare", None),
        ("discussion_list", None),
        ("newsletter", "list"),
        ("out_of_office_nl", "absence"),
        ("read_receipt", "read_receipt"),
        ("web_form", "auto_generated"),
        ("bounce_report", "delivery_report"),
    ],
)
def test_whole_mails_are_told_apart(name: str, reason: str | None) -> None:
    """People's mail taken for automatic: none."""
    assert named(name).automatic == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("reply_gmail_nl", None),
        ("bounce_report", "bounce"),
        ("web_form", "auto_generated"),
        ("discussion_list", "list"),
        ("two_froms", "ambiguous_sender"),
        ("ambiguous_sender", "ambiguous_sender"),
    ],
)
def test_who_may_be_acknowledged(name: str, reason: str | None) -> None:
    """RFC 3834, and nobody whose address is in doubt."""
    assert may_acknowledge(named(name), OWN) == reason


def test_our_own_address_is_never_acknowledged() -> None:
    """Two mailboxes of one board would greet each other for ever."""
    mail = with_field("", sender="Privacy@School.example")
    assert may_acknowledge(mail, OWN) == "own_letter"


def test_a_mail_from_nobody_is_not_acknowledged() -> None:
    """There is no address to write to."""
    mail = parse(b"Subject: x\n\nhallo", NOW, Texts())
    assert may_acknowledge(mail, OWN) == "no_sender"
