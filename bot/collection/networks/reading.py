"""What is due at the networks is read: channels at the ages of their posts, histories page by page, an answer a commit."""

import asyncio
import math
import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from bot.collection.networks.account import Account
from bot.collection.networks.keeping import (
    NEARLY_S,
    PostsLook,
    came_of_age,
    grows_s,
    keep_look,
    keep_posts,
    young,
)
from bot.collection.networks.rota import Rota
from bot.collection.networks.source import NetworkSource
from bot.collection.source import ClosedError, FoundPosts, NotGivenError, Place, SourceError, State
from bot.collection.telling import Telling
from bot.core.backoff import Backoff
from bot.core.clock import Clock
from metrics.durations import DAY_S
from metrics.errors import DomainError
from metrics.posts import AudienceReading, Post
from storage.engine import Database
from storage.system import leases, losses, networks
from storage.system.networks import NetworkRow, Turn
from storage.workspace import absences, audience, posts

HISTORY_S = 400 * DAY_S  # a year, and what it is compared with
AUDIENCE_S = 12 * 3600
BUSY_S = 30.0  # of each minute, for each network
LEASE_S = 120  # longer than a turn may take
CLOSED = Backoff.doubling(15 * 60, DAY_S)
MOST_LEFT_BEHIND = 400  # posts of one look that left the first page
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenNetwork:
    """A network that can be read: its source, and the key that it is read with."""

    source: NetworkSource
    account: Account


