"""Exact counters across workspaces: which channels are read by number, and whose turn it is. Handlers may not import this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from storage.engine import Connection
from storage.system.rights import collects
from storage.tables import channel, exact_channel, workspace
from storage.workspace import exact_channels, exact_progress
from storage.workspace.exact_progress import Progress


class DueSweep(NamedTuple):
    """A Telegram channel with posts that came to an age, for whichever workspaces hold it."""

    chat_id: int
    sweep_at: int


class DueHistory(NamedTuple):
    """A workspace's channel of whose history something is not read yet; `served`: the request that last read some of it."""

    channel_id: int
    workspace_id: int
    served: int
    workspace_served: int  # as `served`, of any of the workspace's channels


@dataclass(frozen=True, slots=True)
class Row:
    """A channel's row in a workspace whose person is its admin now."""

    workspace_id: int
    chat_id: int
    title: str
    handle: str | None
    language: str
    zone: str
    place: int  # the workspace's chat
    progress: Progress

    @property
    def posts_code(self) -> str:
        """The code of the word for what the channel publishes."""
        return "er.posts"

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Row":
        """Builds a row from `place` and what stands before it, then the columns of `Progress`."""
        workspace_id, chat_id, title, handle, language, zone, place, *progress = row
        return cls(workspace_id, chat_id, title, handle, language, zone, place, Progress(*progress))


_PROGRESS = [exact_channel.c[field.name] for field in fields(Progress)]
_ROWS = (
    select(
        channel.c.workspace_id, channel.c.chat_id, channel.c.title, channel.c.handle,
        workspace.c.language, workspace.c.zone, workspace.c.chat_id, *_PROGRESS,
    )
    .join_from(exact_channel, channel)
    .join(workspace, channel.c.workspace_id == workspace.c.id)
    .where(collects(), channel.c.chat_id.is_not(None))
)  # fmt: skip


async def enrol(conn: Connection, now: int) -> int:
    """Has channels with the bot as an admin read by number; returns how many are new.

    They are those where one of their admins is known here.
    """
    known = exists().where(exact_channel.c.channel_id == channel.c.id)
    fresh = select(channel.c.workspace_id, channel.c.id).where(
        collects(), channel.c.platform == "telegram", channel.c.chat_id.is_not(None), ~known
    )
    found = (await conn.execute(fresh)).all()
    for workspace_id, channel_id in found:
        await exact_progress.begin(conn, workspace_id, channel_id, now)
        await exact_channels.await_ages(conn, channel_id, now)
    return len(found)


async def due_sweeps(conn: Connection, now: int, limit: int) -> list[DueSweep]:
    """Returns the sweeps that are due, the longest first; a channel once, however many workspaces hold it."""
    query = (
        select(channel.c.chat_id, exact_channel.c.sweep_at)
        .join_from(exact_channel, channel)
        .where(exact_channel.c.sweep_at <= now, exact_channel.c.paused_until <= now, collects())
        .order_by(exact_channel.c.sweep_at, channel.c.chat_id)
        .limit(limit)
    )
    due: dict[int, int] = {}
    for chat_id, sweep_at in await conn.execute(query):
        due.setdefault(chat_id, sweep_at)
    return [DueSweep(*one) for one in due.items()]


async def due_histories(conn: Connection, now: int) -> list[DueHistory]:
    """Returns all histories that wait and can be read."""
    theirs = (
        select(channel.c.workspace_id, func.max(exact_channel.c.served).label("served"))
        .join_from(exact_channel, channel)
        .group_by(channel.c.workspace_id)
        .subquery()
    )
    query = (
        select(channel.c.id, channel.c.workspace_id, exact_channel.c.served, theirs.c.served)
        .join_from(exact_channel, channel)
        .join(theirs, theirs.c.workspace_id == channel.c.workspace_id)
        .where(
            exact_channel.c.done_at.is_(None) | ~exact_channel.c.is_climbed,
            exact_channel.c.newest_id.is_not(None),
            exact_channel.c.paused_until <= now,
            collects(),
        )
        .order_by(channel.c.id)
    )
    return [DueHistory(*row) for row in await conn.execute(query)]


async def rows_of_chat(conn: Connection, chat_id: int) -> list[Row]:
    """Returns everywhere the channel is collected for one of its admins."""
    return _rows(await conn.execute(_ROWS.where(channel.c.chat_id == chat_id).order_by(channel.c.id)))


async def row_of_channel(conn: Connection, channel_id: int) -> Row | None:
    return next(iter(_rows(await conn.execute(_ROWS.where(channel.c.id == channel_id)))), None)


async def unfinished_rows(conn: Connection) -> list[Row]:
    """Returns the rows whose people were told that a history is being read."""
    query = _ROWS.where(exact_channel.c.done_at.is_(None), exact_channel.c.told_in.is_not(None))
    return _rows(await conn.execute(query.order_by(channel.c.id)))


def _rows(found: Iterable[Sequence[Any]]) -> list[Row]:
    return list(map(Row.of, found))


async def chat_named(conn: Connection, handle: str) -> int | None:
    """Returns the chat id of the collected channel of this name; None: nobody's admin has it here."""
    query = select(channel.c.chat_id).where(
        channel.c.handle == handle, channel.c.chat_id.is_not(None), collects()
    )
    chat_id: int | None = (await conn.execute(query.limit(1))).scalar_one_or_none()
    return chat_id
