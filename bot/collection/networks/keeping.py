"""What a network told of a channel, written into the rows of one workspace that follows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.collection.ages import SELDOM_S, next_reading, passed_an_age
from metrics.durations import HOUR_S
from metrics.posts import AudienceReading, Post
from storage.engine import Connection
from storage.system import networks
from storage.workspace import audience, deletions, posts
from storage.workspace.deletions import Look

NEARLY_S = 15 * 60  # what is due so soon is taken with the answer there is


@dataclass(frozen=True, slots=True)
class PostsLook:
    """One look at a channel's posts: those that were there, and the ids that were asked for and are gone."""

    at: int
    posts: tuple[Post, ...]
    gone: frozenset[str] = field(default_factory=frozenset)
    subscribers: AudienceReading | None = None


async def keep_look(
    conn: Connection, workspace_id: int, channel_id: int, seen: PostsLook, ages_h: Sequence[int], place: str
) -> None:
    """Keeps readings worth a row, deletions, subscribers, and when the channel is looked at next.

    Raises DomainError("channel.gone").
    """
    known = {post.external_id: post for post in await young(conn, workspace_id, channel_id, seen.at, ages_h)}
    news = [post for post in seen.posts if is_news(post, known.get(post.external_id), seen.at, ages_h)]
    await keep_posts(conn, workspace_id, channel_id, news, seen.at)
    there = frozenset(post.external_id for post in seen.posts)
    await deletions.note(
        conn, workspace_id, channel_id, Look(seen.at, there, seen.gone, is_admin=True)
    )  # an open channel shows all of itself
    await keep_audience(conn, workspace_id, channel_id, seen.subscribers, seen.at)
    published = {post.published_at for post in (*known.values(), *seen.posts)}
    next_at = next_reading(sorted(published), seen.at, place, ages_h)
    await networks.note_sweep(conn, channel_id, seen.at, next_at=next_at)


async def keep_posts(
    conn: Connection, workspace_id: int, channel_id: int, rows: Sequence[Post], now: int
) -> None:
    if rows:
        await posts.store(conn, workspace_id, channel_id, rows, import_id=None, source="exact", now=now)


async def keep_audience(
    conn: Connection, workspace_id: int, channel_id: int, subscribers: AudienceReading | None, now: int
) -> None:
    if subscribers is not None:
        await audience.store(conn, workspace_id, channel_id, [subscribers], source="exact", now=now)


async def young(
    conn: Connection, workspace_id: int, channel_id: int, now: int, ages_h: Sequence[int]
) -> list[Post]:
    """Returns the posts that have an age to come, or came to one lately."""
    return await posts.window(conn, workspace_id, channel_id, now - grows_s(ages_h), now + 1)


def grows_s(ages_h: Iterable[int]) -> int:
    """Returns how long a post is read, in seconds: to its oldest age, and a day for who is late."""
    return (max(ages_h) + 24) * HOUR_S


def is_news(post: Post, known: Post | None, now: int, ages_h: Sequence[int]) -> bool:
    """Tells whether a reading is worth a row: of a new post, at an age, or of one not read for hours.

    A post that grows no more is read no more.
    """
    if known is None:
        return True
    if post.published_at <= now - grows_s(ages_h):
        return False
    return came_of_age(known, now, ages_h) or now - known.observed_at >= SELDOM_S - NEARLY_S


def came_of_age(post: Post, now: int, ages_h: Sequence[int]) -> bool:
    """Tells whether the post came to an age since it was last read."""
    return passed_an_age(post.published_at, post.observed_at, now, ages_h)
