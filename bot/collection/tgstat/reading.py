"""Channels that are due are read at TGStat, one after the other, each answer written down in one commit."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.collection.ages import next_reading
from bot.collection.tgstat.client import Tgstat
from bot.collection.tgstat.errors import TgstatError
from bot.collection.tgstat.survey import Survey
from bot.core.clock import Clock
from bot.core.locales import translator
from bot.core.sealing import Sealing
from metrics.durations import DAY_S, HOUR_S
from metrics.errors import DomainError
from storage.engine import Database
from storage.system import tgstat
from storage.system.tgstat import Due
from storage.workspace import keys, workspaces
from storage.workspace.keys import Tariff

HELD_S = 15 * 60  # a claim of a process that died is free again after that
BUSY_S = 30.0  # of each minute
TARIFF_S = 6 * HOUR_S  # how old what TGStat said of the tariff may be
SURVEY_S = 20 * HOUR_S
LATER_S = {"spent": 6 * HOUR_S, "away": HOUR_S // 2, "sealed": DAY_S}
log = structlog.stdlib.get_logger(__name__)
SHARE = 0.8  # of what is left: the rest is for whatever else its owner does with the key
SHORTEST_S = HOUR_S
LONGEST_S = 3 * DAY_S
USUAL_S = 6 * HOUR_S  # where the tariff says nothing


@dataclass
class TgstatReading:
    """`run` is called every minute. Nothing is asked where nobody gave a key."""

    bot: Bot
    database: Database
    clock: Clock
    sealing: Sealing
    url: str
    timer: Callable[[], float] = time.monotonic
    _running: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def run(self) -> None:
        """Runs, never beside itself: who comes while it runs has nothing to do."""
        if self._running.locked():
            return
        async with self._running:
            async with self.database.begin() as conn:
                await tgstat.enrol(conn, self._now())
            ends = self.timer() + BUSY_S
            while self.timer() < ends and (due := await self._claim()) is not None:
                await self._read(due)

    async def _claim(self) -> Due | None:
        now = self._now()
        async with self.database.begin() as conn:
            return await tgstat.claim_due(conn, now, held_until=now + HELD_S)

    async def _read(self, due: Due) -> None:
        now = self._now()
        opened = self.sealing.open(due.key.sealed)
        if opened is None:  # SECRET_KEY is another one: /keys asks for the key again
            await self._note_trouble(due, TgstatError("sealed"))
            return
        client = Tgstat(self.url, opened)
        try:
            tariff = await self._tariff(client, due)
            await self._survey(client, due, tariff)
        except TgstatError as error:
            log.info("TGStat gave nothing", channel=due.channel_id, reason=error.code)
            await self._note_trouble(due, error)
        except DomainError:  # it was removed meanwhile
            log.info("a channel is gone", channel=due.channel_id)
        else:
            log.info("read at TGStat", channel=due.channel_id, took_s=self._now() - now)

    async def _tariff(self, client: Tgstat, due: Due) -> Tariff:
        now, known = self._now(), due.key.tariff
        if now - due.key.checked_at > TARIFF_S or due.key.state != "works":
            known = await client.usage()
            async with self.database.begin() as conn:
                await keys.note_state(conn, due.workspace_id, keys.TGSTAT, "works", now=now, tariff=known)
        if known.requests_left == 0:
            raise TgstatError("spent")
        return known

    async def _survey(self, client: Tgstat, due: Due, tariff: Tariff) -> None:
        """Surveys posts as they are counted now, and once a day subscribers, reposts and mentions."""
        now = self._now()
        is_whole = due.surveyed_at is None or now - due.surveyed_at >= SURVEY_S
        survey = Survey(self.database, client, due, now)
        published = await survey.read_posts(is_whole=is_whole)
        if is_whole:
            await survey.read_references()
        pause = pause_s(tariff, now, channels=due.beside, cost=survey.requests)
        async with self.database.begin() as conn:
            await tgstat.settle(
                conn,
                due.channel_id,
                next_at=max(next_reading(published, now, due.handle), now + pause),
                read_at=now,
                surveyed_at=now if is_whole else due.surveyed_at,
            )

    async def _note_trouble(self, due: Due, error: TgstatError) -> None:
        """Notes from when on TGStat may be asked again, for this channel or for anything with this key."""
        now = self._now()
        wait_s = error.wait_s or LATER_S.get(error.code, DAY_S)
        async with self.database.begin() as conn:
            known = await keys.get(conn, due.workspace_id, keys.TGSTAT)
            is_same = known is not None and known.sealed == due.key.sealed
            if is_same and error.code in ("refused", "spent", "wait"):
                state = error.code if error.code != "wait" else due.key.state
                await keys.note_state(
                    conn, due.workspace_id, keys.TGSTAT, state, now=now, not_before=now + wait_s
                )
            await tgstat.put_off(conn, due.channel_id, next_at=now + wait_s, problem=error.code)
        if is_same and error.code == "refused":
            await self._tell_refused(due)

    async def _tell_refused(self, due: Due) -> None:
        """Tells once that a key was refused: it is not tried again.

        A chat that can't be written to finds it in /keys.
        """
        async with self.database.read() as conn:
            workspace = await workspaces.get(conn, due.workspace_id)
        if workspace is None:
            return
        try:
            text = translator(workspace.language)("keys.stopped")
            await self.bot.send_message(workspace.chat_id, text, disable_notification=True)
        except TelegramAPIError as error:
            log.info("nobody could be told of a refused key", reason=str(error))

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def pause_s(tariff: Tariff, now: int, *, channels: int, cost: int) -> int:
    """Returns seconds until a channel is read again.

    One reading takes `cost` requests and so many channels share them.
    """
    if tariff.requests_left is None or tariff.expires_at is None or tariff.expires_at <= now:
        return USUAL_S
    readings = max(tariff.requests_left * SHARE / max(cost, 1) / max(channels, 1), 1e-6)
    return int(min(max((tariff.expires_at - now) / readings, SHORTEST_S), LONGEST_S))
