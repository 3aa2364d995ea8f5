"""`mailbot deadlines` answers every question in order, and teaches whoever asks wrongly."""

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.cli.deadlines import deadlines

FIELDS = [
    "kind",
    "received",
    "due",
    "working_target",
    "cap",
    "due_at",
    "alarm_at",
    "acknowledge_by",
    "extensions",
    "explanation",
    "warnings",
    "refused",
]


def run(*arguments: str, lines: bytes = b"") -> Result:
    """Run the command as it is registered."""
    return CliRunner().invoke(deadlines, arguments, input=lines)


def asked(*questions: Mapping[str, object]) -> list[dict[str, object]]:
    """Ask over standard input, one line each."""
    result = run("--json", "-", lines="\n".join(map(json.dumps, questions)).encode())
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("received", "due", "target", "cap"),
    [
        ("2026-01-31", "2026-02-28", "2026-02-27", "2026-04-25"),
        ("2026-04-06", "2026-05-04", "2026-05-04", "2026-06-29"),
        ("2026-11-27", "2026-12-25", "2026-12-24", "2027-02-19"),
        ("2026-03-01T23:30Z", "2026-03-30", "2026-03-30", "2026-05-25"),
    ],
)
def test_it_answers_the_four_examples(received: str, due: str, target: str, cap: str) -> None:
    """Issue 3: the command reproduces the table of section 3."""
    (answer,) = asked({"kind": "access", "received": received})

    assert (answer["due"], answer["working_target"], answer["cap"]) == (due, target, cap)
    assert (answer["due_at"], answer["refused"]) == (None, None)


@pytest.mark.parametrize(
    ("aware", "due_at"),
    [
        ("2026-03-27T16:00+01:00", "2026-03-30T15:00:00Z"),
        ("2026-10-23T16:00+02:00", "2026-10-26T14:00:00Z"),
    ],
)
def test_it_answers_both_breach_examples(aware: str, due_at: str) -> None:
    """17:00 in summer time and 15:00 in winter time, written in UTC."""
    (with_receipt, without) = asked(
        {"kind": "breach", "received": aware, "aware": aware}, {"kind": "breach", "aware": aware}
    )

    assert with_receipt["due_at"] == without["due_at"] == due_at
    assert with_receipt["due"] is None


def test_without_awareness_a_breach_has_only_its_alarm_clock() -> None:
    """Section 3: only a human sets the moment of awareness."""
    (answer,) = asked({"kind": "breach", "received": "2026-03-27T15:00Z"})

    assert (answer["due_at"], answer["alarm_at"]) == (None, "2026-03-30T15:00:00Z")


def test_the_fields_are_those_of_the_document_in_every_answer() -> None:
    """Later checks rely on them; an id is echoed whatever it is."""
    answers = asked(
        {"id": 7, "kind": "access", "received": "2026-01-31"},
        {"id": ["a"], "kind": "breach", "received": "2026-01-31"},
        {"id": None, "kind": "complaint", "received": "2026-01-31"},
        {"kind": "other", "received": "2026-01-31"},
    )

    assert [list(answer) for answer in answers] == [["id", *FIELDS]] * 3 + [FIELDS]
    assert [answer.get("id") for answer in answers] == [7, ["a"], None, None]


@pytest.mark.parametrize(
    "extension",
    [
        [{"until": "2026-04-10", "at": "2026-02-20T08:00Z"}],
        [{"date": "2026-04-10", "at": "2026-02-20T08:00Z"}],
        [{"new_due": "2026-04-10", "moment": "2026-02-20"}],
        {"until": "2026-04-10", "at": "2026-02-20T08:00Z"},
        [["2026-04-10", "2026-02-20T08:00Z"]],
        ["2026-04-10", "2026-02-20T08:00Z"],
        ["2026-04-10@2026-02-20T09:00+01:00"],
        "2026-04-10@2026-02-20",
    ],
)
def test_an_extension_may_be_written_in_every_way_that_is_clear(extension: object) -> None:
    """A date and the moment of the act; nothing else matters."""
    (answer,) = asked({"kind": "access", "received": "2026-01-31", "extend": extension})

    assert (answer["due"], answer["extensions"], answer["refused"]) == ("2026-04-10", 1, None)


def test_a_refused_extension_leaves_the_others_standing() -> None:
    """Section 3: the refusal says why, and the date in force is the last one granted."""
    (answer,) = asked(
        {
            "kind": "erasure",
            "received": "2026-01-31",
            "extend": [
                {"until": "2026-03-20", "at": "2026-02-20T08:00Z", "by": "Joke", "reason": "druk"},
                {"until": "2026-04-26", "at": "2026-03-10T08:00Z"},
                {"until": "2026-04-25", "at": "2026-03-20T22:59Z"},
            ],
        }
    )

    assert (answer["due"], answer["extensions"]) == ("2026-04-25", 2)
    assert "het maximum in totaal (artikel 8.9.2b)" in str(answer["refused"])
    assert "door Joke op vrijdag 20 februari 2026 09:00 uur: druk" in str(answer["explanation"])
    assert "binnen een maand" in str(answer["warnings"])


