"""A date that explains itself: rule, article, start, change and who made it, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailbot.domain.articles import cite
from mailbot.domain.local_time import AMSTERDAM, to_utc

WEEKDAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


class Rule(StrEnum):
    """The rules from which dates follow; `SENTENCES` says each in words."""

    RECEIVED = "received"
    RECEIVED_BY_HAND = "received_by_hand"
    REQUEST_DUE = "request_due"
    REQUEST_CAP = "request_cap"
    EXTENDED = "extended"
    TARGET = "target"
    TARGET_WEEKEND = "target_weekend"
    TARGET_HOLIDAY = "target_holiday"
    ACKNOWLEDGE = "acknowledge"
    COMPLAINT_ANSWER = "complaint_answer"
    BREACH_ALARM = "breach_alarm"
    BREACH_DUE = "breach_due"
    BREACH_NOT_AWARE = "breach_not_aware"
    AWARENESS = "awareness"
    NO_TERM = "no_term"
    SET_BY_HAND = "set_by_hand"
    SUSPENDED = "suspended"
    REMINDED_EARLY = "reminded_early"


SENTENCES: dict[Rule, tuple[str, str]] = {
    Rule.RECEIVED: (
        "Ontvangen op {value}: de termijn telt vanaf de eerste ontvangst, volgens de klok van de mailserver ({article}).",
        "Received on {value}: the term runs from the first receipt, by the mail server's clock ({article}).",
    ),
    Rule.RECEIVED_BY_HAND: (
        "Ontvangen op {value}, vastgelegd door {by}: {note} ({article}).",
        "Received on {value}, recorded by {by}: {note} ({article}).",
    ),
    Rule.REQUEST_DUE: (
        "Antwoord uiterlijk op {value}, tot het einde van de dag: {start} plus {change} dagen; een weekend of feestdag verschuift deze datum niet ({article}).",
        "Answer by {value}, end of the day: {start} plus {change} days; a weekend or holiday does not move this date ({article}).",
    ),
    Rule.REQUEST_CAP: (
        "Verlengen kan tot en met {value}: {start} plus {change} dagen is het maximum in totaal ({article}).",
        "Extending is possible up to {value}: {start} plus {change} days is the total maximum ({article}).",
    ),
    Rule.EXTENDED: (
        "Verlengd van {start} tot en met {value} ({change} dagen) door {by} op {at}: {note} ({article}).",
        "Extended from {start} to {value} ({change} days) by {by} on {at}: {note} ({article}).",
    ),
    Rule.TARGET: (
        "Werkdoel {value}: de uiterste dag is een werkdag ({article}).",
        "Working target {value}: the due date is a working day ({article}).",
    ),
    Rule.TARGET_WEEKEND: (
        "Werkdoel {value}, de laatste werkdag ervoor: {start} valt in het weekend ({article}).",
        "Working target {value}, the last working day before: {start} falls in the weekend ({article}).",
    ),
    Rule.TARGET_HOLIDAY: (
        "Werkdoel {value}, de laatste werkdag ervoor: {start} is een feestdag, {note} ({article}).",
        "Working target {value}, the last working day before: {start} is a holiday, {note} ({article}).",
    ),
    Rule.ACKNOWLEDGE: (
        "Ontvangst bevestigen uiterlijk op {value}: {change} werkdagen na {start}; het reglement noemt voor een klacht geen termijn ({article}).",
        "Acknowledge by {value}: {change} working days after {start}; the reglement names no term for a complaint ({article}).",
    ),
    Rule.COMPLAINT_ANSWER: (
        "Antwoord op de klacht uiterlijk op {value}: {start} plus {change} dagen, de termijn die het bestuur heeft ingesteld ({article}).",
        "Answer the complaint by {value}: {start} plus {change} days, the term the board has set ({article}).",
    ),
    Rule.BREACH_ALARM: (
        "Alarmklok tot {value}: {change} uur na de ontvangst op {start}; ook weekenden en feestdagen tellen ({article}).",
        "Alarm clock until {value}: {change} hours after the receipt on {start}; weekends and holidays count ({article}).",
    ),
    Rule.BREACH_DUE: (
        "Melden bij de AP uiterlijk {value}: {change} uur na {start}, sinds wanneer de school ervan weet (vastgelegd door {by}); ook weekenden en feestdagen tellen ({article}).",
        "Notify the AP by {value}: {change} hours after {start}, since when the school has been aware (recorded by {by}); weekends and holidays count ({article}).",
    ),
    Rule.BREACH_NOT_AWARE: (
        "De termijn voor de AP begint pas als een mens vastlegt sinds wanneer de school ervan weet; tot dan geldt de alarmklok ({article}).",
        "The term for the AP begins only when a human records since when the school has been aware; until then the alarm clock counts ({article}).",
    ),
    Rule.AWARENESS: (
        "Op {at} legde {by} vast dat de school ervan weet sinds {value}: {note} ({article}).",
        "On {at} {by} recorded that the school has been aware since {value}: {note} ({article}).",
    ),
    Rule.NO_TERM: (
        "Uit de ontvangst op {value} volgt geen termijn; staat er een in de brief, dan leest een mens die en legt hem vast ({article}).",
        "No term follows from the receipt on {value}; if the letter names one, a human reads and records it ({article}).",
    ),
    Rule.SET_BY_HAND: (
        "Uiterlijk op {value}, vastgelegd door {by}: {note} ({article}).",
        "By {value}, recorded by {by}: {note} ({article}).",
    ),
    Rule.SUSPENDED: (
        "Alleen advies: {value} als de {change} dagen wachten op de verzoeker niet meetellen; de bindende datum blijft {start} ({article}).",
        "Advice only: {value} if the {change} days of waiting for the requester did not count; the binding date remains {start} ({article}).",
    ),
    Rule.REMINDED_EARLY: (
        "Herinneringen komen al op {value}, want op {start} begint een schoolvakantie: {note}; de datum zelf verschuift daardoor niet ({article}).",
        "Reminders already come on {value}, for a school holiday begins on {start}: {note}; the date itself does not move for it ({article}).",
    ),
}
"""Each rule in Dutch and in English."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One date or instant, and how it came to be."""

    rule: Rule
    article: str
    """Short citation, written out by `articles.cite`."""
    value: date | datetime
    start: date | datetime | None = None
    change: int = 0
    """How many days, working days or hours the rule counts from *start*."""
    by_whom: str | None = None
    at: datetime | None = None
    """When a person made this change."""
    note: str = ""
    """The typed reason, or the name of a holiday."""

    def sentence(self, language: str = "nl", zone: ZoneInfo = AMSTERDAM) -> str:
        """
        Say this date in one sentence.

        Args:
            language: `nl`, or anything else for English.
            zone: the zone in which instants are shown.
        """
        dutch, english = SENTENCES[self.rule]
        tongue = "nl" if language == "nl" else "en"
        return (dutch if tongue == "nl" else english).format(
            value=in_words(self.value, tongue, zone),
            start=in_words(self.start, tongue, zone),
            at=in_words(self.at, tongue, zone),
            change=self.change,
            by=self.by_whom or {"nl": "een medewerker", "en": "an officer"}[tongue],
            # A typed reason often ends with a full stop; the sentence has its own.
            note=self.note.rstrip(". "),
            article=cite(self.article, tongue),
        )


def in_words(moment: date | datetime | None, language: str, zone: ZoneInfo = AMSTERDAM) -> str:
    """Write a date as `maandag 30 maart 2026`, and an instant with its local time as well."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        local = to_utc(moment).astimezone(zone)
        clock = f"{local:%H:%M} uur" if language == "nl" else f"{local:%H:%M}"
        return f"{in_words(local.date(), language)} {clock}"
    weekday = WEEKDAYS[language][moment.weekday()]
    return f"{weekday} {moment.day} {MONTHS[language][moment.month - 1]} {moment.year}"
