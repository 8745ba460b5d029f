"""What breaks: a file's answer that calls New Year a fall, or judges otherwise than the alerts of the same days."""

import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.core.locales import translator
from bot.features.uploads.fresh_drops import fresh_drops
from storage.workspace import channels, schedules, workspaces
from storage.workspace.schedules import Schedule
from tests.metrics.drops.made import DAY_S, post

RU = translator("ru")
MONDAY = date(2025, 1, 6)  # day 0 of `post`
FELL, BACK = date(2024, 12, 30), date(2025, 1, 11)
LEFT = 0.65


def written(read_on: date, until: date):
    """Three posts a day since October, each read last at nine days; fewer views from 30 December on."""
    rng, rows = np.random.default_rng(7), []
    end = int(datetime.combine(read_on, datetime.min.time(), UTC).timestamp()) + 9 * 3600
    for number in range(-90, (read_on - MONDAY).days):
        level = LEFT if FELL <= MONDAY + timedelta(days=number) < until else 1.0
        for hour in (9, 13, 18):
            views = 3000 * level * math.exp(rng.normal(0, 0.12))
            row = post(number, hour, views, views * 0.03)
            rows.append(row._replace(observed_at=min(row.published_at + 9 * DAY_S, end)))
    return rows, end


@pytest.fixture
def told(stage):
    async def tell(read_on: date, *, country: str | None, until: date = BACK) -> list[str]:
        rows, end = written(read_on, until)
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


async def test_a_fall_that_outlives_the_holidays_is_told_as_a_fall(told):
    """Read on 22 January, of the days up to the 14th."""
    lines = await told(date(2025, 1, 22), country=None, until=date(2025, 1, 31))
    assert [line for line in lines if "просмотры" in line and "12–14 янв" in line]
    assert not any("праздники?" in line for line in lines)
