"""What people see of the day on a terminal: calm, one mail after the other."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from mailbot.demo.answers import read, text_of
from mailbot.demo.host import Posted
from mailbot.demo.letters import SentLetter
from mailbot.demo.officers import BOARD, FG, Decided, Extended
from mailbot.demo.play import Step
from mailbot.demo.step_view import step_view
from mailbot.demo.tally import Tally
from mailbot.domain.kinds import KINDS
from mailbot.domain.letters import LETTERS

LONGEST_LETTER = max(len(rule.dutch) for rule in LETTERS.values())
INDENT = (0, 0, 0, 7)


@dataclass(frozen=True, slots=True)
class Screen:
    """One terminal, and how long it rests between two things."""

    console: Console
    rest: float = 0.0

    def opening(self, board: str, day: date, folder: str) -> None:
        """Say what this is."""
        self.console.print()
        self.console.print(f"[bold]mailbot[/]  a day of mail at {board}, {day:%A %-d %B %Y}")
        self.console.print(
            f"[dim]Made-up people on a mail host inside this process. "
            f"Everything stays in {escape(folder)}.[/]"
        )

    def mails(self, steps: Iterable[Step], total: int) -> Iterator[Step]:
        """Show each mail as it is worked through, with the progress below."""
        self._head("The mail comes in, and the robot works through it")
        columns = (
            TextColumn("       [dim]{task.description}"),
            BarColumn(30, complete_style="green", finished_style="green"),
            MofNCompleteColumn(),
        )
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task("mails", total=total)
            for step in steps:
                self.console.print(step_view(step, self.console.width))
                progress.advance(task)
                self._pause()
                yield step

    def queue(self, table: RenderableType) -> None:
        """Show what the FG sees."""
        self._head("The queue: what is due first stands first, whatever the machine believes")
        self.console.print(table)
        self._pause()

    def decision(self, act: Decided) -> None:
        """Tell what the board member decided."""
        kind = KINDS[act.kind].dutch
        self._head("One decision, by a person")
        self._say(f"{FG.name} (FG) signs in and confirms that {act.reference} is: {kind}.")
        self._say(
            f"{BOARD.name} (board) signs in and decides: [bold]{act.outcome}[/]. The grounds, typed:"
        )
        self._quote(act.grounds)
        self._say(
            "The letter that tells the parent cites this decision, and could not exist without it."
        )
        self._pause()

    def extension(self, act: Extended) -> None:
        """Tell what the FG extended."""
        self._head("One extension, by a person")
        self._say(
            f"{FG.name} (FG) confirms {act.reference} as {KINDS[act.kind].dutch} and moves its date "
            f"from {act.old_due:%d-%m-%Y} to [bold]{act.new_due:%d-%m-%Y}[/]. The reason, typed:"
        )
        self._quote(act.reason)
        self._say("Its notice leaves by itself.")
        self._pause()

    def letters(self, sent: Sequence[SentLetter], zone: ZoneInfo) -> None:
        """List the letters that left."""
        self._head(f"The letters sent: {len(sent)}")
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column("at", width=5)
        # What is left beside the other columns; references are never cut, people copy them.
        left = self.console.width - 44
        table.add_column("letter", width=min(LONGEST_LETTER, left), no_wrap=True)
        table.add_column("in", width=2)
        table.add_column("case", no_wrap=True)
        table.add_column("sent by", width=8, no_wrap=True)
        for one in sent:
            by = Text("a person" if one.by_person else "robot")
            table.add_row(
                f"{one.accepted.astimezone(zone):%H:%M}",
                LETTERS[one.code].dutch,
                one.language,
                one.case,
                Text("returned", style="red") if one.state == "bounced" else by,
            )
        self.console.print(table)

    def letter(self, posted: Posted) -> None:
        """Print one letter in full."""
        message = read(posted)
        head = "\n".join(f"{name}: {message[name]}" for name in ("From", "To", "Subject"))
        body = Text(f"{head}\n\n{text_of(message).strip()}")
        width = min(self.console.width - 1, 88)
        self.console.print(
            Panel(body, title="one of them in full", width=width, box=box.ROUNDED, padding=(1, 2))
        )

    def counts(self, tally: Tally) -> None:
        """Show that every mail is accounted for."""
        self._head("The day adds up")
        self._say(
            f"[bold]{tally.mails} mails[/] = {tally.opened} opened a case + {tally.filed} filed in "
            f"one + {tally.automatic} automatic + {tally.other} other + {tally.quarantined} set aside"
        )
        self._say(
            f"[bold]{tally.cases} cases[/], {tally.letters_sent} letters sent "
            f"({tally.reminders} of them reminders to the FG and the board), {tally.letters_held} held"
        )
        self._say(
            f"[bold]decisions[/] by people {tally.decisions}, extensions by people "
            f"{tally.extensions}, decisions by the robot [bold green]{tally.robot_decisions}[/]"
        )

    def guide(self, places: Sequence[tuple[str, str]], tries: Sequence[tuple[str, str]]) -> None:
        """Say where everything lies, and what to try next."""
        self._head("Where everything lies")
        grid = Table.grid(padding=(0, 2))
        for place, what in places:
            grid.add_row(Text(place, style="bold"), what)
        self.console.print(Padding(grid, INDENT))
        self._head("What to try next")
        for command, what in tries:
            self.console.print(Padding(Text(what, style="dim"), INDENT))
            # Commands are never wrapped by us, so that they can be copied whole.
            self.console.print(Text(f"       {command}", style="bold"), soft_wrap=True)

    def _head(self, title: str) -> None:
        self.console.print()
        self.console.rule(f"[bold]{title}[/]", align="left", style="dim")

    def _say(self, words: str) -> None:
        self.console.print(Padding(words, INDENT), highlight=False)

    def _quote(self, words: str) -> None:
        self.console.print(Padding(Text(f"“{words}”", style="italic"), (0, 4, 0, 9)))

    def _pause(self) -> None:
        if self.rest:
            time.sleep(self.rest)
