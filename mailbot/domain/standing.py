"""Who may ask: what an officer is shown to check, with its article; never a refusal by itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mailbot.domain.asked import Asked, Asker
from mailbot.domain.case import CaseFile, Requester
from mailbot.domain.kinds import KINDS, Clock, Kind
from mailbot.domain.suggestion import Flag

GROWN = 16
"""From this age a pupil decides alone (reglement 8.1.2; 5.2D's ">16" is read as 16 and older)."""
ADULT = 18
PARENTS = frozenset({Asker.PARENT, Asker.SECOND_PARENT, Asker.GUARDIAN})
NOT_ENTITLED_BY_ITSELF = frozenset({Asker.FOSTER_PARENT, Asker.STEP_PARENT, Asker.GRANDPARENT})
DISCLOSES = frozenset({Kind.ACCESS, Kind.PORTABILITY})
"""Kinds whose granting hands over the contents of a file."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to check, and why; it refuses nobody."""

    code: str
    article: str
    """Short citation, to be written out by `articles.cite`."""
    dutch: str
    english: str
    check_dutch: str
    """What to check, as a question."""
    check_english: str


Hit = Callable[[Asked], bool]


def _asks(*roles: Asker) -> Hit:
    return lambda asked: asked.role in roles


def _under_16(asked: Asked) -> bool:
    return asked.today is not None and asked.today.most < GROWN


def _grown(asked: Asked) -> bool:
    return asked.today is not None and asked.today.least >= GROWN


def _flagged(*flags: Flag) -> Hit:
    return lambda asked: bool(asked.flags & set(flags))


def _is_a_request(asked: Asked) -> bool:
    kind = asked.kind
    return kind is None or (KINDS[kind].clock is Clock.REQUEST and kind is not Kind.QUESTION)


def _turns_16(asked: Asked) -> bool:
    if asked.at_receipt is None or asked.today is None:
        return False
    return asked.at_receipt.least < GROWN <= asked.today.most


def _parent_of_grown(asked: Asked) -> bool:
    told = _grown(asked) or Flag.PARENT_OF_PUPIL_16 in asked.flags
    parent = asked.role in PARENTS or asked.role is Asker.UNKNOWN
    return told and parent and not asked.pupil_agrees and not _under_16(asked)


ROWS: tuple[tuple[Check, Hit], ...] = (
    (
        Check(
            "danger",
            "R8.9.3",
            "Er is een aanwijzing van gevaar voor een kind.",
            "Something points at danger to a child.",
            "Kan een antwoord het kind in gevaar brengen? Vraag de FG om advies en bericht een "
            "ouder niet over een mail van het kind zelf.",
            "Could an answer endanger the child? Ask the FG, and do not tell a parent of the "
            "child's own mail.",
        ),
        _flagged(Flag.SAFETY),
    ),
    (
        Check(
            "third_party",
            "R5.2",
            "Een derde vraagt: dit is altijd een derdenverzoek.",
            "A third party asks: this is always a third-party request.",
            "Klopt het soort? Bevestig niet dat een leerling bestaat.",
            "Is the kind right? Do not confirm that a pupil exists.",
        ),
        _asks(Asker.THIRD_PARTY),
    ),
    (
        Check(
            "turns_16",
            "R8.1.2",
            "De leerling is sinds de ontvangst 16 geworden, of kan dat zijn.",
            "The pupil has turned 16 since the receipt, or may have.",
            "Hoe oud is de leerling op de dag van het besluit? Vanaf 16 beslist de leerling zelf.",
            "How old is the pupil on the day of the decision? From 16 the pupil decides alone.",
        ),
        _turns_16,
    ),
    (
        Check(
            "parent_of_pupil_16",
            "R8.1.2",
            "Een ouder vraagt voor een leerling van 16 jaar of ouder.",
            "A parent asks for a pupil of 16 or older.",
            "Wil de leerling dit zelf? Leg het vast (pupil_agrees); het is geen afwijzing.",
            "Does the pupil want this? Record it (pupil_agrees); it is no refusal.",
        ),
        _parent_of_grown,
    ),
    (
        Check(
            "pupil_decides",
            "R8.1.2",
            "De leerling is 16 of ouder en beslist zelf.",
            "The pupil is 16 or older and decides alone.",
            "Vraag geen instemming van de ouders; over de voortgang krijgen zij tot 18 jaar "
            "gegevens (artikel 7.3).",
            "Ask no consent of the parents; until 18 they do get data on progress (article 7.3).",
        ),
        lambda asked: (
            asked.role in (Asker.PUPIL, Asker.UNKNOWN)
            and (
                (_grown(asked) and asked.role is Asker.PUPIL)
                or (Flag.PUPIL_16 in asked.flags and not _under_16(asked))
            )
        ),
    ),
    (
        Check(
            "adult_pupil",
            "R7.3",
            "De leerling is 18 of ouder.",
            "The pupil is 18 or older.",
            "Geef ouders ook geen gegevens over de voortgang zonder toestemming.",
            "Give the parents no data on progress either without consent.",
        ),
        lambda asked: asked.today is not None and asked.today.least >= ADULT,
    ),
    (
        Check(
            "pupil_under_16",
            "R8.1.2",
            "Een leerling onder de 16 vraagt zelf; de ouders oefenen het recht uit.",
            "A pupil under 16 asks; the parents exercise the right.",
            "Kan het kind zelf geholpen worden? Bericht de ouders niet als de mail op gevaar wijst.",
            "Can the child be helped directly? Do not tell the parents where danger shows.",
        ),
        lambda asked: asked.role is Asker.PUPIL and _under_16(asked),
    ),
    (
        Check(
            "parent_exercises",
            "R8.1.2",
            "De leerling is jonger dan 16: de ouder oefent het recht uit.",
            "The pupil is under 16: the parent exercises the right.",
            "Heeft deze ouder het gezag?",
            "Does this parent have custody?",
        ),
        lambda asked: asked.role in PARENTS and _under_16(asked) and asked.custody is not True,
    ),
    (
        Check(
            "second_parent",
            "R8.1.2",
            "Er is een tweede ouder in beeld.",
            "There is a second parent.",
            "Hebben beiden gezag? Noem de een nooit adres, mail of verzoek van de ander.",
            "Do both have custody? Never tell the one the other's address, mail or request.",
        ),
        _asks(Asker.SECOND_PARENT),
    ),
    (
        Check(
            "no_custody",
            "R8.1.2",
            "Het gezag staat niet vast.",
            "It is not certain who has custody.",
            "Kijk in het gezagsregister of vraag om een verklaring; wie geen gezag heeft, krijgt "
            "niet vanzelf gegevens.",
            "Look in the custody register or ask for a statement; without custody there is no "
            "automatic claim.",
        ),
        lambda asked: (
            asked.custody is False
            or (Flag.DOUBTFUL_AUTHORITY in asked.flags and asked.custody is None)
            or asked.role in NOT_ENTITLED_BY_ITSELF
        ),
    ),
    (
        Check(
            "agent",
            "R8.1.2",
            "Een advocaat of andere gemachtigde vraagt.",
            "A lawyer or another agent asks.",
            "Is er een schriftelijke machtiging van wie het recht heeft?",
            "Is there a written authorisation of the person entitled?",
        ),
        lambda asked: asked.role is Asker.AGENT and asked.authorisation is not True,
    ),
    (
        Check(
            "own_data",
            "R2.3.1",
            "Iemand vraagt naar eigen gegevens als medewerker of ouder: buiten het reglement.",
            "Somebody asks about their own data as staff or parent: outside the reglement.",
            "De AVG geldt rechtstreeks; de termijn van vier weken is hier beleid.",
            "The GDPR applies directly; the term of four weeks is policy here.",
        ),
        lambda asked: (
            asked.role is Asker.STAFF or (asked.about_self is True and asked.role in PARENTS)
        ),
    ),
    (
        Check(
            "age_unknown",
            "R8.1.2",
            "De leeftijd van de leerling is niet bekend.",
            "The age of the pupil is not known.",
            "Hoe oud is de leerling? Leg de geboortedatum vast (birth_date).",
            "How old is the pupil? Record the date of birth (birth_date).",
        ),
        lambda asked: (
            _is_a_request(asked)
            and asked.today is None
            and asked.role not in (Asker.STAFF, Asker.THIRD_PARTY)
            and asked.about_self is not True
        ),
    ),
    (
        Check(
            "role_unknown",
            "R8.1.2",
            "Het is niet zeker wie er vraagt.",
            "It is not certain who asks.",
            "Is het een ouder, de leerling, een gemachtigde of een derde? (requester_role)",
            "Is it a parent, the pupil, an agent or a third party? (requester_role)",
        ),
        lambda asked: _is_a_request(asked) and asked.role is Asker.UNKNOWN,
    ),
    (
        Check(
            "identity",
            "R8.2.3",
            "De identiteit is nog niet vastgesteld.",
            "The identity has not been established yet.",
            "Stel vast wie er vraagt voordat er gegevens de deur uit gaan; bewaar nooit een kopie.",
            "Establish who asks before any data leave; never keep a copy.",
        ),
        lambda asked: asked.kind in DISCLOSES and not asked.identity_established,
    ),
    (
        Check(
            "identity_document",
            "R8.2.2",
            "Er zat een kopie van een identiteitsbewijs bij.",
            "A copy of an identity document was attached.",
            "De kopie wordt niet getoond en vernietigd; gebruik haar niet.",
            "The copy is not shown and is destroyed; do not use it.",
        ),
        _flagged(Flag.IDENTITY_DOCUMENT),
    ),
    (
        Check(
            "bsn",
            "U46",
            "Er staat een burgerservicenummer in.",
            "It holds a citizen service number.",
            "Neem het nummer nergens over.",
            "Copy the number nowhere.",
        ),
        _flagged(Flag.BSN),
    ),
)
"""Every check with what raises it, the gravest first."""


def checks(asked: Asked) -> tuple[Check, ...]:
    """
    Name what an officer should check before this request is answered.

    Args:
        asked: what is known on the day it is looked at; at the decision, that day.

    Returns:
        The checks that apply, the gravest first; none of them refuses anything.
    """
    return tuple(check for check, hit in ROWS if hit(asked))


def shielded(case: CaseFile) -> CaseFile:
    """Take the name and address off a case, for lists and for the pages of other cases."""
    return replace(case, requester=Requester("", None))
