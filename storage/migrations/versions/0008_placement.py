"""Posts that were bought in other people's channels, and what came of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "placement",
        sa.Column("id", ID, nullable=False),
        _belongs("placement", "workspace"),
        sa.Column("handle", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("post_number", sa.BigInteger()),
        sa.Column("price", sa.Float(), nullable=False),
        sa.Column("hours_on_top", sa.Integer()),
        sa.Column("hours_in_feed", sa.Integer()),
        sa.Column("promised_views", sa.BigInteger()),
        _belongs("placement", "channel", ondelete="SET NULL", nullable=True),
        sa.Column("invite_link", sa.Text()),
        sa.Column("no_link_because", sa.Text()),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("is_time_known", sa.Boolean(), nullable=False),
        sa.Column("revenue", sa.Float()),
        sa.Column("margin_percent", sa.Float()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_placement_workspace_id", "placement", ["workspace_id"])
    op.create_index("ix_placement_channel_id", "placement", ["channel_id"])
    op.create_index("uq_placement_link", "placement", ["workspace_id", "link"], unique=True)
    op.create_table(
        "placement_reading",
        _belongs("placement_reading", "workspace"),
        _belongs("placement_reading", "placement"),
        sa.Column("age_h", sa.Integer(), nullable=False),
        sa.Column("observed_at", sa.BigInteger(), nullable=False),
        sa.Column("views", sa.BigInteger()),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("is_typed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        *(sa.Column(name, sa.BigInteger()) for name in ("joined", "left", "left_within_day", "left_within_week")),
        sa.PrimaryKeyConstraint("workspace_id", "placement_id", "age_h", name="pk_placement_reading"),
    )
    op.create_index("ix_placement_reading_placement_id", "placement_reading", ["placement_id"])


def downgrade() -> None:
    for table in ("placement_reading", "placement"):
        op.drop_table(table)


def _belongs(table: str, owner: str, *, ondelete: str = "CASCADE", nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{owner}.id", name=f"fk_{table}_{owner}_id", ondelete=ondelete)
    return sa.Column(f"{owner}_id", ID, key, nullable=nullable)
