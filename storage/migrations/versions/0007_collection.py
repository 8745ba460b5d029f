"""What Telegram tells the bot of channels it administers: messages, comments, joins and leaves, gaps."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "collection",
        *_channel("collection"),
        _integer("discussion_chat_id", nullable=True),
        sa.Column("takes_reactions", sa.Boolean(), server_default=sa.true(), nullable=False),
        _integer("lost_at", nullable=True),
        _integer("count_at"),
        _integer("age_at", nullable=True),
        sa.PrimaryKeyConstraint("channel_id", name="pk_collection"),
    )
    for name in ("discussion_chat_id", "count_at", "age_at"):
        op.create_index(f"ix_collection_{name}", "collection", [name])
    op.create_table(
        "live_message",
        *_channel("live_message"),
        _integer("message_id"),
        _integer("published_at", nullable=True),
        _text("album"),
        _integer("version_at", nullable=True),
        _integer("version_update", nullable=True),
        _text("format"),
        _integer("text_length", nullable=True),
        _text("hashtags"),
        sa.Column("is_ad", sa.Boolean(), nullable=True),
        sa.Column("is_forwarded", sa.Boolean(), nullable=True),
        _text("title"),
        _text("link"),
        _integer("reactions", nullable=True),
        _integer("stars", nullable=True),
        _integer("reacted_at", nullable=True),
        _integer("reacted_update", nullable=True),
        sa.PrimaryKeyConstraint("channel_id", "message_id", name="pk_live_message"),
    )
    op.create_index("ix_live_message_channel_id_album", "live_message", ["channel_id", "album"])
    op.create_index("ix_live_message_channel_id_published_at", "live_message", ["channel_id", "published_at"])
    op.create_table(
        "thread",
        *_channel("thread"),
        _integer("chat_id"),
        _integer("thread_id"),
        _integer("message_id"),
        sa.PrimaryKeyConstraint("channel_id", "chat_id", "thread_id", name="pk_thread"),
    )
    op.create_index("ix_thread_channel_id_message_id", "thread", ["channel_id", "message_id"])
    op.create_table(
        "comment",
        *_channel("comment"),
        _integer("chat_id"),
        _integer("comment_id"),
        _integer("thread_id"),
        _integer("said_at"),
        sa.PrimaryKeyConstraint("channel_id", "chat_id", "comment_id", name="pk_comment"),
    )
    op.create_index("ix_comment_channel_id_chat_id_thread_id", "comment", ["channel_id", "chat_id", "thread_id"])
    _create_member_event_and_gap()


def _create_member_event_and_gap() -> None:
    op.create_table(
        "member_event",
        sa.Column("id", ID, nullable=False),
        *_channel("member_event"),
        _text("person"),
        _integer("happened_at"),
        sa.Column("is_join", sa.Boolean(), nullable=False),
        _text("link"),
        _text("link_name"),
        sa.PrimaryKeyConstraint("id", name="pk_member_event"),
        sa.UniqueConstraint(
            "channel_id",
            "person",
            "happened_at",
            "is_join",
            name="uq_member_event_channel_id_person_happened_at_is_join",
        ),
    )
    op.create_index("ix_member_event_happened_at", "member_event", ["happened_at"])
    op.create_index("ix_member_event_channel_id_happened_at", "member_event", ["channel_id", "happened_at"])
    op.create_table(
        "gap",
        sa.Column("id", ID, nullable=False),
        *_channel("gap"),
        sa.Column("reason", sa.Text(), nullable=False),
        _integer("started_at"),
        _integer("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.CheckConstraint("reason IN ('away', 'rights')", name=op.f("ck_gap_reason")),
    )
    op.create_index("ix_gap_channel_id", "gap", ["channel_id"])


def downgrade() -> None:
    for table in ("gap", "member_event", "comment", "thread", "live_message", "collection"):
        op.drop_table(table)


def _channel(table: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return (
        sa.Column("channel_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=f"fk_{table}_channel_id_channel", ondelete="CASCADE"
        ),
    )


def _integer(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=True)
