"""The words of a case page: facts, flags, letters, states and history, each as one table."""

from collections.abc import Mapping

from mailbot.domain.asked import Asker, CaseFact
from mailbot.domain.decision import Outcome
from mailbot.domain.identity import How
from mailbot.domain.noticed import Announced
from mailbot.domain.suggestion import FactName, Flag
from mailbot.web.languages import N_

FACTS: Mapping[str, str] = {
    FactName.CHILD_NAME: N_("name of the child"),
    FactName.AGE: N_("age of the child"),
    FactName.BIRTH_DATE: N_("date of birth of the child"),
    FactName.SCHOOL: N_("school"),
    FactName.REQUESTER_NAME: N_("name of the requester"),
    FactName.REQUESTER_ROLE: N_("who asks"),
    FactName.WHICH_DATA: N_("which data"),
    FactName.SIBLING_NAME: N_("another child"),
    FactName.GROUP: N_("group or class"),
    FactName.INCIDENT_DATE: N_("days on which it happened"),
    CaseFact.CUSTODY: N_("has custody"),
    CaseFact.AUTHORISATION: N_("showed an authorisation"),
    CaseFact.PUPIL_AGREES: N_("the pupil wants this too"),
    CaseFact.ABOUT_SELF: N_("asks about their own data"),
}
ASKERS: Mapping[str, str] = {
    Asker.PARENT: N_("parent"),
    Asker.PUPIL: N_("pupil"),
    Asker.STAFF: N_("member of staff"),
    Asker.THIRD_PARTY: N_("third party"),
    Asker.SECOND_PARENT: N_("second parent"),
    Asker.FOSTER_PARENT: N_("foster parent"),
    Asker.STEP_PARENT: N_("step-parent"),
    Asker.GRANDPARENT: N_("grandparent"),
    Asker.GUARDIAN: N_("guardian"),
    Asker.AGENT: N_("lawyer or other agent"),
    Asker.UNKNOWN: N_("not known"),
}
YES_NO: Mapping[str, str] = {"yes": N_("yes"), "no": N_("no")}
FLAGS: Mapping[str, str] = {
    Flag.IDENTITY_DOCUMENT: N_("copy of an identity document"),
    Flag.BSN: N_("citizen service number in the mail"),
    Flag.SAFETY: N_("a child may be in danger"),
    Flag.URGENT: N_("urgent"),
    Flag.SEVERAL_REQUESTS: N_("several requests in one mail"),
    Flag.INSTRUCTIONS_IN_MAIL: N_("the mail gives the machine orders"),
    Flag.PUPIL_16: N_("pupil of 16 or older"),
    Flag.PARENT_OF_PUPIL_16: N_("parent of a pupil of 16 or older"),
    Flag.DOUBTFUL_AUTHORITY: N_("doubt about who may ask"),
}
HOW: Mapping[str, str] = {
    How.KNOWN_ADDRESS: N_("the address is the one the school has on file"),
    How.CALL_BACK: N_("called back on a number the school has on file"),
    How.AT_SCHOOL: N_("known in person, or came to the school"),
    How.SHOWN_DOCUMENT: N_("showed a document, of which nothing was kept"),
    How.AUTHORISED: N_("an agent, with a written authorisation"),
    How.OTHER: N_("another way, described below"),
}
OUTCOMES: Mapping[str, str] = {
    Outcome.GRANTED: N_("granted"),
    Outcome.PARTLY: N_("partly granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.REFUSED_FOR_SAFETY: N_("refused for the child's safety"),
    Outcome.WITHDRAWN: N_("withdrawn by the requester"),
    Outcome.HANDLED: N_("dealt with"),
}
ANNOUNCED: Mapping[str, str] = {
    Announced.IN_TIME: N_("announced in time"),
    Announced.WAITING: N_("the notice is on its way"),
    Announced.TO_TELL: N_("still to be told: there is no mail address"),
    Announced.NOT_ANNOUNCED: N_("not announced in time"),
}
LETTERS: Mapping[str, str] = {
    "ack_request": N_("acknowledgement of a request"),
    "ack_breach": N_("acknowledgement of a breach report"),
    "ack_complaint": N_("acknowledgement of a complaint"),
    "ack_unsure": N_("acknowledgement"),
    "status": N_("how the case stands"),
    "status_unknown": N_("answer that shows nothing"),
    "answer": N_("answer to a question"),
    "reminder": N_("reminder to officers"),
    "identity_request": N_("request to show who asks"),
    "clarification_request": N_("question to the requester"),
    "extension_notice": N_("extension notice"),
    "decision_granted": N_("decision: granted"),
    "decision_refused": N_("decision: refused, wholly or partly"),
    "decision_safety": N_("decision: refused for the child's safety"),
    "restriction_lift": N_("notice that the restriction ends"),
    "breach_parents": N_("letter to parents about a breach"),
    "late_notice": N_("notice that we are late"),
    "third_party_reply": N_("receipt to a third party"),
    "identity_copy_destroyed": N_("notice that a copy was destroyed"),
    "withdrawal_check": N_("question whether it is withdrawn"),
}
LETTER_STATES: Mapping[str, str] = {
    "waiting": N_("waits to be sent"),
    "held": N_("held until a person looks"),
    "sending": N_("is being sent"),
    "sent": N_("accepted by the mail server"),
    "refused": N_("refused by the mail server"),
    "bounced": N_("came back undelivered"),
    "taken_back": N_("taken back before it left"),
}
WRONG_STATES = frozenset({"refused", "bounced", "held"})
"""States in which a person must look."""
EXTENDED_BY_HAND: Mapping[str, str] = {
    "phone": N_("by telephone"),
    "letter": N_("by letter"),
    "desk": N_("at the desk"),
}
MAIL_WARNINGS: Mapping[str, str] = {
    "ambiguous_sender": N_("It is not clear who sent this: the From line names more than one."),
    "duplicate_from": N_("There is more than one From line; the sender may be forged."),
    "no_sender": N_("There is no sender."),
    "address_in_name": N_("The name is written like an address; the real address is shown here."),
    "encoded_address": N_("The address was hidden in an encoded name."),
    "punycode": N_("The address has foreign letters; it is shown as the machine reads it."),
    "bidi_in_name": N_("The name held signs that turn the reading order; they were taken out."),
    "invisible_in_name": N_("The name held invisible signs; they were taken out."),
    "duplicate_subject": N_("There is more than one subject; the first is shown."),
    "bidi_in_subject": N_(
        "The subject held signs that turn the reading order; they were taken out."
    ),
    "duplicate_message_id": N_("There is more than one Message-ID; the mail may be forged."),
    "wrong_charset": N_("Some letters may be shown wrongly; the mail names a wrong character set."),
    "broken_encoding": N_("A part was damaged on the way; what could be read is shown."),
}
FILE_WARNINGS: Mapping[str, str] = {
    "type_differs": N_("The file is of another type than its name says."),
    "encrypted": N_("The file is locked with a password."),
    "too_large": N_("The file is too large and was not kept."),
    "bidi_in_filename": N_("The name held signs that turn the reading order; they were taken out."),
    "invisible_in_filename": N_("The name held invisible signs; they were taken out."),
    "broken_encoding": N_("A part was damaged on the way; what could be read is shown."),
}
FILE_TYPES: Mapping[str, str] = {
    "application/pdf": N_("PDF document"),
    "image/jpeg": N_("photograph (JPEG)"),
    "image/png": N_("picture (PNG)"),
    "image/gif": N_("picture (GIF)"),
    "image/heic": N_("photograph (HEIC)"),
    "image/svg+xml": N_("drawing (SVG), which can hold programs"),
    "text/plain": N_("text"),
    "text/html": N_("web page, which can hold programs"),
    "text/calendar": N_("invitation to a calendar"),
    "application/zip": N_("archive (ZIP)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": N_("Word document"),
    "application/msword": N_("Word document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": N_("Excel sheet"),
    "application/vnd.ms-excel": N_("Excel sheet"),
    "application/vnd.ms-word.document.macroenabled.12": N_("Word document with macros"),
    "application/vnd.ms-excel.sheet.macroenabled.12": N_("Excel sheet with macros"),
    "application/x-msdownload": N_("program for Windows"),
    "message/rfc822": N_("mail"),
}
DANGEROUS = ("macroenabled", "x-msdownload", "java-archive", "svg", "html", "x-sh", "javascript")
"""Parts of the names of types that can run something on the computer of whoever opens them."""
OTHER_WARNING = N_("Something about this is odd ({code}); look twice.")
