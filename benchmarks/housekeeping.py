"""Growth of the database over a simulated year, with housekeeping and without: MB a channel, and rows that stay flat."""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from benchmarks.channel import NEWEST
from benchmarks.measure import Measurement, percentile
from benchmarks.stage import Stage, open_stage
from bot.core.clock import FixedClock
from bot.notifications.housekeeping import keep_house
from metrics.ages import AGES_H
from metrics.durations import DAY_S, HOUR_S
from storage.bulk import insert_many
from storage.engine import Connection, Database
from storage.retention import DELIVERIES_S
from storage.system.sizes import Sizes, sizes
from storage.tables import READING_COLUMNS, audience, delivery, picture, post, reading
from storage.workspace import channels, workspaces

POSTS_A_DAY = 5
DAYS = 365
EVERY_H, UNTIL_H = 4, 136  # a page shows the last posts: with the nine ages 43 readings a post
DELIVERIES_A_DAY, PICTURES_A_DAY = 3, 5
KEPT_EVERY_DAYS = 5
MB = 2**20


@dataclass(slots=True)
class _Year:
    """Sizes at its end; the longest write transaction of housekeeping, the 99th percentile of them, all its time so far."""

    sizes: Sizes
    longest_ms: float
    usual_ms: float
    house_s: float

    @property
    def mb(self) -> float:
        return (self.sizes.whole_bytes - (self.sizes.free_bytes or 0)) / MB

    @property
    def rows(self) -> dict[str, int]:
        return {one.name: one.rows for one in self.sizes.tables}


class _Timed(Database):
    """Notes how long each write transaction takes, with its commit."""

    taken_ms: list[float]

    @classmethod
    def over(cls, database: Database) -> "_Timed":
        made = cls(database._writers, database._readers, writes_at_once=1)  # noqa: SLF001 - the same engines
        made.taken_ms = []
        return made

    @asynccontextmanager
    async def begin(self, *, at_once: bool = False) -> Any:
        start = time.perf_counter()  # nobody else writes, so that no turn is waited for
        async with super().begin(at_once=at_once) as conn:
            yield conn
        self.taken_ms.append((time.perf_counter() - start) * 1000)


