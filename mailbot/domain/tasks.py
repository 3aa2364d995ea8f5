"""What people must do for each kind of case: the tasks, each with its article and its day."""

from dataclasses import dataclass
from enum import StrEnum


class TaskDue(StrEnum):
    """How the day of a task is found from the clock of its case (see `clocks.task_due`)."""

    AT_ONCE = "at_once"
    """The next working day after receipt; the reglement says "meteen" and names no term."""
    WITH_ANSWER = "with_answer"
    """The working target of the answer itself."""
    BREACH_CLOCK = "breach_clock"
    """The local day on which the 72 hours end."""
    AFTER_DECISION = "after_decision"
    """Promptly after the decision; no day can be known before it."""
    BEFORE_LIFTING = "before_lifting"
    """Before a restriction is lifted, whenever that will be."""
    BY_LETTER = "by_letter"
    """The day a person reads in the letter itself."""


@dataclass(frozen=True, slots=True)
class TaskRule:
    """One thing a person must do; the robot only shows it."""

    code: str
    dutch: str
    english: str
    article: str
    """Short citation, to be written out by `articles.cite`."""
    due: TaskDue = TaskDue.WITH_ANSWER


# GDPR 19 asks the same of three rights: every earlier recipient is told, or the reason why not.
TELL_RECIPIENTS = TaskRule(
    "tell_recipients",
    "Vertel het aan ieder die de gegevens eerder kreeg, of leg vast waarom dat niet kan.",
    "Tell everyone who received the data earlier, or record why that cannot be done.",
    "G19",
    TaskDue.AFTER_DECISION,
)

