"""Mail that opens cases: one for each right it asks for, acknowledged in one letter."""

from collections.abc import Sequence

from mailbot.domain.kinds import KINDS, Kind
from mailbot.domain.mail import Mail
from mailbot.domain.proposal import Acknowledge, AskOfficer, OpenCase, Proposal
from mailbot.domain.suggestion import KindSuggestion, Suggestion
from mailbot.domain.thread import STRANGER, Known, Thread

ENOUGH = 0.5
"""Kinds below this confidence are shown as a suggestion but open no case of their own."""

SHOWN = 0.4
"""Below this a suggestion is too faint to stand on a case; the case then has no kind yet."""

POSSIBLE_BREACH = 0.2
"""From this a person is asked whether data were exposed: a missed breach costs 72 hours."""

FOR_SEVERAL = "ack_request"
"""The acknowledgement that names several cases and says for each what it must."""


class Requests:
    """Opens linked cases, each with its own clock (reglement 8.9 and 6.4)."""

    def __init__(self, kinds: frozenset[Kind]) -> None:
        self._kinds = kinds

    def propose(
        self,
        mail: Mail,  # noqa: ARG002
        suggestion: Suggestion,
        thread: Thread | None,  # noqa: ARG002
        known: Known = STRANGER,  # noqa: ARG002
    ) -> tuple[Proposal, ...]:
        """
        Say which cases a mail opens.

        1. A kind that is strong enough and on for this board opens a case.
        2. Without one, a single case opens whose kind a person sets; its clock runs as a
           request's, so that no term is lost by doubt.
        3. Who asks for somebody else's data as a third party exercises no right of their own.
        4. One acknowledgement names them all; none goes to third parties and authorities, to
           whom a person writes.
        """
        found = _of_the_writer([kind for kind in suggestion.kinds if self._counts(kind)])
        if suggestion.unsure or not found:
            return self._unsure(suggestion)
        opened = tuple(OpenCase(kind.kind, kind.confidence) for kind in found)
        return (
            *opened,
            *_acknowledgement([kind.kind for kind in found]),
            *_possible_breach(suggestion, [kind.kind for kind in found]),
        )

    def _counts(self, kind: KindSuggestion) -> bool:
        return kind.kind in self._kinds and kind.confidence >= ENOUGH

    def _unsure(self, suggestion: Suggestion) -> tuple[Proposal, ...]:
        # "Perhaps not ours" is no knowledge: the writer still hears that a person reads it.
        strong = [
            kind
            for kind in suggestion.kinds
            if kind.confidence >= SHOWN and kind.kind is not Kind.OTHER
        ]
        best = next((kind for kind in strong if kind.kind in self._kinds), None)
        kind = best.kind if best else None
        opened = OpenCase(kind, best.confidence if best else 0.0)
        doubts = (*_possible_breach(suggestion, [kind]), AskOfficer("unsure"))
        if kind is not None and KINDS[kind].acknowledgement is None:
            # It may be an authority or a third party: a person writes first.
            return (opened, *doubts)
        letter = "ack_breach" if kind is Kind.BREACH else "ack_unsure"
        return (opened, Acknowledge(letter), *doubts)


BESIDE_A_THIRD_PARTY = frozenset({Kind.THIRD_PARTY_REQUEST, Kind.BREACH, Kind.COMPLAINT})
"""What a third party may bring up at once; "send us the file" is then no access request."""


def _of_the_writer(found: list[KindSuggestion]) -> list[KindSuggestion]:
    """Leave out the rights of others where the mail is a third party's (reglement 5.2 and 7.2)."""
    if not found or found[0].kind is not Kind.THIRD_PARTY_REQUEST:
        return found
    return [one for one in found if one.kind in BESIDE_A_THIRD_PARTY]


def _acknowledgement(kinds: list[Kind]) -> tuple[Proposal, ...]:
    letters = {KINDS[kind].acknowledgement for kind in kinds}
    if None in letters:
        return (AskOfficer("a_person_writes_first"),)
    alone = next(iter(letters)) if len(letters) == 1 else None
    return (Acknowledge(alone or FOR_SEVERAL),)


def _possible_breach(suggestion: Suggestion, opened: Sequence[Kind | None]) -> tuple[Proposal, ...]:
    """Ask a person about any hint of exposed data that opened no breach case of its own."""
    if Kind.BREACH in opened:
        return ()
    hinted = any(
        found.kind is Kind.BREACH and found.confidence >= POSSIBLE_BREACH
        for found in suggestion.kinds
    )
    return (AskOfficer("possible_breach"),) if hinted else ()
