"""What a process of these tests does: the program as it is, sending the plainest summary.

Its lease lapses in seconds instead of a quarter of a minute.
"""

import asyncio
import signal

from bot.app import opened, serve
from bot.delivery.lease import Lease
from bot.jobs.due import claim
from bot.notifications.kind import Kind
from bot.roles import Role
from bot.services import Services
from bot.settings import read_settings
from bot.wiring import KINDS
from storage import deliveries
from storage.schedules import Schedule
from tests.bot.delivery.composers import compose

LEASE_S = 3


async def run_digest(services: Services, schedule: Schedule) -> None:
    now = int(services.clock.now().timestamp())
    assert schedule.next_due_at is not None
    async with services.database.begin() as conn:
        if await claim(conn, schedule, now):
            await deliveries.enqueue(
                conn,
                schedule.workspace_id,
                kind="digest",
                subject="day",
                due_at=schedule.next_due_at,
                payload={"text": f"due at {schedule.next_due_at}"},
                not_before=now,
                now=now,
            )


async def live(role: Role) -> None:
    """Until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened(read_settings(env_file=None)) as services:
        kinds = {**KINDS, "digest": Kind(run=run_digest, compose=compose)}
        await serve(services, stop, role=role, lease=Lease(services.database, lease_s=LEASE_S), kinds=kinds)
