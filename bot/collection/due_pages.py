"""Public pages that are due: one read of a page serves every workspace that follows the channel, each in its own rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog

from bot.collection.ages import SELDOM_S, next_reading, passed_an_age
from bot.collection.following import NEARLY_S, keep
from bot.collection.seen import PublicChannel, ViewSource
from bot.core.backoff import Backoff
from bot.core.clock import Clock
from metrics.ages import AGES_H
from metrics.durations import HOUR_S
from metrics.errors import DomainError
from metrics.posts import Post
from storage.engine import Database
from storage.system import follows as everywhere_follows
from storage.system import losses
from storage.system.follows import DueName, Follower
from storage.workspace import posts

HELD_S = 10 * 60  # a claim of a process that died is free again after that
BACKOFF = Backoff.doubling(15 * 60, 24 * HOUR_S)
OLD_PAGES = 2  # further pages a read may take for posts that came of age and left the first one
KNOWN_POSTS = 200
NOT_SHOWN = frozenset({"page.no_preview", "page.nobody", "page.is_group", "page.is_person", "page.is_bot"})
MADE_SURE_S = HOUR_S  # a page that is back until then was never missed
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DuePages:
    database: Database
    pages: ViewSource
    clock: Clock

    async def read_next(self) -> bool:
        """Serves the name that waits longest; False when none is due, or all must wait."""
        now = self._now()
        async with self.database.begin() as conn:
            claimed = await everywhere_follows.claim_due(conn, now, held_until=now + HELD_S)
        if claimed is None:
            return False
        try:
            await self._serve(claimed, now)
        except DomainError as error:
            await self._put_off(claimed, error.code, now)
            return error.code != "page.busy"
        return True

    async def _serve(self, claimed: DueName, now: int) -> None:
        seen = await self.pages.read(claimed.handle)
        known = {follower: await self._known(follower) for follower in claimed.followers}
        due = {
            post.external_id: post
            for mine in known.values()
            for post in mine.values()
            if _came_of_age(post, now)
        }
        rows = (*await self._left_behind(seen, due.values()), *seen.posts)
        for follower, mine in known.items():
            news = [post for post in rows if _is_news(post, mine.get(post.external_id), now)]
            await self._write(follower, seen, news)
        published = {post.published_at for mine in known.values() for post in mine.values()}
        published |= {post.published_at for post in seen.posts}
        async with self.database.begin() as conn:
            await everywhere_follows.settle(
                conn, _ids(claimed), next_at=next_reading(sorted(published), now, claimed.handle), read_at=now
            )

    async def _known(self, follower: Follower) -> dict[str, Post]:
        """Returns what the follower has of the last month, by id."""
        before = self._now() + 1
        async with self.database.read() as conn:
            latest = await posts.latest(
                conn, follower.workspace_id, follower.channel_id, before=before, limit=KNOWN_POSTS
            )
        return {post.external_id: post for post in latest}

    async def _left_behind(self, seen: PublicChannel, due: Iterable[Post]) -> list[Post]:
        """Returns posts that came of age after they left the first page, from a few older pages."""
        first_id = min((int(post.external_id) for post in seen.posts), default=0)
        waiting = sorted(int(post.external_id) for post in due if post.external_id.isdecimal())
        waiting = [number for number in waiting if number < first_id]
        found: list[Post] = []
        for _ in range(OLD_PAGES):
            if not waiting:
                break
            page = await self.pages.before(seen.handle, waiting[-1] + 1)
            found += page
            reached = min((int(post.external_id) for post in page), default=0)
            waiting = [number for number in waiting if number < reached]
        return found

    async def _write(self, follower: Follower, seen: PublicChannel, news: Sequence[Post]) -> None:
        try:
            async with self.database.begin() as conn:
                await keep(conn, follower.workspace_id, follower.channel_id, seen, news)
        except DomainError:  # the channel was removed meanwhile
            log.info("a follower is gone", channel=follower.channel_id)

    async def _put_off(self, claimed: DueName, reason: str, now: int) -> None:
        failures = max((follower.failures for follower in claimed.followers), default=0)
        next_at = now + int(BACKOFF.after(failures))
        async with self.database.begin() as conn:
            await everywhere_follows.put_off(
                conn, _ids(claimed), next_at=next_at, failures=failures + 1, refusal=reason
            )
            for one in claimed.followers:
                if reason in NOT_SHOWN and one.refusal not in NOT_SHOWN and one.until is None:
                    at = one.read_at or now
                    await losses.announce(conn, [one.channel_id], "page", at=at, not_before=now + MADE_SURE_S)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _is_news(post: Post, known: Post | None, now: int) -> bool:
    """Tells whether a reading is worth a row: of a new post, at an age, or of a post not read for hours."""
    if known is None or known.views is None:
        return True
    is_recent = post.published_at > now - AGES_H[-1] * HOUR_S
    return _came_of_age(known, now) or (is_recent and now - known.observed_at >= SELDOM_S - NEARLY_S)


def _came_of_age(post: Post, now: int) -> bool:
    return passed_an_age(post.published_at, post.observed_at, now)


def _ids(claimed: DueName) -> list[int]:
    return [follower.channel_id for follower in claimed.followers]
