"""What a delivery came of, so that a log can be followed from somebody's words to a message days later."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("cause", sa.Text()))


def downgrade() -> None:
    op.drop_column("delivery", "cause")
