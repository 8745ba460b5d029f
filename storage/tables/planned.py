"""What people aim at, and what they noted of a channel's days."""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Table, Text

from storage.tables.base import ID, metadata, one_of

# One a channel and metric: setting it again changes it.
goal = Table(
    "goal",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("metric", Text, nullable=False),
    Column("target", Float, nullable=False),
    Column("due_on", Text),  # a local date; empty: no date was named
    Column("start_value", Float),  # when it was set; empty where that was not known
    Column("start_on", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    one_of("metric", "er", "subscribers", "views"),
    Index("uq_goal_metric", "workspace_id", "channel_id", "metric", unique=True),
    sqlite_autoincrement=True,
)

note = Table(
    "note",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), index=True),  # empty: of all channels
    Column("noted_on", Text, nullable=False),  # a local date
    Column("text", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "noted_on"),
    sqlite_autoincrement=True,
)
