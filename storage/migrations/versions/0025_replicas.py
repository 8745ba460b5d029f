"""Processes that answer, the chats each works on, and how old a program may be that meets this schema."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "replica",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("fetches", sa.Boolean(), nullable=False),
        sa.Column("shares_limits", sa.Boolean(), nullable=False),
        sa.Column("secret_mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_replica")),
    )
    op.create_table(
        "chat_claim",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_claim")),
        sa.ForeignKeyConstraint(
            ["holder"], ["replica.holder"], name=op.f("fk_chat_claim_holder"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_chat_claim_holder"), "chat_claim", ["holder"])
    op.create_table(
        "schema_window",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("oldest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_window")),
        sa.CheckConstraint("id = 1", name=op.f("ck_schema_window_one_row")),
    )
    op.execute("UPDATE inbox SET chat_id = 0 WHERE state = 'new' AND chat_id IS NULL")


def downgrade() -> None:
    op.drop_table("schema_window")
    op.drop_table("chat_claim")
    op.drop_table("replica")