def measure() -> Iterator[Measurement]:
    kept, second = asyncio.run(_live(years=2, keeps_house=True))
    [left_alone] = asyncio.run(_live(years=1, keeps_house=False))
    posts = POSTS_A_DAY * DAYS
    before, after = left_alone.rows["reading"] / posts, kept.rows["reading"] / posts
    yield Measurement(
        f"the first channel-year at {POSTS_A_DAY} posts a day, housekeeping on",
        kept.mb,
        "MB",
        at_most=left_alone.mb,
        beside=f"{left_alone.mb:.3g} MB without, readings a post {before:.3g} -> {after:.3g}",
    )
    added = (second.rows["reading"] - kept.rows["reading"]) / posts
    yield Measurement(
        "what a further year adds",
        second.mb - kept.mb,
        "MB",
        at_most=left_alone.mb,
        beside=f"{added:.3g} readings a post",
    )
    yield Measurement(
        "deliveries kept after two years",
        second.rows["delivery"],
        "rows",
        at_most=DELIVERIES_A_DAY * (DELIVERIES_S // DAY_S + KEPT_EVERY_DAYS + 1),
        beside=f"{2 * DELIVERIES_A_DAY * DAYS} were sent",
    )
    yield Measurement(
        "longest write transaction of housekeeping",
        second.longest_ms,
        "ms",
        at_most=200,
        beside=f"{second.usual_ms:.3g} ms at the 99th percentile",
    )
    yield Measurement("housekeeping of a channel-year", second.house_s / 2, "s")


async def _live(*, years: int, keeps_house: bool) -> list[_Year]:
    """Returns how things stand at the end of each year."""
    async with open_stage() as stage:
        workspace_id, channel_id = await _settle(stage)
        timed, house_s = _Timed.over(stage.database), 0.0
        first = int(NEWEST.timestamp())
        found: list[_Year] = []
        for day in range(years * DAYS):
            now = first + day * DAY_S
            async with stage.database.begin() as conn:
                await _spend_day(conn, workspace_id, channel_id, now - DAY_S)
            if keeps_house and day % KEPT_EVERY_DAYS == 0:
                start = time.perf_counter()
                while not await keep_house(timed, FixedClock(datetime.fromtimestamp(now, UTC))):
                    pass
                house_s += time.perf_counter() - start
            if (day + 1) % DAYS == 0:
                async with stage.database.read() as conn:
                    told = await sizes(conn)
                taken_ms = timed.taken_ms or [0.0]
                found.append(_Year(told, max(taken_ms), percentile(taken_ms, 99), house_s))
        return found


async def _settle(stage: Stage) -> tuple[int, int]:
    now = int(NEWEST.timestamp())
    async with stage.database.begin() as conn:
        chat = await workspaces.ensure(
            conn, chat_id=1, kind="private", title=None, language="ru", zone="Europe/Moscow", now=now
        )
        added = await channels.add(
            conn, chat.id, platform="telegram", title="Кухня", handle="food", added_by=1, now=now
        )
    return chat.id, added.id


async def _spend_day(conn: Connection, workspace_id: int, channel_id: int, start: int) -> None:
    """Spends a day: its posts with every reading they will have, counts of subscribers, what was sent."""
    chance = random.Random(start)
    for number in range(POSTS_A_DAY):
        rows = readings_of_post(chance, start + number * DAY_S // POSTS_A_DAY)
        shown = {**rows[-1], "external_id": f"{start}{number}", "channel_id": channel_id}
        made = await conn.execute(insert(post).values(shown).returning(post.c.id))
        post_id = made.scalar_one()
        columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in READING_COLUMNS}
        owned = {"post_id": [post_id] * len(rows), "source": ["page"] * len(rows)}
        await insert_many(conn, reading, owned | columns)
    counts = [start + hour * HOUR_S for hour in range(0, 24, EVERY_H)]
    same = {"channel_id": channel_id, "step": 0, "source": "page"}
    told = [{**same, "observed_at": at, "subscribers": 9000 + at % 1000} for at in counts]
    await conn.execute(insert(audience), told)
    sent = {"kind": "digest", "due_at": start, "payload": "{}" * 200, "not_before": start, "state": "sent"}
    sent |= {"attempts": 0, "next_try_at": start, "created_at": start, "workspace_id": workspace_id}
    await conn.execute(insert(delivery), [{**sent, "subject": str(one)} for one in range(DELIVERIES_A_DAY)])
    drawn = {"workspace_id": workspace_id, "file_id": "AgAC" * 20, "created_at": start}
    await conn.execute(
        insert(picture), [{**drawn, "key": f"er:{start}:{one}"} for one in range(PICTURES_A_DAY)]
    )


def readings_of_post(chance: random.Random, published_at: int) -> list[dict[str, Any]]:
    """Returns every reading that a post ever has, by the names of columns, oldest first."""
    ages = sorted({*AGES_H, *range(EVERY_H + 1, UNTIL_H, EVERY_H)})
    most = chance.lognormvariate(8, 0.3)
    empty = dict.fromkeys(READING_COLUMNS)
    same = {"published_at": published_at, "observed_exact": True, "time_known": True, "format": "photo"}
    same |= {
        "is_ad": False,
        "is_forwarded": False,
        "text_length": 300,
        "title": "Что сварить на ужин сегодня",
    }
    same |= {"link": f"https://t.me/food/{published_at}"}
    rows = []
    for age_h in ages:
        views = int(most * min(1.3, 0.3 + 0.11 * age_h**0.35))
        moving = {"observed_at": published_at + age_h * HOUR_S + chance.randrange(600), "views": views}
        rows.append(
            {
                **empty,
                **same,
                **moving,
                "reactions": views // 40,
                "steps": "views:10" if views > 999 else None,
            }
        )
    return rows
