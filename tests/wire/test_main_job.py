"""The one path on real servers: a parent writes, and has an acknowledgement; people decide."""

from collections.abc import Callable
from email import message_from_bytes

from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from tests.houses import ADDRESS, TestHouse, plain_mail
from tests.servers.fixtures import MailHost

PARENT = "ouder@gezin.test"
ACCESS = "Ik wil graag weten welke gegevens jullie over mijn dochter Noor Visser hebben."


def test_a_request_ends_as_one_case_and_one_acknowledgement(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """A parent's mail becomes one case with its clock, and one letter back (reglement 8.9)."""
    mail_host.user(PARENT)
    house = new_house()
    mail_host.send(PARENT, ADDRESS, plain_mail("Inzage", ACCESS))
    mail_host.wait_for(ADDRESS, 1)

    house.round()

    (letter,) = mail_host.wait_for(PARENT, 1)
    answer = message_from_bytes(letter)
    cases = house.officer(Role.FG)[0].queue(house.officer(Role.FG)[1])
    assert len(cases) == 1
    assert cases[0].kind is Kind.ACCESS
    assert cases[0].reference in answer["Subject"] or cases[0].reference in str(letter)
    assert answer["Auto-Submitted"] == "auto-replied"
    assert house.count("mail") == 1
    assert house.count("decision") == 0
    assert mail_host.dovecot.messages(ADDRESS) == []
    assert len(mail_host.dovecot.messages(ADDRESS, "mailbot")) == 1
