"""What breaks: a real fall of a channel that the bot reads by its rounded page, told late, wrongly or in two ways.

Six weeks in jumps of some hours: the page of the sandbox is read over HTTP whenever a read is due, the drop is judged every
morning, and all that was said is checked in the end.
"""

import math
import re
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from bot.collection.due_pages import DuePages
from bot.collection.fetching import Fetcher
from bot.collection.following import Following
from bot.collection.pages import Pages
from bot.core.clock import FixedClock
from bot.core.locales import translator
from bot.demo.client import Sandbox
from bot.notifications.kind import Composition
from metrics.maturity import VIEWS
from storage.workspace import channels, workspaces
from tests.notifications.played import Stage, nine
from tests.notifications.walking import TODAY

START = nine(TODAY, -45)
DAYS, HOUR_S = 42, 3600
READ_AT = (15, 19, 24, 33)  # Moscow hours: posts of 9, 13 and 18 are six hours old, then it is nine
TOLD_FROM = 26  # the day of the walk that summaries begin on: those before say nothing of drops
FALLS, BACK = 28, 35  # days of the walk
LEVEL, SHARE = 10_000, 0.6  # views at 7 days: about 3 900 at 6 hours, «3.9K» on the page
POSTS_AT = (9, 13, 18)  # Moscow
MOVING_H = 60  # older posts are left as they stand
MOSCOW = ZoneInfo("Europe/Moscow")


def lives() -> list[tuple[int, float]]:
    """Moment of each post and its views at 7 days; the first stand on the page when the walk begins."""
    rng, found = np.random.default_rng(7), []
    for day in range(-10, DAYS):
        of_day = rng.normal(0, 0.06)
        share = SHARE if FALLS <= day < BACK else 1.0
        for hour in POSTS_AT:
            at = nine(START, day) + timedelta(hours=hour - 9)
            found.append((int(at.timestamp()), share * LEVEL * math.exp(of_day + rng.normal(0, 0.1))))
    return found


def page_posts(made: list[tuple[int, float]], now: int, moving_h: float) -> list[dict]:
    """The posts that still grow, as they stand."""
    return [
        {
            "id": number,
            "published_at": at,
            "views": int(views * share),
            "reactions": {"👍": int(views * share / 40)},
        }
        for number, (at, views) in enumerate(made, 1)
        if 0 < now - at <= moving_h * HOUR_S
        for share in VIEWS.share(np.array([(now - at) / HOUR_S]))
    ]


@pytest.fixture
async def box():
    async with Sandbox.started(now=START) as box:
        yield box


@pytest.fixture
async def mornings(box, database, workers, tmp_path) -> list[tuple[date, list[tuple[str, Composition]]]]:
    """What was said on each local date: kind and message."""
    clock, made, told = FixedClock(START), lives(), []
    ann = await box.person("Ann", language="ru")
    channel = await box.channel("Кухня", owner=ann, username="the_kitchen", subscribers=12_345)
    await channel.change_page(posts=page_posts(made, int(START.timestamp()), 999))
    fetcher = Fetcher(f"{box.url}/public", clock, every_s=0, timeout_s=2)
    pages = Pages(fetcher, workers, clock, _nobody_counts)
    async with database.begin() as conn:
        now = int(START.timestamp())
        place = await workspaces.ensure(
            conn, chat_id=7, kind="private", title=None, language="ru", zone=MOSCOW.key, now=now
        )
        kept = await channels.add(
            conn, place.id, platform="telegram", title="Кухня", handle="the_kitchen", now=now
        )
    stage = Stage(
        database, workers, clock, place.id, SimpleNamespace(storage=SimpleNamespace(data_dir=tmp_path))
    )
    await stage.subscribe("alerts")
    await Following(database, pages).begin(place.id, kept)
    due = DuePages(database, pages, clock)
    for day, hour in product(range(DAYS), READ_AT):
        moment = nine(START, day) + timedelta(hours=hour - 9)
        if (day, hour) == (TOLD_FROM, READ_AT[0]):
            await stage.subscribe("digest")
        clock.moment = moment
        await box.set_clock(moment)
        await channel.change_page(posts=page_posts(made, int(moment.timestamp()), MOVING_H))
        while await due.read_next():
            pass
        if moment == nine(moment):
            before = len(stage.told)
            await stage.pass_to(moment)
            said = [(delivery.kind, one) for delivery, one in stage.told[before:]]
            told.append((moment.astimezone(MOSCOW).date(), said))
    return told


async def _nobody_counts(_handle: str) -> None:
    return None


@pytest.mark.soak
async def test_a_week_of_lower_views_is_told_in_time_rightly_and_alike_every_day(mornings):
    fell, back = (nine(START, day).date() for day in (FALLS, BACK))
    alerts = [(on, one.text) for on, said in mornings for kind, one in said if kind == "alert"]
    digests = {on: one.text for on, said in mornings for kind, one in said if kind == "digest"}
    (opened, first), *later = [(on, text) for on, text in alerts if "просмотры" in text.lower()]
    assert (opened - fell).days <= 4
    assert f"Началось {_day(fell)}." in first
    assert "счётчики округлены" in first
    assert "за 27 дней" in first
    ends = [(on, text) for on, text in later if text.startswith("✅")]
    [(closed, end)] = ends
    assert 0 < (closed - back).days <= 7
    assert f"с {_day(fell)}" in end
    assert 35 <= _depth(end) <= 45
    depth = 0
    for on, text in digests.items():
        drop = re.search(r"^(⚠️|🔴) Просмотры ниже своих с (.+), до (.+)$", text, re.MULTILINE)
        assert (drop is not None) == (opened <= on < closed), on
        if drop is not None:
            assert drop[2] == _day(fell)
            assert _depth(drop[3]) >= depth
            depth = _depth(drop[3])
        for day, alert in alerts:
            if day == on and drop is not None and "Началось" in alert:
                assert alert.startswith(drop[1])
                assert _depth(alert) == depth
    assert depth == _depth(end)
    assert "✅ Просмотры снова обычные" in digests[closed]


def _day(on: date) -> str:
    return translator("ru").date(on)


def _depth(text: str) -> int:
    return int(re.search(r"−(\d+)\s%", text)[1])
