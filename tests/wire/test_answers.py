"""General questions on real servers: answered from their passage, or left to a person."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.exc import DBAPIError

from mailbot import app
from mailbot.adapters.roles import RIGHTS
from mailbot.cli import commands
from mailbot.domain.errors import NotAllowed, PassageWrong
from mailbot.domain.kinds import Kind
from mailbot.domain.roles import Role
from mailbot.settings import from_text
from mailbot.work import passages as acts
from mailbot.work.answers import answered_since
from mailbot.work.desk import Desk
from tests.houses import (
    ADDRESS,
    MASTER,
    PASSWORD,
    TestHouse,
    TurnedClock,
    build_bare_house,
    plain_mail,
    settings_text,
)
from tests.servers.fixtures import MailHost
from tests.servers.sink import Sink
from tests.wire.test_daily_proof import proofs, words
from tests.wire.test_second_board import SIPOR, UTRECHT, two_boards

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
REASON = "De bewaartermijn is veranderd."
QUESTIONS = {
    "nl": (
        "Wie is de functionaris gegevensbescherming?",
        "FG is kort voor",
        "artikelen 3.3.1 en 3.3.2",
    ),
    "en": (
        "Who is the data protection officer?",
        "FG is the Dutch name",
        "articles 3.3.1 and 3.3.2",
    ),
    "tr": ("Veri koruma görevlisi kim?", "FG, veri koruma görevlisinin", "maddeler 3.3.1 ve 3.3.2"),
    "ar": ("من هو مسؤول حماية البيانات؟", "FG هو الاختصار", "المواد 3.3.1 و 3.3.2"),
}
QUESTION = QUESTIONS["nl"][0]
"""What a passage surely answers."""


def text_in(raw: bytes) -> str:
    letter = message_from_bytes(raw)
    part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def asking(text: str, number: int = 1) -> bytes:
    """A mail with one question, from a parent of its own."""
    sender = f"ouder{number}@gezin.test"
    return plain_mail("Vraag", text, sender=sender, message_id=f"<{number}@gezin.test>")


def letters(house: TestHouse, code: str) -> int:
    return house.count("letter", f"code = '{code}'")


def held(house: TestHouse) -> acts.Passages:
    return app.passages(house.settings, "sipor")


def test_a_general_question_is_answered_at_once_in_four_languages(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """The right passage with its article, in the parent's language and in Dutch; no case data."""
    house = new_house(TurnedClock(NOW))
    for number, (question, _, _) in enumerate(QUESTIONS.values()):
        parent = f"ouder{number}@gezin.test"
        mail_host.user(parent)
        mail_host.send(parent, ADDRESS, asking(question, number))
    mail_host.wait_for(ADDRESS, len(QUESTIONS))

    house.round()

    for number, (language, (_, begins, article)) in enumerate(QUESTIONS.items()):
        (raw,) = mail_host.wait_for(f"ouder{number}@gezin.test", 1)
        text = text_in(raw)
        assert message_from_bytes(raw)["Auto-Submitted"] == "auto-replied"
        assert begins in text
        assert article in text
        assert ADDRESS in text
        assert QUESTIONS["nl"][1] in text
        assert text.index(begins) <= text.index(QUESTIONS["nl"][1]), language
    assert letters(house, "answer") == house.count("letter") == len(QUESTIONS)
    assert house.count("decision") == 0


def test_the_question_stays_a_case_until_a_person_has_seen_it(
    bare_house: Callable[..., TestHouse],
) -> None:
    """The assistant closes nothing: its answer is a letter in an open, unconfirmed case."""
    house = bare_house(TurnedClock(NOW))
    house.receive(asking(QUESTION))

    house.house.work_off()

    desk, fg = house.officer(Role.FG)
    (case,) = desk.queue(fg)  # type: ignore[arg-type]
    story = desk.show(fg, case.reference)  # type: ignore[arg-type]
    assert case.kind is Kind.QUESTION
    assert not case.confirmed
    assert [one.code for one in story.letters] == ["answer"]
    happened = {event.kind: dict(event.detail) for event in story.events}
    assert happened["question_answered"]["passage"] == "fg"
    assert "closed" not in happened


