"""Looks at public pages that people wait for, and what each person has asked for in the hour."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "looking",
        _workspace("looking"),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "asked", name="pk_looking"),
    )
    op.create_table(
        "quota",
        _workspace("quota", when_deleted="SET NULL"),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    op.create_index("ix_quota_workspace_id", "quota", ["workspace_id"])
    op.create_index("ix_quota_person_kind_at", "quota", ["person", "kind", "at"])


def downgrade() -> None:
    for table in ("quota", "looking"):
        op.drop_table(table)


def _workspace(table: str, when_deleted: str = "CASCADE") -> sa.Column[int]:
    key = sa.ForeignKey("workspace.id", name=f"fk_{table}_workspace_id", ondelete=when_deleted)
    return sa.Column("workspace_id", ID, key, nullable=when_deleted == "SET NULL")
