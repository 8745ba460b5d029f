"""Drops and what was told of them. Dates are a workspace's local ones, as ISO text."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
)

from storage.tables.base import ID, metadata

# What is remembered of one metric of one channel between two evaluations.
track = Table(
    "track",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("metric", Text, nullable=False),
    Column("evaluated_on", Text, nullable=False),  # the last local date that was evaluated: once a date
    Column("quiet_until", Text),
    Column("since", Text),
    Column("newest", Text),  # the last day with a post that was compared
    Column("is_slow", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("workspace_id", "channel_id", "metric"),
)

episode = Table(
    "episode",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("metric", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened", Text, nullable=False),
    Column("window_first", Text, nullable=False),
    Column("window_last", Text, nullable=False),
    Column("history_first", Text, nullable=False),
    Column("history_last", Text, nullable=False),
    Column("drop_percent", Float, nullable=False),
    Column("z", Float),
    Column("n", BigInteger, nullable=False),
    Column("deepest_percent", Float, nullable=False),
    Column("clean", BigInteger, nullable=False),
    Column("is_confirmed", Boolean, nullable=False),
    Column("is_offered", Boolean, nullable=False),
    Column("closed", Text),
    Column("closed_by", Text),
    Column("is_pushed", Boolean, nullable=False),  # a message told of it; False: the summary alone does
    Column("facts", Text, nullable=False),  # JSON: the decision that opened it
    Column("started", Text),
    Column("worse_facts", Text),  # JSON: the decision that made it critical
    sqlite_autoincrement=True,  # an old button must never point at a newer drop
)
_OPEN = episode.c.closed.is_(None)
Index(
    "uq_episode_open",
    episode.c.workspace_id,
    episode.c.channel_id,
    episode.c.metric,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

# What each channel's own noise asks of a warning; `z` is NULL where its history is too short.
drop_fit = Table(
    "drop_fit",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("metric", Text, nullable=False),
    Column("z", Float),
    Column("days", BigInteger, nullable=False),
    Column("judged_days", BigInteger, nullable=False),
    Column("detectable_percent", Float),
    Column("detectable_days", BigInteger),
    Column("fitted_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "metric"),
)

# What holds now and was told when it began: it is not told again, and its end is known by its row.
standing = Table(
    "standing",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("subject", Text, nullable=False),
    PrimaryKeyConstraint("workspace_id", "subject"),
)
