"""One case on a terminal: its dates with their reasons, mails, letters, notes and history."""

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from mailbot.cli.case_handling import fact_lines, print_handling
from mailbot.cli.door import Visitor
from mailbot.cli.shown import kind_words
from mailbot.domain.deskbooks import CaseStory
from mailbot.domain.masking import mask_bsn
from mailbot.work.handling.page import page_of


def print_story(visitor: Visitor, reference: str) -> None:
    """Print everything in the file of a case."""
    desk = visitor.desk
    story = desk.show(visitor.officer, reference)
    page = page_of(desk, visitor.officer, reference)
    console = Console()
    case = story.case
    requester = f"{case.requester.name} <{case.requester.address or 'no mail address'}>"
    head = [
        f"kind       {kind_words(case)}",
        f"state      {case.state}",
        f"requester  {requester}",
        f"language   {case.language}",
        *([f"linked     {', '.join(story.linked)}"] if story.linked else []),
        *([f"merged in  {', '.join(story.merged)}"] if story.merged else []),
        *([f"goes on in {story.merged_into}"] if story.merged_into else []),
        *([f"look at    {', '.join(sorted(page.flags))}"] if page.flags else []),
        *fact_lines(page),
    ]
    console.print(Panel(escape(mask_bsn("\n".join(head))), title=case.reference))
    for sentence in desk.explain(story):
        console.print(f"• {escape(sentence)}")
    print_handling(page)
    for table in _tables(story):
        if table.row_count:
            console.print(table)


def _tables(story: CaseStory) -> list[Table]:
    mails = Table("no.", "received", "from", "subject", title="Mails", title_justify="left")
    for mail in story.mails:
        mails.add_row(
            str(mail.id),
            f"{mail.received:%d-%m-%Y %H:%M}Z",
            escape(mail.sender or "?"),
            escape(mask_bsn(mail.subject)),
        )
    letters = Table(
        "no.", "letter", "language", "state", "accepted", title="Letters", title_justify="left"
    )
    for letter in story.letters:
        accepted = f"{letter.accepted:%d-%m-%Y %H:%M}Z" if letter.accepted else ""
        letters.add_row(str(letter.id), letter.code, letter.language, letter.state, accepted)
    notes = Table("at", "by", "note", title="Notes", title_justify="left")
    for note in story.notes:
        notes.add_row(f"{note.at:%d-%m-%Y %H:%M}Z", escape(note.officer), escape(note.text))
    events = Table("at", "what", "detail", title="History", title_justify="left")
    for event in story.events:
        detail = ", ".join(f"{key} {value}" for key, value in event.detail if value)
        events.add_row(f"{event.at:%d-%m-%Y %H:%M}Z", event.kind, escape(detail))
    return [mails, letters, notes, events]
