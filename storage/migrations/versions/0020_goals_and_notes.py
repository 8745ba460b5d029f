"""Goals of channels, and notes of days."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("due_on", sa.Text()),
        sa.Column("start_value", sa.Float()),
        sa.Column("start_on", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("metric IN ('er', 'subscribers', 'views')", name=op.f("ck_goal_metric")),
        *_owners("goal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_channel_id", "goal", ["channel_id"])
    op.create_index("uq_goal_metric", "goal", ["workspace_id", "channel_id", "metric"], unique=True)
    op.create_table(
        "note",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("channel_id", ID),
        sa.Column("noted_on", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        *_owners("note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_channel_id", "note", ["channel_id"])
    op.create_index("ix_note_workspace_id_noted_on", "note", ["workspace_id", "noted_on"])


def downgrade() -> None:
    op.drop_table("note")
    op.drop_table("goal")


def _owners(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owner}.id"], name=f"fk_{table}_{owner}_id_{owner}", ondelete="CASCADE"
            )
            for owner in ("workspace", "channel")
        ),
    )
