"""Which person at a provider belongs to which officer, from the first time on."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from mailbot.adapters.schema_door import outside_account
from mailbot.adapters.vault import Vault
from mailbot.domain.accounts import Account


class SqlOutside:
    """The accounts at providers, within one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def bind(self, account: Account, issuer: str, subject: str, now: datetime) -> bool:
        """
        Bind an officer to the person a provider names, the first time; compare ever after.

        An address may be given to somebody else one day; a subject never is (OIDC Core 5.7).

        Returns:
            False when another person came with this officer's address.
        """
        found = self._vault.keyed_hash(f"subject {issuer} {subject}")
        known = self._connection.execute(
            select(outside_account.c.subject_hash).where(
                outside_account.c.officer_id == account.id, outside_account.c.issuer == issuer
            )
        ).scalar()
        if known is not None:
            return bytes(known) == found
        self._connection.execute(
            insert(outside_account).values(
                board_id=account.board_id,
                officer_id=account.id,
                issuer=issuer,
                subject_hash=found,
                bound_at=now,
            )
        )
        return True
