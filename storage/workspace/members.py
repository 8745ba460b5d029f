"""Who joins a channel and leaves it, without knowing who: kept for the channels that a workspace's people administer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select, update

from metrics.followers import Stay
from storage.bulk import chunks, execute_many, inserting_new
from storage.engine import Connection
from storage.tables import audience, member_event, proof
from storage.workspace.access import hold, readable
from storage.workspace.news import MemberEvent

LOOKED_UP_AT_ONCE = 500
_INSERT = ("channel_id", *MemberEvent._fields)


@dataclass(frozen=True, slots=True)
class LinkOutcome:
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
    """Keeps joins and leaves, in whatever order they are told.

    Raises `DomainError("channel.gone")` if the workspace doesn't own the channel.
    """
    await hold(conn, workspace_id, channel_id, now)
    statement = inserting_new(member_event, _INSERT, conn.dialect.name)
    await execute_many(conn, statement, _INSERT, [(channel_id, *event) for event in events])
    await _note_leaves(conn, channel_id, {event.person for event in events})


async def _note_leaves(conn: Connection, channel_id: int, persons: Iterable[str]) -> None:
    """Writes into each join of these when it ended.

    It has to be known when nobody is told from others any more.
    """
    left = member_event.alias()
    first_leave = (
        select(func.min(left.c.happened_at))
        .where(
            left.c.channel_id == channel_id,
            left.c.person == member_event.c.person,
            left.c.happened_at >= member_event.c.happened_at,
            ~left.c.is_join,
        )
        .scalar_subquery()
    )
    for part in chunks(persons, LOOKED_UP_AT_ONCE):
        joins = (
            member_event.c.channel_id == channel_id,
            member_event.c.is_join,
            member_event.c.person.in_(part),
        )
        await conn.execute(update(member_event).where(*joins).values(left_at=first_leave))


async def joins(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[Stay]:
    """Returns who joined from `start` up to, not including, `end`, oldest first."""
    query = (
        select(
            member_event.c.happened_at, member_event.c.left_at, member_event.c.link, member_event.c.link_name
        )
        .where(*_between(workspace_id, channel_id, start, end), member_event.c.is_join)
        .order_by(member_event.c.happened_at)
    )
    return [Stay(*row) for row in await conn.execute(query)]


async def leaves(conn: Connection, workspace_id: int, channel_id: int, start: int, end: int) -> list[int]:
    """Returns when somebody left, from `start` up to, not including, `end`, oldest first."""
    query = (
        select(member_event.c.happened_at)
        .where(*_between(workspace_id, channel_id, start, end), ~member_event.c.is_join)
        .order_by(member_event.c.happened_at)
    )
    return list((await conn.execute(query)).scalars())


async def known_since(conn: Connection, workspace_id: int, channel_id: int) -> int | None:
    """Gives since when joins and leaves are told to the workspace; None: never, as nobody there proved to be an admin.

    That is the bot's first count of the channel, or the first join or leave.
    """
    proved = exists().where(proof.c.channel_id == channel_id)
    counted = select(func.min(audience.c.observed_at)).where(
        audience.c.channel_id == channel_id,
        audience.c.source == "bot",
        proved,
        readable(workspace_id, channel_id),
    )
    happened = select(func.min(member_event.c.happened_at)).where(
        member_event.c.channel_id == channel_id, readable(workspace_id, channel_id)
    )
    found = [(await conn.execute(query)).scalar_one() for query in (counted, happened)]
    return min((at for at in found if at is not None), default=None)


async def by_link(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int
) -> list[LinkOutcome]:
    """Returns joins from `start` up to, not including, `end`, by link, most first.

    With each: who of them left, and how soon.
    """
    by: dict[tuple[str | None, str | None], list[int | None]] = {}
    for one in await joins(conn, workspace_id, channel_id, start, end):
        stayed_s = None if one.left_at is None else one.left_at - one.joined_at
        by.setdefault((one.link, one.link_name), []).append(stayed_s)
    found = [_joined(link, name, stays) for (link, name), stays in by.items()]
    return sorted(found, key=lambda one: (-one.joined, one.link or ""))


async def counts(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int
) -> tuple[int, int]:
    """Returns (joins, leaves) from `start` up to, not including, `end`."""
    query = (
        select(member_event.c.is_join, func.count())
        .where(*_between(workspace_id, channel_id, start, end))
        .group_by(member_event.c.is_join)
    )
    found = {bool(is_join): number for is_join, number in await conn.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def _between(workspace_id: int, channel_id: int, start: int, end: int) -> tuple[ColumnElement[bool], ...]:
    return (
        member_event.c.channel_id == channel_id,
        member_event.c.happened_at >= start,
        member_event.c.happened_at < end,
        readable(workspace_id, channel_id),
    )


def _joined(link: str | None, name: str | None, stays_s: Sequence[int | None]) -> LinkOutcome:
    left = [stay for stay in stays_s if stay is not None]
    within_day, within_week = (sum(stay <= limit_s for stay in left) for limit_s in (86_400, 7 * 86_400))
    return LinkOutcome(link, name, len(stays_s), len(left), within_day, within_week)
