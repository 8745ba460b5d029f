"""The example team is what the demo promises: the same every time, one channel that grows, one whose views fell."""

import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta, timezone
from math import exp, log
from statistics import mean, median, stdev

import pytest

from bot.demo import generate_team
from bot.demo.noise import seeded
from bot.demo.people import people_of
from bot.demo.team import ExampleChannel, reactions_share, views_share
from metrics import maturity
from metrics.posts import FORMATS, TITLE_CHARS

AS_OF = int(datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp())
DAY_S, HOUR_S = 86_400, 3_600
MOSCOW = timezone(timedelta(hours=3))
DROP_DAYS = 21


@pytest.fixture(scope="module")
def team() -> tuple[ExampleChannel, ...]:
    return generate_team(AS_OF)


@pytest.fixture(scope="module")
def many() -> list[tuple[ExampleChannel, ...]]:
    return [generate_team(AS_OF, seed) for seed in range(1, 9)]


def own(channel, youngest_days=0.0, oldest_days=366.0):
    return [
        post
        for post in channel.posts
        if not post.is_forwarded and youngest_days <= (AS_OF - post.published_at) / DAY_S < oldest_days
    ]


def log_views_at_7_days(posts):
    return [log(post.views / views_share((AS_OF - post.published_at) / HOUR_S)) for post in posts]


def test_the_same_seed_and_moment_give_the_same_team_in_any_process(team):
    script = f"import zlib; from bot.demo import generate_team; print(zlib.crc32(repr(generate_team({AS_OF})).encode()))"
    for hash_seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": hash_seed}, capture_output=True, check=True
        )
        assert int(run.stdout) == zlib.crc32(repr(team).encode())
    assert generate_team(AS_OF) == team
    assert generate_team(AS_OF, seed=2) != team
    assert generate_team(AS_OF + DAY_S) != team


def test_it_is_made_without_pandas_numpy_and_drawing():
    script = "import sys, bot.demo; print(sorted({'pandas', 'numpy', 'matplotlib', 'aiogram', 'sqlalchemy'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    assert loaded.strip() == "[]"


def test_a_year_of_posts_of_two_channels(team):
    assert len(team) == 2
    for channel, pace in zip(team, (2.8, 2.2), strict=True):
        assert len(channel.posts) == pytest.approx(365 * pace, rel=0.12)
        assert (AS_OF - channel.posts[0].published_at) / DAY_S > 360
        times = [post.published_at for post in channel.posts]
        assert times == sorted(times)
        assert max(times) < AS_OF
        ids = [int(post.external_id) for post in channel.posts]
        assert ids == sorted(set(ids))
        workdays = sum(datetime.fromtimestamp(at, MOSCOW).weekday() < 5 for at in times) / 5
        weekends = (len(times) - 5 * workdays) / 2
        assert 0.4 < weekends / workdays < 0.65


def test_posts_are_rows_every_room_can_read(team):
    for channel in team:
        for post in channel.posts:
            assert post.format in FORMATS
            assert 0 < len(post.title) <= TITLE_CHARS
            assert post.observed_at == AS_OF
            assert post.observed_exact
            assert 0 <= post.reactions <= post.views
            assert post.views >= 1
        kinds = {post.format for post in channel.posts}
        assert {"text", "photo", "video", "album"} <= kinds
        assert 0.02 < mean(post.is_ad for post in channel.posts) < 0.09
        assert 3 <= sum(post.is_forwarded for post in channel.posts) < 0.06 * len(channel.posts)


def test_subscribers_grow_as_planned(team):
    for channel, (before, now) in zip(team, ((9_000, 12_500), (4_000, 5_050)), strict=True):
        assert channel.audience[0].subscribers == pytest.approx(before, rel=0.02)
        assert channel.audience[-1] == (AS_OF, now, 0)
        assert len(channel.audience) == pytest.approx(366, abs=1)
        moments = [reading.observed_at for reading in channel.audience]
        assert moments == sorted(set(moments))


