"""A sharp fall is told as soon as new readings show it, before the hour of the day's evaluation."""

from zoneinfo import ZoneInfo

import structlog

from bot.answers.drops.judging import judge_workspace
from bot.answers.drops.request import Evaluation
from bot.answers.drops.settling import Hearing, settle_drops
from bot.features.alerts.running import enqueue_alert
from bot.notifications.preferences import is_paused
from bot.notifications.services import Services
from metrics.periods import local_date
from storage.system import due_fits
from storage.workspace import schedules, workspaces

EVERY_S = 3_600  # a workspace whose pages are read all the time is looked at once an hour
log = structlog.stdlib.get_logger(__name__)


class CriticalCheck:
    """Looks for sharp falls in each workspace with readings of the last hour, at most once an hour."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looked_at: dict[int, int] = {}

    async def __call__(self) -> None:
        now = int(self._services.clock.now().timestamp())
        async with self._services.database.read() as conn:
            waiting = await due_fits.read_since(conn, now - EVERY_S, now)
        for one in waiting:
            workspace_id = one.workspace_id
            is_early = now - self._looked_at.get(workspace_id, 0) < EVERY_S
            if is_early or not _is_due_today(one.due_at, one.zone, now):
                continue
            self._looked_at[workspace_id] = now
            try:
                await self._check(workspace_id, now)
            except Exception:
                log.exception("new readings were not looked at", workspace=workspace_id)

    async def _check(self, workspace_id: int, now: int) -> None:
        async with self._services.database.read() as conn:
            workspace = await workspaces.get(conn, workspace_id)
            schedule = await schedules.get(conn, workspace_id, "alerts")
        if (
            workspace is None
            or schedule is None
            or not _is_due_today(schedule.next_due_at, workspace.zone, now)
        ):
            return
        done = await judge_workspace(self._services, workspace_id, schedule)
        if done is None or (sharp := _sharp(done.evaluation)) is None:
            return
        async with self._services.database.begin() as conn:
            muted = await schedules.muted(conn, workspace_id, now)
            hearing = Hearing(not is_paused(schedule, now), muted)
            news = await settle_drops(conn, done.workspace, sharp, done.rule, hearing, done.on)
            if news.told:
                await enqueue_alert(
                    conn, schedule, done, news, subject=f"{done.on.isoformat()}/{now}", due_at=now
                )


def _is_due_today(due_at: int | None, zone: str, now: int) -> bool:
    """Tells whether the date's evaluation is still to come.

    After it, and for a day after a change of zone, nothing is brought forward.
    """
    local = ZoneInfo(zone)
    return due_at is not None and due_at > now and local_date(due_at, local) == local_date(now, local)


def _sharp(evaluation: Evaluation) -> Evaluation | None:
    """Returns what would be pushed as a sharp fall, or None; the rest waits for its hour."""
    judged = [one for one in evaluation.judged if one.decision.state == "critical" and one.decision.is_pushed]
    return Evaluation(judged, evaluation.common) if judged else None
