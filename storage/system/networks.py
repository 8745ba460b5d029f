"""Channels of other networks across workspaces: which are due, and whose turn it is. Handlers may not import this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, update

from storage.engine import Connection
from storage.tables import channel, network_channel, workspace
from storage.workspace.network_progress import NetworkProgress


class Turn(NamedTuple):
    """Something to read for a workspace. `workspace_served`: the request that was last for any of its channels."""

    place: str
    channel_id: int
    workspace_id: int
    due_at: int
    workspace_served: int


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A channel's row in a workspace that follows it."""

    workspace_id: int
    title: str
    handle: str | None
    language: str
    zone: str
    place: int  # the workspace's chat
    progress: NetworkProgress

    @property
    def posts_code(self) -> str:
        """The code of the word for what the channel publishes."""
        return f"networks.posts.{self.progress.network}"


_PROGRESS = [network_channel.c[field.name] for field in fields(NetworkProgress)]
_ROWS = (
    select(
        channel.c.workspace_id, channel.c.title, channel.c.handle,
        workspace.c.language, workspace.c.zone, workspace.c.chat_id, *_PROGRESS,
    )
    .join_from(network_channel, channel)
    .join(workspace, channel.c.workspace_id == workspace.c.id)
)  # fmt: skip


async def due_sweeps(conn: Connection, network: str, now: int) -> list[Turn]:
    """Returns the channels that are to be looked at, the longest due first."""
    waits = (network_channel.c.sweep_at <= now,)
    return await _turns(conn, network, network_channel.c.sweep_at, waits)


async def due_histories(conn: Connection, network: str) -> list[Turn]:
    """Returns channels whose history is not read yet, the least served first.

    What gave nothing waits for its next sweep.
    """
    waits = (network_channel.c.done_at.is_(None), network_channel.c.failures == 0)
    return await _turns(conn, network, network_channel.c.served, waits)


async def rows_of_place(conn: Connection, network: str, place: str) -> list[NetworkRow]:
    """Returns everywhere the channel is followed."""
    here = _ROWS.where(network_channel.c.network == network, network_channel.c.place == place)
    return _rows(await conn.execute(here.order_by(channel.c.id)))


async def row_of_channel(conn: Connection, channel_id: int) -> NetworkRow | None:
    return next(iter(_rows(await conn.execute(_ROWS.where(channel.c.id == channel_id)))), None)


async def note_history(
    conn: Connection,
    channel_id: int,
    *,
    cursor: str | None,
    found: int,
    oldest_at: int | None,
    done_at: int | None,
) -> None:
    values = {"cursor": cursor, "found": found, "oldest_at": oldest_at, "done_at": done_at}
    await conn.execute(update(network_channel).where(_is(channel_id)).values(values))


async def note_sweep(conn: Connection, channel_id: int, now: int, *, next_at: int) -> None:
    """Notes that the channel was looked at."""
    values = {"swept_at": now, "sweep_at": next_at, "failures": 0, "refusal": None}
    await conn.execute(update(network_channel).where(_is(channel_id)).values(values))


async def look_now(conn: Connection, network: str, place: str, now: int) -> None:
    """Makes the place due: something happened there, and whoever follows it looks at its next turn."""
    there = update(network_channel).where(
        network_channel.c.network == network,
        network_channel.c.place == place,
        network_channel.c.sweep_at > now,
    )
    await conn.execute(there.values(sweep_at=now))


async def note_refusal(conn: Connection, channel_id: int, *, refusal: str, next_at: int) -> None:
    """Notes that the network does not show the channel."""
    values = {"failures": network_channel.c.failures + 1, "refusal": refusal, "sweep_at": next_at}
    await conn.execute(update(network_channel).where(_is(channel_id)).values(values))


async def note_served(conn: Connection, channel_id: int, request: int) -> None:
    await conn.execute(update(network_channel).where(_is(channel_id)).values(served=request))


async def note_told(conn: Connection, channel_id: int, message_id: int) -> None:
    await conn.execute(update(network_channel).where(_is(channel_id)).values(told_in=message_id))


async def count_followed(conn: Connection, network: str) -> int:
    """Counts the channels that are read by themselves, each once, however many follow it."""
    places = select(func.count(network_channel.c.place.distinct())).where(
        network_channel.c.network == network
    )
    return int((await conn.execute(places)).scalar_one())


async def _turns(
    conn: Connection, network: str, due_at: ColumnElement[int], waits: Iterable[ColumnElement[bool]]
) -> list[Turn]:
    theirs = (
        select(channel.c.workspace_id, func.max(network_channel.c.served).label("served"))
        .join_from(network_channel, channel)
        .where(network_channel.c.network == network)
        .group_by(channel.c.workspace_id)
        .subquery()
    )
    query = (
        select(network_channel.c.place, channel.c.id, channel.c.workspace_id, due_at, theirs.c.served)
        .join_from(network_channel, channel)
        .join(theirs, theirs.c.workspace_id == channel.c.workspace_id)
        .where(network_channel.c.network == network, *waits)
        .order_by(due_at, channel.c.id)
    )
    return [Turn(*row) for row in await conn.execute(query)]


def _rows(found: Iterable[Sequence[Any]]) -> list[NetworkRow]:
    made = []
    for workspace_id, title, handle, language, zone, chat_id, *progress in found:
        row = NetworkRow(workspace_id, title, handle, language, zone, chat_id, NetworkProgress(*progress))
        made.append(row)
    return made


def _is(channel_id: int) -> ColumnElement[bool]:
    return network_channel.c.channel_id == channel_id
