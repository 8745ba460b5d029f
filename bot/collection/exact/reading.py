"""What is due is read, one connection a run: posts at their ages, histories window by window, each answer in one commit."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import structlog
from aiogram import Bot

from bot.collection.exact import windows
from bot.collection.exact.looking import NO_VIEWS, FirstLook
from bot.collection.exact.rota import HISTORY_A_DAY, Rota
from bot.collection.exact.session import Sessions
from bot.collection.exact.windows import WindowTake
from bot.collection.pace import Pace
from bot.collection.source import (
    Answer,
    ClosedError,
    Connector,
    CounterSource,
    Place,
    SourceError,
    State,
)
from bot.collection.telling import Telling
from bot.core.clock import Clock
from bot.telegram.access import MemberStatus, look_up
from metrics.durations import DAY_S
from metrics.posts import Post
from storage.engine import Connection, Database
from storage.system import exact as everywhere_exact
from storage.system import exact_account, rights
from storage.system.exact import DueHistory, DueSweep, Row
from storage.workspace import deletions, exact_channels, posts
from storage.workspace.deletions import Look
from storage.workspace.exact_progress import Progress

BUSY_S = 45.0  # of each minute; the connection is closed then
SWEEPS = 120  # looked up for one run, more than it has time for
BESIDE = 10  # posts of one look at least: one alone says nothing of deletions
PAUSE_S = 6 * 3600  # of a channel that is closed to the bot's session and not to the bot
log = structlog.stdlib.get_logger(__name__)


class StoppedError(Exception):
    """Nothing more is asked in this run: the source is off, or another process is connected."""


@dataclass
class Reading:
    """`run` is called every minute. Nothing is asked, and no connection made, while nothing is due."""

    bot: Bot
    database: Database
    clock: Clock
    connector: Connector
    sessions: Sessions
    telling: Telling
    pace: Pace = field(default_factory=Pace)
    busy_s: float = BUSY_S
    timer: Callable[[], float] = time.monotonic
    first_look: FirstLook = field(default_factory=FirstLook)
    _is_begun: bool = field(default=False, init=False)
    _running: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def run(self) -> None:
        """Runs, never beside itself: who comes while it runs has nothing to do."""
        if not self._running.locked():
            async with self._running:
                await self._run()

    async def _run(self) -> None:
        rota = await self._rota()
        if rota is None:
            return
        async with self.database.begin() as conn:
            if not await self.sessions.hold(conn):
                return
        try:
            async with self.database.read() as conn:
                account = await exact_account.get(conn)
            held = await self.sessions.load(account)
            async with self.connector.connected(held) as source:
                await self._serve(source, rota)
            await self.sessions.note_success()
        except SourceError as error:
            await self.sessions.note_failure(error)
        except StoppedError:
            log.info("exact counters stop here: the lease went, or views do not come")
        finally:
            await self.sessions.release()

    async def _rota(self) -> Rota | None:
        """Returns whose turn it is; None: nothing is due, or nothing may be asked now."""
        now = self._now()
        async with self.database.begin() as conn:
            if not self._is_begun:  # what was refused is tried once by each life of the program
                await exact_account.refuse(conn, None)
            self._is_begun = True
            account = await exact_account.get(conn)
            if account.refusal is not None or account.not_before > now:
                return None
            await everywhere_exact.enrol(conn, now)
            sweeps = await everywhere_exact.due_sweeps(conn, now, SWEEPS)
            histories = await everywhere_exact.due_histories(conn, now)
        spent = account.spent if account.day == now // DAY_S else 0
        left = max(0, HISTORY_A_DAY - spent)
        return Rota(sweeps, histories, left) if sweeps or (histories and left) else None

    async def _serve(self, source: CounterSource[int], rota: Rota) -> None:
        ends = self.timer() + self.busy_s
        while self.timer() < ends and (turn := rota.next()) is not None:
            if isinstance(turn, DueSweep):
                await self._sweep(source, turn)
            else:
                await self._read_history(source, turn, rota)

    async def _ask(
        self, source: CounterSource[int], place: Place[int], ids: Sequence[int], *, history: bool
    ) -> Answer[int]:
        """Asks once; the request is counted before it leaves. Raises StoppedError, SourceError."""
        await self.pace.wait()
        async with self.database.begin() as conn:
            if not await self.sessions.hold(conn):
                raise StoppedError
            await exact_account.count_request(conn, self._now(), history=history)
        answer = await source.read(place, ids)
        await self._look(place, answer)
        if answer.access != place.access:
            async with self.database.begin() as conn:
                await exact_channels.note_access(conn, place.id, answer.access)
        return answer

    async def _look(self, place: Place[int], answer: Answer[int]) -> None:
        """Raises StoppedError where views do not come: then the source is off, and everything as without it."""
        told = self.first_look.look(place.id, answer)
        if told is None:
            return
        async with self.database.begin() as conn:
            await exact_account.note_fields(conn, told, answer.observed_at)
            if "views" not in told.split():
                await exact_account.refuse(conn, NO_VIEWS)
            waiting = await everywhere_exact.unfinished_rows(conn)
        log.info("exact counters came", fields=told)
        if "views" not in told.split():
            log.warning("Telegram gave no views: exact counters are off until the next start")
            for row in waiting:
                await self.telling.tell_no_views(row)
            raise StoppedError

    async def _read_history(self, source: CounterSource[int], turn: DueHistory, rota: Rota) -> None:
        async with self.database.read() as conn:
            row = await everywhere_exact.row_of_channel(conn, turn.channel_id)
            served = (await exact_account.get(conn)).requests + 1
        if row is None or row.progress.newest_id is None:  # taken away meanwhile
            rota.settle(turn, served, is_done=True)
            return
        try:
            is_done = await self._read_window(source, row, row.progress.newest_id, served)
        except ClosedError as error:
            await self._face_closed(row, error)
            is_done = True
        rota.settle(turn, served, is_done=is_done)

    async def _read_window(self, source: CounterSource[int], row: Row, newest: int, served: int) -> bool:
        """Tells whether the history is read to its end."""
        progress = row.progress
        if progress.cursor is None:
            answer = await self._ask(
                source, _place(row), windows.climb(newest, source.most_ids), history=True
            )
            top = windows.top_of(newest, answer)
            async with self.database.begin() as conn:
                await exact_channels.note_climb(conn, progress, top, is_top=top == newest)
                await exact_channels.note_served(conn, progress.channel_id, served)
            await self._tell(progress)
            return False
        ids = windows.window(progress.cursor, source.most_ids)
        answer = await self._ask(source, _place(row), ids, history=True)
        async with self.database.begin() as conn:
            taken = await _keep_window(conn, row, ids, answer)
            await exact_channels.note_served(conn, progress.channel_id, served)
        await self._tell(progress, is_done=taken.is_done)
        return taken.is_done

    async def _sweep(self, source: CounterSource[int], turn: DueSweep) -> None:
        now = self._now()
        async with self.database.read() as conn:
            rows = await everywhere_exact.rows_of_chat(conn, turn.chat_id)
            due = {row: await exact_channels.due_posts(conn, row.progress, now) for row in rows}
            wanted = dict(one for listed in due.values() for one in listed)
            if wanted and len(wanted) < BESIDE:
                beside = await exact_channels.companions(conn, rows[0].progress.channel_id, now, BESIDE)
                wanted |= dict(islice((one for one in beside if one[0] not in wanted), BESIDE - len(wanted)))
        try:
            seen = await self._read_posts(source, _place(rows[0]), wanted) if wanted else []
        except ClosedError as error:
            await self._face_closed(rows[0], error)
            return
        for row in rows:
            await self._keep_sweep(row, {name for name, _ in due[row]}, seen, now)

    async def _read_posts(
        self, source: CounterSource[int], place: Place[int], wanted: dict[str, bool]
    ) -> list[tuple[list[Post], Look]]:
        """Returns posts as they are now, a request at a time, each with what it says of deletions."""
        found = []
        for part in windows.batches(wanted, source.most_ids):
            ids = sorted({number for numbers in part.values() for number in numbers})
            answer = await self._ask(source, place, ids, history=False)
            names = set(part)
            known = [windows.known_as(post, names) for post in answer.posts]
            there = names & {post.external_id for post in known}
            gone = {name for name in names - there if answer.by_id[int(name)].state == State.GONE}
            found.append(
                (known, Look(answer.observed_at, frozenset(there), frozenset(gone), answer.is_admin))
            )
        return found

    async def _keep_sweep(
        self, row: Row, due: set[str], seen: Sequence[tuple[list[Post], Look]], now: int
    ) -> None:
        """Keeps readings of posts that were due; what else was read only bears witness."""
        channel_id = row.progress.channel_id
        async with self.database.begin() as conn:
            for found, look in seen:
                rows = [post for post in found if post.external_id in due]
                if rows:
                    await posts.store(
                        conn,
                        row.workspace_id,
                        channel_id,
                        rows,
                        import_id=None,
                        source="exact",
                        now=look.at,
                    )
                await deletions.note(conn, row.workspace_id, channel_id, look)
            await exact_channels.note_sweep(conn, channel_id, now)

    async def _face_closed(self, row: Row, error: ClosedError) -> None:
        """Takes the bot as put out, its rights lost; or waits, where only this session is not let in."""
        now = self._now()
        if row.progress.access_hash:  # it was another session's, perhaps
            async with self.database.begin() as conn:
                await exact_channels.pause(conn, row.chat_id, now)
            return
        seen = await look_up(self.bot, row.chat_id, self.bot.id)
        log.info("a channel is closed", chat=row.chat_id, reason=str(error), bot=seen.value)
        async with self.database.begin() as conn:
            if seen in (MemberStatus.CLOSED, MemberStatus.OUTSIDE, MemberStatus.INSIDE):
                await rights.lose(conn, row.chat_id, now)
            else:
                await exact_channels.pause(conn, row.chat_id, now + PAUSE_S)

    async def _tell(self, progress: Progress, *, is_done: bool = False) -> None:
        """Tells how far a history is; what a gap hid comes without a word."""
        if progress.is_read_again or not (is_done or self.telling.may_tell(progress.channel_id)):
            return
        async with self.database.read() as conn:
            row = await everywhere_exact.row_of_channel(conn, progress.channel_id)
        if row is not None:
            await self.telling.tell_progress(row)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


async def _keep_window(conn: Connection, row: Row, ids: Sequence[int], answer: Answer[int]) -> WindowTake:
    """Keeps one window, and where the next one begins."""
    progress, now = row.progress, answer.observed_at
    channel_id = progress.channel_id
    if progress.is_read_again:
        since = await exact_channels.missed_since(conn, progress)
    else:
        since = progress.began_at - windows.HISTORY_S
    taken = windows.take(ids, answer, since)
    await posts.store(
        conn, row.workspace_id, channel_id, taken.posts, import_id=None, source="exact", now=now
    )
    moments = [at for at in (progress.oldest_at, taken.oldest_at) if at is not None]
    found = progress.found + (0 if progress.is_read_again else len(taken.posts))
    await exact_channels.note_history(
        conn, channel_id, cursor=taken.cursor, found=found, oldest_at=min(moments, default=None)
    )
    if taken.is_done:
        await exact_channels.note_done(conn, channel_id, now)
    if any(exact_channels.still_grows(post.published_at, now) for post in taken.posts):
        await exact_channels.await_ages(conn, channel_id, now)
    return taken


def _place(row: Row) -> Place[int]:
    return Place(row.chat_id, row.handle, row.progress.access_hash)
