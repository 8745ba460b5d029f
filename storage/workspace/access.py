"""Whose channel it is: the two questions every query of posts and audience starts with."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, update

from metrics.errors import DomainError
from storage.engine import Connection
from storage.tables import channel, channel_access


@dataclass(frozen=True, slots=True)
class DataState:
    """What the channel's row says of its data at the start of a write."""

    posts: int
    observed_at: int | None


def readable(workspace_id: int, channel_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Returns a condition for a WHERE: true where the workspace owns the channel or was granted it."""
    return exists().where(
        channel_access.c.workspace_id == workspace_id,
        channel_access.c.channel_id == channel_id,
    )


async def hold(conn: Connection, workspace_id: int, channel_id: int, now: int) -> DataState:
    """Takes the channel for writing: other writers of its data wait, readers' cached pictures go stale.

    Raises `DomainError("channel.gone")` unless the workspace owns it: it may have been removed while a file was read.
    """
    claim = (
        update(channel)
        .where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
        .values(data_version=channel.c.data_version + 1, changed_at=now)
        .returning(channel.c.posts, channel.c.observed_at)
    )
    row = (await conn.execute(claim)).one_or_none()
    if row is None:
        raise DomainError("channel.gone")
    return DataState(row.posts, row.observed_at)


async def note(conn: Connection, channel_id: int, held: DataState) -> None:
    """Writes down what the channel holds after a write that began with `hold`."""
    await conn.execute(
        update(channel)
        .where(channel.c.id == channel_id)
        .values(posts=held.posts, observed_at=held.observed_at)
    )
