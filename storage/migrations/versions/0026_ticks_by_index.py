"""Indexes for what every tick looks for: it costs by what is due, not by how much is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
SURVIVED_BY = "0025"


def upgrade() -> None:
    op.drop_index(op.f("ix_member_event_happened_at"), "member_event")
    known = sa.text("person IS NOT NULL")
    op.create_index(
        "ix_member_event_known", "member_event", ["happened_at"], sqlite_where=known, postgresql_where=known
    )
    op.create_index(op.f("ix_gap_ended_at"), "gap", ["ended_at"])
    op.create_index(
        "ix_channel_watched",
        "channel",
        ["id"],
        sqlite_where=sa.text("is_watched = 1"),
        postgresql_where=sa.text("is_watched"),
    )
    op.create_index(op.f("ix_thinning_level_looked_at"), "thinning", ["level", "looked_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_thinning_level_looked_at"), "thinning")
    op.drop_index("ix_channel_watched", "channel")
    op.drop_index(op.f("ix_gap_ended_at"), "gap")
    op.drop_index("ix_member_event_known", "member_event")
    op.create_index(op.f("ix_member_event_happened_at"), "member_event", ["happened_at"])
