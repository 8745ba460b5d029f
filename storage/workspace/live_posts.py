"""Posts as live messages show them; the inside of `live`, which asks first whose channel it is.

Between two ages (`metrics.ages`) a post has one reading of the bot's, the latest. What a message counts is known until
the next update says otherwise, so a post that comes to an age has a reading of that age too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, func, or_, select, update

from metrics.ages import AGES_H, ages_passed, newest_age, next_age
from metrics.posts import Post
from storage.bulk import chunks
from storage.engine import Connection
from storage.tables import collection, comment, exact_channel, post, reading, thread
from storage.workspace import posts, undoing
from storage.workspace.readings import project_again

GROWS_FOR_S = (AGES_H[-1] + 24) * 3600
AT_ONCE = 500


class LiveMessage(NamedTuple):
    """A row of `live_message`, in the order of its columns after the channel."""

    message_id: int
    published_at: int | None = None
    album: str | None = None
    version_at: int | None = None
    version_update: int | None = None
    format: str | None = None
    text_length: int | None = None
    hashtags: str | None = None
    is_ad: bool | None = None
    is_forwarded: bool | None = None
    title: str | None = None
    link: str | None = None
    reactions: int | None = None
    stars: int | None = None
    reacted_at: int | None = None
    reacted_update: int | None = None


class _SeenReading(NamedTuple):
    reading_id: int
    post_id: int
    observed_at: int


class _How(NamedTuple):
    discussion_chat_id: int | None
    takes_reactions: bool
    read_since: (
        int | None
    )  # posts before that are read by number: who edits one does not tell that nobody reacted


class _Talk(NamedTuple):
    comments: int
    last_at: int  # 0: nobody said anything yet


async def show(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    messages: Iterable[LiveMessage],
    now: int,
    *,
    at_their_age: bool = False,
) -> None:
    """Gives the posts of these messages their reading.

    An album is one post, under its first message's number.
    `at_their_age`: dated to the age a post came to last, and only where it has no reading since.
    """
    for part in chunks(_together(messages), AT_ONCE):
        numbers = [message.message_id for group in part for message in group]
        how = await _how_collected(conn, channel_id)
        talk = await _talk(conn, channel_id, numbers) if how.discussion_chat_id else {}
        seen = await _seen(conn, channel_id, numbers)
        made = [_post(group, talk, how) for group in part]
        dated = [_dated(one, seen.get(one.external_id, []), now, at_their_age=at_their_age) for one in made]
        rows = [one for one in dated if one is not None]
        await _forget_same_age(conn, rows, seen)
        if rows:
            await posts.store(conn, workspace_id, channel_id, rows, import_id=None, source="bot", now=now)
        await _forget_members(conn, channel_id, part, seen)


async def expect(conn: Connection, channel_id: int, published: Sequence[int], now: int) -> None:
    """Waits for the ages of new posts, and has subscribers counted about now."""
    mine = update(collection).where(collection.c.channel_id == channel_id)
    coming = _coming(published, now)
    if coming is not None:
        sooner = or_(collection.c.age_at.is_(None), collection.c.age_at > coming)
        await conn.execute(mine.where(sooner).values(age_at=coming))
    if max(published) > now - 3600:
        await conn.execute(mine.where(collection.c.count_at > now).values(count_at=now))


async def await_ages(conn: Connection, channel_id: int, published: Sequence[int], now: int) -> None:
    """Sets the next age, the first that any post comes to: all that still grow were seen to."""
    mine = update(collection).where(collection.c.channel_id == channel_id)
    await conn.execute(mine.values(age_at=_coming(published, now)))


def _coming(published: Sequence[int], now: int) -> int | None:
    return min((at for one in published if (at := next_age(one, now)) is not None), default=None)


def _together(messages: Iterable[LiveMessage]) -> list[list[LiveMessage]]:
    groups: dict[str | int, list[LiveMessage]] = {}
    for message in sorted(messages):
        if message.published_at is not None:
            groups.setdefault(message.album or message.message_id, []).append(message)
    return list(groups.values())


def _post(group: list[LiveMessage], talk: Mapping[int, _Talk], how: _How) -> Post:
    first, told = group[0], max(group, key=lambda one: one.text_length or 0)
    said = [talk[one.message_id] for one in group if one.message_id in talk]
    unread = any(one.reacted_at is not None and one.reactions is None for one in group)
    is_older = how.read_since is not None and (first.published_at or 0) < how.read_since
    none = 0 if how.takes_reactions and not unread and not is_older else None
    values: dict[str, Any] = dict.fromkeys(Post._fields)
    values.update(
        external_id=str(first.message_id),
        published_at=first.published_at,
        observed_at=max(
            *(one.published_at or 0 for one in group),
            *(one.reacted_at or 0 for one in group),
            *(one.last_at for one in said),
        ),
        observed_exact=True,
        time_known=True,
        format="album" if first.album else first.format,
        text_length=told.text_length,
        hashtags=told.hashtags,
        is_ad=any(one.is_ad for one in group),
        is_forwarded=any(one.is_forwarded for one in group),
        title=told.title,
        link=first.link,
        reactions=max((one.reactions for one in group if one.reactions is not None), default=none),
        stars=max((one.stars for one in group if one.stars is not None), default=None),
        comments=sum(one.comments for one in said) if said else None,
    )
    return Post(**values)


def _dated(one: Post, seen: Sequence[_SeenReading], now: int, *, at_their_age: bool) -> Post | None:
    """Returns the reading with its moment, never before the last one's; None: it came to no new age.

    What came late was true then already.
    """
    last = max((known.observed_at for known in seen), default=0)
    moment = max(one.observed_at, last)
    if at_their_age:
        age = newest_age(one.published_at, now)
        if age is None or age <= moment:
            return None
        moment = age
    return one._replace(observed_at=moment)


async def _talk(conn: Connection, channel_id: int, numbers: Sequence[int]) -> dict[int, _Talk]:
    """Returns comments by the number of the post that they are under."""
    said = (comment.c.channel_id == thread.c.channel_id) & (comment.c.chat_id == thread.c.chat_id)
    query = (
        select(
            thread.c.message_id,
            func.count(comment.c.comment_id),
            func.coalesce(func.max(comment.c.said_at), 0),
        )
        .select_from(thread.outerjoin(comment, said & (comment.c.thread_id == thread.c.thread_id)))
        .where(thread.c.channel_id == channel_id, thread.c.message_id.in_(numbers))
        .group_by(thread.c.message_id)
    )
    return {row[0]: _Talk(row[1], row[2]) for row in await conn.execute(query)}


async def _seen(conn: Connection, channel_id: int, numbers: Sequence[int]) -> dict[str, list[_SeenReading]]:
    """Returns the bot's readings so far, by the post's number."""
    query = (
        select(post.c.external_id, reading.c.id, post.c.id, reading.c.observed_at)
        .join_from(reading, post)
        .where(
            post.c.channel_id == channel_id,
            post.c.external_id.in_([str(number) for number in numbers]),
            reading.c.source == "bot",
        )
    )
    found: dict[str, list[_SeenReading]] = {}
    for row in await conn.execute(query):
        found.setdefault(row[0], []).append(_SeenReading(*row[1:]))
    return found


async def _how_collected(conn: Connection, channel_id: int) -> _How:
    by_number = exact_channel.c.channel_id == collection.c.channel_id
    query = select(
        collection.c.discussion_chat_id, collection.c.takes_reactions, exact_channel.c.began_at
    ).select_from(collection.outerjoin(exact_channel, by_number))
    row = (await conn.execute(query.where(collection.c.channel_id == channel_id))).one_or_none()
    return _How(*row) if row else _How(None, takes_reactions=True, read_since=None)


async def _forget_same_age(
    conn: Connection, rows: Sequence[Post], seen: Mapping[str, list[_SeenReading]]
) -> None:
    replaced = [
        known.reading_id
        for row in rows
        for known in seen.get(row.external_id, [])
        if ages_passed(row.published_at, known.observed_at) == ages_passed(row.published_at, row.observed_at)
    ]
    for part in chunks(replaced, AT_ONCE):
        await conn.execute(delete(reading).where(reading.c.id.in_(part)))


async def _forget_members(
    conn: Connection,
    channel_id: int,
    groups: Sequence[list[LiveMessage]],
    seen: Mapping[str, list[_SeenReading]],
) -> None:
    """Forgets pictures of an album that were taken for posts of their own before the first of it came."""
    strays = [
        known for group in groups for member in group[1:] for known in seen.get(str(member.message_id), [])
    ]
    if not strays:
        return
    post_ids = {known.post_id for known in strays}
    await conn.execute(delete(reading).where(reading.c.id.in_([known.reading_id for known in strays])))
    has_others = exists().where(reading.c.post_id == post.c.id)
    await conn.execute(delete(post).where(post.c.id.in_(post_ids), ~has_others))
    left = (await conn.execute(select(post.c.id).where(post.c.id.in_(post_ids)))).scalars().all()
    await project_again(conn, left)
    await undoing.count_again(conn, channel_id)
