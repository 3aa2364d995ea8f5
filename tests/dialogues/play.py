"""Plays one dialogue turn by turn, and checks after each what left, what did not, and to whom."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from mailbot.domain.case import CaseFile
from mailbot.domain.deskbooks import CaseStory
from tests.dialogues import manners
from tests.dialogues.acts import ACTS
from tests.dialogues.post import Received, new_words, opened, written
from tests.dialogues.script import Case, Dialogue, Letter, Turn
from tests.dialogues.stage import OFFICERS, Stage
from tests.houses import ADDRESS
from tests.servers.loopback import eventually

MAIL_PROGRAM_SECONDS = 20


@dataclass
class Play:
    """One dialogue being played."""

    stage: Stage
    dialogue: Dialogue
    letters: list[Received] = field(default_factory=list)
    """Everything everybody got, oldest first."""

    def run(self) -> None:
        """Play every turn, and check each before the next."""
        self.stage.empty()
        for who in self.dialogue.people:
            self.stage.host.user(self.dialogue.address(who))
        for role in OFFICERS.values():
            self.stage.host.user(f"{role}@officers.test")
        for number, turn in enumerate(self.dialogue.turns):
            with _told(f"turn {number + 1} at {turn.at:%Y-%m-%d %H:%M}"):
                self._turn(number, turn)

    def _turn(self, number: int, turn: Turn) -> None:
        before = self._marks()
        left = self._left()
        self.stage.clock.now = turn.at
        if turn.who:
            self._post(number)
        elif turn.act:
            reference = self._references()[turn.case - 1] if self._references() else ""
            officer = self.stage.officers[turn.officer]
            ACTS[turn.act](self.stage.house.desk, officer, reference, turn.words)
        if self.dialogue.proves:
            self.stage.house.house.prove()
        self.stage.house.round()
        self._check(turn, before, left)

    def _post(self, number: int) -> None:
        """Hand a mail to Postfix, and let it lie in the mailbox as received at this hour."""
        turn = self.dialogue.turns[number]
        to, raw = written(self.dialogue, number, self.letters, self._references())
        sender = self.dialogue.address(turn.who) if turn.envelope is None else turn.envelope
        self.stage.host.send(sender, to, raw)
        inbox = self.stage.host.dovecot.maildir(ADDRESS) / "new"
        came = eventually(MAIL_PROGRAM_SECONDS, lambda: list(inbox.glob("*")), pause=0.005)
        assert came, f"the mail did not arrive; {self.stage.host.postfix.output()}"
        # Dovecot keeps INTERNALDATE as the time of the file, and the clock of the play is ours.
        for file in inbox.glob("*"):
            os.utime(file, (turn.at.timestamp(), turn.at.timestamp()))

    def _references(self) -> list[str]:
        return [row[0] for row in self.stage.rows("SELECT reference FROM cases ORDER BY id")]

    def _marks(self) -> dict[str, int]:
        tables = ("letter", "cases", "event", "mail")
        query = "SELECT coalesce(max(id), 0) FROM {}"
        return {table: self.stage.rows(query.format(table))[0][0] for table in tables}

    def _left(self) -> frozenset[int]:
        """The letters that left already; one that was held may leave in a later turn."""
        rows = self.stage.rows("SELECT id FROM letter WHERE accepted_at IS NOT NULL")
        return frozenset(number for (number,) in rows)

    def _check(self, turn: Turn, before: Mapping[str, int], left: frozenset[int]) -> None:
        self._check_letters(turn, before, left)
        kinds = self.stage.rows(f"SELECT kind FROM cases WHERE id > {before['cases']} ORDER BY id")
        assert list(turn.opens) == [kind or "unknown" for (kind,) in kinds]
        self._check_mail(turn, before)
        events = self.stage.rows(
            f"SELECT kind, detail FROM event WHERE id > {before['event']} ORDER BY id"
        )
        asked = [json.loads(told)["reason"] for kind, told in events if kind == "officer_asked"]
        assert sorted(turn.asks) == sorted(asked)
        assert set() == set(turn.events) - {kind for kind, _ in events}
        assert [] == self.stage.rows("SELECT id FROM raw_mail WHERE state <> 'worked'")
        for number, case in turn.cases.items():
            with _told(f"case {number}"):
                self._check_case(int(number), case)

    def _check_mail(self, turn: Turn, before: Mapping[str, int]) -> None:
        mails = self.stage.rows(f"SELECT outcome, case_id FROM mail WHERE id > {before['mail']}")
        filed = next((case for outcome, case in mails if outcome == "filed"), 0)
        assert turn.files_in == filed, f"filed in {filed}; outcome {mails}"

    def _check_letters(self, turn: Turn, before: Mapping[str, int], left: frozenset[int]) -> None:
        written = self.stage.rows("SELECT id, code, state, hold_reason, accepted_at FROM letter")
        rows = [
            (code, state, why)
            for number, code, state, why, accepted in written
            if number > before["letter"] or (accepted and number not in left)
        ]
        expected = sorted(
            (one.letter, "held" if one.held else "sent", one.held or None) for one in turn.sent
        )
        assert expected == sorted(rows, key=lambda row: row[:2])
        fresh = self._collect([one.to for one in turn.sent if not one.held])
        for one in turn.sent:
            if not one.held:
                _check_letter(one, fresh, self._references())
        mails = [new_words(past) for past in self.dialogue.turns if past.at <= turn.at]
        for letter in fresh:
            if letter.automatic:
                manners.check(letter, mails, self._children())
        self.letters += fresh

    def _collect(self, expected: list[str]) -> list[Received]:
        """Wait for the letters expected, and take every other that came as well."""
        found: list[Received] = []
        for who in (*self.dialogue.people, *OFFICERS):
            inbox = self._inbox(who)
            known = sum(letter.to == who for letter in self.letters)
            wanted = known + expected.count(who)
            eventually(
                MAIL_PROGRAM_SECONDS,
                lambda inbox=inbox, wanted=wanted: len(_files(inbox)) >= wanted,  # type: ignore[misc]
                pause=0.005,
            )
            raws = [file.read_bytes() for file in _files(inbox)]
            # The files of one second have no order among them; what is new was not read before.
            old = {str(one.message["Message-ID"]) for one in self.letters if one.to == who}
            new = [opened(who, raw) for raw in raws]
            found += [one for one in new if str(one.message["Message-ID"]) not in old]
        assert sorted(expected) == sorted(one.to for one in found), [
            (one.code, one.to) for one in found
        ]
        return found

    def _inbox(self, who: str) -> Path:
        people = self.dialogue.people
        address = self.dialogue.address(who) if who in people else f"{OFFICERS[who]}@officers.test"
        return self.stage.host.dovecot.maildir(address)

    def _children(self) -> set[str]:
        """Name whoever the mails name: none of them may stand in an automatic letter."""
        stories = (self._story(reference) for reference in self._references())
        named = {v for story in stories for name, v in story.facts if name == "child_name"}
        return {one for names in named for one in names.split("; ")}

    def _story(self, reference: str) -> CaseStory:
        return self.stage.house.desk.show(self.stage.officers["fg"], reference)

    def _check_case(self, number: int, expected: Case) -> None:
        references = self._references()
        story = self._story(references[number - 1])
        case = story.case
        found = _seen(case, story, references)
        if expected.of is not None:
            assert self.dialogue.address(expected.of) == case.requester.address
        wanted = {name: getattr(expected, name) for name in found}
        for name, value in wanted.items():
            if value is not None:
                assert (name, value) == (name, found[name])
        facts = dict(story.facts)
        assert dict(expected.facts) == {name: facts.get(name) for name in expected.facts}
        for words in expected.notes:
            assert any(words in note.text for note in story.notes), f"no note says {words}"


def _seen(case: CaseFile, story: CaseStory, references: list[str]) -> dict[str, object]:
    return {
        "kind": case.kind.value if case.kind else "unknown",
        "confirmed": case.confirmed,
        "state": case.state.value,
        "due": case.dates.due,
        "received": case.dates.received_on,
        "language": case.language,
        "linked": tuple(references.index(one) + 1 for one in story.linked),
        "flags": tuple(story.flags),
    }


def _files(maildir: Path) -> list[Path]:
    return sorted([*maildir.glob("new/*"), *maildir.glob("cur/*")])


def _check_letter(expected: Letter, found: list[Received], references: Sequence[str]) -> None:
    names = {f"case{at}": reference for at, reference in enumerate(references, 1)}
    letter = next(
        (one for one in found if (one.code, one.to) == (expected.letter, expected.to)), None
    )
    assert letter is not None, f"no {expected.letter} came to {expected.to}"
    if expected.language:
        assert expected.language == letter.languages[0]
        assert expected.language == "nl" or "nl" in letter.languages
    text = " ".join(f"{letter.message['Subject']} {letter.text}".split())
    assert [] == [one for one in _named(expected.says, names) if one not in text]
    assert [] == [one for one in _named(expected.never, names) if one in text]


def _named(words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Put the numbers of the cases where a script writes `$case1`."""
    return [Template(one).safe_substitute(names) for one in words]


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Say in which turn a check failed."""
    try:
        yield
    except Exception as error:
        error.add_note(where)
        raise
