"""The currency that a placement's price was typed in; until now it was dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("placement", sa.Column("currency", sa.Text()))


def downgrade() -> None:
    op.drop_column("placement", "currency")
