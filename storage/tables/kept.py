"""Workspaces, their channels, and what is known of these; the inbox and the tick."""

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
    false,
    text,
)

from metrics.posts import COLUMNS, COUNTERS
from storage.tables.base import ID, metadata, one_of
from storage.upload_steps import Step

_POST_TYPES = {
    "external_id": (Text, False),
    "published_at": (BigInteger, False),
    "observed_at": (BigInteger, False),
    "observed_exact": (Boolean, False),
    "time_known": (Boolean, False),
    "format": (Text, True),
    "text_length": (BigInteger, True),
    "hashtags": (Text, True),
    "is_ad": (Boolean, False),
    "is_forwarded": (Boolean, False),
    "title": (Text, True),
    "link": (Text, True),
    **dict.fromkeys(COUNTERS, (BigInteger, True)),
    "steps": (Text, True),
}


def _post_columns(names: tuple[str, ...]) -> list[Column[object]]:
    return [Column(name, _POST_TYPES[name][0], nullable=_POST_TYPES[name][1]) for name in names]


workspace = Table(
    "workspace",
    metadata,
    Column("id", ID, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),  # an IANA name
    Column("created_at", BigInteger, nullable=False),
    one_of("kind", "private", "group"),
    sqlite_autoincrement=True,  # an old button must never point at a newer row
)

channel = Table(
    "channel",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("handle", Text),  # lower case, without '@'
    Column("chat_id", BigInteger, index=True),  # Telegram's -100… id
    Column("external_id", Text),  # the id on platforms other than Telegram
    Column("title", Text, nullable=False),
    Column("added_by", BigInteger),
    Column("added_by_import", BigInteger),  # the import that brought the channel takes it back when undone
    Column("bot_is_admin", Boolean, nullable=False, server_default=false()),
    Column("archived_at", BigInteger),  # put away by its chat: out of lists, nothing is forgotten
    Column("is_watched", Boolean, nullable=False, server_default=false()),  # checked, never added
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("data_version", BigInteger, nullable=False, server_default=text("0")),
    Column(
        "posts", BigInteger, nullable=False, server_default=text("0")
    ),  # counted here: a count costs by the history
    Column("observed_at", BigInteger),  # of its newest reading
    UniqueConstraint("workspace_id", "chat_id"),
    UniqueConstraint("workspace_id", "platform", "handle"),
    UniqueConstraint("workspace_id", "platform", "external_id"),
    sqlite_autoincrement=True,
)
Index(
    "ix_channel_watched",
    channel.c.id,
    sqlite_where=channel.c.is_watched,
    postgresql_where=channel.c.is_watched,
)

channel_access = Table(
    "channel_access",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("level", Text, nullable=False),
    # Of a grant only: when it ends, once that was announced, and when it is looked at again.
    Column("ends_at", BigInteger),
    Column("check_at", BigInteger, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("workspace_id", "channel_id"),
    one_of("level", "own", "read"),
)
_READ = channel_access.c.level == text("'read'")
Index("ix_channel_access_check_at", channel_access.c.check_at, sqlite_where=_READ, postgresql_where=_READ)

import_ = Table(
    "import",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("requested_by", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("status_message_id", BigInteger),
    Column("file_ids", Text, nullable=False),  # JSON list
    Column("file_names", Text, nullable=False),  # JSON list
    Column("sha256", Text),
    Column("format", Text),
    Column("state", Text, nullable=False),
    Column("dialogue", Text),  # JSON object: what was asked and answered, and which files were left out
    Column("understood", Text),  # JSON object
    Column("created_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("progress", Text),  # JSON object while rows are stored or taken back, a few at a time
    UniqueConstraint("chat_id", "message_id"),
    one_of("state", *Step),
    sqlite_autoincrement=True,
)
_DONE = text("state IN ('done', 'subscribers')")
Index(
    "uq_import_done",
    import_.c.workspace_id,
    import_.c.sha256,
    unique=True,
    sqlite_where=_DONE,
    postgresql_where=_DONE,
)

# A post as its readings show it together; `storage.projection` says how.
post = Table(
    "post",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    *_post_columns(COLUMNS),
    Column(
        "absent_since", BigInteger
    ),  # when its number was first found empty; `storage.workspace.deletions` says how
    Column("deleted_at", BigInteger),  # it is gone: out of every figure
    UniqueConstraint("channel_id", "external_id"),
    Index(None, "channel_id", "published_at"),
)

# A post as one source stated it at one moment. Ids grow with the order of arrival.
READING_COLUMNS = tuple(name for name in COLUMNS if name != "external_id")
reading = Table(
    "reading",
    metadata,
    Column("id", ID, primary_key=True),
    Column("post_id", ForeignKey("post.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("import_id", ForeignKey("import.id", ondelete="CASCADE"), index=True),
    Column("source", Text, nullable=False),
    *_post_columns(READING_COLUMNS),
)

audience = Table(
    "audience",
    metadata,
    Column("id", ID, primary_key=True),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("observed_at", BigInteger, nullable=False),
    Column("subscribers", BigInteger, nullable=False),
    Column("step", BigInteger, nullable=False),  # 0: exact
    Column("source", Text, nullable=False),
    Column("import_id", ForeignKey("import.id", ondelete="CASCADE"), index=True),
    Index(None, "channel_id", "observed_at"),
)

# How far a channel's readings are thinned; `storage.system.thinning` says how.
thinning = Table(
    "thinning",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False),
    Column("level", Text, nullable=False),
    Column("until", BigInteger, nullable=False),  # by the moment of the post, or of the count of subscribers
    Column("looked_at", BigInteger, nullable=False),  # 0: more of it is old enough
    PrimaryKeyConstraint("channel_id", "level"),
    Index(None, "level", "looked_at"),
    one_of("level", "first_weeks", "ages", "audience"),
)

# What a person said of the columns of tables with one header, and of the order of their dates.
column_choice = Table(
    "column_choice",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("fingerprint", Text, nullable=False),  # of the header
    Column("choice", Text, nullable=False),  # JSON object
    Column("chosen_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "fingerprint"),
)

question = Table(
    "question",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON object
    Column("asked_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "user_id"),
)

picture = Table(
    "picture",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False, index=True),
    PrimaryKeyConstraint("workspace_id", "key"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, index=True),
    Column("body", Text),  # raw JSON; emptied when handled
    Column("received_at", BigInteger, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("attempts", BigInteger, nullable=False, server_default=text("0")),  # runs that began
    one_of("state", "new", "done"),
)
IS_UNHANDLED = inbox.c.state == text("'new'")
Index("ix_inbox_new", inbox.c.update_id, sqlite_where=IS_UNHANDLED, postgresql_where=IS_UNHANDLED)

tick = Table(
    "tick",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # a kind of process each, or one process
    Column("at", BigInteger, nullable=False),
)
