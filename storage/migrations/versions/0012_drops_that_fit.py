"""What a channel's own noise asks of a warning, when a drop began, and whose holidays are thought of."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("track", sa.Column("newest", sa.Text()))
    op.add_column("track", sa.Column("is_slow", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("episode", sa.Column("started", sa.Text()))
    op.add_column("episode", sa.Column("worse_facts", sa.Text()))
    op.add_column("schedule", sa.Column("country", sa.Text()))
    op.create_table(
        "drop_fit",
        _belongs("workspace"),
        _belongs("channel"),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("z", sa.Float()),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("judged_days", sa.BigInteger(), nullable=False),
        sa.Column("detectable_percent", sa.Float()),
        sa.Column("detectable_days", sa.BigInteger()),
        sa.Column("fitted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "metric", name="pk_drop_fit"),
    )
    op.create_index("ix_drop_fit_channel_id", "drop_fit", ["channel_id"])


def downgrade() -> None:
    op.drop_table("drop_fit")
    for table, column in (
        ("schedule", "country"),
        ("episode", "worse_facts"),
        ("episode", "started"),
        ("track", "is_slow"),
        ("track", "newest"),
    ):
        op.drop_column(table, column)


def _belongs(owner: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{owner}.id", name=f"fk_drop_fit_{owner}_id_{owner}", ondelete="CASCADE")
    return sa.Column(f"{owner}_id", ID, key, nullable=False)
