"""Channels followed by their public pages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("channel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name="fk_follow_channel_id_channel", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id", name="pk_follow"),
    )
    op.create_index("ix_follow_handle", "follow", ["handle"])
    op.create_index("ix_follow_next_at", "follow", ["next_at"])


def downgrade() -> None:
    op.drop_table("follow")
