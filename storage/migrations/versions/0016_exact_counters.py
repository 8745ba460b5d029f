"""Exact counters by the bot's own session: the session, how far each channel is read, posts found to be deleted."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exact_account",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("session", sa.Text()),
        sa.Column("logged_in_at", sa.BigInteger()),
        _number("not_before"),
        sa.Column("failures", sa.Integer(), nullable=False, server_default=sa.text("0")),
        *(_number(name) for name in ("requests", "day", "spent")),
        sa.Column("refusal", sa.Text()),
        sa.Column("fields", sa.Text()),
        sa.Column("fields_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_exact_account"),
    )
    op.create_table(
        "exact_channel",
        sa.Column("channel_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name="fk_exact_channel_channel_id_channel", ondelete="CASCADE"
        ),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("newest_id", sa.BigInteger()),
        sa.Column("is_climbed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("cursor", sa.BigInteger()),
        sa.Column("done_at", sa.BigInteger()),
        _number("found"),
        sa.Column("oldest_at", sa.BigInteger()),
        _number("served"),
        sa.Column("told_in", sa.BigInteger()),
        sa.Column("sweep_at", sa.BigInteger()),
        sa.Column("swept_at", sa.BigInteger(), nullable=False),
        _number("access_hash"),
        _number("paused_until"),
        sa.PrimaryKeyConstraint("channel_id", name="pk_exact_channel"),
    )
    op.create_index("ix_exact_channel_sweep_at", "exact_channel", ["sweep_at"])
    op.add_column("post", sa.Column("absent_since", sa.BigInteger()))
    op.add_column("post", sa.Column("deleted_at", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("post", "deleted_at")
    op.drop_column("post", "absent_since")
    op.drop_table("exact_channel")
    op.drop_table("exact_account")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
