"""Finds the facts a case needs, as they stand in the text; an absent fact stays absent."""

from collections.abc import Sequence

from classifiers.ages import age_in
from classifiers.birth_dates import birth_date_in
from classifiers.groups import group_in
from classifiers.incident_dates import incident_days_in
from classifiers.names import requester_name
from classifiers.naming import chooser
from classifiers.roles import told_role
from classifiers.rules import Reading
from classifiers.schools import school_in
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Fact, FactName

_NEVER_CAME = 1999
_INCIDENT = 0.25
"""From this strength of the words for exposed data the days a mail names are an incident's."""


def _year(mail: Mail) -> int | None:
    """Return the year of receipt; None for a mail that lies in a file and never came."""
    return mail.received.year if mail.received.year > _NEVER_CAME else None


def role_of(reading: Reading) -> str:
    """Say who writes: third_party, staff, pupil, parent or unknown, in that order of telling."""
    if reading.strength("third_party_request") >= 0.6 or reading.strength("third_party") >= 0.6:
        return "third_party"
    if reading.strength("pupil") >= 0.6 and reading.strength("parent") < 0.6:
        return "pupil"
    if reading.strength("parent") >= 0.6:
        return "parent"
    if reading.strength("staff") >= 0.6:
        return "staff"
    return "unknown"


def facts_of(
    text: str,
    reading: Reading,
    mail: Mail,
    schools: Sequence[str],
) -> tuple[Fact, ...]:
    """
    Find the facts of one mail.

    Args:
        text: the text that decides.
        reading: what its words say.
        mail: the whole mail, for its subject and sender.
        schools: the names of the board's schools.

    Returns:
        Each fact once; several children are joined by `; `.
    """
    facts: list[Fact] = []
    told, writer = told_role(text), requester_name(text, mail.sender)
    children = chooser().children(text, mail.subject, (told, writer))
    if children:
        # A name that only the subject tells has no place in the text.
        place = next((one.start for one in children if one.start >= 0), -1)
        facts.append(Fact(FactName.CHILD_NAME, "; ".join(one.value for one in children), place))
    age = age_in(text, reading)
    if age is not None:
        facts.append(Fact(FactName.AGE, str(age.years), age.start))
    born = birth_date_in(text, [one.start for one in children if one.start >= 0], _year(mail))
    if born is not None:
        facts.append(Fact(FactName.BIRTH_DATE, born.value, born.start))
    school = school_in(text, schools) or school_in(mail.subject, schools)
    if school is not None:
        facts.append(Fact(FactName.SCHOOL, school.value, school.start))
    if writer is not None:
        facts.append(Fact(FactName.REQUESTER_NAME, writer.value, writer.start))
    group = group_in(text)
    if group is not None:
        facts.append(Fact(FactName.GROUP, group.value, group.start))
    if reading.strength("breach") >= _INCIDENT:
        own = 0 if mail.is_forward else len(mail.new_text)
        days = incident_days_in(text, mail.received, written_now=own)
        if days is not None:
            facts.append(Fact(FactName.INCIDENT_DATE, days.value, days.start))
    role = told if told != "unknown" else role_of(reading)
    facts.append(Fact(FactName.REQUESTER_ROLE, role))
    return tuple(facts)
