"""Channels of other networks, read with a key: what each key has spent, and how far each channel is read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "network_key",
        sa.Column("name", sa.Text(), nullable=False),
        *(_number(name) for name in ("resets_at", "spent", "requests", "not_before")),
        sa.Column("failures", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("refusal", sa.Text()),
        sa.PrimaryKeyConstraint("name", name="pk_network_key"),
    )
    op.create_table(
        "network_channel",
        sa.Column("channel_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name="fk_network_channel_channel_id_channel", ondelete="CASCADE"
        ),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.Text()),
        sa.Column("done_at", sa.BigInteger()),
        _number("found"),
        sa.Column("oldest_at", sa.BigInteger()),
        _number("served"),
        sa.Column("told_in", sa.BigInteger()),
        sa.Column("sweep_at", sa.BigInteger(), nullable=False),
        sa.Column("swept_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("refusal", sa.Text()),
        sa.PrimaryKeyConstraint("channel_id", name="pk_network_channel"),
    )
    op.create_index("ix_network_channel_network_sweep_at", "network_channel", ["network", "sweep_at"])
    op.create_index("ix_network_channel_network_place", "network_channel", ["network", "place"])


def downgrade() -> None:
    op.drop_table("network_channel")
    op.drop_table("network_key")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
