"""Acts towards the requester: ask who they are, ask what is meant, record what came of it."""

from collections.abc import Mapping, Sequence

from mailbot.domain.acts import SHORTEST_REASON
from mailbot.domain.identity import How
from mailbot.domain.kinds import Kind
from mailbot.domain.letter_words import IDENTITY_OPTIONS, Typed
from mailbot.web.languages import N_
from mailbot.web.pages import case_words
from mailbot.web.pages.case_fields import Field, options_of
from mailbot.web.pages.case_form import ActForm, Making, typed
from mailbot.work.handling import identity, third_party

NO_ADDRESS = N_("This case has no mail address. Ask by telephone or letter, and write a note.")
CLOSED = N_("This case is closed. Take it in hand again first.")
CLOCK = N_("The due date stays as it is; asking never stops the clock.")


def open_and_writable(making: Making) -> str:
    """Bar what needs an open case and an address."""
    if making.view.closed:
        return making.say(CLOSED)
    return "" if making.view.writable else making.say(NO_ADDRESS)


def still_open(making: Making) -> str:
    """Bar what needs an open case."""
    return making.say(CLOSED) if making.view.closed else ""


def _ask_identity(making: Making) -> None:
    page = making.page
    identity.ask_identity(page.desk, page.officer, making.view.reference)


def _identity_words(making: Making) -> Mapping[str, object]:
    return {"due": making.view.case.dates.due, "options": list(IDENTITY_OPTIONS)}


ASK_IDENTITY = ActForm(
    act="ask-identity",
    title=N_("Ask who they are"),
    button=N_("Send the question"),
    said=N_("The question leaves in a minute."),
    will=lambda m: (
        m.say(
            N_(
                "The requester is asked to show who they are, the least intrusive ways first. No copy of a document is asked for (reglement 8.2.2)."
            )
        ),
        m.say(CLOCK),
    ),
    barred=open_and_writable,
    letter=lambda _: "identity_request",
    words=_identity_words,
    perform=_ask_identity,
    keeps=False,
)


def _clarify_fields(_: Making) -> Sequence[Field]:
    return (
        Field(
            "question",
            N_("What do we want to know?"),
            in_letter=True,
            shortest=SHORTEST_REASON,
            hint=N_("The requester reads this. Ask one thing, in plain words."),
        ),
        Field(
            "why",
            N_("Why do we ask?"),
            in_letter=True,
            shortest=SHORTEST_REASON,
            hint=N_("The requester reads this too."),
        ),
    )


def _told(making: Making) -> dict[str, Typed]:
    return {name: typed(making, "clarification_request", name) for name in ("question", "why")}


def _clarify_words(making: Making) -> Mapping[str, object]:
    return {"due": making.view.case.dates.due, **_told(making)}


def _clarify(making: Making) -> None:
    page, values = making.page, making.values
    question, why = values.get("question"), values.get("why")
    identity.ask(page.desk, page.officer, making.view.reference, question, why, told=_told(making))


CLARIFY = ActForm(
    act="ask",
    title=N_("Ask what is meant"),
    button=N_("Send the question"),
    said=N_("The question leaves in a minute."),
    will=lambda m: (
        m.say(
            N_(
                "The requester gets your question. The letter says that asking for everything is fine too."
            )
        ),
        m.say(CLOCK),
    ),
    fields=_clarify_fields,
    barred=open_and_writable,
    letter=lambda _: "clarification_request",
    words=_clarify_words,
    perform=_clarify,
)


def _identity_fields(making: Making) -> Sequence[Field]:
    say = making.page.gettext
    return (
        Field(
            "how", N_("How was it established?"), "radios", options=options_of(case_words.HOW, say)
        ),
        Field(
            "note",
            N_("Note"),
            "area",
            required=False,
            rows=2,
            hint=N_(
                "No document number, no copy, no citizen service number: we may not keep them."
            ),
        ),
    )


def _identity_wrong(making: Making) -> Mapping[str, str]:
    if making.values.get("how") == How.OTHER and not making.values.get("note"):
        return {"note": making.say(N_("Describe how it was established."))}
    return {}


def _record_identity(making: Making) -> None:
    page, values = making.page, making.values
    identity.establish(
        page.desk, page.officer, making.view.reference, How(values.get("how")), values.get("note")
    )


IDENTITY = ActForm(
    act="identity",
    title=N_("Record the identity"),
    button=N_("Record it"),
    said=N_("The identity is recorded."),
    will=lambda m: (
        m.say(
            N_(
                "What is kept: that it was established, how, when and by whom. Nothing of a document (reglement 8.2.2)."
            )
        ),
    ),
    fields=_identity_fields,
    more_wrong=_identity_wrong,
    barred=still_open,
    perform=_record_identity,
    keeps=False,
)


def _answered(making: Making) -> None:
    identity.answered(making.page.desk, making.page.officer, making.view.reference)


ANSWERED = ActForm(
    act="answered",
    title=N_("They answered"),
    button=N_("Record it"),
    said=N_("Recorded that the requester answered."),
    will=lambda m: (m.say(N_("The case no longer waits for the requester.")),),
    barred=still_open,
    perform=_answered,
    keeps=False,
)


def _third_party_bar(making: Making) -> str:
    if making.view.case.kind is not Kind.THIRD_PARTY_REQUEST:
        return making.say(N_("This case is no third-party request."))
    return open_and_writable(making)


def _receipt(making: Making) -> None:
    third_party.confirm_receipt(making.page.desk, making.page.officer, making.view.reference)


RECEIPT = ActForm(
    act="receipt",
    title=N_("Confirm receipt to a third party"),
    button=N_("Send the receipt"),
    said=N_("The receipt leaves in a minute."),
    will=lambda m: (
        m.say(
            N_(
                "The letter says that theirs came, and nothing else: not even that a pupil exists (reglement 5.2, 7.2)."
            )
        ),
    ),
    barred=_third_party_bar,
    letter=lambda _: "third_party_reply",
    perform=_receipt,
    keeps=False,
)
