"""The words of the yearly figures, in Dutch and English."""

from mailbot.domain.kinds import KINDS, Kind

WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "title": "Privacyverzoeken en datalekken in {year}",
        "lead": "Cijfers voor het jaarverslag van de functionaris gegevensbescherming (FG).",
        "made": "Stand op {moment}. Een zaak telt in het jaar waarin zij binnenkwam.",
        "received": "binnengekomen",
        "closed": "afgehandeld",
        "in_time": "op tijd",
        "late": "te laat",
        "running": "loopt nog",
        "without_term": "zonder antwoordtermijn",
        "extended": "verlengd",
        "median_days": "dagen (mediaan)",
        "kinds": "Zaken per soort",
        "by_state": "Op tijd en te laat, per soort",
        "kind": "soort",
        "months": "Binnengekomen per maand",
        "days": "Dagen van ontvangst tot afhandeling (mediaan)",
        "languages": "Taal van de mail",
        "language": "taal",
        "total": "totaal",
        "unknown": "nog niet vastgesteld",
        "breaches": "Datalekken",
        "reported": "gemeld bij de AP",
        "not_reported": "niet gemeld, met reden",
        "undecided": "nog niet besloten",
        "not_in_register": "zaak zonder regel in het register",
        "letters": "Brieven",
        "written": "geschreven",
        "accepted": "aangenomen door de mailserver",
        "bounced": "teruggekomen",
        "refused": "geweigerd",
        "answered": "beantwoord binnen de termijn",
        "terms": (
            "Op tijd: besloten binnen vier weken, of binnen de verlengde termijn "
            "(reglement 8.9.2). Te laat: later besloten, of nog open terwijl de termijn voorbij "
            "is. Voor een datalek geldt niet deze termijn, maar de 72 uur voor de melding; voor "
            "een klacht het klachtenreglement."
        ),
        "nothing": "In dit jaar kwam geen zaak binnen.",
        "year": "jaar",
        "section": "onderdeel",
        "row": "rij",
        "count": "aantal",
    },
    "en": {
        "title": "Privacy requests and data breaches in {year}",
        "lead": "Figures for the annual report of the data protection officer (DPO).",
        "made": "As of {moment}. A case counts in the year it came in.",
        "received": "received",
        "closed": "closed",
        "in_time": "in time",
        "late": "late",
        "running": "still running",
        "without_term": "no term to answer",
        "extended": "extended",
        "median_days": "days (median)",
        "kinds": "Cases by kind",
        "by_state": "In time and late, by kind",
        "kind": "kind",
        "months": "Received by month",
        "days": "Days from receipt to closing (median)",
        "languages": "Language of the mail",
        "language": "language",
        "total": "total",
        "unknown": "not established yet",
        "breaches": "Data breaches",
        "reported": "reported to the authority",
        "not_reported": "not reported, with a reason",
        "undecided": "not decided yet",
        "not_in_register": "case without an entry in the register",
        "letters": "Letters",
        "written": "written",
        "accepted": "accepted by the mail server",
        "bounced": "bounced",
        "refused": "refused",
        "answered": "answered within the term",
        "terms": (
            "In time: decided within four weeks, or within the extended term (reglement 8.9.2). "
            "Late: decided after it, or still open although it is over. A breach follows the "
            "72 hours of its report instead, a complaint the complaints procedure."
        ),
        "nothing": "No case came in this year.",
        "year": "year",
        "section": "section",
        "row": "row",
        "count": "count",
    },
}

MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}

LANGUAGES = {
    "nl": {
        "nl": "Nederlands",
        "en": "Engels",
        "tr": "Turks",
        "ar": "Arabisch",
        "pl": "Pools",
        "de": "Duits",
        "fr": "Frans",
        "uk": "Oekraïens",
        "so": "Somalisch",
        "es": "Spaans",
        "pap": "Papiaments",
    },
    "en": {
        "nl": "Dutch",
        "en": "English",
        "tr": "Turkish",
        "ar": "Arabic",
        "pl": "Polish",
        "de": "German",
        "fr": "French",
        "uk": "Ukrainian",
        "so": "Somali",
        "es": "Spanish",
        "pap": "Papiamentu",
    },
}


def kind_name(kind: Kind | None, language: str) -> str:
    """Name a kind of case."""
    if kind is None:
        return WORDS[language]["unknown"]
    return KINDS[kind].dutch if language == "nl" else KINDS[kind].english


def language_name(code: str, language: str) -> str:
    """Name a language; one that has no name here keeps its code."""
    return LANGUAGES[language].get(code, code)


def number(value: float | None, language: str) -> str:
    """Write a number without needless decimals, with the comma in Dutch; nothing for None."""
    if value is None:
        return ""
    text = f"{value:g}"
    return text.replace(".", ",") if language == "nl" else text