ACCESS = (
    TaskRule(
        "collect",
        "Verzamel welke gegevens worden verwerkt, ook als het antwoord 'geen' is.",
        "Collect which data are processed, also when the answer is 'none'.",
        "R8.2.1",
    ),
    TaskRule(
        "redact_others",
        "Maak gegevens van anderen onleesbaar in de kopie.",
        "Redact the data of others in the copy.",
        "G15(4)",
    ),
    TaskRule(
        "name_fee",
        "De eerste kopie is gratis; noem kosten van een volgende kopie vooraf.",
        "The first copy is free; name the fee of a further copy beforehand.",
        "G15(3)",
    ),
)
RECTIFICATION = (
    TaskRule(
        "correct_facts",
        "Verbeter feitelijke onjuistheden meteen.",
        "Correct factual errors at once.",
        "R8.3.1",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "add_statement",
        "Gaat het om een mening? Voeg dan een aanvullende verklaring toe aan het dossier.",
        "Is it an opinion? Then add a supplementary statement to the file.",
        "R8.3.1",
    ),
    TaskRule(
        TELL_RECIPIENTS.code,
        TELL_RECIPIENTS.dutch,
        TELL_RECIPIENTS.english,
        "R8.3.2",
        TELL_RECIPIENTS.due,
    ),
)
ERASURE = (
    TaskRule(
        "pick_ground",
        "Kies de grond voor het wissen.",
        "Pick the ground for erasure.",
        "R8.4.1",
    ),
    TaskRule(
        "check_retention",
        "Controleer of de wet voorschrijft dat de gegevens bewaard blijven.",
        "Check whether the law requires the data to be kept.",
        "G17(3)",
    ),
    TaskRule(
        "check_admission",
        "Is het kind nooit toegelaten? Wis op verzoek, en in elk geval na twee jaar.",
        "Was the child never admitted? Erase on request, and in any case after two years.",
        "R8.4.2",
    ),
    TELL_RECIPIENTS,
)
RESTRICTION = (
    TaskRule(
        "pick_ground",
        "Kies welke van de vier gronden geldt.",
        "Pick which of the four grounds applies.",
        "R8.5.1",
    ),
    TaskRule(
        "mark_visibly",
        "Zet een zichtbare markering in het bestand.",
        "Put a visible mark in the file.",
        "R8.5.2",
        TaskDue.AFTER_DECISION,
    ),
    TELL_RECIPIENTS,
    TaskRule(
        "announce_lifting",
        "Bericht de verzoeker voordat de beperking wordt opgeheven.",
        "Tell the requester before the restriction is lifted.",
        "R8.5.4",
        TaskDue.BEFORE_LIFTING,
    ),
)
OBJECTION = (
    TaskRule(
        "stop_processing",
        "Staak de verwerking zolang het bezwaar loopt.",
        "Stop the processing while the objection runs.",
        "R8.6.2",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "ask_situation",
        "Ontbreekt de reden? Vraag ernaar; het ontbreken is geen grond om af te wijzen.",
        "Is the reason missing? Ask for it; its absence is no ground to reject.",
        "R8.6.1",
    ),
    TaskRule(
        "weigh",
        "Weeg of dwingende gerechtvaardigde gronden zwaarder wegen.",
        "Weigh whether compelling legitimate grounds prevail.",
        "G21(1)",
    ),
)
PORTABILITY = (
    TaskRule(
        "make_file",
        "Maak het onderwijskundig rapport of een vergelijkbaar bestand.",
        "Make the onderwijskundig rapport or a comparable file.",
        "R8.7.1",
    ),
    TaskRule(
        "verify_recipient",
        "Gaat het bestand naar een andere organisatie? Stel eerst vast wie dat is.",
        "Does the file go to another organisation? Establish first who that is.",
        "R8.7.2",
    ),
)
AUTOMATED_DECISION = (
    TaskRule(
        "human_opinion",
        "Laat een met naam genoemd mens een oordeel geven.",
        "Have a named human give an opinion.",
        "G22(3)",
    ),
)
CONSENT_WITHDRAWAL = (
    TaskRule(
        "stop_use",
        "Stop met het gebruik (foto's, video); een reden is niet nodig.",
        "Stop the use (photos, video); no reason is needed.",
        "G7(3)",
        TaskDue.AT_ONCE,
    ),
)
RESEARCH_OBJECTION = (
    TaskRule(
        "block_delivery",
        "Blokkeer de gegevens voor de volgende levering aan het CBS; een reden is niet nodig.",
        "Block the data before the next delivery to CBS; no reason is needed.",
        "S",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "state_delivered",
        "Vertel wat er al is geleverd.",
        "Say what was delivered already.",
        "S",
    ),
)
QUESTION = (
    TaskRule(
        "answer",
        "Beantwoord de vraag, met het artikel erbij.",
        "Answer the question, with its article.",
        "R3.2",
    ),
)
BREACH = (
    TaskRule(
        "set_awareness",
        "Leg vast sinds wanneer de school van het lek weet.",
        "Record since when the school has been aware of the breach.",
        "G33(1)",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "assess_risk",
        "Beoordeel het risico en leg de redenering vast.",
        "Assess the risk and record the reasoning.",
        "R6.4.1",
        TaskDue.BREACH_CLOCK,
    ),
    TaskRule(
        "notify_authority",
        "Meld bij de AP, of leg vast waarom niet; feiten mogen later volgen.",
        "Notify the AP, or record why not; facts may follow later.",
        "G33(1)",
        TaskDue.BREACH_CLOCK,
    ),
    TaskRule(
        "keep_register",
        "Schrijf het incident in het register, ook als het niet wordt gemeld.",
        "Enter the incident in the register, also when it is not reported.",
        "R6.4.2",
        TaskDue.BREACH_CLOCK,
    ),
    TaskRule(
        "tell_parents",
        "Is het risico hoog? Vertel het de ouders, of leg vast welke uitzondering geldt.",
        "Is the risk high? Tell the parents, or record which exception applies.",
        "R6.4.3",
        TaskDue.BREACH_CLOCK,
    ),
)
COMPLAINT = (
    TaskRule(
        "route",
        "Stuur door volgens het klachtenreglement, om de persoon heen over wie de klacht gaat.",
        "Route by the klachtenreglement, around the person complained of.",
        "R8.9.4",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "keep_ways_open",
        "Wijs erop dat de AP en de rechter open blijven.",
        "Point out that the AP and the court stay open.",
        "R8.9.5",
    ),
)
AUTHORITY = (
    TaskRule(
        "read_deadline",
        "Lees de termijn uit de brief en leg die vast.",
        "Read the deadline in the letter and record it.",
        "R8.9.5",
        TaskDue.AT_ONCE,
    ),
    TaskRule(
        "answer",
        "Antwoord door een mens, binnen de termijn van de brief.",
        "Answer by a human, within the deadline of the letter.",
        "R8.9.5",
        TaskDue.BY_LETTER,
    ),
)
THIRD_PARTY_REQUEST = (
    TaskRule(
        "confirm_nothing",
        "Bevestig nooit dat een leerling op school zit, ook niet tussen de regels.",
        "Never confirm that a pupil exists, not even between the lines.",
        "R5.2",
        TaskDue.AT_ONCE,
    ),
    TaskRule("legal_ground", "Zoek de wettelijke grond.", "Find the legal ground.", "R5.2"),
    TaskRule(
        "necessity",
        "Toets subsidiariteit, proportionaliteit en minimum.",
        "Test subsidiarity, proportionality and minimum.",
        "R5.3",
    ),
    TaskRule("agreement", "Leg de afspraken vast.", "Put the agreement on record.", "R5.4"),
    TaskRule(
        "school_transfer",
        "Naar een andere school: vanuit PO op grond van de wet, met afschrift van het OKR aan de "
        "ouders; VO naar VO alleen met bewaarde schriftelijke toestemming.",
        "To another school: from PO on the law, with a copy of the OKR to the parents; "
        "VO to VO only with stored written consent.",
        "R7.1",
    ),
    TaskRule(
        "official_order",
        "Politie: alleen met een officiële vordering of een schriftelijk bevel.",
        "Police: only with an official demand or a written order.",
        "R7.2",
    ),
)
OTHER = (
    TaskRule(
        "redirect",
        "Lees de mail en verwijs door waar dat kan.",
        "Read the mail and redirect it where possible.",
        "policy",
        TaskDue.AT_ONCE,
    ),
)
