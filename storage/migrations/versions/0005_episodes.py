"""What is remembered of drops, and what was told already."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("metric", "basis", "state", "opened", "window_first", "window_last", "history_first", "history_last")


def upgrade() -> None:
    _create_track()
    _create_episode()
    op.create_table(
        "standing",
        _workspace("standing"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "subject", name="pk_standing"),
    )


def downgrade() -> None:
    for table in ("standing", "episode", "track"):
        op.drop_table(table)


def _create_track() -> None:
    op.create_table(
        "track",
        _workspace("track"),
        _channel("track"),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("evaluated_on", sa.Text(), nullable=False),
        sa.Column("quiet_until", sa.Text()),
        sa.Column("since", sa.Text()),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "metric", name="pk_track"),
    )
    op.create_index("ix_track_channel_id", "track", ["channel_id"])


def _create_episode() -> None:
    op.create_table(
        "episode",
        sa.Column("id", ID, nullable=False),
        _workspace("episode"),
        _channel("episode"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("drop_percent", sa.Float(), nullable=False),
        sa.Column("z", sa.Float()),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("deepest_percent", sa.Float(), nullable=False),
        sa.Column("clean", sa.BigInteger(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Text()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("is_pushed", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_episode"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_episode_channel_id", "episode", ["channel_id"])
    is_open = sa.text("closed IS NULL")
    op.create_index(
        "uq_episode_open",
        "episode",
        ["workspace_id", "channel_id", "metric"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _workspace(table: str) -> sa.Column[Any]:
    return _belongs(table, "workspace")


def _channel(table: str) -> sa.Column[Any]:
    return _belongs(table, "channel")


def _belongs(table: str, owner: str) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{owner}.id", name=f"fk_{table}_{owner}_id", ondelete="CASCADE")
    return sa.Column(f"{owner}_id", ID, key, nullable=False)
