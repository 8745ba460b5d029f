"""Processes that answer people, and which chats each of them works on."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, Table, Text

from storage.tables.base import metadata

replica = Table(
    "replica",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("until_ms", BigInteger, nullable=False),  # by the database's clock; afterwards it counts as dead
    Column("fetches", Boolean, nullable=False),  # updates are fetched, not sent to it
    Column("shares_limits", Boolean, nullable=False),
    Column("secret_mark", Text, nullable=False),  # tells two secrets apart, and nothing of either
)

chat_claim = Table(
    "chat_claim",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", ForeignKey("replica.holder", ondelete="CASCADE"), nullable=False, index=True),
)

# One row: the oldest program that still works with this schema, while its processes are replaced one after another.
schema_window = Table(
    "schema_window",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("oldest", Text, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)
