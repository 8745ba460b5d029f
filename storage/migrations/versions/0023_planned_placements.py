"""When a bought post is to come out: its link is asked for then."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("placement", sa.Column("planned_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("placement") as batch:
        batch.drop_column("planned_at")
