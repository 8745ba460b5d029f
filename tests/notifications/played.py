"""A team's year as the bot would have read it: every post at 6 hours, at a day and at a week, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

from bot.core.clock import FixedClock
from bot.core.workers import Workers
from bot.demo.readings import at_age, readings_between
from bot.demo.team import ExampleChannel
from bot.notifications.due import run_due
from bot.notifications.kind import Composition
from bot.notifications.pictures import Pictures
from bot.notifications.recurrence import planned
from bot.telegram.answering import Answering
from bot.wiring import KINDS
from metrics.posts import Post
from storage.engine import Database
from storage.system import outbox
from storage.workspace import audience, channels, posts, schedules, workspaces
from storage.workspace.deliveries import Delivery
from storage.workspace.schedules import Schedule

_numbers = count()


@dataclass
class Stage:
    """A workspace, its channels, a clock that is moved by hand; what leaves is kept instead of sent."""

    database: Database
    workers: Workers
    clock: FixedClock
    workspace_id: int
    settings: Any
    told: list[tuple[Delivery, Composition]] = field(default_factory=list)

    @property
    def services(self) -> Any:
        """As much of them as talks to nobody."""
        return SimpleNamespace(
            database=self.database,
            workers=self.workers,
            clock=self.clock,
            settings=self.settings,
            answering=Answering(),
            pictures=Pictures(self.database, self.settings.storage.data_dir),
        )

    @property
    def now(self) -> int:
        return int(self.clock.now().timestamp())

    async def subscribe(self, kind: str, **how: Any) -> Schedule:
        asked = Schedule(kind=kind, set_by=5, changed_at=self.now, **how)
        async with self.database.begin() as conn:
            workspace = await workspaces.get(conn, self.workspace_id)
            assert workspace is not None
            return await schedules.save(conn, workspace.id, planned(asked, workspace.zone, self.now))

    async def add(self, title: str, *, bot_is_admin: bool = False, is_watched: bool = False) -> int:
        async with self.database.begin() as conn:
            made = await channels.add(
                conn,
                self.workspace_id,
                platform="telegram",
                title=title,
                handle=None,
                bot_is_admin=bot_is_admin,
                is_watched=is_watched,
                chat_id=-1000 - next(_numbers),
                now=self.now,
            )
        return made.id

    async def read(self, channel_id: int, rows: Sequence[Post]) -> None:
        async with self.database.begin() as conn:
            await posts.store(
                conn, self.workspace_id, channel_id, rows, import_id=None, source="page", now=self.now
            )

    async def pass_to(self, moment: datetime) -> list[Composition]:
        """The clock stands at `moment`: what is due runs, what may leave is put into words."""
        self.clock.moment = moment
        await run_due(self.services, KINDS)
        left: list[Delivery] = []
        async with self.database.begin() as conn:
            while waiting := await outbox.take(conn, self.now, 100):
                left += waiting
                for one in waiting:
                    await outbox.finish(conn, one.id, 1, self.now)
        return [said for one in left for said in await self._compose(one)]

    async def _compose(self, delivery: Delivery) -> list[Composition]:
        async with self.database.read() as conn:
            workspace = await workspaces.get(conn, self.workspace_id)
        assert workspace is not None
        composed = await KINDS[delivery.kind].compose(self.services, workspace, delivery)
        if composed is None:
            return []
        self.told.append((delivery, composed))
        return [composed]


@dataclass
class Played:
    """A generated channel read as time goes by; from `falls` on its views are `share` of what they were."""

    stage: Stage
    channel_id: int
    example: ExampleChannel
    falls: datetime | None = None
    recovers: datetime | None = None
    share: float = 1.0

    async def read_between(self, before: datetime, now: datetime) -> None:
        rows = [
            at_age(post, age_h, share=self._share(post))
            for post, age_h in readings_between(self.example.posts, before, now)
        ]
        if rows:
            await self.stage.read(self.channel_id, rows)

    def _share(self, post: Post) -> float:
        at = datetime.fromtimestamp(post.published_at, UTC)
        fell = self.falls is not None and at >= self.falls
        return self.share if fell and (self.recovers is None or at < self.recovers) else 1.0


async def store_audience(stage: Stage, channel_id: int, example: ExampleChannel) -> None:
    async with stage.database.begin() as conn:
        await audience.store(
            conn, stage.workspace_id, channel_id, example.audience, source="bot", now=stage.now
        )


def nine(day: datetime, days: int = 0) -> datetime:
    """09:00 in Moscow."""
    return (day + timedelta(days=days)).replace(hour=6, minute=0, second=0, microsecond=0)
