"""What will be due soon is put together while nobody waits for it. At the due moment it only leaves."""

import structlog

from bot.notifications.kind import Ahead, Kinds
from bot.notifications.services import Services
from storage.system import due
from storage.workspace.schedules import Schedule

AHEAD_S = 2 * 3600
PAGE = 20_000
log = structlog.stdlib.get_logger(__name__)


class DrawAhead:
    """Draws what comes due soon ahead of time, one after another, the nearest first.

    What fails, or was set up late, is drawn when it is due.
    """

    def __init__(self, services: Services, kinds: Kinds) -> None:
        self._services = services
        self._kinds = kinds
        self._covered = 0  # up to which moment everything was drawn

    async def __call__(self) -> None:
        now = int(self._services.clock.now().timestamp())
        async with self._services.database.read() as conn:
            after = max(now, self._covered)
            coming = await due.coming_schedules(conn, after, now + AHEAD_S, PAGE)
        for schedule in coming:
            if (ahead := self._kinds[schedule.kind].prepare) is not None:
                await self._draw(ahead, schedule)
            self._covered = schedule.next_due_at or self._covered

    async def _draw(self, ahead: Ahead, schedule: Schedule) -> None:
        await self._services.answering.stand_aside()
        try:
            await ahead(self._services, schedule)
        except Exception:
            log.exception("a picture was not drawn ahead", schedule=schedule.id, kind=schedule.kind)
