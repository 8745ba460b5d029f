"""A source of a channel's figures that is lost is told once in every chat that has the channel in its lists."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from storage.engine import Connection
from storage.tables import channel, channel_access, workspace
from storage.workspace import deliveries

OF_RIGHTS = frozenset({"bot", "person"})  # the bot is no admin any more, or nobody of the chat is


async def announce(
    conn: Connection,
    channel_ids: Collection[int],
    because: str,
    *,
    at: int,
    not_before: int,
    by: int | None = None,
) -> None:
    """To the chats that own these channels and the groups they are shown to. `because`: the code of a sentence.

    `at` tells one loss from the next: with it nothing is told twice. `by`: the person who did it, in whose private
    chat it is said at once. A group that reads a private channel hears of lost rights when the channel leaves it.
    """
    told: set[tuple[int, str, str]] = set()
    for row in await conn.execute(_of(channel_ids)):
        is_shown = row.level == "read"
        place = (row.workspace_id, row.platform, str(row.chat_id or row.external_id or row.handle or row.id))
        leaves = is_shown and row.handle is None and because in OF_RIGHTS
        if row.place == by or leaves or place in told:
            continue
        told.add(place)
        await deliveries.enqueue(
            conn,
            row.workspace_id,
            kind=deliveries.SOURCE_LOST,
            subject=str(row.id),
            due_at=at,
            payload={"channel": row.id, "because": because},
            not_before=not_before,
            now=not_before,
        )


def _of(channel_ids: Collection[int]) -> Select[tuple[Any, ...]]:
    """Own rows before those that are shown, so that a chat with both is told of its own."""
    return (
        select(
            channel_access.c.workspace_id,
            channel_access.c.level,
            workspace.c.chat_id.label("place"),
            channel.c.id,
            channel.c.platform,
            channel.c.chat_id,
            channel.c.external_id,
            channel.c.handle,
        )
        .join_from(channel_access, channel, channel_access.c.channel_id == channel.c.id)
        .join(workspace, channel_access.c.workspace_id == workspace.c.id)
        .where(channel.c.id.in_(channel_ids), ~channel.c.is_watched, channel.c.archived_at.is_(None))
        .order_by(channel_access.c.level, channel.c.id)
    )