def test_a_late_extension_is_refused_by_the_local_day_of_the_act() -> None:
    """The due date ends at midnight in Amsterdam."""
    question = {"kind": "access", "received": "2026-01-31"}
    in_time, late = asked(
        question | {"extend": [["2026-04-10", "2026-02-28T22:59:59Z"]]},
        question | {"extend": [["2026-04-10", "2026-02-28T23:00:00Z"]]},
    )

    assert (in_time["due"], in_time["refused"]) == ("2026-04-10", None)
    assert late["due"] == "2026-02-28"
    assert str(late["refused"]).startswith("De termijn verstreek op zaterdag 28 februari 2026")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("[[[", "this line is no JSON"),
        ("[" * 100_000, "this line is no JSON"),
        ("[]", "write an object"),
        ('{"received": "2026-01-31"}', "kind is missing; use one of access, "),
        ('{"kind": "acces", "received": "2026-01-31"}', 'kind is unknown ("acces"); use one of'),
        ('{"kind": ["access"], "received": "2026-01-31"}', "kind is unknown"),
        ('{"kind": "access"}', "received is missing; give the local date (2026-01-31)"),
        ('{"kind": "access", "received": 5}', "received: 5 is no instant with its zone"),
        ('{"kind": "access", "received": "31-01-2026"}', "write it as 2026-03-01T23:30Z"),
        ('{"kind": "access", "received": "2026-02-30"}', "is no instant with its zone"),
        ('{"kind": "access", "received": "2026-01-31T12:00"}', "is no instant with its zone"),
        ('{"kind": "access", "received": "9999-12-31"}', "use 2000 to 2199"),
        ('{"kind": "breach", "received": "2026-01-31", "aware": "2026-01-31"}', "aware: "),
        ('{"kind": "access", "received": "2026-01-31", "aware": "2026-01-31T12:00Z"}', "aware "),
        ('{"kind": "access", "received": "2026-01-31", "extend": 5}', "extend is a list of"),
        ('{"kind": "access", "received": "2026-01-31", "extend": [5]}', "an extension is"),
        ('{"kind": "access", "received": "2026-01-31", "extend": ["2026-04-10"]}', "moment of"),
        ('{"kind": "access", "received": "2026-01-31", "extend": [{"at": "2026-02-01"}]}', "new d"),
        ('{"kind": "access", "received": "2026-01-31", "extend": [["x", "y"]]}', "is no date"),
        ('{"kind": "access", "received": "2026-01-31", "extend": [[1, 2, 3]]}', "is no date"),
    ],
)
def test_bad_input_is_told_what_to_write_instead(line: str, hint: str) -> None:
    """One object a line, exit code 2, and the questions after it are still answered."""
    good = b'\n{"kind": "access", "received": "2026-01-31"}'

    result = run("--json", "-", lines=line.encode() + good)

    wrong, right = (json.loads(answer) for answer in result.stdout.splitlines())
    assert hint in wrong["error"]
    assert right["due"] == "2026-02-28"
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit)


@given(line=st.one_of(st.binary(max_size=60), st.text().map(str.encode)))
@settings(max_examples=200, deadline=None)
def test_no_line_ends_in_a_traceback(line: bytes) -> None:
    """Whatever comes in, each line gets one object."""
    result = run("--json", "-", lines=line)

    assert result.exit_code in (0, 2)
    assert all("error" in json.loads(answer) for answer in result.stdout.splitlines())


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["access", "breach", "2026-01-31", "2026-01-31T12:00Z", "2199-12-31"]),
    st.sampled_from(["0001-01-01T00:00+23:59", "2026-W05-6", "24:00", "2026-01-31T12:00:60Z"]),
)
nested = st.recursive(
    values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["until", "at", "date", "by"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@given(fields=st.dictionaries(st.sampled_from(["kind", "received", "extend", "aware"]), nested))
@settings(max_examples=400, deadline=None)
def test_no_value_of_a_field_ends_in_a_traceback(fields: dict[str, object]) -> None:
    """Fields of any type are answered or refused with words."""
    (answer,) = asked(fields)

    assert "due" in answer or answer["error"]


def test_empty_lines_and_a_byte_order_mark_are_no_questions() -> None:
    """Files written on Windows begin and end like that."""
    line = b'\xef\xbb\xbf{"kind": "access", "received": "2026-01-31"}\r\n\r\n \n'

    result = run("--json", "-", lines=line)

    assert (len(result.stdout.splitlines()), result.exit_code) == (1, 0)


def test_options_answer_one_question_and_people_get_sentences() -> None:
    """Without --json: the dates in words, then why."""
    result = run(
        *("--kind", "erasure", "--received", "2026-01-31", "--lang", "en"),
        *("--extend", "2026-04-10@2026-02-20T09:00+01:00", "--extend", "2026-05-10@2026-03-01"),
    )

    assert result.exit_code == 0
    assert "Due               Friday 10 April 2026 (2026-04-10)" in result.stdout
    assert "Saturday 31 January 2026 plus 28 days" in result.stdout
    assert "Sunday 10 May 2026 lies after Saturday 25 April 2026" in result.stdout


def test_a_mistyped_option_is_an_error_with_the_way_out() -> None:
    """The same words as over standard input, and the same exit code."""
    result = run("--kind", "acces", "--received", "2026-01-31")

    assert result.exit_code == 2
    assert "use one of access, rectification" in result.stdout


@pytest.mark.parametrize("arguments", [(), ("-", "--kind", "access"), ("questions.jsonl",)])
def test_it_asks_for_options_or_a_dash(arguments: tuple[str, ...]) -> None:
    """Neither nothing, nor both, nor a file name."""
    assert run(*arguments).exit_code == 2


def test_its_help_teaches_with_the_examples_of_the_reglement() -> None:
    """Whoever reads --help can check the four examples and both breaches."""
    told = run("--help").stdout

    for example in ("2026-01-31", "2026-04-06", "2026-11-27", "2026-03-01T23:30Z"):
        assert f"mailbot deadlines --kind access --received {example}\n" in told
    assert told.count("--kind breach --aware") == 2
