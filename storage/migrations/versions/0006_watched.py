"""Channels that are only watched before money is spent in them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("channel") as table:
        table.add_column(sa.Column("is_watched", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("channel") as table:
        table.drop_column("is_watched")
