"""Exact counters that the bot asks for itself: its one session, and how far it has read each channel."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text, false, text

from storage.tables.base import metadata

# What the bot holds at Telegram. One row, because a second session would be a second login.
exact_account = Table(
    "exact_account",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("session", Text),  # encrypted
    Column("logged_in_at", BigInteger),  # empty: the token was not shown yet in this session
    Column(
        "not_before", BigInteger, nullable=False, server_default=text("0")
    ),  # Telegram said to wait, or was away
    Column("failures", Integer, nullable=False, server_default=text("0")),  # connections in a row
    Column(
        "requests", BigInteger, nullable=False, server_default=text("0")
    ),  # ever made: turns are told by it
    Column("day", BigInteger, nullable=False, server_default=text("0")),  # days since 1970: of what was spent
    Column("spent", BigInteger, nullable=False, server_default=text("0")),  # requests for history that day
    Column("refusal", Text),  # why nothing is asked any more
    Column("fields", Text),  # what came at the last look, blank-separated
    Column("fields_at", BigInteger),
)

# A channel whose history is read from the newest known message down, and whose young posts are read at their ages.
exact_channel = Table(
    "exact_channel",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("began_at", BigInteger, nullable=False),
    Column("newest_id", BigInteger),  # empty: nobody has told a number yet
    Column("is_climbed", Boolean, nullable=False, server_default=false()),  # nothing is unread above it
    Column("cursor", BigInteger),  # the next number to read, downwards
    Column("done_at", BigInteger),  # the history is read
    Column("found", BigInteger, nullable=False, server_default=text("0")),  # posts of the history
    Column("oldest_at", BigInteger),  # when the oldest of them came out
    Column(
        "served", BigInteger, nullable=False, server_default=text("0")
    ),  # the request that last read history of it
    Column("told_in", BigInteger),  # the message that tells how far it is
    Column("sweep_at", BigInteger, index=True),  # when a post next comes to an age
    Column("swept_at", BigInteger, nullable=False),  # posts that came to an age since are read next
    Column("access_hash", BigInteger, nullable=False, server_default=text("0")),  # 0: asked without
    Column("paused_until", BigInteger, nullable=False, server_default=text("0")),  # it was closed to the bot
)
