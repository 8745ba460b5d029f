"""Workspaces, channels, posts with their readings, subscribers, imports, the inbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTERS = (
    "views",
    "reach",
    "reactions",
    "dislikes",
    "comments",
    "forwards",
    "saves",
    "clicks",
    "stars",
    "interactions_sum",
)


def upgrade() -> None:
    _create_workspace()
    _create_channel()
    _create_import()
    _create_post()
    _create_reading()
    _create_audience()
    _create_question_and_picture()
    _create_inbox_and_tick()


def downgrade() -> None:
    for table in (
        "tick",
        "inbox",
        "picture",
        "question",
        "audience",
        "reading",
        "post",
        "import",
        "channel_access",
        "channel",
        "workspace",
    ):
        op.drop_table(table)


def _integer(name: str, *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable, **options)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _id(table: str) -> tuple[sa.Column[Any], sa.PrimaryKeyConstraint]:
    return sa.Column("id", ID, nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _reference(
    table: str, column: str, target: str, *, nullable: bool = False
) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    name = f"fk_{table}_{column}"
    return (
        sa.Column(column, ID, nullable=nullable),
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE"),
    )


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(repr(value) for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _stated() -> tuple[sa.Column[Any], ...]:
    return (
        _integer("published_at"),
        _integer("observed_at"),
        sa.Column("observed_exact", sa.Boolean(), nullable=False),
        sa.Column("time_known", sa.Boolean(), nullable=False),
        _text("format", nullable=True),
        _integer("text_length", nullable=True),
        _text("hashtags", nullable=True),
        sa.Column("is_ad", sa.Boolean(), nullable=False),
        sa.Column("is_forwarded", sa.Boolean(), nullable=False),
        _text("title", nullable=True),
        _text("link", nullable=True),
        *(_integer(counter, nullable=True) for counter in COUNTERS),
        _text("steps", nullable=True),
    )


def _create_workspace() -> None:
    op.create_table(
        "workspace",
        *_id("workspace"),
        _integer("chat_id"),
        _text("kind"),
        _text("title", nullable=True),
        _text("language"),
        _text("zone"),
        _integer("created_at"),
        _one_of("workspace", "kind", "private", "group"),
        sa.UniqueConstraint("chat_id", name="uq_workspace_chat_id"),
        sqlite_autoincrement=True,
    )


def _create_channel() -> None:
    op.create_table(
        "channel",
        *_id("channel"),
        *_reference("channel", "workspace_id", "workspace"),
        _text("platform"),
        _text("handle", nullable=True),
        _integer("chat_id", nullable=True),
        _text("external_id", nullable=True),
        _text("title"),
        _integer("added_by", nullable=True),
        _integer("added_by_import", nullable=True),
        sa.Column("bot_is_admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        _integer("created_at"),
        _integer("changed_at"),
        _integer("data_version", server_default=sa.text("0")),
        _integer("posts", server_default=sa.text("0")),
        _integer("observed_at", nullable=True),
        sa.UniqueConstraint("workspace_id", "chat_id", name="uq_channel_workspace_id_chat_id"),
        sa.UniqueConstraint(
            "workspace_id", "platform", "external_id", name="uq_channel_workspace_id_platform_external_id"
        ),
        sa.UniqueConstraint("workspace_id", "platform", "handle", name="uq_channel_workspace_id_platform_handle"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_channel_chat_id", "channel", ["chat_id"])
    op.create_table(
        "channel_access",
        *_reference("channel_access", "workspace_id", "workspace"),
        *_reference("channel_access", "channel_id", "channel"),
        _text("level"),
        _one_of("channel_access", "level", "own", "read"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_channel_access"),
    )
    op.create_index("ix_channel_access_channel_id", "channel_access", ["channel_id"])


def _create_import() -> None:
    op.create_table(
        "import",
        *_id("import"),
        *_reference("import", "workspace_id", "workspace"),
        _integer("requested_by"),
        _integer("chat_id"),
        _integer("message_id"),
        _integer("status_message_id", nullable=True),
        _text("file_ids"),
        _text("file_names"),
        _text("sha256", nullable=True),
        _text("format", nullable=True),
        _text("state"),
        _text("understood", nullable=True),
        _integer("created_at"),
        _integer("finished_at", nullable=True),
        _one_of("import", "state", "reading", "waiting", "done", "undone", "failed"),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_import_chat_id_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_workspace_id", "import", ["workspace_id"])
    done = sa.text("state = 'done'")
    columns = ["workspace_id", "sha256"]
    op.create_index("uq_import_done", "import", columns, unique=True, sqlite_where=done, postgresql_where=done)


def _create_post() -> None:
    op.create_table(
        "post",
        *_id("post"),
        *_reference("post", "channel_id", "channel"),
        _text("external_id"),
        *_stated(),
        sa.UniqueConstraint("channel_id", "external_id", name="uq_post_channel_id_external_id"),
    )
    op.create_index("ix_post_channel_id_published_at", "post", ["channel_id", "published_at"])


def _create_reading() -> None:
    op.create_table(
        "reading",
        *_id("reading"),
        *_reference("reading", "post_id", "post"),
        *_reference("reading", "import_id", "import", nullable=True),
        _text("source"),
        *_stated(),
    )
    op.create_index("ix_reading_import_id", "reading", ["import_id"])
    op.create_index("ix_reading_post_id", "reading", ["post_id"])


def _create_audience() -> None:
    op.create_table(
        "audience",
        *_id("audience"),
        *_reference("audience", "channel_id", "channel"),
        _integer("observed_at"),
        _integer("subscribers"),
        _integer("step"),
        _text("source"),
        *_reference("audience", "import_id", "import", nullable=True),
    )
    op.create_index("ix_audience_channel_id_observed_at", "audience", ["channel_id", "observed_at"])
    op.create_index("ix_audience_import_id", "audience", ["import_id"])


def _create_question_and_picture() -> None:
    op.create_table(
        "question",
        *_reference("question", "workspace_id", "workspace"),
        _integer("user_id"),
        _text("kind"),
        _text("payload"),
        _integer("asked_at"),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_question"),
    )
    op.create_table(
        "picture",
        *_reference("picture", "workspace_id", "workspace"),
        _text("key"),
        _text("file_id"),
        _integer("created_at"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_picture"),
    )
    op.create_index("ix_picture_created_at", "picture", ["created_at"])


def _create_inbox_and_tick() -> None:
    op.create_table(
        "inbox",
        _integer("update_id", autoincrement=False),
        _integer("chat_id", nullable=True),
        _text("body", nullable=True),
        _integer("received_at"),
        _text("state"),
        _one_of("inbox", "state", "new", "done"),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_chat_id", "inbox", ["chat_id"])
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    new = sa.text("state = 'new'")
    op.create_index("ix_inbox_new", "inbox", ["update_id"], sqlite_where=new, postgresql_where=new)
    op.create_table(
        "tick",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _integer("at"),
        sa.PrimaryKeyConstraint("id", name="pk_tick"),
    )
