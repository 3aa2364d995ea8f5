"""The page of one act: says what it will do, asks for words, shows the letter, and then does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from mailbot.domain.errors import (
    ActRefused,
    ExtensionRefused,
    GroundsMissing,
    IdentityMissing,
    LetterIncomplete,
    NotHeld,
    ReasonMissing,
)
from mailbot.domain.letter_words import Typed
from mailbot.domain.letters import letter_languages
from mailbot.web.asked import Fields, Page, PageRequest
from mailbot.web.headers import WITH_FRAME
from mailbot.web.languages import DUTCH, N_
from mailbot.web.pages.case_elements import elements_of
from mailbot.web.pages.case_fields import Field, Values, wrong
from mailbot.web.pages.case_reading import fact_rows, mails_of, phrases_of
from mailbot.web.pages.case_sayings import sayings
from mailbot.web.pages.case_view import CaseView, view_of
from mailbot.work.handling.drafts import draft_of, drop_draft, keep_draft
from mailbot.work.handling.preview import Preview, preview
from mailbot.work.handling.undo import undoable

REFUSED = N_(
    "This cannot be done now: the case changed meanwhile, or something must come first. Look at the case again."
)
LACKS = N_("The letter is not complete yet. Look at what is not ticked.")
NOT_TYPED = ("csrf", "sure", "save", "quiet", "again", "more")
REFUSALS = (
    ActRefused,
    ExtensionRefused,
    GroundsMissing,
    IdentityMissing,
    NotHeld,
    ReasonMissing,
)


@dataclass(frozen=True, slots=True)
class Making:
    """A form being filled: who, for which case, with what so far."""

    page: PageRequest
    view: CaseView
    values: Values

    def say(self, message: str) -> str:
        """Translate a message."""
        return self.page.gettext(message)


def _nothing(_: Making) -> Sequence[str]:
    return ()


def _no_words(_: Making) -> Mapping[str, object]:
    return {}


def _no_bar(_: Making) -> str:
    return ""


def _no_fields(_: Making) -> Sequence[Field]:
    return ()


def _no_more(_: Making) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act as a page: every text is a message in English."""

    act: str
    title: str
    button: str
    said: str
    perform: Callable[[Making], None]
    will: Callable[[Making], Sequence[str]] = _nothing
    """What it will do, sentence by sentence, translated."""
    fields: Callable[[Making], Sequence[Field]] = _no_fields
    barred: Callable[[Making], str] = _no_bar
    """Why it cannot be done now, translated; empty where it can."""
    more_wrong: Callable[[Making], Mapping[str, str]] = _no_more
    letter: Callable[[Making], str] = _no_bar
    """The letter that will be sent; empty for none."""
    words: Callable[[Making], Mapping[str, object]] = _no_words
    keeps: bool = True
    """Whether what is typed is kept as a draft."""
    reasons: bool = False
    """Whether the file stands beside the form."""
    parts: Callable[[Making], int] = lambda _: 0
    hidden: Callable[[Making], Mapping[str, str]] = _no_more
    """Fields that go along unseen."""
    more: Callable[[Making], str] = _no_bar
    """What a button offers that adds fields; empty for none."""
    chooses: Callable[[Making], bool] = lambda _: False
    """Whether this step only chooses what the next one asks for."""
    still: str = ""
    """What the button says where no letter goes; empty where it says the same."""
    danger: bool = False
    second: Callable[[Making], Sequence[str]] = _nothing
    """What a second look says where no letter is shown: what it will come to, translated."""
    sends: str = ""
    """What it may send where its letter is not shown first, instead of that nothing is sent."""


def act_page(form: ActForm) -> Page:
    """Make the page of an act."""

    def answer(page: PageRequest) -> Response:
        view = view_of(page)
        values = Values(page.form if page.posted else _kept(page, form))
        making = Making(page, view, values)
        if page.form.get("save"):
            return _save(making, form)
        barred = form.barred(making)
        if not page.posted or barred or page.form.get("again") or page.form.get("more"):
            return show_form(making, form, barred=barred)
        return _posted(making, form)

    return answer


def languages_of(making: Making, letter: str) -> tuple[str, ...]:
    """Name the languages in which the requester of a case reads a letter."""
    there = making.page.desk.correspondence.stationery.languages(letter)
    return letter_languages(making.view.case.language, there)


def typed(making: Making, letter: str, name: str) -> Typed:
    """Read a field of a letter, in each language in which it was typed."""
    return making.values.typed(name, languages_of(making, letter))


