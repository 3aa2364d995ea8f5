"""The tasks of a case: done, not needed, open again; and who received the data earlier."""

from collections.abc import Mapping, Sequence
from datetime import date

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.errors import ActRefused, UnknownCase
from mailbot.domain.settled import TaskOnFile, TaskState
from mailbot.domain.task_choices import CHOICES, ChoiceRule, check_choices
from mailbot.web.languages import DUTCH, N_
from mailbot.web.pages.case_fields import Field
from mailbot.web.pages.case_form import ActForm, Making
from mailbot.work.handling import tasks

DONE, NOT_NEEDED, OPEN_AGAIN = "done", "not_needed", "open_again"


def task_of(making: Making) -> TaskOnFile:
    """
    Find the task that the path names.

    Raises:
        UnknownCase: this case has no such task.
    """
    code = making.page.names["task"]
    found = next((one for one in making.view.handling.tasks if one.rule.code == code), None)
    if found is None:
        raise UnknownCase("this case has no such task")
    return found


def _rule(making: Making) -> ChoiceRule | None:
    kind = making.view.case.kind
    return CHOICES.get((kind, task_of(making).rule.code)) if kind else None


def _fields(making: Making) -> Sequence[Field]:
    page, rule = making.page, _rule(making)
    if task_of(making).state is not TaskState.OPEN:
        return ()
    what = ((DONE, page.gettext(N_("done")), ""), (NOT_NEEDED, page.gettext(N_("not needed")), ""))
    picks = (
        tuple(
            (one.code, one.dutch if page.language == DUTCH else one.english, "")
            for one in rule.options
        )
        if rule
        else ()
    )
    every = rule is not None and rule.every
    hint = N_("When done: answer each of them.") if every else N_("When done: choose at least one.")
    return (
        Field("what", N_("What became of it?"), "radios", options=what),
        *(
            (
                Field(
                    "pick",
                    N_("What was chosen?"),
                    "ticks",
                    hint=hint,
                    required=False,
                    options=picks,
                ),
            )
            if picks
            else ()
        ),
        Field(
            "words",
            N_("How, by whom, or why not?"),
            required=rule is not None and rule.words,
            rows=3,
        ),
    )


def _wrong(making: Making) -> Mapping[str, str]:
    values, kind, task = making.values, making.view.case.kind, task_of(making)
    if task.state is not TaskState.OPEN:
        return {}
    words = values.get("words")
    if values.get("what") == NOT_NEEDED:
        short = len(words) < SHORTEST_REASON
        return {"words": making.say(N_("Say why it is not needed."))} if short else {}
    try:
        if kind is not None:
            check_choices(kind, task.rule.code, values.all("pick"), words)
    except ActRefused:
        field = "pick" if _rule(making) and not values.all("pick") else "words"
        return {
            field: making.say(N_("The reglement asks for an answer here before this task is done."))
        }
    return {}


def _settle(making: Making) -> None:
    page, values, reference = making.page, making.values, making.view.reference
    task = task_of(making)
    if task.state is not TaskState.OPEN:
        tasks.reopen(page.desk, page.officer, reference, task.rule.code)
        return
    done = values.get("what") == DONE
    picked = values.all("pick") if done else ()
    settlement = tasks.Settlement(done, picked, values.get("words"))
    tasks.settle(page.desk, page.officer, reference, task.rule.code, settlement)


def _will(making: Making) -> Sequence[str]:
    task = task_of(making)
    first = task.rule.dutch if making.page.language == DUTCH else task.rule.english
    if task.state is TaskState.OPEN:
        return (first,)
    return (
        first,
        making.say(
            N_("The task is settled. It can be opened again; what was said stays on record.")
        ),
    )


TASK = ActForm(
    act="task",
    title=N_("Task"),
    button=N_("Record it"),
    said=N_("The task is recorded."),
    will=_will,
    fields=_fields,
    more_wrong=_wrong,
    perform=_settle,
    keeps=False,
)


def _list(making: Making) -> None:
    page = making.page
    tasks.list_recipient(page.desk, page.officer, making.view.reference, making.values.get("name"))


RECIPIENTS = ActForm(
    act="recipients",
    title=N_("List an earlier recipient"),
    button=N_("List them"),
    said=N_("The recipient is listed."),
    will=lambda m: (
        m.say(
            N_(
                "Everybody who received the data earlier is told, or it is recorded why not (GDPR 19)."
            )
        ),
    ),
    fields=lambda _: (Field("name", N_("Who received the data?"), "line"),),
    perform=_list,
    keeps=False,
)


def _answer_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    what = (("told", say(N_("told")), ""), ("not", say(N_("not told")), ""))
    return (
        Field("what", N_("What became of it?"), "radios", options=what),
        Field("day", N_("Told on"), "date", required=False, most=making.view.today),
        Field("words", N_("How, or why not?"), shortest=SHORTEST_REASON, rows=3),
    )


def _answer_wrong(making: Making) -> Mapping[str, str]:
    if making.values.get("what") == "told" and making.values.day("day") is None:
        return {"day": making.say(N_("Say on which day they were told."))}
    return {}


def _answer(making: Making) -> None:
    page, values, reference = making.page, making.values, making.view.reference
    number, words = int(page.names["number"]), values.get("words")
    if values.get("what") == "told":
        day = values.day("day") or date.min
        tasks.tell_recipient(page.desk, page.officer, reference, number, told_on=day, how=words)
    else:
        tasks.not_told(page.desk, page.officer, reference, number, words)


def _answer_bar(making: Making) -> str:
    numbers = {str(one.number) for one in making.view.handling.recipients}
    if making.page.names["number"] not in numbers:
        raise UnknownCase("there is no such recipient")
    return ""


RECIPIENT = ActForm(
    act="recipient",
    title=N_("An earlier recipient"),
    button=N_("Record it"),
    said=N_("Recorded for this recipient."),
    fields=_answer_fields,
    more_wrong=_answer_wrong,
    barred=_answer_bar,
    perform=_answer,
    keeps=False,
)
