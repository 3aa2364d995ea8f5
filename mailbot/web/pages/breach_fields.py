"""The fields of a register entry as a form shows them, and as it sends them back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.domain.errors import EntryWrong
from mailbot.domain.local_time import to_utc
from mailbot.domain.masking import mask_bsn
from mailbot.domain.register import RegisterEntry
from mailbot.domain.register_fields import FIELDS, FieldRule, Form, Section
from mailbot.domain.register_values import EMPTY, read_value, value_words
from mailbot.domain.roles import Role
from mailbot.web.asked import Fields
from mailbot.web.languages import DUTCH
from mailbot.web.pages.breach_words import label, options, section_name, word_name
from mailbot.web.words import moment


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of an entry on the page."""

    name: str
    label: str
    form: str
    text: str = field(repr=False)
    """As people read it; empty where nothing is known."""
    typed: str = field(repr=False)
    """As a form sends it."""
    chosen: tuple[str, ...]
    options: Sequence[tuple[str, str, str]]
    lacks: bool
    mine: bool
    """Whether this officer may set it here."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The words as a choice from a list wants them."""
        return [(code, text) for code, text, _ in self.options]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One part of the authority's form."""

    code: str
    title: str
    fields: Sequence[ShownField]

    @property
    def mine(self) -> bool:
        """Whether this officer may set any of it."""
        return any(one.mine for one in self.fields)

    @property
    def lacks(self) -> int:
        """How many of its fields are still to be filled."""
        return sum(one.lacks for one in self.fields)


def sections(
    entry: RegisterEntry, open_fields: Sequence[str], role: Role, zone: ZoneInfo, language: str
) -> Iterator[ShownSection]:
    """Lay an entry out in the order of the authority's form."""
    for section in Section:
        rules = [rule for rule in FIELDS if rule.section is section]
        shown = [
            _shown(one, entry, open_fields, role=role, zone=zone, language=language)
            for one in rules
        ]
        yield ShownSection(section.name.lower(), section_name(section, language), shown)


def given(fields: Fields, entry: RegisterEntry, role: Role, zone: ZoneInfo) -> dict[str, object]:
    """
    Read what a form changes; a field that stays as it was is left out.

    Raises:
        EntryWrong: something typed is no value of its field.
    """
    changed: dict[str, object] = {}
    problems: list[str] = []
    for rule in FIELDS:
        if rule.name not in fields or role not in rule.set_by:
            continue
        try:
            value = _read(rule, fields, zone)
        except EntryWrong as error:
            problems.extend(error.problems)
            continue
        if value != getattr(entry, rule.name) and not _same_minute(value, entry, rule):
            changed[rule.name] = value
    if problems:
        raise EntryWrong(problems)
    return changed


def instant(name: str, text: str, zone: ZoneInfo) -> datetime:
    """
    Read a moment as a browser sends it, in local time.

    Raises:
        EntryWrong: it is none.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise EntryWrong([f"{name}: choose a day and a time"]) from None
    return to_utc(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def as_typed(moment: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as the field of a browser wants it."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" if moment else ""


def _same_minute(value: object, entry: RegisterEntry, rule: FieldRule) -> bool:
    # A browser shows minutes; seconds that it left out are no change of anybody's.
    before = getattr(entry, rule.name)
    if not isinstance(value, datetime) or not isinstance(before, datetime):
        return False
    return value == before.replace(second=0, microsecond=0)


def _read(rule: FieldRule, fields: Fields, zone: ZoneInfo) -> object:
    if rule.form is Form.WORDS:
        return read_value(rule.name, ",".join(filter(None, fields.all(rule.name))))
    text = fields.get(rule.name)
    if rule.form is Form.INSTANT and text:
        return instant(rule.name, text, zone)
    if rule.form is Form.TEXT:
        # A browser ends its lines with CRLF.
        return text.replace("\r\n", "\n")
    return read_value(rule.name, text)


def _shown(
    rule: FieldRule,
    entry: RegisterEntry,
    open_fields: Sequence[str],
    *,
    role: Role,
    zone: ZoneInfo,
    language: str,
) -> ShownField:
    value = getattr(entry, rule.name)
    empty = value == getattr(EMPTY, rule.name)
    return ShownField(
        name=rule.name,
        label=label(rule.name, language),
        form=rule.form.name.lower(),
        text="" if empty else mask_bsn(_words(rule, value, zone, language)),
        typed="" if empty else _typed(rule, value, zone),
        chosen=tuple(str(getattr(one, "value", one)) for one in value)
        if isinstance(value, tuple)
        else (),
        options=options(rule, language),
        lacks=rule.name in open_fields,
        mine=role in rule.set_by,
    )


def _words(rule: FieldRule, value: object, zone: ZoneInfo, language: str) -> str:
    if isinstance(value, datetime):
        return moment(value, zone, language=language)
    if language == DUTCH or rule.form in (Form.TEXT, Form.TEXTS, Form.COUNT, Form.INSTANT):
        return value_words(rule, value, zone)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if rule.words is None:
        return value_words(rule, value, zone)
    words = value if isinstance(value, tuple) else (value,)
    return ", ".join(word_name(one, language) for one in words)


def _typed(rule: FieldRule, value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return as_typed(value, zone)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(value, "value", "")) if rule.words else value_words(rule, value, zone)
