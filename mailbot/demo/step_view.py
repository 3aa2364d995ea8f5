"""How one mail of the day looks on a terminal: who, what, what the machine believes, what it did."""

from rich.table import Table
from rich.text import Text

from mailbot.demo.play import Step
from mailbot.demo.words import believed, done

COLOURS = {
    "opened": "green",
    "filed": "cyan",
    "automatic": "bright_black",
    "other": "yellow",
    "quarantined": "red",
}
WIDEST = 110


def step_view(step: Step, width: int) -> Table:
    """Lay one mail out for a terminal of this width."""
    colour = COLOURS[step.reading.outcome]
    grid = Table.grid(padding=(0, 1), pad_edge=False)
    grid.width = min(width, WIDEST)
    grid.add_column(width=5, style="dim")
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row(f"{step.at:%H:%M}", Text("●", style=colour), _subject(step))
    for kind, phrase in believed(step.reading):
        words = f"  “{phrase}”" if phrase else ""
        grid.add_row("", "", _line(Text.assemble((kind, "magenta"), words)))
    grid.add_row("", "", Text(done(step.reading), style=colour))
    return grid


def _subject(step: Step) -> Table:
    language = "" if step.reading.language == "und" else step.reading.language
    name = step.mail.author.partition("<")[0].strip(' "') or step.mail.author
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(ratio=1)
    row.add_column(justify="right", style="dim")
    row.add_row(_line(Text.assemble((name, "bold"), "  ", step.mail.subject)), language)
    return row


def _line(text: Text) -> Text:
    text.no_wrap = True
    text.overflow = "ellipsis"
    return text