def show_form(
    making: Making,
    form: ActForm,
    errors: Mapping[str, str] | None = None,
    *,
    barred: str = "",
    seen: Preview | None = None,
    look: Sequence[str] = (),
) -> Response:
    """Show the form, or the letter it makes for a second look."""
    page, view = making.page, making.view
    letter = form.letter(making)
    fields = [] if barred else form.fields(making)
    answer = page.render(
        "case_form.html",
        status=422 if errors else 409 if barred else 200,
        view=view,
        form=form,
        title=page.gettext(form.title),
        button=page.gettext(form.button if letter and view.writable else form.still or form.button),
        will=form.will(making),
        barred=barred,
        fields=fields,
        values=making.values,
        errors=errors or {},
        letter=letter,
        also=[one for one in languages_of(making, letter) if one != DUTCH] if letter else [],
        elements=elements_of(
            letter, view.case.kind, making.values.get, page.gettext, parts=form.parts(making)
        )
        if letter and view.writable
        else [],
        seen=seen,
        look=look,
        hidden=form.hidden(making),
        more=form.more(making),
        chooses=form.chooses(making),
        again=_pairs(page.form),
        writable=view.writable,
        **sayings(page, view.case.kind),
        **beside(page, view, reasons=form.reasons),
    )
    answer.headers["Content-Security-Policy"] = WITH_FRAME
    return answer


def beside(page: PageRequest, view: CaseView, *, reasons: bool) -> dict[str, object]:
    """Gather what stands beside a form: the mails and the reasons, where the act needs them."""
    if not reasons:
        return {"mails": (), "fact_rows": (), "phrases": ()}
    return {
        "mails": mails_of(page, view),
        "fact_rows": fact_rows(page, view),
        "phrases": phrases_of(view),
    }


def _posted(making: Making, form: ActForm) -> Response:
    page = making.page
    errors = {
        **wrong(form.fields(making), making.values, page.gettext, page.language),
        **form.more_wrong(making),
    }
    if errors:
        return show_form(making, form, errors)
    letter = form.letter(making)
    try:
        if letter and making.view.writable and page.form.get("sure") != "yes":
            seen = preview(
                page.desk, page.officer, making.view.reference, letter, form.words(making)
            )
            return show_form(making, form, seen=seen)
        look = () if page.form.get("sure") == "yes" else form.second(making)
        if look:
            return show_form(making, form, look=look)
        form.perform(making)
    except LetterIncomplete:
        return show_form(making, form, {"letter": page.gettext(LACKS)})
    except REFUSALS:
        return show_form(making, form, {"act": page.gettext(REFUSED)})
    if form.keeps:
        drop_draft(page.desk, page.officer, making.view.reference, _draft_name(making, form))
    return _done(making, form, letter)


def _done(making: Making, form: ActForm, letter: str) -> Response:
    page, path = making.page, making.view.path
    waiting = undoable(page.desk, page.officer, making.view.reference) if letter else None
    undo = f"{path}/letters/{waiting.id}/undo" if waiting else ""
    return page.redirect(path, page.gettext(form.said), undo=undo)


def _save(making: Making, form: ActForm) -> Response:
    page = making.page
    fields = {name: value for name, value in page.form.pairs if name not in NOT_TYPED}
    name = _draft_name(making, form)
    keep_draft(page.desk, page.officer, making.view.reference, name, fields)
    if page.form.get("quiet"):
        return Response(status_code=204)
    chosen = making.values.get("outcome")
    back = f"{page.path}?outcome={quote(chosen)}" if chosen else page.path
    return page.redirect(back, page.gettext("What you typed is kept. Nothing was sent."))


def _kept(page: PageRequest, form: ActForm) -> Fields:
    outcome = page.query.get("outcome")
    # Nobody's link puts words into a form; it can only say which form.
    asked = tuple((name, value) for name, value in page.query.pairs if name in {"outcome", "name"})
    if not form.keeps:
        return Fields(asked)
    name = f"{form.act} {outcome}".strip()
    kept = draft_of(page.desk, page.officer, page.names["reference"], name)
    return Fields((*asked, *(kept.fields.items() if kept else ())))


def _draft_name(making: Making, form: ActForm) -> str:
    return f"{form.act} {making.values.get('outcome')}".strip()[:60]


def _pairs(fields: Fields) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields.pairs if name not in NOT_TYPED]
