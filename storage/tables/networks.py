"""Channels of networks that are read with a key: what each key has spent, and how far each channel is read."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, text

from storage.tables.base import metadata

# What is left to a key. Named by its network and a digest of it: another key begins anew, and none can be read here.
network_key = Table(
    "network_key",
    metadata,
    Column("name", Text, primary_key=True),
    Column(
        "resets_at", BigInteger, nullable=False, server_default=text("0")
    ),  # when what was spent is forgotten
    Column("spent", BigInteger, nullable=False, server_default=text("0")),  # units since the last reset
    Column(
        "requests", BigInteger, nullable=False, server_default=text("0")
    ),  # ever made: turns are told by it
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),  # told to wait, or was away
    Column("failures", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("refusal", Text),  # why nothing is asked any more
)

# A channel whose history is read from its newest post down, and which is looked at for new posts and at their ages.
network_channel = Table(
    "network_channel",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("network", Text, nullable=False),
    Column("place", Text, nullable=False),  # the channel's id in its network
    Column("began_at", BigInteger, nullable=False),
    Column("cursor", Text),  # where the history goes on; empty: it begins
    Column("done_at", BigInteger),  # the history is read
    Column("found", BigInteger, nullable=False, server_default=text("0")),  # posts of the history
    Column("oldest_at", BigInteger),  # when the oldest of them came out
    Column(
        "served", BigInteger, nullable=False, server_default=text("0")
    ),  # the request that last was for it
    Column("told_in", BigInteger),  # the message that tells how far it is
    Column("sweep_at", BigInteger, nullable=False),  # when it is looked at next
    Column("swept_at", BigInteger, nullable=False),  # when it last was
    Column("failures", Integer, nullable=False, server_default=text("0")),  # looks in a row that gave nothing
    Column("refusal", Text),  # why the last one did
    Index(None, "network", "sweep_at"),
    Index(None, "network", "place"),
)
