"""What collection does by the clock: subscribers counted, posts that come to an age read, persons forgotten, absences marked."""

from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.core.clock import Clock
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.engine import Database
from storage.retention import PERSONS_S
from storage.system import collection as everywhere_collection
from storage.system import everywhere
from storage.workspace import audience, live

HELD_S = 10 * 60  # a claim of a process that died is free again after that
TELEGRAM_KEEPS_S = 86_400  # an update that nobody fetched
AT_ONCE = 20  # channels a tick counts; Telegram is asked for each
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counting:
    bot: Bot
    database: Database
    clock: Clock

    async def count_due(self) -> None:
        """Counts subscribers of channels that are due, once for all who registered the channel."""
        for _ in range(AT_ONCE):
            async with self.database.begin() as conn:
                chat_id = await everywhere_collection.claim_count(conn, self._now())
            if chat_id is None:
                return
            try:
                subscribers = await self.bot.get_chat_member_count(chat_id)
            except TelegramAPIError as error:
                log.info("subscribers were not counted", chat=chat_id, reason=str(error))
                continue
            await self._keep(chat_id, subscribers)

    async def read_at_age(self) -> None:
        while True:
            now = self._now()
            async with self.database.begin() as conn:
                row = await everywhere_collection.claim_age(conn, now, held_until=now + HELD_S)
                if row is None:
                    return
                await live.come_of_age(conn, row.workspace_id, row.channel_id, now)

    async def forget_persons(self) -> None:
        before = self._now() - PERSONS_S
        async with self.database.read() as conn:
            if not await everywhere_collection.any_persons(conn, before):
                return
        async with self.database.begin() as conn:
            await everywhere_collection.forget_persons(conn, before)

    async def _keep(self, chat_id: int, subscribers: int) -> None:
        now = self._now()
        reading = AudienceReading(now, subscribers, 0)
        async with self.database.begin() as conn:
            for row in await everywhere.workspaces_of_channel_chat(conn, chat_id):
                if not row.may_hear(is_public=row.handle is not None):
                    continue
                try:
                    await audience.store(
                        conn, row.workspace_id, row.channel_id, [reading], source="bot", now=now
                    )
                except DomainError:
                    log.info("a channel is gone", channel=row.channel_id)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


async def mark_absence(database: Database, heard_at: int | None, now: int) -> None:
    """Marks a long absence: Telegram keeps updates for a day, and the rest is lost."""
    if heard_at is None or now - heard_at <= TELEGRAM_KEEPS_S:
        return
    async with database.begin() as conn:
        await everywhere_collection.mark_away(conn, heard_at, now)
