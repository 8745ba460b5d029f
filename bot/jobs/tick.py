"""Once a minute: say that the program is alive, clear away what has served its time, read what is due."""

import asyncio

from bot import downloads
from bot.jobs.collection import collect
from bot.services import Services
from storage import everywhere

UPDATE_IDS_KEPT_S = 48 * 3600  # Telegram offers an unconfirmed update again for 24 h


async def tick(services: Services) -> None:
    now = int(services.clock.now().timestamp())
    async with services.database.begin() as conn:
        await everywhere.record_tick(conn, now)
        await everywhere.forget_updates(conn, before=now - UPDATE_IDS_KEPT_S)
    await asyncio.to_thread(downloads.sweep, services.settings.storage.data_dir)
    await collect(services)
