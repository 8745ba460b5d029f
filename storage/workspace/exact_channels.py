"""How far exact counters of channels are read; for live updates and the reader, who know whose channel it is."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, func, select, update

from metrics.ages import AGES_H, newest_age, next_age
from storage.engine import Connection
from storage.tables import channel, exact_channel, gap, live_message, post
from storage.workspace import absences

if TYPE_CHECKING:
    from storage.workspace.exact_progress import Progress

NUMBERS_LOOKED_AT = 50  # of the newest posts, to find the greatest number among them
GROWS_FOR_S = (AGES_H[-1] + 24) * 3600  # at the oldest age, and a day for who was late


async def learn(conn: Connection, channel_id: int, number: int) -> bool:
    """Notes that a message of this number exists; True if first told, which begins the history."""
    unknown = update(exact_channel).where(_is(channel_id), exact_channel.c.newest_id.is_(None))
    return (await conn.execute(unknown.values(newest_id=number))).rowcount > 0


async def hear(
    conn: Connection, channel_id: int, numbers: Collection[int], published: Sequence[int], now: int
) -> None:
    """Notes messages that another source tells of: they exist and are not deleted.

    The ages of new ones are waited for.
    """
    mine = (await conn.execute(select(exact_channel.c.sweep_at).where(_is(channel_id)))).one_or_none()
    if mine is None or not numbers:
        return
    await absences.see(conn, channel_id, map(str, numbers))
    await learn(conn, channel_id, max(numbers))
    coming = min((at for one in published if (at := next_age(one, now)) is not None), default=None)
    if coming is not None and (mine.sweep_at is None or coming < mine.sweep_at):
        await conn.execute(update(exact_channel).where(_is(channel_id)).values(sweep_at=coming))


async def newest_number(conn: Connection, channel_id: int) -> int | None:
    """Returns the greatest number that anything kept of the channel names; None without one."""
    heard = select(live_message.c.message_id).where(live_message.c.channel_id == channel_id)
    first = (
        await conn.execute(heard.order_by(live_message.c.message_id.desc()).limit(1))
    ).scalar_one_or_none()
    shown = select(post.c.external_id).where(post.c.channel_id == channel_id)
    named = (
        await conn.execute(shown.order_by(post.c.published_at.desc()).limit(NUMBERS_LOOKED_AT))
    ).scalars()
    known = [int(name) for name in named if name.isdecimal()]
    return max([*known, *([first] if first else [])], default=None)


async def read_again(conn: Connection, channel_ids: Collection[int]) -> None:
    """Has these channels read again after a gap.

    What came out in it is read from the newest number down, a history not yet read from its top.
    """
    for channel_id in channel_ids:
        told, heard = exact_channel.c.newest_id, await newest_number(conn, channel_id) or 0
        values = {"is_climbed": False, "cursor": None, "newest_id": case((told < heard, heard), else_=told)}
        await conn.execute(update(exact_channel).where(_is(channel_id), told.is_not(None)).values(values))


async def missed_since(conn: Connection, progress: "Progress") -> int:
    """Returns when the first gap began that ended after the history was read; else when it was read."""
    query = select(func.min(gap.c.started_at)).where(
        gap.c.channel_id == progress.channel_id, gap.c.ended_at >= progress.done_at
    )
    missed: int | None = (await conn.execute(query)).scalar_one()
    return min(at for at in (missed, progress.done_at) if at is not None)


async def note_climb(conn: Connection, progress: "Progress", newest_id: int, *, is_top: bool) -> None:
    """Notes how far the numbers upwards are read; from the top the way down begins."""
    values = {
        "newest_id": newest_id,
        "is_climbed": is_top and not progress.is_read_again,
        "cursor": newest_id if is_top else None,
    }
    await conn.execute(update(exact_channel).where(_is(progress.channel_id)).values(values))


async def note_history(
    conn: Connection, channel_id: int, *, cursor: int, found: int, oldest_at: int | None
) -> None:
    values = {"cursor": cursor, "found": found, "oldest_at": oldest_at}
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(values))


async def note_done(conn: Connection, channel_id: int, at: int) -> None:
    """Notes that nothing that came out before is left to read."""
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(done_at=at, is_climbed=True))


async def note_served(conn: Connection, channel_id: int, request: int) -> None:
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(served=request))


async def note_told(conn: Connection, channel_id: int, message_id: int) -> None:
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(told_in=message_id))


async def note_access(conn: Connection, chat_id: int, access_hash: int) -> None:
    """Notes how Telegram names the channel to this session."""
    rows = select(channel.c.id).where(channel.c.chat_id == chat_id)
    mine = update(exact_channel).where(exact_channel.c.channel_id.in_(rows))
    await conn.execute(mine.values(access_hash=access_hash))


async def pause(conn: Connection, chat_id: int, until: int) -> None:
    """Pauses a channel that was closed to the bot.

    It is not asked for before that moment, and then without what named it.
    """
    rows = select(channel.c.id).where(channel.c.chat_id == chat_id)
    mine = update(exact_channel).where(exact_channel.c.channel_id.in_(rows))
    await conn.execute(mine.values(access_hash=0, paused_until=until))


def still_grows(published_at: int, now: int) -> bool:
    """Tells whether the post has an age to come, or came to one lately."""
    return published_at > now - GROWS_FOR_S


async def due_posts(conn: Connection, progress: "Progress", now: int) -> list[tuple[str, bool]]:
    """Returns (external id, is an album) of posts that came to an age since the last sweep, or in doubt."""
    young = await _young(conn, progress.channel_id, now)
    again = set(await absences.doubted(conn, progress.channel_id, now, now - GROWS_FOR_S))
    return [
        (name, is_album)
        for name, is_album, published_at, _ in young
        if name in again or (newest_age(published_at, now) or 0) > progress.swept_at
    ]


async def companions(conn: Connection, channel_id: int, now: int, most: int) -> list[tuple[str, bool]]:
    """Returns the newest posts that stand, of any age: they are read beside a post that may be gone."""
    young = await _young(conn, channel_id, now)
    return [(name, is_album) for name, is_album, _, deleted_at in young if deleted_at is None][:most]


async def note_sweep(conn: Connection, channel_id: int, now: int) -> None:
    """Notes that what was due by `now` is read."""
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(swept_at=now))
    await await_ages(conn, channel_id, now)


async def await_ages(conn: Connection, channel_id: int, now: int) -> None:
    """Sets the next sweep to the next age of any post, or to when a doubt may be settled.

    It is at once for what waits already.
    """
    swept_at = (
        await conn.execute(select(exact_channel.c.swept_at).where(_is(channel_id)))
    ).scalar_one_or_none()
    young = [published_at for _, _, published_at, _ in await _young(conn, channel_id, now)]
    waiting = [at for one in young if (at := newest_age(one, now)) is not None and at > (swept_at or 0)]
    coming = [*waiting, *(at for one in young if (at := next_age(one, now)) is not None)]
    doubt = await absences.next_doubt(conn, channel_id, now - GROWS_FOR_S)
    next_at = min([*coming, *([max(doubt, now + 1)] if doubt is not None else [])], default=None)
    await conn.execute(update(exact_channel).where(_is(channel_id)).values(sweep_at=next_at))


async def _young(conn: Connection, channel_id: int, now: int) -> list[tuple[str, bool, int, int | None]]:
    """Returns (external id, is an album, published, deleted) of numbered posts that still grow.

    The newest comes first.
    """
    query = select(post.c.external_id, post.c.format, post.c.published_at, post.c.deleted_at).where(
        post.c.channel_id == channel_id,
        post.c.published_at > now - GROWS_FOR_S,
        post.c.published_at <= now,
    )
    rows = await conn.execute(query.order_by(post.c.published_at.desc(), post.c.id.desc()))
    return [(row[0], row[1] == "album", row[2], row[3]) for row in rows if row[0].isdecimal()]


def _is(channel_id: int) -> ColumnElement[bool]:
    return exact_channel.c.channel_id == channel_id
