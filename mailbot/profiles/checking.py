"""Check TOML tables against a shape and say every problem in one line."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from mailbot.profiles.problems import Problems, iso, shown, unknown

HIDDEN: JsonDict = {"hidden": True}
"""Marks a field whose value may hold a secret and is never repeated in an error."""


class Sheet(BaseModel):
    """A table of a TOML file; the description of each field says what is allowed there."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True
    )


AnySheet = TypeVar("AnySheet", bound=Sheet)


def parse(text: str, name: str, problems: Problems) -> dict[str, object]:
    """Read TOML; a syntax error becomes a problem of the file *name* and an empty table."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(name, f"not readable as TOML, {_first_line(error)}", "allowed: a TOML file")
    except RecursionError:
        problems.add(name, "nested too deeply to be read", "allowed: a TOML file")
    return {}


def read(path: Path, name: str, problems: Problems) -> str | None:
    """Read a text file; what cannot be read becomes a problem of *name* and None."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.add(name, f"no file at {path}", "allowed: the path of a TOML file")
    except UnicodeDecodeError:
        problems.add(name, "not UTF-8 text", "allowed: a TOML file in UTF-8")
    except OSError as error:
        problems.add(name, f"not readable ({error.strerror})", "allowed: a readable TOML file")
    return None


def check(
    shape: type[AnySheet], table: Mapping[str, object], where: str, problems: Problems
) -> AnySheet | None:
    """
    Read one table into its shape.

    The table passes through JSON, because pydantic's strict mode then takes
    a list for a tuple and text for a date, and still no text for a number.

    Args:
        shape: what the table may hold.
        table: the table as TOML gave it.
        where: the key of the table, put before every key in it.
        problems: takes a line for everything that is wrong.

    Returns:
        The filled shape, or None where something is wrong.
    """
    try:
        return shape.model_validate_json(json.dumps(table, default=iso))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _explain(shape, where, dict(fault), problems)
    return None


def _explain(
    shape: type[Sheet], where: str, fault: Mapping[str, object], problems: Problems
) -> None:
    place = tuple(fault["loc"]) if isinstance(fault["loc"], tuple) else ()
    key = _key(where, place)
    if fault["type"] == "extra_forbidden":
        inner = _shape_at(shape, place[:-1])
        unknown(key, str(place[-1]), _keys(inner), problems)
        return
    field = _field_at(shape, place)
    allowed = f"allowed: {field.description}" if field and field.description else str(fault["msg"])
    problems.add(key, _found(field, fault), allowed)


def _found(field: FieldInfo | None, fault: Mapping[str, object]) -> str:
    if fault["type"] == "missing":
        return "nothing"
    reason = str(fault["msg"]).removeprefix("Value error, ")
    hidden = field is not None and field.json_schema_extra == HIDDEN
    found = "a value that is not shown here" if hidden else shown(fault["input"])
    return f"{found} ({reason})" if fault["type"] == "value_error" else found


def _key(where: str, place: tuple[object, ...]) -> str:
    key = where
    for step in place:
        if isinstance(step, int):
            key += f"[{step + 1}]"
        else:
            key += f".{step}" if key and not key.endswith(" ") else f"{step}"
    return key


def _field_at(shape: type[Sheet], place: tuple[object, ...]) -> FieldInfo | None:
    names = [step for step in place if isinstance(step, str)]
    while names:
        inner = _shape_at(shape, tuple(names[:-1]))
        if inner and names[-1] in (keys := _keys(inner)):
            return keys[names[-1]]
        names.pop()
    return None


def _keys(shape: type[Sheet] | None) -> dict[str, FieldInfo]:
    """Give the fields of a table by the keys that people write, such as `from`."""
    fields = shape.model_fields if shape else {}
    return {field.alias or name: field for name, field in fields.items()}


def _shape_at(shape: type[Sheet], place: tuple[object, ...]) -> type[Sheet] | None:
    for step in place:
        if isinstance(step, int):
            continue
        field = _keys(shape).get(str(step))
        inner = _inner(field.annotation) if field else None
        if inner is None:
            return None
        shape = inner
    return shape


def _inner(annotation: object) -> type[Sheet] | None:
    if isinstance(annotation, type) and issubclass(annotation, Sheet):
        return annotation
    found = (_inner(part) for part in get_args(annotation))
    return next((part for part in found if part), None)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
