"""A channel that its chat has put away: out of lists, summaries and alerts, with everything that is kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("channel", sa.Column("archived_at", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("channel", "archived_at")
