"""A board is a file: what it says is read whole, and what is wrong is named by its key."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot import profiles
from mailbot.domain.board import OPTIONAL_KINDS, BoardProfile
from mailbot.domain.errors import SettingsWrong
from mailbot.domain.kinds import Kind

HERE = Path(__file__).parent
UTRECHT = {"privacy_address": "privacy@spo-utrecht.example"}

THIRD_BOARD = """
code = "derde"
name = "De Derde"
reference_prefix = "DERDE"
privacy_address = "Privacy@Derde.example"
own_addresses = ["fg@derde.example"]

[links]
authority = "https://www.autoriteitpersoonsgegevens.nl"
court = "https://www.rechtspraak.nl"

[[schools]]
name = "De Eik"
aliases = ["obs De Eik"]
"""


def wrong(own_keys: dict[str, object], name: str = "sipor") -> list[str]:
    with pytest.raises(SettingsWrong) as caught:
        profiles.find(name, HERE, own_keys, "board[1]")
    return caught.value.problems


def test_two_boards_are_shipped() -> None:
    """The command line offers what is there."""
    assert profiles.shipped() == ["sipor", "spo-utrecht"]


def test_sipor_is_what_its_reglement_says() -> None:
    """Terms, address and signer come from the reglement (6.4.5, 8.9.1, 8.9.2b)."""
    sipor = profiles.find("sipor", HERE)
    assert sipor.privacy_address == "privacy@sipor.nl"
    assert sipor.domain == "sipor.nl"
    assert (
        sipor.terms.request_days,
        sipor.terms.cap_days,
        sipor.terms.breach_hours,
    ) == (28, 84, 72)
    assert sipor.signer.name == "Cihan Gerdan"
    assert ZoneInfo("Europe/Amsterdam") == sipor.zone


def test_what_the_sources_do_not_say_is_absent() -> None:
    """An FG's name, a school or a link that no source gives is never invented."""
    for board in (profiles.find("sipor", HERE), profiles.find("spo-utrecht", HERE, UTRECHT)):
        assert board.fg.name is None
        assert board.schools == ()
        assert board.full_name is None
        assert board.phone is None
        assert (board.links.website, board.links.complaints) == (None, None)


def test_without_an_address_of_the_fg_letters_give_the_privacy_address() -> None:
    """Every letter says how to reach the FG."""
    assert profiles.find("sipor", HERE).fg.address == "privacy@sipor.nl"


def test_spo_utrecht_leaves_its_address_open_and_says_where_it_goes() -> None:
    """The page names no address, and nothing runs without one."""
    (line,) = wrong({}, "spo-utrecht")
    assert line.startswith("spo-utrecht.toml privacy_address: nothing; allowed: ")
    assert "[[board]]" in line


def test_the_objection_to_research_is_on_for_spo_utrecht_only() -> None:
    """SIPOR's FG has not turned it on (S: its page lets parents object)."""
    sipor = profiles.find("sipor", HERE)
    utrecht = profiles.find("spo-utrecht", HERE, UTRECHT)
    assert {Kind.RESEARCH_OBJECTION} == utrecht.kinds - sipor.kinds
    assert frozenset(Kind) - OPTIONAL_KINDS == sipor.kinds


def test_both_boards_keep_every_term_of_the_retention_table() -> None:
    """Retention is policy (docs/settings.md) until a board says otherwise."""
    for board in (profiles.find("sipor", HERE), profiles.find("spo-utrecht", HERE, UTRECHT)):
        kept = board.retention
        assert (
            kept.request_years,
            kept.handed_out_copy_weeks,
            kept.breach_register_years,
            kept.complaint_years,
            kept.other_days,
            kept.identity_document_days,
        ) == (2, 8, 5, 2, 30, 0)


