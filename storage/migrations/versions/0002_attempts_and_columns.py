"""How often an update was begun; what people said of columns."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "column_choice",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "fingerprint", name="pk_column_choice"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_column_choice_workspace_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("column_choice")
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_column("attempts")
