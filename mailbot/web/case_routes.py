"""The rows of the case in the table of routes: its page, its mails, and one row for each act."""

from mailbot.domain.roles import Role
from mailbot.web.access import DECIDERS, FG_ONLY, READERS, SUPERVISORS, Bound, Route, page
from mailbot.web.pages import (
    case_ask,
    case_care,
    case_decide,
    case_files,
    case_join,
    case_new,
    case_origin,
    case_page,
    case_presence,
    case_small,
    case_tasks,
    case_term,
    case_undo,
)
from mailbot.web.pages.case_form import ActForm, act_page

CASE = "/cases/{reference}"


def act(form: ActForm, who: frozenset[Role], path: str = "") -> Route:
    """Write the row of an act; its path is its own name below the case, unless *path* says more."""
    return page(f"{CASE}/{path or form.act}", "GET POST", act_page(form), who, Bound.CASE)


CASE_ROUTES: tuple[Route, ...] = (
    # Before the case itself, or "new" would be a reference.
    page("/cases/new", "GET POST", case_new.new_case, READERS),
    page(CASE, "GET", case_page.case_page, READERS, Bound.CASE),
    page(f"{CASE}/mails/{{mail}}/html", "GET", case_files.framed_html, READERS, Bound.CASE),
    page(
        f"{CASE}/mails/{{mail}}/files/{{file}}",
        "GET",
        case_files.attached_file,
        READERS,
        Bound.CASE,
    ),
    page(f"{CASE}/kind", "POST", case_small.confirm_kind, SUPERVISORS, Bound.CASE),
    page(f"{CASE}/note", "POST", case_small.write_note, READERS, Bound.CASE),
    page(f"{CASE}/assign", "POST", case_small.give, READERS, Bound.CASE),
    page(f"{CASE}/here", "GET", case_presence.here, READERS, Bound.CASE, awake=False),
    page(f"{CASE}/mails/{{mail}}/looked", "POST", case_presence.looked, READERS, Bound.CASE),
    page(f"{CASE}/letters/{{letter}}/undo", "POST", case_undo.undo_letter, READERS, Bound.CASE),
    # The requester.
    act(case_ask.ASK_IDENTITY, READERS),
    act(case_ask.IDENTITY, READERS),
    act(case_ask.CLARIFY, READERS),
    act(case_ask.ANSWERED, READERS),
    act(case_ask.RECEIPT, READERS),
    # The term (reglement 8.9.2b).
    act(case_term.EXTEND, SUPERVISORS),
    act(case_term.TOLD, SUPERVISORS),
    act(case_term.LATE, SUPERVISORS),
    act(case_term.RECEIVED, SUPERVISORS),
    act(case_term.DEADLINE, SUPERVISORS),
    # The end: the FG advises, the board decides (reglement 8.9.2a, GDPR 38(6)).
    act(case_decide.ADVISE, FG_ONLY),
    act(case_decide.DECIDE, DECIDERS),
    act(case_decide.CLOSE, READERS),
    act(case_decide.REOPEN, SUPERVISORS),
    # Care.
    act(case_care.FACT, READERS),
    act(case_care.FLAG, READERS),
    act(case_care.LANGUAGE, READERS),
    act(case_care.RESTRICTED, READERS),
    act(case_care.HOLD, FG_ONLY),
    act(case_care.EXCLUDE, SUPERVISORS),
    act(case_care.RELEASE, READERS, "mails/{mail}/release"),
    # Among cases.
    act(case_join.MERGE, SUPERVISORS),
    act(case_join.UNMERGE, SUPERVISORS),
    act(case_join.SPLIT, SUPERVISORS),
    act(case_join.LINK, READERS),
    act(case_join.ADDRESS, SUPERVISORS),
    act(case_origin.UNLINK, SUPERVISORS),
    act(case_origin.MOVE, SUPERVISORS, "mails/{mail}/move"),
    act(case_origin.SENDER, SUPERVISORS),
    # Tasks.
    act(case_tasks.TASK, READERS, "tasks/{task}"),
    act(case_tasks.RECIPIENTS, READERS),
    act(case_tasks.RECIPIENT, READERS, "recipients/{number}"),
)