def test_a_third_board_is_one_file(tmp_path: Path) -> None:
    """A board needs no code; what it leaves out has the reglement's default."""
    (tmp_path / "derde.toml").write_text(THIRD_BOARD)
    third = profiles.find("derde.toml", tmp_path)
    assert (third.code, third.schools[0].name, third.terms.cap_days) == ("derde", "De Eik", 84)
    assert third.official_addresses == ("privacy@derde.example", "fg@derde.example")


def test_keys_beside_the_profile_are_laid_over_it() -> None:
    """Tables are merged key by key, so that one link does not remove the others."""
    complaints = "https://example.nl/klachten"
    board = profiles.find("sipor", HERE, {"links": {"complaints": complaints}})
    plain = profiles.find("sipor", HERE)
    assert complaints == board.links.complaints
    assert plain.links.court == board.links.court


def test_a_profile_is_equal_wherever_it_was_read_from(tmp_path: Path) -> None:
    """A copy of a shipped profile is that board."""
    shipped = Path(profiles.__file__).with_name("sipor.toml").read_text()
    (tmp_path / "copy.toml").write_text(shipped)
    assert profiles.find("sipor", HERE) == profiles.find("copy.toml", tmp_path)


@pytest.mark.parametrize(
    ("own_keys", "line"),
    [
        (
            {"terms": {"request_days": 42}},
            ("board[1].terms.request_days: 42; allowed: 1 to 28 "
            "(reglement 8.9.2b: four weeks; also the shortest month)"),
        ),
        (
            {"terms": {"cap_days": 112}},
            ("board[1].terms.cap_days: 112; allowed: request_days to 89 "
            "(reglement 8.9.2b: 84; GDPR 12(3): the shortest three months)"),
        ),
        (
            {"terms": {"cap_days": 7}},
            ("board[1].terms.cap_days: 7 (less than request_days); allowed: request_days to 89 "
            "(reglement 8.9.2b: 84; GDPR 12(3): the shortest three months)"),
        ),
        (
            {"retention": {"identity_document_days": 1}},
            ("board[1].retention.identity_document_days: 1; "
            "allowed: 0 only (reglement 8.2.2: no copy is kept)"),
        ),
        (
            {"optional_kinds": ["access"]},
            ('board[1].optional_kinds[1]: "access" (rests on the law and is always on); '
            "allowed: a list of research_objection; other kinds are always on"),
        ),
        ({"zone": "Mars"}, 'board[1].zone: "Mars" (no known zone); allowed: an IANA zone such as Europe/Amsterdam'),
        ({"fg": {"adress": "x"}}, "board[1].fg.adress: an unknown key; did you mean `address`?"),
        ({"links": {"court": "http://x.nl"}}, 'board[1].links.court: "http://x.nl" (no https address); allowed: the https:// address of the courts'),
        ({"reminders": {"days_before": [1, 7]}}, "board[1].reminders.days_before: a list (not in falling order, or a step twice); allowed: whole days before the due date, 28 to 0, falling"),
        ({"reminders": {"until_hour": 8}}, "board[1].reminders.until_hour: 8 (not after from_hour); allowed: a whole hour from 1 to 24, after from_hour"),
        ({"plus_addressing": "yes"}, 'board[1].plus_addressing: "yes"; allowed: true or false'),
        ({"schools": [{"name": "A"}, {"name": "a"}]}, "board[1].schools: a list (a school twice); allowed: [[schools]] tables with a name each"),
        ({"reference_prefix": "sipor"}, 'board[1].reference_prefix: "sipor"; allowed: 2 to 10 capitals, such as SIPOR'),
    ],
)  # fmt: skip
def test_a_wrong_key_is_named_with_what_was_found_and_what_is_allowed(
    own_keys: dict[str, object], line: str
) -> None:
    """No board passes the law's terms, and nobody searches for the mistake."""
    assert [line] == wrong(own_keys)


