"""Nobody is flooded: loops end, forged senders stay unanswered, what is over waits for a person."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import text

from mailbot.domain.roles import Role
from tests.houses import TestHouse, TurnedClock, plain_mail
from tests.servers.sink import Sink

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
REQUEST = "Ik wil graag weten welke gegevens jullie over mijn dochter hebben."


def acknowledged(house: TestHouse) -> int:
    """Count the acknowledgements that may leave."""
    return house.count("letter", "code LIKE 'ack%' AND state <> 'held'")


def test_a_responder_without_any_header_is_answered_once(
    bare_house: Callable[..., TestHouse], sink: Sink
) -> None:
    """Ping-pong ends after one letter, whatever the other machine leaves out (faults 25)."""
    house = bare_house(smtp_port=sink.port)
    house.receive(plain_mail("Inzage", REQUEST))
    for turn in range(6):
        house.house.work_off()
        house.house.deliver()
        letter = sink.letters[-1].content.decode()
        found = next(line for line in letter.splitlines() if line.startswith("Message-ID:"))
        own_id = found.removeprefix("Message-ID: ")
        answer = plain_mail(
            "Re: ontvangen",
            f"Wij hebben uw bericht ontvangen ({turn}).",
            extra=f"In-Reply-To: {own_id}\n",
        )
        house.receive(answer)
    house.house.work_off()
    house.house.deliver()

    assert len(sink.letters) == 1
    assert house.count("cases") == 1
    assert house.count("mail", "outcome = 'filed'") == 6


def test_many_mails_that_forge_one_victim_bring_it_one_letter_a_day(
    bare_house: Callable[..., TestHouse], sink: Sink
) -> None:
    """All are stored and open their case; the victim hears of it once a day (faults 26)."""
    clock = TurnedClock(START)
    house = bare_house(clock, smtp_port=sink.port)
    forged = [
        plain_mail(f"Verzoek {n}", f"{REQUEST} ({n})", sender="slachtoffer@huis.test")
        for n in range(120)
    ]
    house.receive(*forged)
    house.house.work_off()
    house.house.deliver()

    assert len(sink.letters_to("slachtoffer@huis.test")) == 1
    assert house.count("raw_mail") == 120
    assert house.count("cases") == 120
    assert house.count("letter", "state = 'held'") == 119

    clock.turn(hours=25)
    house.receive(plain_mail("Nog een", f"{REQUEST} (later)", sender="slachtoffer@huis.test"))
    house.house.work_off()
    house.house.deliver()
    assert len(sink.letters_to("slachtoffer@huis.test")) == 2


def test_many_forgeries_stop_at_the_hourly_cap_and_a_person_lets_the_rest_go(
    bare_house: Callable[..., TestHouse], sink: Sink
) -> None:
    """The cap counts all letters together; what is over waits, whole, for an officer (faults 27)."""
    clock = TurnedClock(START)
    house = bare_house(clock, smtp_port=sink.port, extra_robot="letters_an_hour = 30")
    house.receive(
        *(
            plain_mail(f"Verzoek {n}", f"{REQUEST} ({n})", sender=f"a{n}@huis.test")
            for n in range(60)
        )
    )
    house.house.work_off()
    house.house.deliver()

    assert len(sink.letters) == 30
    assert house.count("letter", "state = 'held'") == 30
    desk, fg = house.officer(Role.FG)
    held = [number for number, _, state, *_ in desk.outbox(fg) if state == "held"]
    assert desk.let_go(fg, held[0])
    house.house.deliver()
    assert len(sink.letters) == 31
    with house.house.engine.begin() as connection:
        why = connection.execute(
            text("SELECT DISTINCT hold_reason FROM letter WHERE state = 'held'")
        )
        assert ["hourly_cap_reached"] == list(why.scalars())
