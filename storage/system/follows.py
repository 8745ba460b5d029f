"""Whose turn it is to have its public page read, across workspaces. Handlers and reports may not import this."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from storage.engine import Connection
from storage.tables import channel, follow

LOOKED_AT = 20  # names tried in one claim: other processes may be faster
SLACK_S = 15 * 60  # who is due so soon is served by the same read


_OF_FOLLOW = ("channel_id", "until", "failures", "read_at", "refusal")


@dataclass(frozen=True, slots=True)
class Follower:
    workspace_id: int
    channel_id: int
    until: int | None
    failures: int
    read_at: int | None  # when the page last gave something
    refusal: str | None  # the code of the last failure


@dataclass(frozen=True, slots=True)
class DueName:
    handle: str
    followers: tuple[Follower, ...]


async def claim_due(conn: Connection, now: int, *, held_until: int) -> DueName | None:
    """Claims the name that waits longest and all who follow it; nobody else gets them before `held_until`.

    None: nothing is due.
    """
    due = select(follow.c.handle).where(follow.c.next_at <= now).order_by(follow.c.next_at).limit(LOOKED_AT)
    for handle in dict.fromkeys((await conn.execute(due)).scalars()):
        claim = (
            update(follow)
            .where(follow.c.handle == handle, follow.c.next_at <= now + SLACK_S)
            .values(next_at=held_until)
            .returning(follow.c.channel_id)
        )
        if claimed := (await conn.execute(claim)).scalars().all():
            return DueName(handle, await _followers(conn, claimed))
    return None


async def count_pages(conn: Connection) -> int:
    """Counts the names whose pages are read by themselves, however many follow one."""
    return int((await conn.execute(select(func.count(follow.c.handle.distinct())))).scalar_one())


async def put_off(
    conn: Connection, channel_ids: Collection[int], *, next_at: int, failures: int, refusal: str
) -> None:
    """Notes that the read gave nothing, and when the next one is due."""
    values = {"next_at": next_at, "failures": failures, "refusal": refusal}
    await conn.execute(update(follow).where(follow.c.channel_id.in_(channel_ids)).values(values))


async def settle(conn: Connection, channel_ids: Collection[int], *, next_at: int, read_at: int) -> None:
    """Notes that the read was written down; ends the follows that lasted until now."""
    mine = follow.c.channel_id.in_(channel_ids)
    await conn.execute(delete(follow).where(mine, follow.c.until <= read_at))
    values = {"next_at": next_at, "read_at": read_at, "failures": 0, "refusal": None}
    await conn.execute(update(follow).where(mine).values(values))


async def _followers(conn: Connection, channel_ids: Collection[int]) -> tuple[Follower, ...]:
    query = (
        select(channel.c.workspace_id, *(follow.c[name] for name in _OF_FOLLOW))
        .join_from(follow, channel)
        .where(follow.c.channel_id.in_(channel_ids))
        .order_by(follow.c.channel_id)
    )
    return tuple(Follower(*row) for row in await conn.execute(query))
