"""Live updates of a channel: merged into what they told so far, in whatever order they come, and shown as posts."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select, update

from storage.bulk import chunks, execute_many, insert_new, inserting, inserting_new
from storage.engine import Connection
from storage.system import rights
from storage.tables import collection, comment, live_message, thread
from storage.workspace import exact_channels, live_posts
from storage.workspace.access import hold, readable
from storage.workspace.live_posts import LiveMessage
from storage.workspace.news import Comment, Message, News, ReactionTotals, Thread

LOOKED_UP_AT_ONCE = 500


_COLUMNS = [live_message.c[name] for name in LiveMessage._fields]
_INSERT = ("channel_id", *LiveMessage._fields)
_THREAD_INSERT = ("channel_id", *Thread._fields)
_COMMENT_INSERT = ("channel_id", *Comment._fields)


@dataclass(frozen=True, slots=True)
class CollectionTerms:
    """How a channel is collected; what is not said keeps its value."""

    discussion_chat_id: int | None = None
    takes_reactions: bool | None = None


async def begin(
    conn: Connection, workspace_id: int, channel_id: int, how: CollectionTerms, now: int, *, person: int
) -> None:
    """Collects the channel from now on, for that person has just proved to be its admin.

    Raises `DomainError("channel.gone")` if the workspace doesn't own it.
    """
    await hold(conn, workspace_id, channel_id, now)
    await rights.prove(conn, channel_id, person, now)
    await _ensure(conn, channel_id, how, now)
    await rights.resume(conn, [channel_id], now)


async def discussion_of(conn: Connection, workspace_id: int, channel_id: int) -> int | None:
    """Returns the chat id of the group that comments are in; None where there is none, or none is known."""
    query = select(collection.c.discussion_chat_id).where(
        collection.c.channel_id == channel_id, readable(workspace_id, channel_id)
    )
    group: int | None = (await conn.execute(query)).scalar_one_or_none()
    return group


async def store(conn: Connection, workspace_id: int, channel_id: int, news: News, now: int) -> None:
    """Merges what was told; posts that changed get a reading of this moment of theirs.

    Raises `DomainError("channel.gone")` if the workspace doesn't own the channel.
    """
    await hold(conn, workspace_id, channel_id, now)
    discussion = news.threads[-1].chat_id if news.threads else None
    await _ensure(conn, channel_id, CollectionTerms(discussion_chat_id=discussion), now)
    changed = await _merge_messages(conn, channel_id, news)
    await _add_comments(conn, channel_id, news)
    talked_of = {one.message_id for one in news.threads} | await _posts_of(conn, channel_id, news.comments)
    rows = [*changed, *await _rows(conn, channel_id, talked_of - {row.message_id for row in changed})]
    await live_posts.show(conn, workspace_id, channel_id, await _with_albums(conn, channel_id, rows), now)
    published = [one.published_at for one in news.messages]
    if published:
        await live_posts.expect(conn, channel_id, published, now)
    await exact_channels.hear(conn, channel_id, _alive(news), published, now)


def _alive(news: News) -> set[int]:
    """Returns the posts that something happened to: who is deleted has neither edits nor reactions."""
    return {one.message_id for one in news.messages} | {one.message_id for one in news.reacted}


async def come_of_age(conn: Connection, workspace_id: int, channel_id: int, now: int) -> None:
    """Gives posts that came to an age since their last reading one of that age.

    What Telegram did not change stands.
    """
    await hold(conn, workspace_id, channel_id, now)
    recent = select(*_COLUMNS).where(
        live_message.c.channel_id == channel_id,
        live_message.c.published_at > now - live_posts.GROWS_FOR_S,
    )
    rows = [LiveMessage(*row) for row in await conn.execute(recent)]
    await live_posts.show(conn, workspace_id, channel_id, rows, now, at_their_age=True)
    await live_posts.await_ages(conn, channel_id, [row.published_at for row in rows if row.published_at], now)


async def _ensure(conn: Connection, channel_id: int, how: CollectionTerms, now: int) -> None:
    """Makes a row for the channel that says at least that.

    Most updates say nothing new of it and write nothing.
    """
    mine = collection.c.channel_id == channel_id
    query = select(collection.c.discussion_chat_id, collection.c.takes_reactions).where(mine)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        await conn.execute(insert_new(conn, collection), {"channel_id": channel_id, "count_at": now})
    known = CollectionTerms(*row) if row else CollectionTerms()
    stated = {name: value for name, value in asdict(how).items() if value is not None}
    if stated != {name: getattr(known, name) for name in stated}:
        await conn.execute(update(collection).where(mine).values(stated))


async def _merge_messages(conn: Connection, channel_id: int, news: News) -> list[LiveMessage]:
    """Returns the messages that do not say what they said before the merge."""
    ids = {one.message_id for one in news.messages} | {one.message_id for one in news.reacted}
    before = {row.message_id: row for row in await _rows(conn, channel_id, ids)}
    after = dict(before)
    for message in news.messages:
        after[message.message_id] = with_message(after.get(message.message_id), message)
    for reacted in news.reacted:
        after[reacted.message_id] = with_totals(after.get(reacted.message_id), reacted)
    changed = [row for number, row in after.items() if row != before.get(number)]
    told_new = [row for row in changed if _content(row) != _content(before.get(row.message_id))]
    known = [row.message_id for row in changed if row.message_id in before]
    for part in chunks(known, LOOKED_UP_AT_ONCE):
        mine = live_message.c.channel_id == channel_id
        await conn.execute(delete(live_message).where(mine, live_message.c.message_id.in_(part)))
    await execute_many(
        conn, inserting(live_message, _INSERT), _INSERT, [(channel_id, *row) for row in changed]
    )
    return told_new


def _content(row: LiveMessage | None) -> LiveMessage | None:
    """Returns the row without the updates that told it."""
    return row and row._replace(version_update=None, reacted_update=None)


def with_message(known: LiveMessage | None, told: Message) -> LiveMessage:
    """Returns the later version of the content.

    Telegram also says «edited» when an old post gets its first reaction: the same version, and nothing changes.
    """
    known = known or LiveMessage(told.message_id)
    before = (known.version_at or 0, known.version_update or 0)
    return known if before >= (told.version_at, told.version_update) else known._replace(**told._asdict())


def with_totals(known: LiveMessage | None, told: ReactionTotals) -> LiveMessage:
    """Returns the later totals."""
    known = known or LiveMessage(told.message_id)
    before = (known.reacted_at or 0, known.reacted_update or 0)
    return known if before >= (told.reacted_at, told.reacted_update) else known._replace(**told._asdict())


async def _add_comments(conn: Connection, channel_id: int, news: News) -> None:
    dialect = conn.dialect.name
    threads = [(channel_id, *one) for one in news.threads]
    await execute_many(conn, inserting_new(thread, _THREAD_INSERT, dialect), _THREAD_INSERT, threads)
    comments = [(channel_id, *one) for one in news.comments]
    await execute_many(conn, inserting_new(comment, _COMMENT_INSERT, dialect), _COMMENT_INSERT, comments)


async def _posts_of(conn: Connection, channel_id: int, comments: Sequence[Comment]) -> set[int]:
    found: set[int] = set()
    for part in chunks({(one.chat_id, one.thread_id) for one in comments}, LOOKED_UP_AT_ONCE):
        query = select(thread.c.message_id).where(
            thread.c.channel_id == channel_id,
            thread.c.chat_id.in_({chat_id for chat_id, _ in part}),
            thread.c.thread_id.in_({thread_id for _, thread_id in part}),
        )
        found.update((await conn.execute(query)).scalars())
    return found


async def _rows(conn: Connection, channel_id: int, ids: Iterable[int]) -> list[LiveMessage]:
    found: list[LiveMessage] = []
    for part in chunks(ids, LOOKED_UP_AT_ONCE):
        mine = live_message.c.channel_id == channel_id
        query = select(*_COLUMNS).where(mine, live_message.c.message_id.in_(part))
        found += [LiveMessage(*row) for row in await conn.execute(query)]
    return found


async def _with_albums(
    conn: Connection, channel_id: int, messages: Iterable[LiveMessage]
) -> list[LiveMessage]:
    """Returns these messages and all that share an album with one of them."""
    rows = {row.message_id: row for row in messages}
    albums = {row.album for row in rows.values() if row.album is not None}
    for part in chunks(albums, LOOKED_UP_AT_ONCE):
        mine = live_message.c.channel_id == channel_id
        query = select(*_COLUMNS).where(mine, live_message.c.album.in_(part))
        rows |= {row[0]: LiveMessage(*row) for row in await conn.execute(query)}
    return list(rows.values())