def test_views_of_the_second_channel_fell_by_45_percent_three_weeks_ago(many):
    for place, expected in ((1, 0.55), (0, 1.0)):
        changes = [
            exp(
                median(log_views_at_7_days(own(team[place], 0.5, DROP_DAYS - 1)))
                - median(log_views_at_7_days(own(team[place], DROP_DAYS + 1, 77)))
            )
            for team in many
        ]
        assert mean(changes) == pytest.approx(expected, rel=0.06)
        assert all(change == pytest.approx(expected, rel=0.2) for change in changes)


def test_the_first_channel_has_more_views_than_a_year_ago(team):
    old, new = own(team[0], 300), own(team[0], 0.5, 65)
    assert mean(log_views_at_7_days(new)) - mean(log_views_at_7_days(old)) > 0.15


def test_the_noise_is_the_measured_one(many):
    """Logs of views scatter by post .107, day .09 and weekday; ER of organic posts by .60."""
    views_sd, er_sd = [], []
    for team in many:
        posts = [post for post in own(team[0], 7) if not post.is_ad]
        logs = log_views_at_7_days(posts)
        growth = [log(9_000 / 12_500) * (AS_OF - post.published_at) / (365 * DAY_S) for post in posts]
        middle = [value - trend for value, trend in zip(logs, growth, strict=True)]
        views_sd.append(stdev([value for value in middle if abs(value - median(middle)) < 0.45]))
        rates = [log((post.reactions + post.comments + post.forwards + 0.5) / post.views) for post in posts]
        er_sd.append(stdev(rates))
    assert 0.12 < mean(views_sd) < 0.17
    assert 0.55 < mean(er_sd) < 0.68


def test_young_posts_are_on_the_curve(many):
    """At a day a post has .57 of its 7-day views and .83 of its reactions, so its ER stands higher."""
    young = [post for team in many for post in own(team[0], 0.8, 1.2)]
    grown = [post for team in many for post in own(team[0], 7, 14)]
    views = exp(mean(log(p.views) for p in young) - mean(log(p.views) for p in grown))
    share = mean(views_share((AS_OF - p.published_at) / HOUR_S) for p in young) / mean(
        views_share((AS_OF - p.published_at) / HOUR_S) for p in grown
    )
    assert views == pytest.approx(share, rel=0.15)
    assert views < 0.65


def test_the_curve_is_the_one_of_the_metrics():
    import numpy as np

    ages = [1, 1.5, 3, 5, 10, 24, 30, 100, 168, 500, 720, 5_000]
    for ours, theirs in ((views_share, maturity.VIEWS), (reactions_share, maturity.REACTIONS)):
        assert [ours(age) for age in ages] == pytest.approx(list(theirs.share(np.array(ages, dtype=float))))
    assert views_share(0) == 0
    assert views_share(0.5) == pytest.approx(0.115)


@pytest.mark.parametrize("hour", [0, 3, 20, 21, 22, 23])
def test_any_hour_of_the_day_will_do(hour):
    moment = AS_OF - AS_OF % DAY_S + hour * HOUR_S + 1
    for channel in generate_team(moment):
        assert channel.posts[-1].published_at < moment
        assert channel.audience[-1].observed_at == moment


def test_chance_is_named():
    assert seeded("a").random() == seeded("a").random() != seeded("b").random()


def test_who_came_and_went_comes_to_the_counts_of_the_year(team):
    for channel in team:
        events = people_of(channel)
        net = sum(1 if event.is_join else -1 for event in events)
        assert net == channel.audience[-1].subscribers - channel.audience[0].subscribers
        joined = {}
        for event in events:
            assert event.is_join or joined.get(event.person, 0) <= event.happened_at
            joined |= {event.person: event.happened_at} if event.is_join else {}
        assert people_of(channel) == events
