"""What people asked for and are still waiting for, and how much each of them has asked for lately."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.base import ID, metadata

# The message that says «Смотрю…» for one question; a run after a crash goes on in the same one.
looking = Table(
    "looking",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("asked", Text, nullable=False),  # the message or press that asks
    Column("message_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "asked"),
)

# One row a question; forgotten when its hour is over, and no sooner: deleting everything gives nobody a second helping.
quota = Table(
    "quota",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="SET NULL"), index=True),
    Column("person", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "person", "kind", "at"),
)
