"""What comes in by itself: pages that are followed, and what Telegram tells the bot of channels it administers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from storage.tables.base import ID, metadata, one_of

# A channel that its workspace follows by the public page. Rows of one handle are claimed and read together.
follow = Table(
    "follow",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("handle", Text, nullable=False, index=True),
    Column("next_at", BigInteger, nullable=False, index=True),
    Column("until", BigInteger),  # empty: for good
    Column("read_at", BigInteger),  # when the page last gave something
    Column("failures", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("refusal", Text),  # the code of the last failure
)

# How a channel is collected through the Bot API.
collection = Table(
    "collection",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("discussion_chat_id", BigInteger, index=True),
    Column("takes_reactions", Boolean, nullable=False, server_default=true()),
    Column("lost_at", BigInteger),  # since when nobody of the workspace, or not the bot, is an admin
    Column("count_at", BigInteger, nullable=False, index=True),  # when subscribers are counted next
    Column("age_at", BigInteger, index=True),  # when a post next comes to an age that is kept
)

# A person of the channel's workspace who is an admin of the channel, as Telegram said last; lost: is none any more.
proof = Table(
    "proof",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("proved_at", BigInteger, nullable=False),
    Column("lost_at", BigInteger),
    Column("check_at", BigInteger, nullable=False, index=True),
    PrimaryKeyConstraint("channel_id", "person"),
)

# A message of a channel as the updates so far tell it, in whatever order they came; posts are derived from these.
live_message = Table(
    "live_message",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("published_at", BigInteger),  # empty: only its reactions are known
    Column("album", Text),
    Column("version_at", BigInteger),  # of the content below: published, or last edited
    Column("version_update", BigInteger),
    Column("format", Text),
    Column("text_length", BigInteger),
    Column("hashtags", Text),
    Column("is_ad", Boolean),
    Column("is_forwarded", Boolean),
    Column("title", Text),
    Column("link", Text),
    Column("reactions", BigInteger),
    Column("stars", BigInteger),
    Column("reacted_at", BigInteger),
    Column("reacted_update", BigInteger),
    PrimaryKeyConstraint("channel_id", "message_id"),
    Index(None, "channel_id", "album"),
    Index(None, "channel_id", "published_at"),
)

# The automatic copy of a post in the discussion group: comments hang on it.
thread = Table(
    "thread",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),  # of the post
    PrimaryKeyConstraint("channel_id", "chat_id", "thread_id"),
    Index(None, "channel_id", "message_id"),
)

# A comment is a number and a moment; neither its words nor its author.
comment = Table(
    "comment",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("comment_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("said_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("channel_id", "chat_id", "comment_id"),
    Index(None, "channel_id", "chat_id", "thread_id"),
)

# Somebody joined or left. `person` is a keyed hash that tells one leaver from another, and is erased after a month;
# `left_at`, of a join: when that person left, as far as it was seen until then.
member_event = Table(
    "member_event",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("person", Text),
    Column("happened_at", BigInteger, nullable=False),
    Column("is_join", Boolean, nullable=False),
    Column("link", Text),
    Column("link_name", Text),
    Column("left_at", BigInteger),
    UniqueConstraint("channel_id", "person", "happened_at", "is_join"),
    Index(None, "channel_id", "happened_at"),
)
_IS_KNOWN = member_event.c.person.is_not(None)
Index(
    "ix_member_event_known",
    member_event.c.happened_at,
    sqlite_where=_IS_KNOWN,
    postgresql_where=_IS_KNOWN,
)

# A time without updates: what happened then was told to nobody.
gap = Table(
    "gap",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, index=True),  # empty: it lasts
    one_of("reason", "away", "rights"),
)