@pytest.mark.parametrize(
    "text",
    [
        "Wie is de functionaris gegevensbescherming? Ik wil het dossier van mijn zoon zien.",
        "Wie is de functionaris gegevensbescherming van mijn zoon?",
        "Wat verdient een functionaris gegevensbescherming?",
        "Hoe laat begint de school op maandag?",
    ],
)
def test_what_is_not_surely_one_general_question_goes_to_a_person(
    bare_house: Callable[..., TestHouse], text: str
) -> None:
    """Silence is no answer, and not even a hint of one: the usual acknowledgement or nothing."""
    house = bare_house(TurnedClock(NOW))
    house.receive(asking(text))

    house.house.work_off()

    assert letters(house, "answer") == 0
    assert house.count("answered_question") == 0
    assert house.count("cases") + house.count("mail", "outcome = 'other'") >= 1


def test_what_was_answered_is_listed_for_the_digest(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """Passage, case, letter and moment, and nothing of the mail; only from the asked instant on."""
    clock = TurnedClock(NOW)
    house = bare_house(clock, database=any_database)
    house.receive(asking(QUESTION, 1))
    house.house.work_off()
    clock.turn(hours=2)
    house.receive(asking("Who is the data protection officer?", 2))
    house.house.work_off()

    books = house.house.boards["sipor"].books
    first, second = answered_since(books, NOW)

    assert [second] == list(answered_since(books, NOW + timedelta(hours=1)))
    assert ("fg", "nl", NOW, "waiting") == (
        first.passage,
        first.language,
        first.at,
        first.letter_state,
    )
    assert (second.passage, second.language) == ("fg", "en")
    assert first.reference.startswith("SIPOR-2026-")


def test_the_daily_proof_names_the_passages_that_answered(tmp_path: Path, sink: Sink) -> None:
    """The FG reads each morning what the assistant said by itself, and how to look it up."""
    clock = TurnedClock(datetime(2026, 11, 23, 5, tzinfo=UTC))
    house = build_bare_house(tmp_path, clock, smtp_port=sink.port)
    house.officer(Role.FG)
    for number, question in enumerate((QUESTION, QUESTIONS["en"][0], "Wat is een DPIA?")):
        house.receive(asking(question, number))
    house.house.work_off()
    clock.turn(hours=2)

    house.house.prove()
    house.house.deliver()

    (proof,) = proofs(sink)
    house.close()
    assert "3 (fg: 2, dpia: 1)" in words(proof)


def test_a_passage_taken_out_is_not_used_until_it_is_put_back(
    bare_house: Callable[..., TestHouse], any_database: str
) -> None:
    """One act of an officer holds from the next mail on; the robot reads it each time."""
    house = bare_house(TurnedClock(NOW), database=any_database)
    desk, fg = house.officer(Role.FG)
    acts.take_out(desk, fg, held(house), "fg", REASON)  # type: ignore[arg-type]

    house.receive(asking(QUESTION, 1))
    house.house.work_off()

    assert letters(house, "answer") == 0
    assert house.count("letter", "code = 'ack_unsure'") == 1
    assert house.count("event", "kind = 'passage_not_in_use'") == 1

    acts.put_back(desk, fg, held(house), "fg", "Het klopt bij nader inzien.")  # type: ignore[arg-type]
    house.receive(asking(QUESTION, 2))
    house.house.work_off()

    assert letters(house, "answer") == 1


def test_a_corrected_passage_goes_out_in_its_new_words_only(
    mail_host: MailHost, new_house: Callable[..., TestHouse]
) -> None:
    """Where only the Dutch was corrected, no older translation contradicts it."""
    house = new_house(TurnedClock(NOW))
    desk, board = house.officer(Role.BOARD)
    said = {"nl": "Wij zoeken op dit moment een nieuwe FG."}
    acts.correct(desk, board, held(house), "fg", words=said, reason="De FG is vertrokken.")  # type: ignore[arg-type]
    mail_host.user("ouder1@gezin.test")
    mail_host.send("ouder1@gezin.test", ADDRESS, asking(QUESTIONS["tr"][0], 1))
    mail_host.wait_for(ADDRESS, 1)

    house.round()

    (raw,) = mail_host.wait_for("ouder1@gezin.test", 1)
    text = text_in(raw)
    assert text.count(said["nl"]) == 2
    assert QUESTIONS["tr"][1] not in text
    assert QUESTIONS["nl"][1] not in text
    assert house.count("answered_question", "act_id IS NOT NULL") == 1

    acts.restore(desk, board, held(house), "fg", "Er is een nieuwe FG.")  # type: ignore[arg-type]
    assert acts.show(desk, board, held(house), "fg").words["tr"].startswith("FG, veri")  # type: ignore[arg-type]


def test_only_the_fg_and_the_board_change_passages_and_always_say_why(
    bare_house: Callable[..., TestHouse],
) -> None:
    house = bare_house(TurnedClock(NOW))
    desk, handler = house.officer(Role.HANDLER)
    _, fg = house.officer(Role.FG)
    known = held(house)

    assert len(acts.listing(desk, handler, known)) == len(known)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        acts.take_out(desk, handler, known, "fg", REASON)  # type: ignore[arg-type]
    with pytest.raises(PassageWrong, match="reason"):
        acts.take_out(desk, fg, known, "fg", "weg")  # type: ignore[arg-type]
    with pytest.raises(PassageWrong, match="no such passage"):
        acts.take_out(desk, fg, known, "research", REASON)  # type: ignore[arg-type]
    with pytest.raises(PassageWrong, match="in use already"):
        acts.put_back(desk, fg, known, "fg", REASON)  # type: ignore[arg-type]
    with pytest.raises(PassageWrong, match="the Dutch comes first"):
        acts.correct(desk, fg, known, "fg", words={"en": "New words."}, reason=REASON)  # type: ignore[arg-type]
    assert house.count("passage_act") == 0


@pytest.mark.parametrize("table", ["passage_act", "answered_question"])
def test_the_history_of_passages_and_answers_is_only_added_to(
    bare_house: Callable[..., TestHouse], any_database: str, table: str
) -> None:
    """Not even raw SQL takes away what was answered, or who took a passage out and why."""
    house = bare_house(TurnedClock(NOW), database=any_database)
    house.receive(asking(QUESTION))
    house.house.work_off()
    desk, fg = house.officer(Role.FG)
    acts.take_out(desk, fg, held(house), "fg", REASON)  # type: ignore[arg-type]

    for change in (f"UPDATE {table} SET passage = 'photos'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError), house.house.engine.begin() as connection:
            connection.exec_driver_sql(change)
    with pytest.raises(DBAPIError), house.house.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO passage_act (board_id, passage, act, reason, at) "
            "VALUES (1, 'fg', 'take_out', 'Er is een goede reden.', '2026-11-02 09:00:00')"
        )
    assert house.count(table, "passage = 'fg'") == 1


def test_the_robot_may_write_answers_and_no_act_of_people() -> None:
    """On PostgreSQL its role has no right to switch a passage."""
    assert RIGHTS["answered_question"] == "INSERT"
    assert "passage_act" not in RIGHTS


def test_an_answer_counts_as_the_one_letter_of_the_day_to_an_unverified_address(
    bare_house: Callable[..., TestHouse],
) -> None:
    """A forged sender is no way to make the assistant write to a victim: the next letter waits."""
    house = bare_house(TurnedClock(NOW))
    for number, text in enumerate((QUESTION, "Ik wil graag inzage in het dossier van mijn zoon.")):
        house.receive(plain_mail("Vraag", text, message_id=f"<{number}@gezin.test>"))
        house.house.work_off()

    assert house.count("letter", "code = 'answer' AND state = 'waiting'") == 1
    assert house.count("letter", "code = 'ack_request' AND state = 'held'") == 1


def test_a_second_question_of_somebody_with_a_running_case_goes_to_a_person(
    bare_house: Callable[..., TestHouse],
) -> None:
    """It may be a word in that case, which no passage knows."""
    house = bare_house(TurnedClock(NOW))
    for number, question in enumerate((QUESTION, "Wat is een DPIA?")):
        house.receive(plain_mail("Vraag", question, message_id=f"<{number}@gezin.test>"))
        house.house.work_off()

    assert letters(house, "answer") == 1


def test_the_page_of_one_board_answers_for_that_board_alone(
    mail_host: MailHost, tmp_path: Path
) -> None:
    """A question about CBS is answered for SPO Utrecht; at SIPOR a person answers it."""
    for address in (SIPOR, UTRECHT, "ouder1@gezin.test"):
        account = mail_host.user(address)
    environ = {"MAILBOT_IMAP_PASSWORD": account.password, "MAILBOT_MASTER_KEY": MASTER}
    settings = from_text(two_boards(mail_host), tmp_path / "mailbot.toml", environ)
    house = app.build(settings, TurnedClock(NOW))
    for address in (SIPOR, UTRECHT):
        raw = asking("Welke gegevens gaan er naar het CBS?").replace(
            SIPOR.encode(), address.encode()
        )
        mail_host.send("ouder1@gezin.test", address, raw)
        mail_host.wait_for(address, 1)
    house.collect()
    house.work_off()
    found = {
        code: [one.passage for one in answered_since(board.books, NOW)]
        for code, board in house.boards.items()
    }
    house.close()

    assert found == {"sipor": [], "spo-utrecht": ["research"]}


Type = Callable[..., Result]


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Type]:
    """Type a command as the FG, in a house of its own."""
    file = tmp_path / "mailbot.toml"
    file.write_text(settings_text(imap_port=1, smtp_port=1, user="privacy"), encoding="utf-8")
    for name, value in (
        ("MAILBOT_SETTINGS", str(file)),
        ("MAILBOT_MASTER_KEY", MASTER),
        ("MAILBOT_IMAP_PASSWORD", "none"),
        ("MAILBOT_OFFICER_PASSWORD", PASSWORD),
        ("MAILBOT_OFFICER", "fg@officers.test"),
    ):
        monkeypatch.setenv(name, value)
    desks: list[Desk] = []
    open_desk = app.desk

    def kept(*words: Any) -> Desk:
        # A command leaves its desk to the end of the process, which here comes later.
        desks.append(open_desk(*words))
        return desks[-1]

    monkeypatch.setattr(app, "desk", kept)
    runner = CliRunner()

    def run(*words: str) -> Result:
        return runner.invoke(commands, words)

    added = run("officer", "add", "fg@officers.test", "--name", "F. Gee", "--role", "fg")
    assert added.exit_code == 0, added.output
    yield run
    for desk in desks:
        desk.books._books._engine.dispose()  # type: ignore[attr-defined]


def test_an_officer_switches_and_corrects_passages_by_the_command_line(
    type_: Type, tmp_path: Path
) -> None:
    """`mailbot passage` lists, shows, takes out, corrects and puts back, each with its reason."""
    file = tmp_path / "nieuw.txt"
    file.write_text("De eerste kopie is gratis.\n", encoding="utf-8")

    for done in (
        type_("passage", "take-out", "copy_cost", "--reason", REASON),
        type_("passage", "correct", "copy_cost", "--nl", str(file), "--reason", REASON),
        type_("passage", "put-back", "copy_cost", "--reason", "De tekst klopt weer."),
    ):
        assert done.exit_code == 0, done.output
    shown, listed = type_("passage", "show", "copy_cost"), type_("passage", "list")

    assert "in use, corrected: nl" in shown.output
    assert "De eerste kopie is gratis." in shown.output
    assert shown.output.count("F. Gee") == 3
    assert "retention" in listed.output
    again = type_("passage", "correct", "copy_cost", "--shipped", "--reason", REASON)
    assert again.exit_code == 0
    neither = type_("passage", "correct", "copy_cost", "--reason", REASON)
    assert neither.exit_code == 2
