"""Indicators 4, 5, 8: views too alike, reach, views without forwards."""

import math

import pytest

from metrics.posts import AudienceReading
from tests.metrics.audit.watched import START, Channel, counted, found, line, reading, watched

BAND = ((0, 0), (24, 570), (168, 1000))


def spread_by(sd_log, *, posts=40, age_h=720, **fields):
    """Half of the posts `sd_log` / 1.4826 above the middle, half below: their MAD sd is `sd_log`."""
    off = sd_log / 1.4826
    return counted(
        [{"views": round(1e7 * math.exp(off if n % 2 else -off)), **fields} for n in range(posts)],
        age_h=age_h,
    )


@pytest.mark.parametrize(
    ("sd_log", "strength", "points"),
    [(0.12, None, 0), (0.051, None, 0), (0.049, "weak", 20), (0.036, "weak", 20), (0.034, "strong", 40)],
)
def test_views_too_alike(sd_log, strength, points):
    uniform = found(spread_by(sd_log), "uniform_views")
    assert uniform.value == pytest.approx(sd_log, rel=1e-3)
    assert (uniform.strength, uniform.points, uniform.n) == (strength, points, 40)


def test_a_figure_topped_up_to_at_any_age_is_alike():
    posts = [reading(n, START + n * 40_000, 60 + 12 * n, views=10_000 + n % 3) for n in range(60)]
    channel = Channel(tuple(posts), as_of=START + 10**8)
    assert found(channel, "uniform_views").strength == "strong"


def test_thirty_posts_with_exact_counters_are_needed():
    assert found(spread_by(0.01, posts=29), "uniform_views") == "posts_30"
    assert found(spread_by(0.01, posts=30), "uniform_views").strength == "strong"
    assert found(spread_by(0.01, steps="views:110000"), "uniform_views") == "exact_views"
    assert found(spread_by(0.01, steps="views:90000"), "uniform_views").strength == "strong"


def test_a_handful_of_views_is_alike_by_being_whole_numbers():
    assert found(counted([{"views": 3}] * 40), "uniform_views") == "views_100"


def reaching(percent, subscribers, posts=12):
    """Posts that have this percent of the subscribers at 24 hours."""
    scale = percent / 100 * subscribers / 570
    rows = watched(line(*BAND), posts=posts, ages_h=(20, 24, 168), scale=scale).rows
    return Channel(rows, (AudienceReading(START, subscribers, 0),))


@pytest.mark.parametrize(
    ("percent", "subscribers", "strength", "explanation"),
    [
        (20, 20_000, None, "reach_low"),
        (5.1, 20_000, None, "reach_low"),
        (4.9, 20_000, "weak", "reach_low"),
        (99, 20_000, None, "reach_low"),
        (101, 20_000, "weak", "reach_high"),
        (4, 5_000_000, None, "reach_low"),
        (2.9, 5_000_000, "weak", "reach_low"),
        (140, 900, None, "reach_low"),
        (151, 900, "weak", "reach_high"),
    ],
)
def test_reach_by_size(percent, subscribers, strength, explanation):
    reach = found(reaching(percent, subscribers), "reach_rate")
    assert reach.value == pytest.approx(percent, rel=0.01)
    assert (reach.strength, reach.explanation) == (strength, explanation)
    assert reach.points in (0, 10)


def test_reach_needs_subscribers_and_ten_posts():
    assert found(watched(), "reach_rate") == "subscribers"
    assert found(reaching(20, 20_000, posts=9), "reach_rate") == "posts_10"


def test_views_that_bring_no_forwards():
    rising = counted([{"views": 1000 + n, "forwards": 5 + n} for n in range(60)])
    falling = counted([{"views": 1000 + n, "forwards": 100 - n} for n in range(60)])
    assert found(rising, "views_forwards_correlation").value == pytest.approx(1)
    against = found(falling, "views_forwards_correlation")
    assert against.value == pytest.approx(-1)
    assert (against.points, against.family) == (10, "uniformity")


@pytest.mark.parametrize(("turn", "strength"), [(11, None), (12, "weak")])
def test_the_limit_of_the_correlation(turn, strength):
    """60 ranks against themselves turned by k: 1 - 6 k (60 - k) / (60^2 - 1), that is .101 and .040."""
    turned = [(rank + turn) % 60 for rank in range(60)]
    channel = counted([{"views": 1000 + 7 * a, "forwards": 3 + b} for a, b in enumerate(turned)])
    one = found(channel, "views_forwards_correlation")
    assert one.value == pytest.approx(1 - 6 * turn * (60 - turn) / 3599)
    assert one.strength == strength


def test_fifty_posts_with_forwards_are_needed():
    few = [{"views": 1000 + n, "forwards": 1 if n < 49 else 0} for n in range(80)]
    assert found(counted(few), "views_forwards_correlation") == "forwards_50"
    same = [{"views": 1000, "forwards": 5}] * 60
    assert found(counted(same), "views_forwards_correlation") == "differing_counts"