@pytest.mark.parametrize(
    "address", ["privacy", "a b@x.nl", "Naam <a@x.nl>", "a@x", "a@x.nl\r\nBcc: b@y.nl", ""]
)
def test_only_one_plain_address_is_an_address(address: str) -> None:
    """The address goes into headers; nothing can be smuggled with it."""
    (line,) = wrong({"privacy_address": address})
    assert line.startswith("board[1].privacy_address: ")


def test_a_name_never_spans_lines() -> None:
    """Names are printed in headers."""
    (line,) = wrong({"name": "SIPOR\nBcc: x"})
    assert line.startswith("board[1].name: ")


def test_every_mistake_is_named_at_once() -> None:
    """One start, one list."""
    lines = wrong({"zone": "Mars", "code": "S", "terms": {"breach_hours": 100}})
    assert [line.partition(":")[0] for line in lines] == [
        "board[1].code",
        "board[1].zone",
        "board[1].terms.breach_hours",
    ]


def test_a_mistake_in_the_profile_itself_names_its_file(tmp_path: Path) -> None:
    """Where settings and profile differ, the right file is named."""
    (tmp_path / "derde.toml").write_text(THIRD_BOARD.replace("DERDE", "D"))
    with pytest.raises(SettingsWrong) as caught:
        profiles.find("derde.toml", tmp_path)
    assert caught.value.problems == [
        'derde.toml reference_prefix: "D"; allowed: 2 to 10 capitals, such as SIPOR'
    ]


def test_an_unknown_profile_is_told_which_there_are() -> None:
    """A typing mistake costs one look."""
    assert wrong({}, "spior") == [
        (
            'board[1].profile: "spior"; '
            "allowed: sipor, spo-utrecht, or the path of a TOML file of your own"
        )
    ]


def test_a_profile_file_that_is_not_there_or_no_toml_is_said(tmp_path: Path) -> None:
    """A path that leads nowhere is a mistake, never an empty board."""
    (line,) = wrong({}, "./nowhere.toml")
    assert f"board[1].profile: no file at {HERE / 'nowhere.toml'}" in line
    (tmp_path / "bad.toml").write_text("code = ")
    with pytest.raises(SettingsWrong, match=r"bad\.toml: not readable as TOML"):
        profiles.find("bad.toml", tmp_path)
    (tmp_path / "latin.toml").write_bytes("name = 'caf\xe9'".encode("latin-1"))
    with pytest.raises(SettingsWrong, match="not UTF-8"):
        profiles.find("latin.toml", tmp_path)


def test_a_profile_cannot_be_changed_after_reading() -> None:
    """What was checked is what is used."""
    sipor: BoardProfile = profiles.find("sipor", HERE)
    with pytest.raises(AttributeError):
        sipor.terms.cap_days = 112  # type: ignore[misc]


def test_the_new_board_of_the_documentation_loads(tmp_path: Path) -> None:
    """docs/new-board.md shows a minimum and what most boards add; both work as written."""
    page = (HERE.parents[1] / "docs" / "new-board.md").read_text(encoding="utf-8")
    minimum, more = (part.split("```")[0] for part in page.split("```toml\n")[1:3])
    (tmp_path / "derde.toml").write_text(minimum + more)
    third = profiles.find("derde.toml", tmp_path)
    assert (third.terms.request_days, third.fg.address) == (21, "fg@derde.example")
    assert third.schools[0].aliases == ("De Eik", "obs De Eik")


def test_the_mistakes_in_the_documentation_are_the_real_ones(tmp_path: Path) -> None:
    """A reader who copies a line into a search finds it."""
    page = (HERE.parents[1] / "docs" / "new-board.md").read_text(encoding="utf-8")
    bad = THIRD_BOARD.replace("DERDE", "D").replace("[[", "[terms]\nrequest_days = 42\n[[")
    (tmp_path / "derde.toml").write_text(bad)
    with pytest.raises(SettingsWrong) as caught:
        profiles.find("derde.toml", tmp_path, {"fg": {"adress": "x"}}, "board[2]")
    assert len(caught.value.problems) == 3
    assert all(line in page for line in caught.value.problems)
