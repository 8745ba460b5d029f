"""Posts beside the channel's own others. What breaks: an honest network channel is flagged, or a clear purchase is not seen."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from benchmarks.own import NOW, Wall, likes_for_some, look, views_for_some
from benchmarks.watched_channels import frame
from metrics.audit import check_channel, limits
from metrics.audit.own import apart
from metrics.frame import audience_table

SEEDS = range(8)


def _audit(seen, platform="vk"):
    published, observed, counters = seen
    readings = frame(np.arange(len(published)), published, observed, counters)
    return check_channel(readings, audience_table([]), zone=ZoneInfo("UTC"), as_of=NOW, platform=platform)


def channel_of(n=120, **changes):
    """A channel whose likes per view lie close together: 2 % give or take a fifth, comments a tenth of that."""
    rng = np.random.default_rng(7)
    views = np.exp(rng.normal(9, 0.5, n))
    likes = views * 0.02 * np.exp(rng.normal(0, 0.2, n))
    wall = {"views": views, "likes": likes, "comments": likes * 0.1 * np.exp(rng.normal(0, 0.3, n))}
    third = np.arange(n) % 3 == 0
    for name, times in changes.items():
        wall[name] = np.where(third, wall[name] * times, wall[name])
    published = NOW - 8 * 86_400 - np.arange(n)[::-1] * 86_400
    counters = {"views": wall["views"], "reactions": wall["likes"], "comments": wall["comments"]}
    return published, np.full(n, NOW), {name: np.floor(values) for name, values in counters.items()}


@pytest.mark.parametrize("platform", ["vk", "youtube"])
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"likes": 7}, "likes_apart"),
        ({"views": 7}, "views_apart"),
        ({"likes": 7, "comments": 7}, None),  # a giveaway: they are talked of as much
        ({"views": 7, "likes": 7, "comments": 7}, None),  # posts that were simply liked by more
        ({"views": 7, "comments": 7}, None),  # seen and talked of by others, who like less
        ({"likes": 1 / 7, "comments": 1 / 7}, None),  # ads that nothing marks: not seen more
    ],
)
def test_only_what_the_other_counters_do_not_tell_is_a_sign(platform, changes, found):
    audit = _audit(channel_of(**changes), platform)
    assert [one.indicator for one in audit.findings] == ([found] if found else [])
    assert audit.verdict == ("look_closer" if found else "no_known_pattern")  # one family passes no further
    if found:
        (sign,) = audit.findings
        assert 5 < sign.value < 10
        assert sign.n == 40
        assert sign.strength == "strong"
        assert sign.since < sign.until <= NOW


def test_without_comments_a_sign_is_weak():
    (sign,) = _audit(channel_of(likes=7, comments=0)).findings
    assert (sign.indicator, sign.strength) == ("likes_apart", "weak")


def test_what_was_not_checked_is_named_and_other_networks_are_not_judged_at_all():
    audit = _audit(channel_of())
    needed = {one.needs for one in audit.not_checked}
    assert needed == {"telegram"}
    assert {"step", "reach_rate", "subscriber_jump"} <= {one.indicator for one in audit.not_checked}
    assert audit.is_by_itself
    few = {one.indicator: one.needs for one in _audit(channel_of(30)).not_checked}
    assert few["likes_apart"] == few["views_apart"] == "posts_40_week"
    foreign = _audit(channel_of(likes=7), "max")
    assert foreign.is_elsewhere
    assert foreign.findings == ()


@pytest.mark.parametrize("platform", ["vk", "youtube"])
def test_generated_honest_channels_are_not_flagged_and_clear_purchases_are_seen(platform):
    """A few of those that `python -m benchmarks own` counts."""
    rng = np.random.default_rng(3)
    assert [one for _ in SEEDS for one in _audit(look(rng, platform), platform).findings] == []
    for buy in (likes_for_some(10.0), views_for_some(10.0)):
        found = [bool(_audit(look(rng, platform, buy), platform).findings) for _ in SEEDS]
        assert sum(found) >= len(found) / 2


def test_a_single_hill_is_hardly_ever_two_however_it_leans():
    """Before the other counters are asked: they speak for those that lean."""
    two = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        for logs in (rng.normal(0, 0.4, 120), rng.standard_t(5, 120) * 0.3, rng.gumbel(0, 0.3, 120)):
            found = apart(logs)
            is_part = limits.APART_LEAST <= found.upper.mean() <= limits.APART_MOST
            two += bool(found.widths >= limits.APART_WIDTHS and found.gain >= limits.APART_GAIN and is_part)
    assert two <= 3


def test_buyers_change_a_part_of_the_posts_only():
    rng = np.random.default_rng(1)
    wall = Wall(*(np.ones(300) for _ in range(3)))
    likes_for_some(7.0)(rng, wall)
    assert 0.2 < (wall.likes > 1).mean() < 0.45
    assert (wall.views == 1).all()
