"""What a process of these tests does: the program as it is, sending the plainest summary.

Its lease lapses in seconds instead of a quarter of a minute.
"""

import asyncio
import signal

from bot.app import opened, serve
from bot.core.roles import Role
from bot.core.settings import read_settings
from bot.notifications.due import claim
from bot.notifications.kind import Kind
from bot.notifications.lease import Lease
from bot.notifications.services import Services
from bot.wiring import KINDS
from storage.workspace import deliveries
from storage.workspace.schedules import Schedule
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


def live(role: str) -> int:
    """Lives until SIGTERM."""
    asyncio.run(_serve(Role(role)))
    return 0


async def _serve(role: Role) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened(read_settings(env_file=None)) as services:
        kinds = {**KINDS, "digest": Kind(run=run_digest, compose=compose)}
        await serve(services, stop, role=role, lease=Lease(services.database, lease_s=LEASE_S), kinds=kinds)
