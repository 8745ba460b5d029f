"""Once a minute: say that the program is alive, and clear away what has served its time."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.collection.counting import mark_absence
from bot.core.remote_clock import RemoteClock
from bot.core.roles import Role
from bot.notifications.services import Services
from metrics.durations import HOUR_S
from storage.system import everywhere, outbox

Sweep = Callable[[Path], None]
UPDATE_IDS_KEPT_S = 48 * 3600  # Telegram offers an unconfirmed update again for 24 h
DELIVERIES_KEPT_S = 90 * 86_400  # to be looked at when somebody asks what became of a message


async def tick(services: Services, role: Role = Role.ALL, sweeps: Sequence[Sweep] = ()) -> None:
    """`sweeps`: what removes files that nobody waits for any more from DATA_DIR."""
    now = int(services.clock.now().timestamp())
    async with services.database.begin() as conn:
        heard_at = await everywhere.last_tick(conn, role.ticker)
        await everywhere.record_tick(conn, now, role.ticker)
        await everywhere.forget_updates(conn, before=now - UPDATE_IDS_KEPT_S)
        await everywhere.forget_spent(conn, before=now - HOUR_S)
        await outbox.forget(conn, before=now - DELIVERIES_KEPT_S)
    data_dir = services.settings.storage.data_dir
    for sweep in sweeps:
        await asyncio.to_thread(sweep, data_dir)
    if role.answers and not isinstance(services.clock, RemoteClock):  # played time passes without an absence
        await mark_absence(services.database, heard_at, now)
