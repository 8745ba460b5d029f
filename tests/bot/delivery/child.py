"""What a process of these tests does: the program as it is, sending the plainest summary.

Its lease lapses in seconds instead of a quarter of a minute. SENDS_TOGETHER in its environment stands for what Telegram
lets all processes send.
"""

import asyncio
import os
import signal
import sys

import structlog

import bot.app
from bot.app import serve
from bot.core.roles import Role
from bot.core.settings import read_settings
from bot.notifications.due import claim
from bot.notifications.kind import Kind
from bot.notifications.services import Services
from bot.opening import opened
from bot.wiring import KINDS
from metrics.errors import DomainError
from storage.workspace import deliveries
from storage.workspace.schedules import Schedule
from tests.bot.delivery.composers import compose
from tests.kit.processes import shorten_waits


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
    shorten_waits()
    asyncio.run(_serve(Role(role)))
    return 0


async def _serve(role: Role) -> None:
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.TimeStamper("iso"), plain])
    bot.app.TOGETHER = os.environ.get("SENDS_TOGETHER", bot.app.TOGETHER)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        async with opened(read_settings(env_file=None)) as services:
            kinds = {**KINDS, "digest": Kind(run=run_digest, compose=compose)}
            await serve(services, stop, role=role, kinds=kinds)
    except DomainError as error:
        sys.stdout.write(f"refused: {error.code}\n")
        sys.stdout.flush()
        raise
