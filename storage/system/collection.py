"""Collection across workspaces: whose channel an update is of, what is due, gaps. Handlers and reports may not import this."""

from collections.abc import Sequence

from sqlalchemy import exists, func, insert, select, update

from storage.engine import Connection
from storage.system.claims import AnyRow, Clauses, claim_first
from storage.system.everywhere import RegisteredChannel
from storage.system.rights import collects
from storage.tables import channel, collection, gap, inbox, live_message, member_event
from storage.workspace import exact_channels

COUNT_EVERY_S = 4 * 3600
AFTER_POST_S = 3600  # so soon after a post subscribers are counted again
_ROW = (channel.c.workspace_id, channel.c.id, channel.c.title, channel.c.handle, collects())


async def channels_of_discussion(conn: Connection, chat_id: int) -> list[RegisteredChannel]:
    """Returns the channels whose comments are in that group."""
    query = select(*_ROW).join_from(channel, collection).where(collection.c.discussion_chat_id == chat_id)
    return [RegisteredChannel(*row) for row in await conn.execute(query.order_by(channel.c.id))]


async def begin_again(conn: Connection, update_ids: Sequence[int]) -> None:
    """Counts one more attempt at each of these updates, as `everywhere.begin_again` does for one."""
    again = update(inbox).where(inbox.c.update_id.in_(update_ids))
    await conn.execute(again.values(attempts=inbox.c.attempts + 1))


async def forget_runs(conn: Connection, update_ids: Sequence[int]) -> None:
    """Counts one run less of each of these that is unfinished."""
    counted = inbox.c.update_id.in_(update_ids) & (inbox.c.attempts > 0) & (inbox.c.state == "new")
    await conn.execute(update(inbox).where(counted).values(attempts=inbox.c.attempts - 1))


async def finish_updates(conn: Connection, update_ids: Sequence[int]) -> None:
    """Empties these updates, as `everywhere.finish_update` does for one."""
    handled = update(inbox).where(inbox.c.update_id.in_(update_ids))
    await conn.execute(handled.values(state="done", body=None, chat_id=None))


async def mark_away(conn: Connection, start: int, end: int) -> None:
    """Notes that nobody heard Telegram from `start` to `end`: a gap in every channel that was collected."""
    collected = select(channel.c.id).where(channel.c.bot_is_admin)
    for channel_id in (await conn.execute(collected)).scalars().all():
        known = exists().where(
            gap.c.channel_id == channel_id, gap.c.started_at == start, gap.c.reason == "away"
        )
        if not (await conn.execute(select(known))).scalar_one():
            row = {"channel_id": channel_id, "reason": "away", "started_at": start, "ended_at": end}
            await conn.execute(insert(gap).values(row))
            await exact_channels.read_again(conn, [channel_id])


async def claim_count(conn: Connection, now: int) -> int | None:
    """Claims a channel's chat id whose subscribers are to be counted; it is not due again for hours.

    None: nothing is due.
    """
    waiting = (
        select(channel.c.chat_id)
        .join_from(collection, channel)
        .where(collection.c.lost_at.is_(None), channel.c.bot_is_admin)
    )

    def all_of_chat(row: AnyRow) -> Clauses:
        return [collection.c.channel_id.in_(select(channel.c.id).where(channel.c.chat_id == row.chat_id))]

    until = now + COUNT_EVERY_S
    row = await claim_first(conn, waiting, collection.c.count_at, all_of_chat, now=now, until=until)
    if row is None:
        return None
    mine = select(channel.c.id).where(channel.c.chat_id == row.chat_id)
    newest = select(func.max(live_message.c.published_at)).where(live_message.c.channel_id.in_(mine))
    if ((await conn.execute(newest)).scalar_one() or 0) > now - AFTER_POST_S:
        sooner = update(collection).where(*all_of_chat(row), collection.c.count_at == until)
        await conn.execute(sooner.values(count_at=now + AFTER_POST_S))
    return int(row.chat_id)


async def claim_age(conn: Connection, now: int, *, held_until: int) -> RegisteredChannel | None:
    """Claims a channel with a post that came to an age; nobody else gets it before `held_until`.

    None: nothing is due.
    """
    waiting = select(*_ROW).join_from(collection, channel).where(collection.c.lost_at.is_(None))

    def row_of(row: AnyRow) -> Clauses:
        return [collection.c.channel_id == RegisteredChannel(*row).channel_id]

    row = await claim_first(conn, waiting, collection.c.age_at, row_of, now=now, until=held_until)
    return None if row is None else RegisteredChannel(*row)


async def forget_persons(conn: Connection, before: int) -> int:
    """Erases who it was of joins and leaves before `before`; returns how many."""
    old = update(member_event).where(member_event.c.happened_at < before, member_event.c.person.is_not(None))
    return (await conn.execute(old.values(person=None))).rowcount
