"""Every failure of the house by its name."""

from datetime import date


class MailbotError(Exception):
    """The root of the tree; never raised itself. Texts carry no body, address or name of a child."""


class SettingsWrong(MailbotError):
    """A setting is missing or wrong; names the key, what was found and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnreadableMail(MailbotError):
    """These bytes cannot be read as a mail within the limits; they go to quarantine."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NaiveInstant(MailbotError, ValueError):
    """An instant came without its zone."""


class YearUnknown(MailbotError, ValueError):
    """The holidays of this year are not known, and a calendar without them would be a lie."""


class MailboxUnavailable(MailbotError, ConnectionError):
    """The mail server cannot be reached or refuses us; try again later."""


class MailboxRefused(MailboxUnavailable):
    """The mail server refuses our sign-in; waiting will not help, a person must look."""


class PostOfficeUnavailable(MailbotError, ConnectionError):
    """The outgoing mail server cannot be reached; every letter waits."""


class BooksUnavailable(MailbotError):
    """The database is full, locked or away; what was under way is undone, try again later."""


class LetterRefused(MailbotError):
    """The mail server does not take this letter, for now or for good."""

    def __init__(self, *, permanent: bool, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.permanent = permanent
        self.code = code


class LetterIncomplete(MailbotError):
    """A letter's template asks for a word that was not given, or lacks a mandatory element."""


class UnsafeHeader(MailbotError, ValueError):
    """A header value holds a line break or control character and must not leave the house."""


class SignInRefused(MailbotError, PermissionError):
    """Nobody was let in: unknown officer, wrong password, or no longer active."""


class UnknownOfficer(MailbotError, LookupError):
    """This board has no such officer."""


class ProviderFailed(MailbotError):
    """The provider of sign-ins cannot be reached, or what it says does not hold; names no person."""


class NotAllowed(MailbotError, PermissionError):
    """This officer's role may not do this."""


class UnknownCase(MailbotError, LookupError):
    """There is no such case, or it belongs to another board."""


class UnknownMail(MailbotError, LookupError):
    """There is no such mail, or it was erased, or it belongs to another board."""


class ExtensionRefused(MailbotError):
    """The extension cannot be given; the text says why and what can be done instead."""

    def __init__(self, reason: str, *, due: date, cap: date | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.due = due
        self.cap = cap


class NotAReference(MailbotError, ValueError):
    """This text is no case reference, or its check letter does not fit."""


class GroundsMissing(MailbotError, ValueError):
    """A decision without typed grounds is no decision."""


class PlanNotSeen(MailbotError):
    """Something would be erased that nobody was shown today; the text names today's plan."""


class NotHeld(MailbotError, LookupError):
    """There is no legal hold to release, or one is there already."""


class Damaged(MailbotError):
    """Something stored cannot be read back: wrong key, or bytes that were changed."""


class KeyRefused(MailbotError):
    """This master key cannot be used with this database; the text says what to do."""


class UnknownEntry(MailbotError, LookupError):
    """The breach register of this board has no such entry."""


class EntryWrong(MailbotError, ValueError):
    """An entry of the breach register contradicts itself or lacks a reason; names each field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PassageWrong(MailbotError, ValueError):
    """An act on a passage cannot be done as it was asked; names each problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ReasonMissing(MailbotError, ValueError):
    """An act that must state why came without its reason."""


class ActRefused(MailbotError):
    """An act on a case comes too early, too late or out of place; the text says what to do."""


class IdentityMissing(MailbotError):
    """Something would be disclosed before anyone established who asks (reglement 8.2.3)."""


class ModelRefused(MailbotError):
    """A model cannot be used, installed or taken back; the text says why."""