@dataclass
class NetworkReading:
    """`run` is called every minute. Nothing is asked while nothing is due."""

    database: Database
    clock: Clock
    opened: Mapping[str, OpenNetwork]
    telling: Telling
    busy_s: float = BUSY_S
    timer: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time  # of leases, whatever the bot's clock says
    holder: str = field(
        default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    )
    _begun: set[str] = field(default_factory=set, init=False)
    _running: dict[str, asyncio.Lock] = field(default_factory=dict, init=False)

    async def run(self) -> None:
        """Runs each network beside the others, so that a slow one holds none up; never twice at once."""
        await asyncio.gather(*(self._run(opened) for opened in self.opened.values()))

    async def _run(self, opened: OpenNetwork) -> None:
        network = opened.source.network
        lock = self._running.setdefault(network, asyncio.Lock())
        if lock.locked():
            return
        async with lock:
            rota = await self._rota(opened)
            if rota is None or not await self._hold(network):
                return
            try:
                await self._serve(opened, rota)
            except SourceError:  # noted by the account, which says when it goes on
                return
            finally:
                async with self.database.begin() as conn:
                    await leases.release(conn, _lease(network), self.holder)

    async def _rota(self, opened: OpenNetwork) -> Rota | None:
        """Returns whose turn it is; None: nothing is due, or nothing may be asked now."""
        network, now = opened.source.network, self._now()
        if network not in self._begun:
            self._begun.add(network)
            await opened.account.try_again()
        state = await opened.account.state()
        if state.refusal is not None or state.not_before > now:
            return None
        async with self.database.read() as conn:
            sweeps = await networks.due_sweeps(conn, network, now)
            histories = await networks.due_histories(conn, network)
        return Rota(sweeps, histories) if sweeps or histories else None

    async def _serve(self, opened: OpenNetwork, rota: Rota) -> None:
        """Raises what of a `SourceError` is the key's."""
        ends, allowance = self.timer() + self.busy_s, opened.source.allowance
        while self.timer() < ends:
            left = await opened.account.left()
            turn = rota.next(histories=left > allowance.kept_for_sweeps)
            if (
                left <= allowance.kept_for_people
                or turn is None
                or not await self._hold(opened.source.network)
            ):
                return
            await self._take(opened, rota, *turn)

    async def _take(self, opened: OpenNetwork, rota: Rota, turn: Turn, is_history: bool) -> None:
        goes_on = False
        try:
            async with opened.account.noting():
                if is_history:
                    goes_on = await self._read_history(opened.source, turn)
                else:
                    await self._sweep(opened.source, turn)
        except ClosedError as error:
            await self._face_closed(opened.source.network, turn, error)
        served = (await opened.account.state()).requests
        async with self.database.begin() as conn:
            await networks.note_served(conn, turn.channel_id, served)
        rota.settle(turn, served, goes_on=goes_on)

    async def _read_history(self, source: NetworkSource, turn: Turn) -> bool:
        """Tells whether a history goes on. What is read serves everybody who has come as far."""
        async with self.database.read() as conn:
            row = await networks.row_of_channel(conn, turn.channel_id)
            beside = await networks.rows_of_place(conn, source.network, turn.place)
        if row is None or row.progress.done_at is not None:  # taken away, or read, meanwhile
            return False
        cursor = row.progress.cursor
        found = await source.find(Place(turn.place, row.handle), row.progress.began_at - HISTORY_S, cursor)
        for one in beside:
            if one.progress.cursor == cursor and one.progress.done_at is None:
                await self._keep_history(one, found.posts, found.cursor)
        return found.cursor is not None

    async def _keep_history(self, row: NetworkRow, rows: tuple[Post, ...], cursor: str | None) -> None:
        channel_id, now = row.progress.channel_id, self._now()
        moments = [row.progress.oldest_at, *(post.published_at for post in rows)]
        oldest_at = min((at for at in moments if at is not None), default=None)
        try:
            async with self.database.begin() as conn:
                await keep_posts(conn, row.workspace_id, channel_id, rows, now)
                count = 0
                if oldest_at is not None:
                    count = await posts.count(conn, row.workspace_id, channel_id, oldest_at, now + 1)
                await networks.note_history(
                    conn, channel_id,
                    cursor=cursor, found=count, oldest_at=oldest_at, done_at=None if cursor else now,
                )  # fmt: skip
        except DomainError:  # the channel was removed meanwhile
            log.info("a follower is gone", channel=channel_id)
            return
        await self._tell(channel_id, is_done=cursor is None)

    async def _sweep(self, source: NetworkSource, turn: Turn) -> None:
        async with self.database.read() as conn:
            rows = await networks.rows_of_place(conn, source.network, turn.place)
        if not rows:  # taken away meanwhile
            return
        place, since = Place(turn.place, rows[0].handle), self._now() - grows_s(source.ages_h)
        page = await source.find(place, since, None)
        wanted = await self._left_behind(source, rows, page)
        read: list[Post] = list(page.posts)
        gone: set[str] = set()
        for start in range(0, len(wanted), source.most_ids):
            answer = await source.read(place, wanted[start : start + source.most_ids])
            read += answer.posts
            gone |= {one.id for one in answer.counters if one.state == State.GONE}
        subscribers = await self._audience(source, rows[0], place)
        seen = PostsLook(self._now(), tuple(read), frozenset(gone), subscribers)
        for row in rows:
            await self._keep_look(source, row, seen)

    async def _left_behind(
        self, source: NetworkSource, rows: list[NetworkRow], page: FoundPosts
    ) -> list[str]:
        """Returns ids to be asked for one by one: those that the page should show and does not.

        They are of posts that came to an age, or are in doubt, and of what the page should have and has not.
        """
        now, shown = self._now(), {post.external_id for post in page.posts}
        wanted: dict[str, None] = {}
        for row in rows:
            async with self.database.read() as conn:
                mine = await young(conn, row.workspace_id, row.progress.channel_id, now, source.ages_h)
                since = now - grows_s(source.ages_h)
                doubted = await absences.doubted(conn, row.progress.channel_id, now, since)
            for post in mine:
                if came_of_age(post, now, source.ages_h) or post.published_at > page.whole_since:
                    wanted[post.external_id] = None
            wanted |= dict.fromkeys(doubted)
        return [one for one in wanted if one not in shown][:MOST_LEFT_BEHIND]

    async def _audience(
        self, source: NetworkSource, row: NetworkRow, place: Place[str]
    ) -> AudienceReading | None:
        async with self.database.read() as conn:
            newest = await audience.newest(conn, row.workspace_id, row.progress.channel_id)
        if newest is not None and self._now() - newest.observed_at < AUDIENCE_S - NEARLY_S:
            return None
        try:
            return await source.audience(place)
        except NotGivenError:
            return None

    async def _keep_look(self, source: NetworkSource, row: NetworkRow, seen: PostsLook) -> None:
        try:
            async with self.database.begin() as conn:
                await keep_look(
                    conn, row.workspace_id, row.progress.channel_id, seen, source.ages_h, row.progress.place
                )
        except DomainError:  # the channel was removed meanwhile
            log.info("a follower is gone", channel=row.progress.channel_id)

    async def _face_closed(self, network: str, turn: Turn, error: ClosedError) -> None:
        """Notes that the channel is not shown any more: everybody's waits, longer each time."""
        now = self._now()
        log.info("a channel is closed", network=network, place=turn.place, reason=str(error))
        async with self.database.begin() as conn:
            for row in await networks.rows_of_place(conn, network, turn.place):
                pause_s = int(CLOSED.after(row.progress.failures))
                await networks.note_refusal(
                    conn, row.progress.channel_id, refusal=str(error), next_at=now + pause_s
                )
                if row.progress.failures == 1:  # the second look in a row
                    await losses.announce(
                        conn, [row.progress.channel_id], "network", at=row.progress.swept_at, not_before=now
                    )

    async def _tell(self, channel_id: int, *, is_done: bool) -> None:
        if not is_done and not self.telling.may_tell(channel_id):
            return
        async with self.database.read() as conn:
            row = await networks.row_of_channel(conn, channel_id)
        if row is not None:
            await self.telling.tell_progress(row)

    async def _hold(self, network: str) -> bool:
        """Takes the lease or prolongs it; False while another process reads this network."""
        now = self.wall()
        async with self.database.begin() as conn:
            return await leases.take(conn, _lease(network), self.holder, int(now), math.ceil(now) + LEASE_S)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _lease(network: str) -> str:
    return f"counters of {network}"
