"""What is sent without being asked for: when it is due, what waits to leave, and which process sends."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from storage.tables.base import ID, metadata, one_of

schedule = Table(
    "schedule",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("frequency", Text, nullable=False),
    Column("weekdays", Integer, nullable=False),  # of 'daily': a bit each, Monday is 1, Sunday 64
    Column("weekday", Integer, nullable=False),  # of 'weekly': Monday is 0
    Column("at_minute", Integer, nullable=False),  # since midnight where the workspace lives
    Column("channels", Text),  # JSON list of ids; NULL is every visible channel
    Column("thread_id", BigInteger),  # a forum's topic
    Column("quiet_from_minute", Integer),
    Column("quiet_to_minute", Integer),
    Column("sensitivity", Text, nullable=False),
    Column("gate_percent", Integer, nullable=False),
    Column("country", Text),  # whose holidays; NULL is the zone's
    Column("set_by", BigInteger, nullable=False),  # the person to tell when nothing arrives any more
    Column("off_because", Text),
    Column("muted_until", BigInteger),
    Column("next_due_at", BigInteger),  # NULL while off
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "kind"),
    one_of("kind", "digest", "alerts"),
    one_of("frequency", "daily", "weekly", "monthly"),
    one_of("sensitivity", "calm", "normal", "sensitive", "literal"),
    sqlite_autoincrement=True,
)
_WILL_BE_DUE = schedule.c.next_due_at.is_not(None)
Index("ix_schedule_due", schedule.c.next_due_at, sqlite_where=_WILL_BE_DUE, postgresql_where=_WILL_BE_DUE)

mute = Table(
    "mute",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("until", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),  # JSON object
    Column("thread_id", BigInteger),
    Column("not_before", BigInteger, nullable=False),  # with the id, the order within a workspace
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False, index=True),
    Column("sent_at", BigInteger),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("cause", Text),  # the id that logs give to what it came of; NULL: of nothing that has one
    UniqueConstraint("workspace_id", "kind", "subject", "due_at"),
    one_of("state", "new", "sending", "sent", "failed", "folded"),
    sqlite_autoincrement=True,
)
# Written out, for SQLite takes a partial index only where the query says the same words.
NEW: ColumnClause[str] = literal_column("'new'")
SENDING: ColumnClause[str] = literal_column("'sending'")
IS_NEW = delivery.c.state == NEW
Index("ix_delivery_new", delivery.c.next_try_at, delivery.c.id, sqlite_where=IS_NEW, postgresql_where=IS_NEW)


def is_open(deliveries: FromClause) -> ColumnElement[bool]:
    """Returns a condition: the delivery is on its way, neither sent nor given up.

    It is of `delivery` or an alias of it.
    """
    return deliveries.c.state.in_([NEW, SENDING])


Index(
    "ix_delivery_open",
    delivery.c.workspace_id,
    delivery.c.not_before,
    delivery.c.id,
    sqlite_where=is_open(delivery),
    postgresql_where=is_open(delivery),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)
