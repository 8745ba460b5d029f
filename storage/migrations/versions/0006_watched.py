"""Channels that are only watched before money is spent in them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Not in a batch: that makes the table anew, and without the counter by which an id is never given twice.
    op.add_column("channel", sa.Column("is_watched", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("channel", "is_watched")
