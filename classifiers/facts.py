"""Finds the facts a case needs, as they stand in the text; an absent fact stays absent."""

from collections.abc import Sequence

from classifiers.ages import age_in
from classifiers.birth_dates import birth_date_in
from classifiers.names import child_names, requester_name
from classifiers.rules import Reading
from classifiers.schools import school_in
from mailbot.domain.mail import Mail
from mailbot.domain.suggestion import Fact, FactName


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
    children = child_names(text)
    if children:
        names = "; ".join(name.value for name in children)
        facts.append(Fact(FactName.CHILD_NAME, names, children[0].start))
    age = age_in(text, reading)
    if age is not None:
        facts.append(Fact(FactName.AGE, str(age.years), age.start))
    born = birth_date_in(text)
    if born is not None:
        facts.append(Fact(FactName.BIRTH_DATE, born.value, born.start))
    school = school_in(text, schools) or school_in(mail.subject, schools)
    if school is not None:
        facts.append(Fact(FactName.SCHOOL, school.value, school.start))
    writer = requester_name(text, mail.sender)
    if writer is not None:
        facts.append(Fact(FactName.REQUESTER_NAME, writer.value, writer.start))
    facts.append(Fact(FactName.REQUESTER_ROLE, role_of(reading)))
    return tuple(facts)
