"""The daily look: the best basis at hand, the last day it can tell of, and the check at 24 hours."""

import math
import pickle
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from metrics import maturity
from metrics.drops.compared import Comparison
from metrics.drops.daily import Channel, drop_at_24h, last_day, look_today
from metrics.drops.decision import judge
from metrics.drops.episodes import NEW, Track, advance
from metrics.frame import audience_table, table
from metrics.posts import AudienceReading
from tests.metrics.drops.made import MONDAY, NORMAL, post

READ_AT_H = (1, 3, 6, 12, 24, 48, 72, 168)
TODAY = int(datetime.combine(date.fromordinal(MONDAY + 75), datetime.min.time(), UTC).timestamp()) + 9 * 3600


def own_posts(factor=lambda _day, _age_h: 1.0, *, days=75, seed=2, **fields):
    """Three posts a day, about 1 000 views and 30 reactions at 24 h times `factor`; yields (post, age, final reading)."""
    rng = np.random.default_rng(seed)
    for day in range(days):
        for hour in (9, 14, 19):
            views = 1000 * math.exp(rng.normal(0, 0.12))
            rate = 0.03 * math.exp(rng.normal(0, 0.3))
            for age_h in READ_AT_H:
                share = float(
                    maturity.VIEWS.share(np.array([float(age_h)]))[0]
                    / maturity.VIEWS.share(np.array([24.0]))[0]
                )
                seen = views * share * factor(day, age_h)
                row = post(day, hour, seen, seen * rate, **fields)
                yield row._replace(observed_at=row.published_at + age_h * 3600)


def channel(readings, audience=(), as_of=TODAY, zone=UTC):
    known = [row for row in readings if row.observed_at <= as_of]
    latest = {row.external_id: row for row in sorted(known, key=lambda row: row.observed_at)}
    return Channel(table(list(latest.values())), table(known), audience_table(audience), "telegram", zone)


def decide(known, metric, track=NEW, as_of=TODAY):
    one = look_today(known, metric, as_of, NORMAL, track)
    return judge(one.compared, NORMAL, metric=metric, basis=one.basis, is_slow=one.is_slow)


def test_own_readings_come_first():
    known = channel(own_posts())
    for metric, last in (("views", 74), ("er", 73)):
        one = decide(known, metric)
        assert (one.basis, one.state, one.is_pushed) == ("exact", "ok", True)
        assert one.window_last == date.fromordinal(MONDAY + last)  # ER at 24 hours is a day behind


def test_a_young_post_is_no_drop():
    """At nine in the morning yesterday's posts have a part of their views; they are compared at 6 hours."""
    known = channel(own_posts())
    assert abs(decide(known, "views").drop_percent) < 10


def test_a_drop_is_seen_the_morning_after_its_third_day():
    one = decide(channel(own_posts(dropped_from(72))), "views")
    assert (one.state in ("warning", "critical"), one.n) == (True, 9)
    assert one.drop_percent == pytest.approx(40, abs=10)


def test_rounded_readings_say_so():
    fine = decide(channel(own_posts(steps="views:10")), "views")
    rough = decide(channel(own_posts(steps="views:1000")), "views")
    assert (fine.basis, fine.is_pushed) == ("rounded", True)
    assert (rough.basis, rough.is_pushed) == ("rounded", False)
    assert rough.detectable_percent > fine.detectable_percent


def test_without_views_interactions_are_measured_by_subscribers():
    readings = [row._replace(views=None) for row in own_posts()]
    known = channel(readings, [AudienceReading(readings[0].published_at, 5000, 0)])
    assert decide(known, "views").reason == "no_data"
    one = decide(known, "er")
    assert (one.basis, one.is_pushed, one.is_decided) == ("subscribers", True, True)


def test_an_upload_alone_is_final_and_not_pushed():
    final = [row for row in own_posts() if row.observed_at - row.published_at == 168 * 3600]
    one = decide(channel(final), "views")
    assert (one.basis, one.is_pushed, one.is_decided) == ("final", False, True)
    assert one.window_last == date.fromordinal(MONDAY + 67)


def test_new_readings_take_over_from_an_upload_once_they_have_a_history():
    def from_day(first):
        return [
            row for row in own_posts()
            if row.observed_at - row.published_at == 168 * 3600 or row.published_at >= post(first, 0, 1, 1).published_at
        ]  # fmt: skip

    assert decide(channel(from_day(70)), "views").basis == "final"
    assert decide(channel(from_day(50)), "views").basis == "exact"


def test_posts_that_nobody_read_are_not_silence():
    readings = [
        row for row in own_posts()
        if row.published_at < post(66, 0, 1, 1).published_at or row.observed_at - row.published_at == 3600
    ]  # fmt: skip
    assert decide(channel(readings), "views").reason == "no_readings"


def test_silence_is_not_a_drop():
    assert decide(channel(own_posts(days=60)), "views").reason == "no_posts"


def dropped_from(first):
    return lambda day, _age_h: 0.6 if day >= first else 1.0


def opened(factor):
    known = channel(own_posts(factor))
    return known, advance(NEW, decide(known, "views"), NORMAL, date.fromordinal(MONDAY + 75)).track


@pytest.mark.parametrize(("late", "expected"), [(0.6, 40), (1.0, 0)])
def test_the_check_at_24_hours(late, expected):
    """Views that came late: at 6 hours two fifths are missing, at 24 hours none."""

    def factor(day, age_h):
        return 1.0 if day < 72 else 0.6 if age_h <= 12 else late

    _, track = opened(factor)
    known = channel(own_posts(factor), as_of=TODAY + 86_400)
    assert drop_at_24h(known, track.episode, TODAY) is None  # yesterday's posts are not 24 hours old
    assert drop_at_24h(known, track.episode, TODAY + 86_400) == pytest.approx(expected, abs=10)


def test_an_open_episode_is_measured_against_the_history_it_was_opened_on():
    factor = dropped_from(72)
    _, track = opened(factor)
    later = TODAY + 30 * 86_400
    known = channel(own_posts(factor, days=105), as_of=later)
    frozen, thawed = decide(known, "views", track, later), decide(known, "views", NEW, later)
    assert frozen.history_last < date.fromordinal(MONDAY + 72)
    assert frozen.drop_percent == pytest.approx(40, abs=6)
    assert thawed.drop_percent < frozen.drop_percent - 10


def test_an_accepted_level_is_the_new_history():
    known = channel(own_posts(dropped_from(42)))
    since = Track(since=date.fromordinal(MONDAY + 42))
    assert decide(known, "views").drop_percent > 10
    one = decide(known, "views", since)
    assert abs(one.drop_percent) < 8
    assert one.history_first == date.fromordinal(MONDAY + 42)


def test_days_end_where_the_zone_says():
    """09:00 in Vladivostok is 23:00 UTC of the day before."""
    as_of = int(datetime(2025, 3, 10, 23, tzinfo=UTC).timestamp())
    assert date.fromordinal(last_day(as_of, 6, ZoneInfo("Asia/Vladivostok"))) == date(2025, 3, 10)
    assert date.fromordinal(last_day(as_of, 24, ZoneInfo("Asia/Vladivostok"))) == date(2025, 3, 9)
    assert date.fromordinal(last_day(as_of, 6, UTC)) == date(2025, 3, 9)


def test_a_look_is_small_enough_to_cross_to_the_bot():
    one = look_today(channel(own_posts()), "views", TODAY, NORMAL, NEW)
    assert isinstance(one.compared, Comparison)
    assert len(pickle.dumps(one)) < 2000
