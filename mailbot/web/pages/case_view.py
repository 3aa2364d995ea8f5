"""Everything one case page shows, read once: the file, the handling, the papers, the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailbot.domain.acts import Act
from mailbot.domain.case import CaseFile, CaseState
from mailbot.domain.deadlines import Deadlines
from mailbot.domain.deskbooks import CaseStory
from mailbot.domain.handling import ActOnFile, latest
from mailbot.domain.kinds import Kind
from mailbot.domain.letters import WITHDRAWAL_CHECK
from mailbot.domain.local_time import local_day
from mailbot.domain.masking import mask_bsn
from mailbot.domain.suggestion import FactName, Flag
from mailbot.web.asked import PageRequest
from mailbot.web.words import Clock, clock_of
from mailbot.work.handling.page import HandlingPage
from mailbot.work.handling.papers import CasePapers, WholeFile, whole_file


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as an officer sees it now."""

    case: CaseFile
    story: CaseStory
    handling: HandlingPage
    papers: CasePapers
    clock: Clock
    today: date

    @property
    def reference(self) -> str:
        """Name the case."""
        return self.case.reference

    @property
    def path(self) -> str:
        """Name its page."""
        return f"/cases/{self.case.reference}"

    @property
    def closed(self) -> bool:
        """Say whether it is closed."""
        return self.case.state is CaseState.CLOSED

    @property
    def overdue(self) -> bool:
        """Say whether its due date has passed."""
        due = self.case.dates.due
        return not self.closed and due is not None and due < self.today

    @property
    def writable(self) -> bool:
        """Say whether there is an address to write to."""
        return self.case.requester.address is not None

    @property
    def in_danger(self) -> bool:
        """Say whether a child may be in danger: addresses and names are shown here and nowhere else."""
        return Flag.SAFETY in self.handling.flags

    @property
    def suggestions(self) -> tuple[tuple[Kind, float], ...]:
        """List the kinds the machine believes in, by the mail that opened the case."""
        if not self.story.mails:
            # Asked beside something else: what the machine believed was kept with the case.
            kind = self.case.kind
            return ((kind, self.case.confidence),) if kind and self.case.confidence else ()
        kinds = self.story.mails[0].suggestion.get("kinds")
        found = (
            [one for one in kinds if one["kind"] in set(Kind)] if isinstance(kinds, list) else []
        )
        return tuple((Kind(one["kind"]), float(one["confidence"])) for one in found)

    @property
    def advice(self) -> ActOnFile | None:
        """Give the latest advice of the FG."""
        return latest(self.papers.acts, Act.FG_ADVISED)

    @property
    def asked(self) -> ActOnFile | None:
        """Give the latest question to the requester that waits for an answer."""
        codes = (Act.IDENTITY_ASKED, Act.CLARIFICATION_ASKED, Act.ANSWERED)
        act = latest(self.papers.acts, *codes)
        return None if act is None or act.code is Act.ANSWERED else act

    @property
    def withdrawal(self) -> str:
        """Say how far the question went whether they withdraw: `""`, `asked` or `answered`."""
        asked = [one.written for one in self.story.letters if one.code == WITHDRAWAL_CHECK]
        if not asked:
            return ""
        own = self.case.requester.address
        after = [one for one in self.story.mails if one.sender == own and one.received > asked[-1]]
        return "answered" if after else "asked"

    def fact(self, name: FactName) -> str:
        """Give a fact that a person confirmed; empty where none did."""
        value, confirmed = self.handling.facts.get(name, ("", False))
        return value if confirmed else ""


def view_of(page: PageRequest) -> CaseView:
    """
    Read the case that the path names.

    Raises:
        UnknownCase: there is none, or this officer is kept away from it.
    """
    return view_from(page, whole_file(page.desk, page.officer, page.names["reference"]))


def view_from(page: PageRequest, file: WholeFile) -> CaseView:
    """Show a case that was read just now."""
    case, zone = file.story.case, page.office.profile.zone
    return CaseView(
        case=case,
        story=file.story,
        handling=file.handling,
        papers=file.papers,
        clock=clock_of(case, page.now, zone),
        today=local_day(page.now, zone),
    )


def explanation_of(page: PageRequest, deadlines: Deadlines) -> Sequence[str]:
    """Say how every date came to be, in the language of the page."""
    return [mask_bsn(one) for one in deadlines.sentences(page.language, page.office.profile.zone)]
