"""Who proved to be an admin of a channel, and grants that are looked at again and end."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
READ = sa.text("level = 'read'")
# Until now a private chat's person had proved it, in a group whoever added the channel.
KNOWN = """
    INSERT INTO proof (channel_id, person, proved_at, lost_at, check_at)
    SELECT channel.id, CASE WHEN workspace.kind = 'private' THEN workspace.chat_id ELSE channel.added_by END,
           channel.created_at, collection.lost_at, channel.created_at
    FROM channel JOIN workspace ON workspace.id = channel.workspace_id
         LEFT JOIN collection ON collection.channel_id = channel.id
    WHERE (channel.bot_is_admin OR collection.lost_at IS NOT NULL)
          AND (workspace.kind = 'private' OR channel.added_by IS NOT NULL)
"""


def upgrade() -> None:
    key = sa.ForeignKey("channel.id", name="fk_proof_channel_id", ondelete="CASCADE")
    op.create_table(
        "proof",
        sa.Column("channel_id", ID, key, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("proved_at", sa.BigInteger(), nullable=False),
        sa.Column("lost_at", sa.BigInteger(), nullable=True),
        sa.Column("check_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "person", name="pk_proof"),
    )
    op.create_index("ix_proof_check_at", "proof", ["check_at"])
    op.execute(KNOWN)
    op.add_column("channel_access", sa.Column("ends_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "channel_access", sa.Column("check_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.create_index(
        "ix_channel_access_check_at",
        "channel_access",
        ["check_at"],
        sqlite_where=READ,
        postgresql_where=READ,
    )


def downgrade() -> None:
    op.drop_index("ix_channel_access_check_at", "channel_access")
    op.drop_column("channel_access", "check_at")
    op.drop_column("channel_access", "ends_at")
    op.drop_table("proof")
