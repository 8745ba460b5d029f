"""What is sent without being asked for: schedules, mutes, the outbox, the lease of the process that sends."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_schedule()
    _create_mute()
    _create_delivery()
    op.create_table(
        "lease",
        _text("name"),
        _text("holder"),
        _integer("until"),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def downgrade() -> None:
    for table in ("lease", "delivery", "mute", "schedule"):
        op.drop_table(table)


def _integer(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _small(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _id(table: str) -> tuple[sa.Column[Any], sa.PrimaryKeyConstraint]:
    return sa.Column("id", ID, nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _reference(table: str, column: str, target: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    name = f"fk_{table}_{column}"
    return (
        sa.Column(column, ID, nullable=False),
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE"),
    )


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(repr(value) for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _create_schedule() -> None:
    op.create_table(
        "schedule",
        *_id("schedule"),
        *_reference("schedule", "workspace_id", "workspace"),
        _text("kind"),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        _text("frequency"),
        _small("weekdays"),
        _small("weekday"),
        _small("at_minute"),
        _text("channels", nullable=True),
        _integer("thread_id", nullable=True),
        _small("quiet_from_minute", nullable=True),
        _small("quiet_to_minute", nullable=True),
        _text("sensitivity"),
        _small("gate_percent"),
        _integer("set_by"),
        _text("off_because", nullable=True),
        _integer("muted_until", nullable=True),
        _integer("next_due_at", nullable=True),
        _integer("changed_at"),
        _one_of("schedule", "kind", "digest", "alerts"),
        _one_of("schedule", "frequency", "daily", "weekly", "monthly"),
        _one_of("schedule", "sensitivity", "calm", "normal", "sensitive", "literal"),
        sa.UniqueConstraint("workspace_id", "kind", name="uq_schedule_workspace_id_kind"),
        sqlite_autoincrement=True,
    )
    due = sa.text("next_due_at IS NOT NULL")
    op.create_index("ix_schedule_due", "schedule", ["next_due_at"], sqlite_where=due, postgresql_where=due)


def _create_mute() -> None:
    op.create_table(
        "mute",
        *_reference("mute", "workspace_id", "workspace"),
        *_reference("mute", "channel_id", "channel"),
        _integer("until"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_mute"),
    )
    op.create_index("ix_mute_channel_id", "mute", ["channel_id"])


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        *_id("delivery"),
        *_reference("delivery", "workspace_id", "workspace"),
        _text("kind"),
        _text("subject"),
        _integer("due_at"),
        _text("payload"),
        _integer("thread_id", nullable=True),
        _integer("not_before"),
        _text("state"),
        _small("attempts"),
        _integer("next_try_at"),
        _integer("created_at"),
        _integer("sent_at", nullable=True),
        _integer("message_id", nullable=True),
        _text("error", nullable=True),
        _one_of("delivery", "state", "new", "sending", "sent", "failed", "folded"),
        sa.UniqueConstraint(
            "workspace_id", "kind", "subject", "due_at", name="uq_delivery_workspace_id_kind_subject_due_at"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_created_at", "delivery", ["created_at"])
    new = sa.text("state = 'new'")
    columns = ["next_try_at", "id"]
    op.create_index("ix_delivery_new", "delivery", columns, sqlite_where=new, postgresql_where=new)
    is_open = sa.text("state IN ('new', 'sending')")
    columns = ["workspace_id", "not_before", "id"]
    op.create_index("ix_delivery_open", "delivery", columns, sqlite_where=is_open, postgresql_where=is_open)
