"""What an acknowledgement asks for: only what is missing, and nothing twice (reglement 8.9.1)."""

from collections.abc import Collection, Iterable, Mapping

from mailbot.domain.kinds import Kind
from mailbot.domain.suggestion import Fact, FactName

_ABOUT_A_CHILD = frozenset(Kind) - {Kind.QUESTION, Kind.OTHER, Kind.AUTHORITY}
# "Everything" is a whole answer to an access request (EDPB 01/2022), so there nothing is missing.
_ABOUT_SOME_DATA = frozenset(
    {
        Kind.RECTIFICATION,
        Kind.ERASURE,
        Kind.RESTRICTION,
        Kind.OBJECTION,
        Kind.CONSENT_WITHDRAWAL,
    }
)

QUESTIONS_OF: Mapping[str, tuple[FactName, frozenset[Kind]]] = {
    "child_name": (FactName.CHILD_NAME, _ABOUT_A_CHILD),
    "school": (FactName.SCHOOL, _ABOUT_A_CHILD),
    "which_data": (FactName.WHICH_DATA, _ABOUT_SOME_DATA),
    "role": (FactName.REQUESTER_ROLE, _ABOUT_A_CHILD),
}
"""Each question with the fact that answers it, and the kinds that need it."""


def missing(
    kinds: Iterable[Kind | None], facts: Iterable[Fact], told: Collection[str] = ()
) -> tuple[str, ...]:
    """
    Name the questions an acknowledgement asks.

    Args:
        kinds: the kinds of the cases that opened.
        facts: what the mail says.
        told: facts known before, and questions asked before, in the cases these are linked to.

    Returns:
        Codes of `QUESTIONS`, in the order in which the letter asks them.
    """
    wanted = set(kinds)
    known = {fact.name for fact in facts if _says(fact)}
    return tuple(
        code
        for code, (fact, needs) in QUESTIONS_OF.items()
        if wanted & needs and fact not in known and code not in told and fact.value not in told
    )


def _says(fact: Fact) -> bool:
    """Whether a fact answers its question; of a child the first name alone is only half of it."""
    if fact.value == "unknown":
        return False
    return fact.name is not FactName.CHILD_NAME or all(
        " " in name.strip() for name in fact.value.split(";")
    )
