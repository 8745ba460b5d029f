"""A channel is followed by its public page: the first look when somebody asks; `due_pages` goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.collection.ages import SELDOM_S, is_busy, next_reading
from bot.collection.seen import PublicChannel, ViewSource
from bot.core.limits import CAPACITY, FOLLOWS
from metrics.errors import DomainError
from metrics.posts import Post
from storage.engine import Connection, Database
from storage.system import follows as everywhere_follows
from storage.workspace import audience, channels, exact_channels, follows, posts
from storage.workspace.channels import Channel

FIRST_LOOK = 3  # pages: about 60 posts
NEARLY_S = 15 * 60  # a count that is due so soon is taken with the read there is


@dataclass(frozen=True, slots=True)
class Following:
    database: Database
    pages: ViewSource
    capacity: int = CAPACITY

    async def require_room(self, workspace_id: int, handle: str | None) -> None:
        """Raises DomainError("limit.follows") for a channel that would be one too many."""
        async with self.database.read() as conn:
            known = await channels.find(conn, workspace_id, handle=handle, platform="telegram")
            await _require_room(conn, workspace_id, known)

    async def begin(
        self, workspace_id: int, channel: Channel, *, depth: int = FIRST_LOOK, until: int | None = None
    ) -> PublicChannel:
        """Reads the channel's page now, keeps its counters and goes on reading.

        Raises DomainError("limit.follows") and what `Pages.read` raises.
        """
        if channel.handle is None:
            raise DomainError("page.no_name", title=channel.title)
        async with self.database.read() as conn:
            await _require_room(conn, workspace_id, channel)
        seen = await self.pages.read(channel.handle, depth=depth)
        async with self.database.begin() as conn:
            await keep(conn, workspace_id, channel.id, seen, seen.posts)
            await follows.begin(
                conn,
                workspace_id,
                channel.id,
                handle=seen.handle,
                next_at=next_reading([post.published_at for post in seen.posts], seen.read_at, seen.handle),
                read_at=seen.read_at,
                until=until,
            )
        return seen

    async def why_seldom(self, seen: PublicChannel) -> str | None:
        """Tells why the page is read less often than at each age: "busy", "crowded"; None where it isn't."""
        if is_busy([post.published_at for post in seen.posts]):
            return "busy"
        async with self.database.read() as conn:
            return "crowded" if await everywhere_follows.count_pages(conn) > self.capacity else None


async def _require_room(conn: Connection, workspace_id: int, channel: Channel | None) -> None:
    is_new = channel is None or await follows.get(conn, workspace_id, channel.id) is None
    if is_new and await follows.count(conn, workspace_id) >= FOLLOWS:
        raise DomainError("limit.follows", most=FOLLOWS)


async def keep(
    conn: Connection, workspace_id: int, channel_id: int, seen: PublicChannel, rows: Sequence[Post]
) -> None:
    """Writes down a look at the channel's page: these of its posts, and its subscribers when it is time."""
    now = seen.read_at
    if rows:
        await posts.store(conn, workspace_id, channel_id, rows, import_id=None, source="page", now=now)
        numbers = {int(post.external_id) for post in rows if post.external_id.isdecimal()}
        await exact_channels.hear(conn, channel_id, numbers, [post.published_at for post in rows], now)
    if seen.subscribers is not None:
        newest = await audience.newest(conn, workspace_id, channel_id)
        if newest is None or newest.step or now - newest.observed_at >= SELDOM_S - NEARLY_S:
            await audience.store(conn, workspace_id, channel_id, [seen.subscribers], source="page", now=now)
