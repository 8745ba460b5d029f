"""Who joins a channel and leaves it, without knowing who: kept for the channels that a workspace's people administer."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from storage.bulk import execute_many, inserting_new
from storage.engine import Connection
from storage.tables import member_event
from storage.workspace.access import hold, readable
from storage.workspace.news import MemberEvent

PERSON_KEPT_S = 30 * 86_400  # afterwards only that somebody joined or left is kept
_INSERT = ("channel_id", *MemberEvent._fields)


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of the people who joined by one link in a time; `link` None: not by a link."""

    link: str | None
    link_name: str | None
    joined: int
    left: int  # until now
    left_within_day: int
    left_within_week: int


async def store(
    conn: Connection, workspace_id: int, channel_id: int, events: Sequence[MemberEvent], now: int
) -> None:
    """Raises `DomainError("channel.gone")` if the workspace doesn't own the channel."""
    await hold(conn, workspace_id, channel_id, now)
    statement = inserting_new(member_event, _INSERT, conn.dialect.name)
    await execute_many(conn, statement, _INSERT, [(channel_id, *event) for event in events])


async def by_link(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[Joined]:
    """Joins from `start` up to, not including, `end`, by link, most first; and who of them left, and how soon."""
    left = member_event.alias()
    first_leave = (
        select(func.min(left.c.happened_at))
        .where(
            left.c.channel_id == member_event.c.channel_id,
            left.c.person == member_event.c.person,
            left.c.happened_at >= member_event.c.happened_at,
            ~left.c.is_join,
        )
        .scalar_subquery()
    )
    query = select(
        member_event.c.link, member_event.c.link_name, member_event.c.happened_at, first_leave
    ).where(
        member_event.c.channel_id == channel_id,
        member_event.c.is_join,
        member_event.c.happened_at >= start,
        member_event.c.happened_at < end,
        readable(workspace_id, channel_id),
    )
    by: dict[tuple[str | None, str | None], list[int | None]] = {}
    for link, name, joined_at, left_at in await conn.execute(query):
        by.setdefault((link, name), []).append(None if left_at is None else left_at - joined_at)
    found = [_joined(link, name, stays) for (link, name), stays in by.items()]
    return sorted(found, key=lambda one: (-one.joined, one.link or ""))


async def counts(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int
) -> tuple[int, int]:
    """(joins, leaves) from `start` up to, not including, `end`."""
    query = (
        select(member_event.c.is_join, func.count())
        .where(
            member_event.c.channel_id == channel_id,
            member_event.c.happened_at >= start,
            member_event.c.happened_at < end,
            readable(workspace_id, channel_id),
        )
        .group_by(member_event.c.is_join)
    )
    found = {bool(is_join): number for is_join, number in await conn.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def _joined(link: str | None, name: str | None, stays_s: Sequence[int | None]) -> Joined:
    left = [stay for stay in stays_s if stay is not None]
    within_day, within_week = (sum(stay <= limit_s for stay in left) for limit_s in (86_400, 7 * 86_400))
    return Joined(link, name, len(stays_s), len(left), within_day, within_week)
