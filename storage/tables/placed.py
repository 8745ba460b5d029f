"""Posts that were bought in other people's channels, and what came of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.base import ID, metadata

placement = Table(
    "placement",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("handle", Text),  # of the seller's channel; empty for a private one
    Column("link", Text),  # of the post; empty until it is out
    Column("post_number", BigInteger),
    Column("price", Float, nullable=False),
    Column("hours_on_top", Integer),
    Column("hours_in_feed", Integer),
    Column("promised_views", BigInteger),
    Column("channel_id", ForeignKey("channel.id", ondelete="SET NULL"), index=True),  # what is advertised
    Column("invite_link", Text),
    Column("no_link_because", Text),
    Column("published_at", BigInteger),
    Column("is_time_known", Boolean, nullable=False),  # false: it was told when it was out already
    Column("revenue", Float),
    Column("margin_percent", Float),
    Column("thread_id", BigInteger),
    Column("added_by", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("currency", Text),  # of price and revenue, as it was typed; empty where none was
    Column("planned_at", BigInteger),  # when it is to come out, as it was agreed
    Index("uq_placement_link", "workspace_id", "link", unique=True),
    sqlite_autoincrement=True,
)

# A placement at an age; the views of an age are its page's, or what a person said.
placement_reading = Table(
    "placement_reading",
    metadata,
    Column("workspace_id", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("placement_id", ForeignKey("placement.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("age_h", Integer, nullable=False),
    Column("observed_at", BigInteger, nullable=False),
    Column("views", BigInteger),
    Column("step", BigInteger, nullable=False),  # of rounding; 0: exact
    Column("is_typed", Boolean, nullable=False),
    Column("reason", Text),  # why there are no views
    Column("joined", BigInteger),
    Column("left", BigInteger),
    Column("left_within_day", BigInteger),
    Column("left_within_week", BigInteger),
    PrimaryKeyConstraint("workspace_id", "placement_id", "age_h"),
)
