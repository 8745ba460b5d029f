"""How far a channel's readings are thinned: the work goes on where it was after a restart."""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "thinning",
        sa.Column("channel_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_thinning_channel_id"), ondelete="CASCADE"
        ),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "level", name=op.f("pk_thinning")),
        sa.CheckConstraint("level IN ('first_weeks', 'ages', 'audience')", name=op.f("ck_thinning_level")),
    )


def downgrade() -> None:
    op.drop_table("thinning")
