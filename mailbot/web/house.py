"""What the pages work with: the offices of the boards, the door, the clock, the templates."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.adapters.books import SqlBooks
from mailbot.adapters.door import SqlDoor
from mailbot.adapters.oidc import OidcProvider
from mailbot.adapters.vault import Vault
from mailbot.domain.board import BoardProfile
from mailbot.domain.mail import Mail
from mailbot.domain.passages import BoardPassage
from mailbot.settings.values import WebSettings
from mailbot.web.origins import Origins
from mailbot.web.templating import Templates
from mailbot.work.desk import Desk
from mailbot.work.figures import Figures
from mailbot.work.parked import Parked
from mailbot.work.retention_acts import RetentionActs

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Office:
    """Everything people of one board work with."""

    profile: BoardProfile
    books: SqlBooks
    desk: Desk
    parked: Parked
    retention: RetentionActs
    figures: Figures
    passages: Mapping[str, BoardPassage]
    """What the assistant of this board may answer with."""
    read: Callable[[bytes, datetime], Mail]


@dataclass(frozen=True, slots=True)
class WebHouse:
    """The whole house as the pages see it."""

    settings: WebSettings
    offices: Mapping[int, Office]
    """By the number of the board; a session of a board that is not here counts for nothing."""
    door: SqlDoor
    providers: Mapping[str, OidcProvider]
    templates: Templates
    origins: Origins
    clock: Callable[[], datetime]
    vault: Vault = field(repr=False)
    random: Callable[[int], bytes] = field(repr=False)

    def token(self) -> str:
        """Make a random token of 256 bits."""
        return base64.urlsafe_b64encode(self.random(TOKEN_BYTES)).decode().rstrip("=")

    def proof(self, purpose: str, token: str) -> str:
        """Derive from a browser's token what only we can: for forms and messages."""
        proof = self.vault.keyed_hash(f"{purpose} {token}")
        return base64.urlsafe_b64encode(proof).decode().rstrip("=")
