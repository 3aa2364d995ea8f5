"""Why an extension is refused or given with a caution, in words an officer can act on."""

from enum import StrEnum


class Caution(StrEnum):
    """What an officer should know before extending; never a refusal."""

    ACCESS_NAMES_NO_EXTENSION = "access_names_no_extension"
    SECOND_EXTENSION = "second_extension"
    AFTER_ONE_MONTH = "after_one_month"


CAUTIONS: dict[Caution, tuple[str, str]] = {
    Caution.ACCESS_NAMES_NO_EXTENSION: (
        "Artikel 8.2.1 noemt voor inzage geen verlenging; artikel 8.9.2b staat die wel toe.",
        "Article 8.2.1 names no extension for access; article 8.9.2b does allow it.",
    ),
    Caution.SECOND_EXTENSION: (
        "Dit is niet de eerste verlenging: het reglement staat er meer toe (8.9.2b), maar de AVG (12 lid 3) wil elke verlenging binnen een maand na ontvangst aangekondigd zien.",
        "This is not the first extension: the reglement allows several (8.9.2b), but the GDPR (12(3)) wants every extension announced within one month of receipt.",
    ),
    Caution.AFTER_ONE_MONTH: (
        "Er is al meer dan een maand voorbij sinds de ontvangst; volgens de AVG (12 lid 3) komt deze aankondiging te laat, ook al staat het reglement haar toe.",
        "More than one month has passed since receipt; by the GDPR (12(3)) this announcement comes too late, although the reglement allows it.",
    ),
}
"""Each caution in Dutch and in English."""


class Refusal(StrEnum):
    """Why an extension cannot be given, in the order in which it is looked at."""

    NO_REQUEST_CLOCK = "no_request_clock"
    BEFORE_RECEIPT = "before_receipt"
    AFTER_DUE = "after_due"
    PAST_CAP = "past_cap"
    NOT_LATER = "not_later"
    NO_REASON = "no_reason"


REFUSALS: dict[Refusal, tuple[str, str]] = {
    Refusal.NO_REQUEST_CLOCK: (
        "Een zaak van het soort '{kind}' kan niet worden verlengd: artikel 8.9.2b verlengt alleen de vier weken van een verzoek.",
        "A case of the kind '{kind}' cannot be extended: article 8.9.2b extends only the four weeks of a request.",
    ),
    Refusal.BEFORE_RECEIPT: (
        "Op {acted_on} was het verzoek nog niet ontvangen (dat was {received}). Controleer de datum van de handeling.",
        "On {acted_on} the request had not been received yet (that was {received}). Check the date of the act.",
    ),
    Refusal.AFTER_DUE: (
        "De termijn verstreek op {due}, dus verlengen kan op {acted_on} niet meer. Stuur een bericht van te late beantwoording, met de reden en een nieuwe datum; de plicht om te antwoorden blijft.",
        "The term ended on {due}, so extending is no longer possible on {acted_on}. Send a late notice with the reason and a new date; the duty to answer stays.",
    ),
    Refusal.PAST_CAP: (
        "{new_due} ligt na {cap}, het maximum in totaal (artikel 8.9.2b). Kies een datum tot en met {cap}, of geef eerst een deel van het antwoord.",
        "{new_due} lies after {cap}, the total maximum (article 8.9.2b). Pick a date up to {cap}, or give part of the answer first.",
    ),
    Refusal.NOT_LATER: (
        "{new_due} is niet later dan de datum die nu geldt, {due}. Kies een datum daarna, tot en met {cap}.",
        "{new_due} is not later than the date in force, {due}. Pick a date after it, up to {cap}.",
    ),
    Refusal.NO_REASON: (
        "Een verlenging heeft een reden nodig, want die staat in het bericht aan de verzoeker. Typ waarom er meer tijd nodig is.",
        "An extension needs a reason, for the notice to the requester states it. Type why more time is needed.",
    ),
}
"""Each refusal in Dutch and in English: why, and what can be done instead."""
