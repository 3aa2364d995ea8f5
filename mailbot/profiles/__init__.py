"""The profiles of the school boards: one TOML file each, shipped here or the board's own."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.domain.board import (
    OPTIONAL_KINDS,
    BoardProfile,
    FgContact,
    Links,
    ReminderSteps,
    Retention,
    School,
    Signer,
)
from mailbot.domain.errors import SettingsWrong
from mailbot.domain.kinds import Kind
from mailbot.domain.school_holidays import SchoolHoliday
from mailbot.domain.terms import Terms
from mailbot.profiles.checking import check, parse, read
from mailbot.profiles.problems import Problems, shown
from mailbot.profiles.sheet import ProfileSheet

__all__ = ["BoardProfile", "find", "shipped"]

Table = Mapping[str, object]


def shipped() -> list[str]:
    """Name the profiles that come with mailbot."""
    names = (entry.name for entry in files(__name__).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def find(
    name_or_path: str,
    base_folder: Path,
    own_keys: Table | None = None,
    own_label: str = "board",
) -> BoardProfile:
    """
    Read a board's profile.

    1. A word without a slash and without `.toml` is a shipped profile; anything
       else is the path of a file.
    2. *own_keys* are laid over it: a table is merged key by key, anything else
       replaced. So a board can fill in what the shipped profile leaves open.
    3. The result is checked whole.

    Args:
        name_or_path: such as `sipor`, or `profiles/third-board.toml`.
        base_folder: the folder a relative path starts from.
        own_keys: what the settings say beside `profile` in `[[board]]`.
        own_label: how problems in *own_keys* name their place.

    Returns:
        The profile, checked.

    Raises:
        SettingsWrong: naming each wrong key, what was found and what is allowed.
    """
    problems = Problems()
    text = _text(name_or_path, base_folder, own_label, problems)
    own = dict(own_keys or {})
    label = Path(name_or_path).name.removesuffix(".toml") + ".toml"
    table = _laid_over(parse(text, label, problems), own) if text is not None else {}
    if problems.lines:
        raise SettingsWrong(problems.lines)
    sheet = check(ProfileSheet, table, "", problems)
    if sheet is None:
        raise SettingsWrong([_placed(line, own, label, own_label) for line in problems.lines])
    return _profile(sheet, name_or_path)


def _text(name_or_path: str, base_folder: Path, label: str, problems: Problems) -> str | None:
    if "/" in name_or_path or name_or_path.endswith(".toml"):
        return read(base_folder / name_or_path, f"{label}.profile", problems)
    if name_or_path in shipped():
        return files(__name__).joinpath(f"{name_or_path}.toml").read_text(encoding="utf-8")
    choices = f"allowed: {', '.join(shipped())}, or the path of a TOML file of your own"
    problems.add(f"{label}.profile", shown(name_or_path), choices)
    return None


def _laid_over(table: Table, own: Table) -> dict[str, object]:
    """Lay the board's own keys over a profile, without changing either."""
    merged = dict(table)
    for key, value in own.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def _placed(line: str, own: Table, label: str, own_label: str) -> str:
    """Say in which file a wrong key stands: the settings where they have it, else the profile."""
    key = line.partition(":")[0]
    here: object = own
    for step in key.partition("[")[0].split("."):
        if not isinstance(here, dict) or step not in here:
            return f"{label} {line}"
        here = here[step]
    return f"{own_label}.{line}"


def _profile(sheet: ProfileSheet, source: str) -> BoardProfile:
    on = frozenset(Kind) - OPTIONAL_KINDS | frozenset(sheet.optional_kinds)
    return BoardProfile(
        code=sheet.code,
        name=sheet.name,
        full_name=sheet.full_name,
        reference_prefix=sheet.reference_prefix,
        privacy_address=sheet.privacy_address,
        own_addresses=sheet.own_addresses,
        colleague_domains=sheet.colleague_domains,
        phone=sheet.phone,
        zone=ZoneInfo(sheet.zone),
        languages=sheet.languages,
        fg=FgContact(name=sheet.fg.name, address=sheet.fg.address or sheet.privacy_address),
        signer=Signer(**sheet.signer.model_dump()),
        links=Links(**sheet.links.model_dump()),
        schools=tuple(School(**school.model_dump()) for school in sheet.schools),
        kinds=on,
        terms=Terms(**sheet.terms.model_dump()),
        retention=Retention(**sheet.retention.model_dump()),
        reminders=ReminderSteps(
            **sheet.reminders.model_dump(),
            school_holidays=tuple(
                SchoolHoliday(**holiday.model_dump()) for holiday in sheet.school_holidays
            ),
            school_region=sheet.school_region,
        ),
        plus_addressing=sheet.plus_addressing,
        source=source,
    )
