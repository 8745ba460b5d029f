"""What comes in by itself: pages that are followed."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text, text

from storage.tables.base import metadata

# A channel that its workspace follows by the public page. Rows of one handle are claimed and read together.
follow = Table(
    "follow",
    metadata,
    Column("channel_id", ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("handle", Text, nullable=False, index=True),
    Column("next_at", BigInteger, nullable=False, index=True),
    Column("until", BigInteger),  # empty: for good
    Column("read_at", BigInteger),  # when the page last gave something
    Column("failures", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("refusal", Text),  # the code of the last failure
)
