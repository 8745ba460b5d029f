"""How far an import has come that is stored in several transactions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("import", sa.Column("progress", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("import") as table:
        table.drop_column("progress")
