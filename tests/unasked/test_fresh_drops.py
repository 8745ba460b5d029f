"""What breaks: a file's answer that calls New Year a fall, or judges otherwise than the alerts of the same days."""

import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.locales import translator
from bot.uploads.fresh_drops import fresh_drops
from storage import channels, schedules, workspaces
from storage.schedules import Schedule
from tests.metrics.drops.made import post

RU = translator("ru")
MONDAY = date(2025, 1, 6)  # day 0 of `post`
DIP = (date(2024, 12, 30), date(2025, 1, 10))


def written(read_on: date, left: float):
    """Three posts a day since October, read once; `left` of the views over New Year."""
    rng, rows = np.random.default_rng(7), []
    end = int(datetime.combine(read_on, datetime.min.time(), UTC).timestamp()) + 9 * 3600
    for number in range(-90, (read_on - MONDAY).days):
        level = left if DIP[0] <= MONDAY + timedelta(days=number) <= DIP[1] else 1.0
        for hour in (9, 13, 18):
            views = 3000 * level * math.exp(rng.normal(0, 0.12))
            rows.append(post(number, hour, views, views * 0.03, observed_at=end))
    return rows, end


@pytest.fixture
def told(stage):
    async def tell(read_on: date, *, country: str | None, left: float = 0.65) -> list[str]:
        rows, end = written(read_on, left)
        stage.clock.moment = datetime.fromtimestamp(end, UTC)
        channel_id = await stage.add("Кофе и код")
        await stage.read(channel_id, rows)
        async with stage.database.begin() as conn:
            schedule = Schedule(kind="alerts", set_by=5, changed_at=end, country=country, is_on=False)
            await schedules.save(conn, stage.workspace_id, schedule)
            workspace = await workspaces.get(conn, stage.workspace_id)
            shown = await channels.visible(conn, stage.workspace_id)
        return await fresh_drops(stage.database, stage.workers, workspace, shown, RU)

    return tell


@pytest.mark.parametrize("country", [None, "KZ"])
async def test_a_dip_inside_the_holidays_of_the_zone_or_of_the_country_chosen_is_told_as_one(told, country):
    """Read on 14 January, a file tells of the days up to the 6th."""
    lines = await told(date(2025, 1, 14), country=country)
    assert [line for line in lines if "просмотры" in line]
    assert all("праздники?" in line for line in lines)


async def test_without_holidays_the_same_dip_is_a_fall(told):
    lines = await told(date(2025, 1, 14), country="none")
    assert [line for line in lines if "просмотры" in line]
    assert not any("праздники?" in line for line in lines)


@pytest.mark.parametrize(("country", "is_told"), [(None, False), ("none", True)])
async def test_the_first_days_after_the_holidays_are_compared_without_them(told, country, is_told):
    """Read on 19 January, of the days up to the 11th: only that day comes after the holidays."""
    assert bool(await told(date(2025, 1, 19), country=country)) is is_told
