"""Walk over the tables of a settings file; a table of the wrong kind is a problem."""

from collections import Counter
from collections.abc import Iterator, Mapping

from mailbot.profiles.checking import AnySheet, check
from mailbot.profiles.problems import Problems, shown

A_TABLE = "allowed: a [{name}] table"
TABLES_OF = "allowed: one or more [[{name}]] tables"


def listed(
    tables: Mapping[str, object], name: str, problems: Problems
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Walk over `[[name]]`, counted from one as people count."""
    listed = tables.get(name)
    if not isinstance(listed, list) or not listed:
        problems.add(name, shown(listed), TABLES_OF.format(name=name))
        return
    for number, table in enumerate(listed, start=1):
        if isinstance(table, dict):
            yield f"{name}[{number}]", table
        else:
            problems.add(f"{name}[{number}]", "no table", TABLES_OF.format(name=name))


def table(
    shape: type[AnySheet], tables: Mapping[str, object], name: str, problems: Problems
) -> AnySheet | None:
    """Check `[name]`; where it is left out, its defaults stand."""
    found = tables.get(name, {})
    if isinstance(found, dict):
        return check(shape, found, name, problems)
    problems.add(name, "no table", A_TABLE.format(name=name))
    return None


def once(name: str, key: str, values: list[str], problems: Problems) -> None:
    """Add a problem for each value that several tables give to one key."""
    for value, times in Counter(values).items():
        if times > 1:
            problems.add(f"{name}.{key}", f"{shown(value)} {times} times", "allowed: each once")
