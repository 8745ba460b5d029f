"""Workspaces' own keys of services; channels read at TGStat with them, and posts elsewhere that brought readers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "workspace_key",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("tariff", sa.Text()),
        sa.Column("requests_left", sa.BigInteger()),
        sa.Column("requests_most", sa.BigInteger()),
        sa.Column("channels_left", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("workspace_id", "service", name="pk_workspace_key"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_workspace_key_workspace_id_workspace", ondelete="CASCADE"
        ),
        sa.CheckConstraint("state IN ('works', 'refused', 'spent', 'away')", name="state"),
    )
    op.create_table(
        "tgstat_channel",
        sa.Column("channel_id", ID, nullable=False, autoincrement=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.Column("surveyed_at", sa.BigInteger()),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("channel_id", name="pk_tgstat_channel"),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name="fk_tgstat_channel_channel_id_channel", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tgstat_channel_next_at", "tgstat_channel", ["next_at"])
    op.create_table(
        "repost",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text()),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("members", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_repost"),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name="fk_repost_channel_id_channel", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("channel_id", "kind", "link", name="uq_repost_channel_id_kind_link"),
        sa.CheckConstraint("kind IN ('forward', 'mention')", name="kind"),
    )
    op.create_index("ix_repost_channel_id", "repost", ["channel_id"])


def downgrade() -> None:
    op.drop_table("repost")
    op.drop_table("tgstat_channel")
    op.drop_table("workspace_key")
