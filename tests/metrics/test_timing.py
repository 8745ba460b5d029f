"""Hours: of the audience, and of posting. A heat map of luck, hours of another zone, views that were never read."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from metrics import maturity, periods
from metrics.activity import activity, activity_of_week
from metrics.frame import audience_table, table
from metrics.timing import timing
from tests.metrics.test_content import long
from tests.metrics.zoo import WEEK, ZONE, ZOO, Channel, moments, post, week

UTC_WEEK = periods.dates(date(2025, 6, 9), date(2025, 6, 15), ZONE)


def told(channel, **changes):
    arguments = {"period": channel.period, "zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}
    readings = channel.readings()
    return timing(
        channel.table(), audience_table(channel.audience), readings=readings, **{**arguments, **changes}
    )


def block(answer, days, start):
    return next(one for one in answer.blocks if (one.days, one.from_hour) == (days, start))


def watched(awake, *, hours=(9, 15), days=14, every=1):
    """Read every hour for three days: views come only while the audience is awake (local hours)."""
    rows = []
    for at in moments(WEEK.first, days, hours):
        views = 0
        for age_h in range(73):
            moment = at + age_h * 3600
            if age_h:
                views += 10 * (_local_hour(moment - 3600) in awake)
            if age_h % every == 0:
                rows.append(post(at, age_s=age_h * 3600, views=views))
    return table(rows)


def _local_hour(moment):
    return (moment // 3600 + 2) % 24  # Berlin in June


def seen(readings, zone=ZONE, days=14):
    period = periods.dates(WEEK.first, WEEK.first + timedelta(days=days - 1), zone)
    return activity(readings, period=period, zone=zone)


def test_views_are_gained_when_the_audience_is_awake():
    found = seen(watched(range(8, 22)))
    assert (found.posts, found.reason, len(found.hours)) == (28, None, 24)
    busy = {hour.hour for hour in found.hours if hour.views_per_hour > 0}
    assert busy == set(range(8, 22))
    assert sum(hour.share_percent for hour in found.hours) == pytest.approx(100)


def test_hours_are_those_of_the_zone():
    from zoneinfo import ZoneInfo

    found = seen(watched(range(8, 22)), ZoneInfo("Asia/Kathmandu"))  # 3:45 ahead of Berlin in June
    by_hour = {hour.hour: hour.views_per_hour for hour in found.hours}
    assert by_hour[11] == pytest.approx(by_hour[12] / 4, rel=0.15)
    assert by_hour[10] == 0


def test_what_is_read_every_four_hours_is_spread_over_them():
    found = seen(watched(range(8, 22), every=4))
    asleep, awake = (
        np.mean([hour.views_per_hour for hour in found.hours if (8 <= hour.hour < 22) is up])
        for up in (False, True)
    )
    assert asleep < 0.3 * awake


def test_readings_too_far_apart_do_not_tell_the_hour():
    found = seen(watched(range(8, 22), every=12))
    assert (found.hours, found.reason) == (None, "readings_too_rare")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("steady", "no_readings"),
        ("replaced", "readings_too_rare"),
        ("dates_only", "no_readings"),
        ("empty", "no_readings"),
    ],
)
def test_without_readings_there_is_no_activity(name, reason):
    found = told(ZOO[name]()).activity
    assert (found.hours, found.reason) == (None, reason)


def test_relative_activity_does_not_follow_the_hour_of_posting():
    """An audience that reads evenly, posts at 9 only: views come after 9 because posts are young then."""
    rows = []
    for at in moments(WEEK.first, 21, [9]):
        for age_h in range(100):
            share = maturity.VIEWS.share(np.array([float(age_h)]))[0] * min(age_h, 1)
            rows.append(post(at, age_s=age_h * 3600, views=round(100_000 * share)))
    found = seen(table(rows), days=21)
    assert max(hour.views_per_hour for hour in found.hours) > 5 * min(
        hour.views_per_hour for hour in found.hours
    )
    assert all(hour.relative == pytest.approx(1, abs=0.05) for hour in found.hours)


def test_hours_of_the_week_are_told_apart_and_those_with_few_posts_are_not_told():
    """Read around the clock for three days after each of 28 posts of two weeks; then posts of Mondays alone."""
    period = periods.dates(WEEK.first, WEEK.first + timedelta(days=13), ZONE)
    found = activity_of_week(watched(range(8, 22)), period=period, zone=ZONE)
    assert [(one.weekday, one.hour) for one in found] == [
        (day, hour) for day in range(7) for hour in range(24)
    ]
    known = [one for one in found if one.relative is not None]
    assert len(known) > 120
    assert all((one.relative > 0) is (8 <= one.hour < 22) for one in known)
    assert all(one.posts >= 5 for one in known)
    assert activity_of_week(watched(range(8, 22), every=12), period=period, zone=ZONE) is None


def test_a_post_lies_in_its_block_by_the_clock_on_the_wall():
    answer = told(
        ZOO["dst_spring"]()
    )  # 0:00, 12:00 and 23:00 of every local day of a week with a day of 23 hours
    assert {(one.days, one.from_hour): one.result.n for one in answer.blocks if one.result.n} == {
        ("workday", 0): 5,
        ("workday", 12): 5,
        ("workday", 21): 5,
        ("weekend", 0): 2,
        ("weekend", 12): 2,
        ("weekend", 21): 2,
    }
    assert len(answer.blocks) == 16
    assert all(one.result.is_grey == (one.result.n < 5) for one in answer.blocks)


def test_neighbouring_blocks_make_a_day():
    for days in ("workday", "weekend"):
        edges = [(one.from_hour, one.to_hour) for one in told(ZOO["steady"]()).blocks if one.days == days]
        assert (edges[0][0], edges[-1][1]) == (0, 24)
        assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_posts_of_an_unknown_hour_lie_in_no_block():
    answer = told(ZOO["dates_only"]())
    assert (answer.n, {one.result.levels["views"].reason for one in answer.blocks}) == (0, {"no_posts"})


def test_the_best_hour_by_luck_is_not_the_best_hour():
    claims = [
        any(level.claim for one in told(long(seed)).blocks for level in one.result.levels.values())
        for seed in range(40)
    ]
    assert sum(claims) <= 4


def test_a_block_that_does_better_is_found():
    channel = long(3)
    nine = set(moments(channel.period.first, channel.period.days, [9]))
    rows = [
        row._replace(views=round(row.views * 1.6)) if row.published_at in nine else row
        for row in channel.posts
    ]
    found = block(told(channel.with_posts(rows)), "workday", 9).result.levels["views"]
    assert found.claim == "better"
    assert 0 < found.percent_low < found.percent < 60


def test_young_posts_wait():
    fresh = week(WEEK.last, 1, [20, 21, 22], age_s=3600)
    assert told(Channel((*week(), *fresh))).n == 21
