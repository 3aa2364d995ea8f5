"""What a colleague sent on: who wrote it first and when, in the words of the mail programs."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailbot.adapters.texts import Texts
from mailbot.domain.forwarded import is_passed_on, traced
from mailbot.domain.moments import read_moment
from mailbot.domain.parsing import parse

HOME = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 2, 9, 10, tzinfo=HOME)
NOW = datetime(2026, 11, 6, 8, tzinfo=UTC)
OURS = frozenset({"sipor.nl"})


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("maandag 2 november 2026 09:10", AT),
        ("ma 2 nov 2026 om 09:10", AT),
        ("Mon, Nov 2, 2026 at 9:10 AM", AT),
        ("11/2/2026 9:10 AM", AT),
        ("Montag, 2. November 2026 09:10", AT),
        ("lundi 2 novembre 2026 09:10", AT),
        ("2 Kasım 2026 Pazartesi 09:10", AT),
        ("poniedziałek, 2 listopada 2026 09:10", AT),
        ("٢ نوفمبر ٢٠٢٦ ٩:١٠", AT),
        ("02.11.2026 09:10", AT),
        ("2026-11-02 09:10:33", AT),
        ("2/11/2026", date(2026, 11, 2)),
        ("Op 2 november 2026 schreef", date(2026, 11, 2)),
        ("31 februari 2026", None),
        ("tot morgen", None),
    ],
)
def test_the_date_above_a_forward_is_read_as_programs_write_it(
    line: str, moment: datetime | date | None
) -> None:
    """Seven languages, two orders of month and day, and nothing where no whole date stands."""
    assert moment == read_moment(line)


def _mail(text: str, *, sender: str = "directie@sipor.nl", subject: str = "Fwd: Dossier") -> bytes:
    head = f"From: Directie <{sender}>\nTo: privacy@sipor.nl\nSubject: {subject}\n"
    head += "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    return f"{head}\n{text}\n".replace("\n", "\r\n").encode()


FORMS = {
    "gmail nl": """---------- Forwarded message ---------
Van: Marieke Visser <m@visser.test>
Date: ma 2 nov 2026 om 09:10
Subject: Dossier
To: <directie@sipor.nl>
""",
    "apple nl": """Begin doorgestuurd bericht:

Van: Marieke Visser <m@visser.test>
Onderwerp: Dossier
Datum: 2 november 2026 om 09:10:00 CET
Aan: directie@sipor.nl
""",
    "outlook nl": """Van: Marieke Visser <m@visser.test>
Verzonden: maandag 2 november 2026 09:10
Aan: Directie
Onderwerp: Dossier
""",
    "outlook en, a word above": """For you?

From: Marieke Visser [mailto:m@visser.test]
Sent: Monday, November 2, 2026 9:10 AM
To: Directie
Subject: Dossier
""",
    "outlook de": """Von: Marieke Visser <m@visser.test>
Gesendet: Montag, 2. November 2026 09:10
An: Directie
Betreff: Dossier
""",
    "outlook fr": """De : Marieke Visser <m@visser.test>
Envoyé : lundi 2 novembre 2026 09:10
À : Directie
Objet : Dossier
""",
    "outlook tr": """Kimden: Marieke Visser <m@visser.test>
Gönderildi: 2 Kasım 2026 Pazartesi 09:10
Kime: Directie
Konu: Dossier
""",
    "outlook pl": """Od: Marieke Visser <m@visser.test>
Wysłano: poniedziałek, 2 listopada 2026 09:10
Do: Directie
Temat: Dossier
""",
    "gmail ar": """---------- Forwarded message ---------
من: Marieke Visser <m@visser.test>
التاريخ: ٢ نوفمبر ٢٠٢٦ ٩:١٠
الموضوع: Dossier
إلى: directie@sipor.nl
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_first_writer_is_traced_in_the_form_of_each_program(form: str) -> None:
    """The officer sees a name and a day to ask the colleague about (reglement 8.9.2b)."""
    text = f"{FORMS[form]}\nIk wil graag het dossier van mijn dochter inzien.\n"
    mail = parse(_mail(text), NOW, Texts())
    assert is_passed_on(mail, OURS)
    found = traced(mail, OURS)
    assert found is not None and found.sender is not None
    assert ("m@visser.test", AT, False) == (found.sender.address, found.sent, found.attached)


def test_an_attached_mail_says_who_wrote_it_by_its_own_fields() -> None:
    """Whatever was typed around it."""
    inner = (
        "From: Marieke <m@visser.test>\nDate: Mon, 2 Nov 2026 09:10:00 +0100\nSubject: Dossier\n"
    )
    raw = (
        "From: Directie <directie@sipor.nl>\nTo: privacy@sipor.nl\nSubject: Dossier\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nZie bijlage.\n"
        f"--b\nContent-Type: message/rfc822\n\n{inner}\nGraag inzage.\n--b--\n"
    )
    mail = parse(raw.replace("\n", "\r\n").encode(), NOW, Texts())
    found = traced(mail, OURS)
    assert is_passed_on(mail, OURS)
    assert found is not None and found.sender is not None
    assert ("m@visser.test", AT, True) == (found.sender.address, found.sent, found.attached)


def test_a_mail_through_two_colleagues_names_the_parent_and_not_the_first_colleague() -> None:
    """The secretary had it from the teacher, who had it from the mother."""
    teacher = "Van: Juf <juf@sipor.nl>\nVerzonden: dinsdag 3 november 2026 10:00\nAan: Office\n"
    mail = parse(
        _mail(f"{teacher}\nZie onder.\n\n{FORMS['outlook nl']}\nGraag inzage."), NOW, Texts()
    )
    found = traced(mail, OURS)
    assert found is not None and found.sender is not None
    assert "m@visser.test" == found.sender.address


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("vader@gezin.test", "Fwd: Dossier", FORMS["gmail nl"] + "\nGraag inzage."),
        ("directie@sipor.nl", "Vraag", "Mag ik mijn eigen dossier inzien?"),
        ("directie@sipor.nl.evil.test", "Fwd: Dossier", FORMS["gmail nl"] + "\nGraag inzage."),
    ],
)
def test_a_parents_forward_and_a_colleagues_own_request_are_none(
    sender: str, subject: str, text: str
) -> None:
    """Whoever writes for themselves is the requester, and is acknowledged."""
    assert not is_passed_on(parse(_mail(text, sender=sender, subject=subject), NOW, Texts()), OURS)
