"""Judges a mail, and what is attached to it where its own words do not say enough."""

from dataclasses import dataclass, replace

from mailbot.domain.identity import named_as_identity_document
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.pointing import papers_of, wants_attachments
from mailbot.domain.ports import AttachmentReader, Classifier
from mailbot.domain.suggestion import Route, Suggestion

_BY_FORMS = frozenset({"auto_generated", "auto_submitted", "no_reply_sender"})
"""Why parsing calls a web form's or a scanner's mail automatic; a person's words may be in it."""
ENOUGH = 0.5
"""A kind put forward with this confidence is understood from the mail's own words."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What is believed of one mail, with or without what is attached to it."""

    classifier: Classifier
    reader: AttachmentReader

    def quickly(self, mail: Mail) -> Suggestion | None:
        """
        Judge a mail by its own words.

        Returns:
            None where a file must be opened first, which takes a while.
        """
        papers = readable_papers(mail)
        if papers and wants_attachments(mail):
            return None
        suggestion = self.classifier.classify(mail)
        return None if papers and _says_nothing(suggestion) else suggestion

    def thoroughly(self, mail: Mail) -> tuple[Mail, Suggestion]:
        """Read what is attached, and judge the mail with it."""
        read = replace(mail, attached_texts=self.reader.read(readable_papers(mail)))
        return read, self.classifier.classify(read)

    def judge(self, mail: Mail) -> tuple[Mail, Suggestion]:
        """Judge a mail in whatever time it takes; return it with what was read of its files."""
        suggestion = self.quickly(mail)
        return self.thoroughly(mail) if suggestion is None else (mail, suggestion)


def readable_papers(mail: Mail) -> tuple[Attachment, ...]:
    """
    Name the files of a mail to be read for what they ask.

    Automatic mail and bounces ask nothing. A file named as an identity document is not read:
    nothing of it may be kept (reglement 8.2.2).
    """
    if mail.bounce is not None or (mail.automatic is not None and mail.automatic not in _BY_FORMS):
        return ()
    return tuple(file for file in papers_of(mail) if not named_as_identity_document(file.filename))


def _says_nothing(suggestion: Suggestion) -> bool:
    """Whether nothing was understood that a file could not overturn."""
    if suggestion.route not in (Route.CASE, Route.OTHER, Route.FOLLOW_UP):
        return False
    if suggestion.route is Route.OTHER:
        return True
    return suggestion.unsure and not any(k.confidence >= ENOUGH for k in suggestion.kinds)
