"""The table of mails whose pictures are still to be looked at for identity documents."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from mailbot.adapters.schema import Id, Instant, metadata
from mailbot.adapters.schema_parts import board

identity_look = Table(
    "identity_look",
    metadata,
    # A row exists from the transaction that files the mail, so that no robot's end forgets it.
    Column("mail_id", Id, ForeignKey("raw_mail.id"), primary_key=True),
    board(),
    Column("case_id", Id),
    Column("asked_at", Instant, nullable=False),
    Column("claimed_until", Instant, nullable=False),
    Column("tries", Id, nullable=False),
    Column("looked_at", Instant),
    # The numbers of the parts that show a document, such as `0,2`; nothing of what they show.
    Column("parts", String(200), nullable=False),
    Index("ix_identity_look_waiting", "board_id", "looked_at", "claimed_until"),
)
