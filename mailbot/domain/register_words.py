"""The lists of the breach register, each word with the Dutch that people read."""

from enum import StrEnum
from typing import Self


class DutchWord(StrEnum):
    """A word of a closed list, written in English in the code and shown in Dutch."""

    dutch: str

    def __new__(cls, code: str, dutch: str) -> Self:
        """Keep the Dutch beside the code."""
        word = str.__new__(cls, code)
        word._value_ = code
        word.dutch = dutch
        return word


class Nature(DutchWord):
    """In which way security failed (E9 §17)."""

    CONFIDENTIALITY = "confidentiality", "inbreuk op de vertrouwelijkheid"
    INTEGRITY = "integrity", "inbreuk op de juistheid (integriteit)"
    AVAILABILITY = "availability", "inbreuk op de beschikbaarheid"


class Incident(DutchWord):
    """What happened, in a word."""

    WRONG_RECIPIENT = "wrong_recipient", "gegevens naar een verkeerde ontvanger gestuurd"
    SEEN_OR_SHOWN = "seen_or_shown", "gegevens per ongeluk getoond of gepubliceerd"
    WRONG_RIGHTS = "wrong_rights", "onbevoegde had toegang door verkeerde rechten"
    LOST_OR_STOLEN_DEVICE = "lost_or_stolen_device", "apparaat of gegevensdrager kwijt of gestolen"
    LOST_OR_STOLEN_PAPER = "lost_or_stolen_paper", "papier kwijt of gestolen"
    HACKING = "hacking", "hacken, malware of phishing"
    NOT_DESTROYED = "not_destroyed", "gegevens niet goed vernietigd"
    OUTAGE = "outage", "gegevens door een storing verloren of onbereikbaar"
    OTHER = "other", "anders"


class DataKind(DutchWord):
    """Which personal data."""

    NAME_AND_ADDRESS = "name_and_address", "naam, adres, woonplaats"
    CONTACT = "contact", "telefoonnummer of e-mailadres"
    BIRTH_AND_GENDER = "birth_and_gender", "geboortedatum, leeftijd of geslacht"
    BSN = "bsn", "burgerservicenummer (BSN) of onderwijsnummer"
    IDENTITY_DOCUMENT = "identity_document", "kopie van een identiteitsbewijs"
    LOGIN = "login", "inloggegevens"
    FINANCIAL = "financial", "financiële gegevens"
    RESULTS = "results", "leerresultaten en voortgang"
    GUIDANCE = "guidance", "begeleiding, zorg en gedrag"
    ABSENCE = "absence", "verzuim"
    HOME = "home", "thuissituatie en gezag"
    PHOTOS = "photos", "foto's of video"
    LOCATION = "location", "locatiegegevens"
    OTHER = "other", "anders"


class SpecialKind(DutchWord):
    """Special categories (G9) and criminal matters (G10)."""

    HEALTH = "health", "gezondheid"
    RELIGION = "religion", "godsdienst of levensovertuiging"
    ORIGIN = "origin", "ras of etnische afkomst"
    POLITICS = "politics", "politieke opvattingen"
    UNION = "union", "lidmaatschap van een vakbond"
    SEXUAL_LIFE = "sexual_life", "seksueel gedrag of gerichtheid"
    GENETIC = "genetic", "genetische gegevens"
    BIOMETRIC = "biometric", "biometrische gegevens"
    CRIMINAL = "criminal", "strafrechtelijke gegevens"


class Group(DutchWord):
    """Whose data."""

    PUPILS = "pupils", "leerlingen"
    FORMER_PUPILS = "former_pupils", "oud-leerlingen"
    APPLICANTS = "applicants", "aangemelde kinderen"
    PARENTS = "parents", "ouders en verzorgers"
    STAFF = "staff", "medewerkers"
    OTHERS = "others", "anderen"


class Protection(DutchWord):
    """Whether a stranger could read the data."""

    NONE = "none", "leesbaar"
    PARTLY = "partly", "gedeeltelijk versleuteld of onleesbaar"
    FULLY = "fully", "versleuteld of onleesbaar"


class Risk(DutchWord):
    """The risk for the people concerned (G33(1), G34(1))."""

    UNLIKELY = "unlikely", "een risico is onwaarschijnlijk"
    RISK = "risk", "er is een risico"
    HIGH = "high", "er is een hoog risico"


class TellingParents(DutchWord):
    """What the board decided about telling the parents (reglement 6.4.3)."""

    TELL = "tell", "de ouders worden geïnformeerd"
    NO_HIGH_RISK = "no_high_risk", "niet nodig: geen hoog risico"
    ENCRYPTED = "encrypted", "uitzondering: versleuteld en niet toegankelijk voor derden"
    RISK_REMOVED = "risk_removed", "uitzondering: maatregelen hebben het hoge risico weggenomen"
    PUBLIC_NOTICE = "public_notice", "uitzondering: onevenredige inspanning, openbare mededeling"


class Act(DutchWord):
    """Which act made a version of an entry."""

    OPEN = "open", "geopend"
    SET = "set", "aangevuld"
    AWARE = "aware", "bekendheid vastgelegd"
    DECIDE_AP = "decide_ap", "besluit over de melding bij de AP"
    NOTIFY_AP = "notify_ap", "melding bij de AP vastgelegd"
    DECIDE_PARENTS = "decide_parents", "besluit over het informeren van de ouders"
    TELL_PARENTS = "tell_parents", "informeren van de ouders vastgelegd"
