"""Collection across workspaces: whose channel an update is of, what is due, gaps. Handlers and reports may not import this."""

from collections.abc import Sequence

from sqlalchemy import exists, func, insert, literal, select, update

from storage.bulk import chunks
from storage.engine import Connection
from storage.system.claims import AnyRow, Clauses, claim_first
from storage.system.everywhere import RegisteredChannel
from storage.system.rights import collects
from storage.tables import channel, collection, exact_channel, gap, inbox, live_message, member_event
from storage.workspace import exact_channels

COUNT_EVERY_S = 4 * 3600
AFTER_POST_S = 3600  # so soon after a post subscribers are counted again
LOOKED_UP_AT_ONCE = 500
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
    known = exists().where(
        gap.c.channel_id == channel.c.id, gap.c.started_at == start, gap.c.reason == "away"
    )
    collected = select(channel.c.id, literal("away"), literal(start), literal(end))
    collected = collected.where(channel.c.bot_is_admin, ~known)
    columns = ["channel_id", "reason", "started_at", "ended_at"]
    marked = insert(gap).from_select(columns, collected).returning(gap.c.channel_id)
    for some in chunks((await conn.execute(marked)).scalars().all(), LOOKED_UP_AT_ONCE):
        exact = select(exact_channel.c.channel_id).where(exact_channel.c.channel_id.in_(some))
        await exact_channels.read_again(conn, (await conn.execute(exact)).scalars().all())


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
    return (await conn.execute(update(member_event).where(*_known(before)).values(person=None))).rowcount


async def any_persons(conn: Connection, before: int) -> bool:
    """Tells whether it is known of any join or leave before `before` who it was."""
    return (await conn.execute(select(member_event.c.id).where(*_known(before)).limit(1))).first() is not None


def _known(before: int) -> Clauses:
    return [member_event.c.happened_at < before, member_event.c.person.is_not(None)]
