"""Workspaces' own keys of services, and what is read with them."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import ID, metadata, one_of

workspace_key = Table(
    "workspace_key",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("service", Text, nullable=False),
    Column("sealed", Text, nullable=False),  # encrypted with SECRET_KEY
    Column("hint", Text, nullable=False),  # its last characters
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),  # the service said to wait
    # What the service said of the tariff, at `checked_at`.
    Column("tariff", Text),
    Column("requests_left", BigInteger),
    Column("requests_most", BigInteger),
    Column("channels_left", BigInteger),
    Column("expires_at", BigInteger),
    PrimaryKeyConstraint("workspace_id", "service"),
    one_of("state", "works", "refused", "spent", "away"),
)

# A channel that is read at TGStat with the key of its workspace.
tgstat_channel = Table(
    "tgstat_channel",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("next_at", BigInteger, nullable=False, index=True),
    Column("read_at", BigInteger),
    Column("surveyed_at", BigInteger),  # subscribers, and who mentions it: asked for once a day
    Column("problem", Text),  # why the last reading gave nothing
)

# A post of another channel that brought readers: it forwards a post of this channel, or mentions it.
repost = Table(
    "repost",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("external_id", Text),  # of this channel's post; empty where the service does not say
    Column("link", Text, nullable=False),  # of the other channel's post
    Column("at", BigInteger, nullable=False),
    Column("handle", Text),
    Column("title", Text),
    Column("members", BigInteger),
    UniqueConstraint("channel_id", "kind", "link"),
    one_of("kind", "forward", "mention"),
)
