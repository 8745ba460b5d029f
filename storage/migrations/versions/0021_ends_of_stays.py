"""When those who joined left: after a month nobody is told from others any more, and every join looked like one who stayed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("member_event", sa.Column("left_at", sa.BigInteger()))
    joined = sa.table(
        "member_event", *(sa.column(name) for name in ("channel_id", "person", "happened_at", "is_join", "left_at"))
    )
    left = joined.alias()
    first_leave = (
        sa.select(sa.func.min(left.c.happened_at))
        .where(
            left.c.channel_id == joined.c.channel_id,
            left.c.person == joined.c.person,
            left.c.happened_at >= joined.c.happened_at,
            left.c.is_join == sa.false(),
        )
        .scalar_subquery()
    )
    op.execute(
        sa.update(joined).where(joined.c.is_join == sa.true(), joined.c.person.is_not(None)).values(left_at=first_leave)
    )


def downgrade() -> None:
    op.drop_column("member_event", "left_at")
