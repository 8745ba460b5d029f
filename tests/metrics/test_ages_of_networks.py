"""Posts that grow for weeks, each read once at another age. What breaks: an old post's growth is told as a fall of the new ones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from benchmarks.watched_channels import frame
from metrics.frame import audience_table
from metrics.periods import last_days
from metrics.summary import summarize
from metrics.verdict import verdict

NOW = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
DAY_S = 86_400
AGES_H = (24, 72, 168, 720, 1440)


def _views(age_h):
    """Of a channel whose posts double from the first week to the tenth, and are all alike."""
    return np.floor(1_000 * (1 + 0.43 * np.log(np.maximum(age_h, 1.0) / 168)).clip(0.2))


def _summary(platform, *, ages_h=None, days=14):
    """Two posts a day for 90 days: each read now, or at these ages as far as it has come to them."""
    published = NOW - 8 * DAY_S - np.arange(180)[::-1] * DAY_S // 2
    if ages_h is None:
        post, observed = np.arange(180), np.full(180, NOW)
    else:
        post, age = np.meshgrid(np.arange(180), np.array(ages_h) * 3600, indexing="ij")
        come = published[post] + age <= NOW
        post, observed = post[come], (published[post] + age)[come]
    age_h = (observed - published[post]) / 3600
    counters = {"views": _views(age_h), "reactions": _views(age_h) // 20}
    readings = frame(post, published[post], observed, counters)
    newest = readings.groupby("external_id", sort=False).tail(1)
    zone = ZoneInfo("UTC")
    period = last_days(days, NOW - 8 * DAY_S, zone)
    return summarize(
        newest, audience_table([]), period=period, zone=zone, as_of=NOW, platform=platform, readings=readings
    )


@pytest.mark.parametrize("platform", ["youtube", "max"])
def test_a_history_read_at_one_moment_is_compared_with_itself_and_judged_by_nobody(platform):
    found = _summary(platform)
    assert found.level.history.percent < -10  # older posts had weeks to grow
    assert not found.level.history.is_sure
    assert verdict(found).code in ("usual", "unsure")


@pytest.mark.parametrize("platform", ["youtube", "max"])
def test_read_at_their_ages_the_same_posts_show_no_difference_and_may_be_judged(platform):
    found = _summary(platform, ages_h=AGES_H)
    assert abs(found.level.history.percent) < 1
    assert found.level.history.is_sure
    assert verdict(found).code == "usual"


def test_where_posts_are_done_in_a_week_the_last_values_are_compared_as_before():
    assert _summary("vk").level.history.is_sure
