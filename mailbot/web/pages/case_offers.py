"""Which acts a case page offers: what this role may do, and what makes sense for this case now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.roles import Role
from mailbot.web.access import DECIDERS, FG_ONLY, READERS, SUPERVISORS
from mailbot.web.languages import N_
from mailbot.web.pages.case_view import CaseView

Fits = Callable[[CaseView], bool]


@dataclass(frozen=True, slots=True)
class Offer:
    """One act as the page offers it."""

    label: str
    path: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Acts of one sort."""

    label: str
    offers: Sequence[Offer]
    folded: bool
    """Whether they are seldom wanted, so that the page folds them away."""


@dataclass(frozen=True, slots=True)
class Row:
    """One act of the table."""

    group: str
    act: str
    label: str
    who: frozenset[Role]
    fits: Fits


def _open(view: CaseView) -> bool:
    return not view.closed


def _closed(view: CaseView) -> bool:
    return view.closed


def _writable(view: CaseView) -> bool:
    return not view.closed and view.writable


def _clock(view: CaseView) -> Clock | None:
    return KINDS[view.case.kind].clock if view.case.kind else None


def _extendable(view: CaseView) -> bool:
    return not view.closed and _clock(view) is Clock.REQUEST and not view.overdue


def _decidable(view: CaseView) -> bool:
    return not view.closed and view.case.confirmed


def _small(view: CaseView) -> bool:
    """Whether whoever reads cases may close it, for it decides nothing about anyone's right."""
    kind = view.case.kind
    return _decidable(view) and kind is not None and Role.HANDLER in KINDS[kind].decided_by


def _linked(view: CaseView) -> bool:
    story = view.story
    return bool(story.linked) and not story.merged and not story.merged_into


WHO, TERM, END, CARE = N_("The requester"), N_("The term"), N_("The end"), N_("Care")
CASES = N_("Other cases")
ROWS = (
    Row(
        WHO,
        "sender",
        N_("Say who asked"),
        SUPERVISORS,
        lambda v: not v.closed and not v.writable and not v.in_danger and bool(v.story.mails),
    ),
    Row(
        WHO,
        "ask-identity",
        N_("Ask who they are"),
        READERS,
        lambda v: _writable(v) and not v.handling.identity,
    ),
    Row(WHO, "identity", N_("Record the identity"), READERS, _open),
    Row(WHO, "ask", N_("Ask what is meant"), READERS, _writable),
    Row(
        WHO,
        "answered",
        N_("They answered"),
        READERS,
        lambda v: not v.closed and v.asked is not None,
    ),
    Row(
        WHO,
        "receipt",
        N_("Confirm receipt to a third party"),
        READERS,
        lambda v: _writable(v) and v.case.kind is Kind.THIRD_PARTY_REQUEST,
    ),
    Row(TERM, "extend", N_("Extend"), SUPERVISORS, _extendable),
    Row(
        TERM,
        "told",
        N_("Record that an extension was told"),
        SUPERVISORS,
        lambda v: _open(v) and v.case.extensions > 0 and not v.writable,
    ),
    Row(
        TERM, "late", N_("Say that we are late"), SUPERVISORS, lambda v: _writable(v) and v.overdue
    ),
    Row(TERM, "received", N_("Correct the date of receipt"), SUPERVISORS, _open),
    Row(
        TERM,
        "deadline",
        N_("Record a date from a letter"),
        SUPERVISORS,
        lambda v: _open(v) and _clock(v) is Clock.NONE,
    ),
    Row(END, "advise", N_("Give advice"), FG_ONLY, _decidable),
    Row(END, "decide", N_("Decide"), DECIDERS, _decidable),
    Row(END, "close", N_("Close without a letter"), READERS, _small),
    Row(END, "restriction", N_("Restriction"), READERS, lambda v: v.case.kind is Kind.RESTRICTION),
    Row(END, "reopen", N_("Take in hand again"), SUPERVISORS, _closed),
    Row(CASES, "merge", N_("Merge"), SUPERVISORS, lambda v: _open(v) and not v.story.merged_into),
    Row(CASES, "unmerge", N_("Undo the merging"), SUPERVISORS, lambda v: bool(v.story.merged_into)),
    Row(CASES, "split", N_("Split"), SUPERVISORS, lambda v: _open(v) and len(v.story.mails) > 1),
    Row(CASES, "link", N_("Link to another case"), READERS, _open),
    Row(CASES, "unlink", N_("Undo the link"), SUPERVISORS, _linked),
    Row(CARE, "address", N_("A verified address"), SUPERVISORS, _open),
    Row(CARE, "hold", N_("Legal hold"), FG_ONLY, lambda _: True),
    Row(CARE, "exclude", N_("Keep a colleague away"), SUPERVISORS, lambda _: True),
    Row(CARE, "export", N_("Hand the file over"), SUPERVISORS, lambda _: True),
)
"""Every act that has a page of its own, in the order of a case's life."""
FOLDED = frozenset({CASES, CARE})


def offers(view: CaseView, role: Role, gettext: Callable[[str], str]) -> Sequence[Group]:
    """List what this role can do with this case now, group by group."""
    rows = [row for row in ROWS if role in row.who and row.fits(view)]
    return [
        Group(
            gettext(group),
            [
                Offer(gettext(row.label), f"{view.path}/{row.act}", row.act == "decide")
                for row in found
            ],
            group in FOLDED,
        )
        for group, found in groupby(rows, key=lambda row: row.group)
    ]
