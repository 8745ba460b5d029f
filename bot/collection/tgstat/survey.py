"""One channel at TGStat: its posts page by page, and who forwards and mentions them. Each answer is one commit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bot.collection.tgstat.client import PAGE, Tgstat
from bot.collection.tgstat.errors import TgstatError
from bot.collection.tgstat.shapes import ALBUM_MOST, PostPage, PostStat, Reference
from metrics.ages import newest_age
from metrics.durations import DAY_S, HOUR_S
from metrics.posts import Post
from metrics.reposts import Repost, ViewCount
from storage.engine import Database
from storage.system.tgstat import Due
from storage.workspace import audience, exact_channels, keys, posts, reposts

SOURCE = "tgstat"
MOST_PAGES = 6
WHOLE_S = 30 * DAY_S  # of posts read once a day, and of who named them
RECENT_S = 4 * DAY_S  # of posts read in between
HISTORY_S = 400 * DAY_S  # of subscribers, where the tariff has them
AGAIN_S = 2 * DAY_S  # reposts are found late
MOST_POSTS = 10  # looked at one by one for who reposted them
LATE_S = 3 * DAY_S  # how old a post is at most when it is reposted, where TGStat does not say which it was
AROUND_S = (26 * HOUR_S, 25 * HOUR_S)  # of a repost: counts that tell what it brought
BY_AGE_S = HOUR_S


@dataclass
class Survey:
    """Raises TgstatError, and DomainError("channel.gone") where the channel was removed meanwhile."""

    database: Database
    client: Tgstat
    due: Due
    now: int
    requests: int = field(default=0, init=False)
    _posts: dict[str, Post] = field(default_factory=dict, init=False)
    _ids: dict[int, str] = field(default_factory=dict, init=False)

    async def read_posts(self, *, is_whole: bool) -> list[int]:
        """Returns when the posts that were read were published: those of a month, or of the last days."""
        since = self.now - (WHOLE_S if is_whole else RECENT_S)
        for number in range(MOST_PAGES):
            await self._count()
            page = await self.client.posts(self.due.handle, since=since, now=self.now, offset=number * PAGE)
            await self._keep_posts(page)
            if page.size < PAGE or page.oldest_at is None or page.oldest_at <= since:
                break
        return [post.published_at for post in self._posts.values()]

    async def read_references(self) -> None:
        """Reads subscribers, reposts and mentions; then the posts they are of, one by one."""
        await self._read_subscribers()
        since = max(self.now - WHOLE_S, (self.due.surveyed_at or 0) - AGAIN_S)
        await self._count()
        forwards = await self.client.forwards(self.due.handle, since=since)
        await self._count()
        mentions = await self.client.mentions(self.due.handle, since=since)
        found = [self._named(one) for one in (*forwards, *mentions)]
        async with self.database.begin() as conn:
            await reposts.store(conn, self.due.workspace_id, self.due.channel_id, found, self.now)
        for external_id in self._to_look_at(found):
            await self._look_at(external_id)

    async def _read_subscribers(self) -> None:
        await self._count()
        counted = await self.client.subscribers(self.due.handle, self.now)
        rows = [] if counted is None else [counted]
        if self.due.surveyed_at is None:
            await self._count()
            try:
                rows += await self.client.subscribers_by_day(self.due.handle, since=self.now - HISTORY_S)
            except TgstatError as error:
                if error.code != "not_in_tariff":
                    raise
        async with self.database.begin() as conn:
            ids = (self.due.workspace_id, self.due.channel_id)
            if rows:
                await audience.store(conn, *ids, rows, source=SOURCE, now=self.now)

    async def _keep_posts(self, page: PostPage) -> None:
        ids = (self.due.workspace_id, self.due.channel_id)
        async with self.database.begin() as conn:
            published = [post.published_at for post in page.posts]
            known = (
                await posts.window(conn, *ids, min(published) - 1, max(published) + 2) if published else []
            )
            rows = without_parts(page.posts, known)
            if rows:
                await posts.store(conn, *ids, rows, import_id=None, source=SOURCE, now=self.now)
                newest = max(int(post.external_id) for post in rows)
                await exact_channels.learn(conn, self.due.channel_id, newest)
        self._posts |= {post.external_id: post for post in rows}
        self._ids |= page.ids

    def _named(self, reference: Reference) -> Repost:
        """Returns a repost with the number of the post it forwards, where TGStat named it."""
        external_id = self._ids.get(reference.source) if reference.source is not None else None
        return reference.repost._replace(external_id=external_id)

    def _to_look_at(self, found: Sequence[Repost]) -> list[str]:
        """Returns posts named by a repost; of unnamed ones, those that may be meant: the newest before it."""
        named = dict.fromkeys(one.external_id for one in found if one.external_id in self._posts)
        unnamed = [one.at for one in found if one.kind == "forward" and one.external_id is None]
        likely = [
            post.external_id
            for post in sorted(self._posts.values(), key=lambda post: -post.published_at)
            if any(0 <= at - post.published_at <= LATE_S for at in unnamed)
        ]
        wanted = dict.fromkeys([*(one for one in named if one), *likely])
        return list(wanted)[:MOST_POSTS]

    async def _look_at(self, external_id: str) -> None:
        post = self._posts[external_id]
        await self._count()
        try:
            told = await self.client.post(self.due.handle, external_id)
        except TgstatError as error:
            if error.code != "unknown_post":
                raise
            return
        ids = (self.due.workspace_id, self.due.channel_id)
        async with self.database.begin() as conn:
            rows = readings_of(post, told, self.now)
            await posts.store(conn, *ids, rows, import_id=None, source=SOURCE, now=self.now)
            await reposts.store(conn, *ids, told.reposts, self.now)

    async def _count(self) -> None:
        """Counts one more request of the tariff's, written down before it leaves."""
        self.requests += 1
        async with self.database.begin() as conn:
            await keys.spend(conn, self.due.workspace_id, keys.TGSTAT)


def without_parts(found: Sequence[Post], known: Collection[Post]) -> list[Post]:
    """Returns posts without later parts of albums that the channel has by their first part's number."""
    names = {post.external_id for post in known}
    parts = {
        int(album.external_id) + step
        for album in known
        if album.format == "album" and album.external_id.isdecimal()
        for step in range(1, ALBUM_MOST)
        if any(
            post.external_id == str(int(album.external_id) + step)
            and abs(post.published_at - album.published_at) <= 2
            for post in found
        )
    }
    return [post for post in found if post.external_id in names or int(post.external_id) not in parts]


def readings_of(post: Post, told: PostStat, now: int) -> list[Post]:
    """Returns the post as counted now, and its views at its ages and around its reposts, by the hour."""
    latest = post._replace(
        observed_at=now,
        views=post.views if told.views is None else told.views,
        forwards=told.forwards,
        comments=told.comments,
        reactions=told.reactions,
    )
    around = [one.at for one in told.reposts]
    return [
        *(
            post._replace(views=count.views, observed_at=count.at)
            for count in told.counts
            if count.at < now and _is_kept(count, post, around)
        ),
        latest,
    ]


def _is_kept(count: ViewCount, post: Post, around: Iterable[int]) -> bool:
    if count.at <= post.published_at:
        return False
    if any(at - AROUND_S[0] <= count.at <= at + AROUND_S[1] for at in around):
        return True
    age = newest_age(post.published_at, count.at)
    return age is not None and count.at - age < BY_AGE_S
