"""What was asked: one frozen value that every page is given, and what a page answers with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starlette.responses import HTMLResponse, RedirectResponse, Response

from mailbot.domain.accounts import Session, Stage
from mailbot.domain.decision import Officer
from mailbot.web.cookies import Said, say
from mailbot.web.house import Office, WebHouse
from mailbot.web.navigation import Shown, navigation
from mailbot.work.desk import Desk


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a form or of a query, in the order they came."""

    pairs: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def get(self, name: str, otherwise: str = "") -> str:
        """Read a field without the blanks around it; the first where there are several."""
        return next((value.strip() for key, value in self.pairs if key == name), otherwise)

    def all(self, name: str) -> tuple[str, ...]:
        """Read every value of a field."""
        return tuple(value for key, value in self.pairs if key == name)

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    filename: str = field(repr=False)
    content: bytes = field(repr=False)
    declared_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, before it is known who asks; pages of the door get this."""

    house: WebHouse = field(repr=False)
    method: str
    path: str
    names: Mapping[str, str]
    """What the path names: `page.names["reference"]`."""
    query: Fields
    form: Fields
    files: tuple[Upload, ...] = field(default=(), repr=False)
    language: str
    now: datetime
    token: str = field(repr=False)
    """The random token of this browser; a new one where it sent none."""
    new_token: bool = False
    client: str = field(repr=False)
    """The network address, used for nothing but counting failed sign-ins."""
    known: str = field(default="", repr=False)
    """What says that an officer came in with this browser before."""
    said: Said | None = None
    """What the page before this one wants to be said."""
    session: Session | None = None
    paths: frozenset[str] = field(default=frozenset(), repr=False)
    """Every path of the table of routes."""

    @property
    def posted(self) -> bool:
        """Say whether a form was sent."""
        return self.method == "POST"

    @property
    def csrf(self) -> str:
        """The token every form of this page carries."""
        return self.house.proof("form", self.token)

    @property
    def gettext(self) -> Callable[[str], str]:
        """Translate a message: `page.gettext("Saved.")`."""
        return self.house.templates.gettext(self.language)

    @property
    def navigation(self) -> Sequence[Shown]:
        """What this officer may open; nothing before both factors were shown."""
        if self.session is None or self.session.stage is not Stage.FULL:
            return ()
        return navigation(self.session.account.role, self.path, self.paths, self.gettext)

    def render(self, template: str, *, status: int = 200, **words: object) -> Response:
        """Fill a template of `templates/web` as the answer."""
        everything = {"page": self, **words}
        text = self.house.templates.fill(template, self.language, everything)
        return HTMLResponse(text, status)

    def redirect(
        self, path: str, said: str = "", *, undo: str = "", tone: str = "done"
    ) -> Response:
        """
        Go to another page, after a form above all.

        Args:
            path: where to, a path of our own.
            said: what that page says first, already translated; names and addresses stay out.
            undo: the path a form is sent to when the officer wants it undone.
            tone: `done`, `note` or `warning`.

        Returns:
            A redirect that is followed with GET.
        """
        answer = RedirectResponse(path, 303)
        if said:
            say(answer, Said(said, tone, undo), self.house.proof("said", self.token))
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest(Asked):
    """One request of a signed-in officer."""

    officer: Officer
    office: Office = field(repr=False)

    @property
    def desk(self) -> Desk:
        """The desk of the officer's board."""
        return self.office.desk


Page = Callable[[PageRequest], Response]
"""A page for signed-in officers; it runs in a thread of its own and may take its time."""
DoorPage = Callable[[Asked], Response]
"""A page of the door, for whoever is not in yet."""


def fields(pairs: Iterable[tuple[str, str]]) -> Fields:
    """Keep the fields of a query or form."""
    return Fields(tuple(pairs))
