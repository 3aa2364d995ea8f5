"""Which extensions count: those that were not taken back before their notice left."""

from sqlalchemy import ColumnElement, String, cast, exists

from mailbot.adapters.schema import extension
from mailbot.adapters.schema_handling import case_act
from mailbot.domain.acts import Act


def stands() -> ColumnElement[bool]:
    """Say of a row of `extension` that nobody took it back; the row itself stays for ever."""
    return ~exists().where(
        case_act.c.case_id == extension.c.case_id,
        case_act.c.code == Act.EXTENSION_TAKEN_BACK.value,
        case_act.c.subject == cast(extension.c.id, String),
    )
