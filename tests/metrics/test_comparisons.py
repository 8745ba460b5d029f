"""What holds for everything that puts posts, groups of posts and channels beside each other, whatever the table."""

import math
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import periods
from metrics.content import content
from metrics.frame import audience_table
from metrics.json_shape import shape
from metrics.members import ChannelTables, open_members
from metrics.ranking.channels import rank
from metrics.ranking.posts import top
from metrics.team import team
from metrics.timing import timing
from metrics.young import young_posts
from tests.kit.examples import examples
from tests.metrics.test_properties import CHANNELS
from tests.metrics.zoo import ZONE, ZOO, Channel, before_week, post, steady, unchanged

VARIED = ["one_viral", "grown_subscribers", "sparse_reactions", "views_collapse", "paid_beside", "rounded"]
NINE = int(datetime(2025, 6, 16, 9, tzinfo=ZONE).timestamp())


def tables(channel):
    return channel.table(), audience_table(channel.audience)


def fixed(channel):
    return {"zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}


def team_of(*channels):
    named = [ChannelTables(f"channel {number}", *tables(channel)) for number, channel in enumerate(channels)]
    first = channels[0]
    return open_members(named, period=first.period, zone=ZONE, as_of=first.as_of)


ANSWERS = {
    "top": lambda one: top(*tables(one), **fixed(one), period=one.period),
    "content": lambda one: content(*tables(one), **fixed(one), period=one.period),
    "timing": lambda one: timing(*tables(one), **fixed(one), period=one.period, readings=one.readings()),
    "young": lambda one: young_posts(*tables(one), **fixed(one), readings=one.readings()),
    "rank": lambda one: rank(team_of(one, steady())),
    "team": lambda one: team(team_of(one, steady())),
}


def same(one, other, path=""):
    """Equal but for the last digits of numbers."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), path
        for key in one:
            same(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), path
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            same(left, right, f"{path}[{number}]")
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-6, abs=1e-9), path
    else:
        assert one == other, path


def levels(answer):
    """Every shrunk mean of groups of posts."""
    groups = (
        [block.result for block in answer.blocks]
        if hasattr(answer, "blocks")
        else [*answer.format, *answer.text_length, *answer.hashtag, *answer.weekday, *answer.advertising]
    )
    return [(group.key, code, level) for group in groups for code, level in group.levels.items()]


@pytest.mark.parametrize("name", ANSWERS)
@settings(max_examples=examples(25))
@given(CHANNELS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(name, channel, random):
    unique = list({row.external_id: row for row in channel.posts}.values())
    there = channel.with_posts(unique)
    random.shuffle(unique)
    same(shape(ANSWERS[name](there)), shape(ANSWERS[name](channel.with_posts(unique))))


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "young"])
@pytest.mark.parametrize("series", VARIED)
def test_an_undefined_post_changes_no_value(name, series):
    channel = ZOO[series]()
    blank = post(channel.posts[-1].published_at + 60, 1)
    before, after = (ANSWERS[name](one) for one in (channel, channel.with_posts((*channel.posts, blank))))
    if name in {"content", "timing"}:
        assert levels(before) == levels(after)
    elif name == "team":
        same(shape(before.rates), shape(after.rates))
    elif name == "rank":  # it is counted among those without the figures, and changes nothing else
        same(
            shape(before), shape(replace(after, channels=[replace(one, without=0) for one in after.channels]))
        )
    else:
        same(shape(before), shape(after))


@pytest.mark.parametrize("factor", [2, 10])
@pytest.mark.parametrize("series", ["steady", "one_viral", "grown_subscribers", "views_collapse"])
def test_scaling_views_and_subscribers_leaves_the_view_rate(series, factor):
    channel = ZOO[series]()
    scaled = replace(
        channel,
        posts=tuple(row._replace(views=factor * row.views) for row in channel.posts),
        audience=tuple(row._replace(subscribers=factor * row.subscribers) for row in channel.audience),
    )
    same(shape(rank(team_of(channel), "view_rate")), shape(rank(team_of(scaled), "view_rate")))
    one, other = (team(team_of(each)).rates["view_rate"] for each in (channel, scaled))
    for figure in (
        lambda rate: rate.pooled,
        lambda rate: (rate.median, rate.history.percent, rate.history.mix),
    ):
        same(shape(figure(one)), shape(figure(other)))


@pytest.mark.parametrize("times", [2, 5])
@pytest.mark.parametrize("series", ["one_viral", "sparse_reactions"])
def test_every_post_repeated_narrows_the_intervals(series, times):
    channel = ZOO[series]()
    channel = channel.with_posts(row._replace(format="text") for row in channel.posts)  # else they are albums
    repeated = channel.with_posts(
        row._replace(external_id=f"{row.external_id}x{k}") for row in channel.posts for k in range(times)
    )
    once, often = (rank(team_of(one)).channels[0] for one in (channel, repeated))
    assert often.high / often.low < once.high / once.low
    narrowed = 0
    for name in ("content", "timing"):
        pairs = zip(levels(ANSWERS[name](channel)), levels(ANSWERS[name](repeated)), strict=True)
        for (_, _, before), (key, code, after) in pairs:
            if before.low is not None and before.high > before.low * (1 + 1e-9):
                assert after.high / after.low < before.high / before.low, (name, key, code)
                narrowed += 1
    assert narrowed > 0


@pytest.mark.parametrize("days", [1, 7, 30, 90])
@pytest.mark.parametrize("hours", [(9, 13, 18), tuple(range(0, 24, 2))], ids=["3 a day", "12 a day"])
def test_a_channel_that_only_ages_has_not_changed(days, hours):
    """Neither its team's figure, nor any hour, weekday or format beside the others."""
    channel = replace(
        unchanged(NINE, None, days=200, hours=hours), period=periods.last_days(days, NINE, ZONE)
    )
    for rate in team(team_of(channel, channel)).rates.values():
        for found in (rate.previous.typical, rate.history.typical):
            assert found.low is None or found.low <= 0 <= found.high, rate.code
    for name in ("content", "timing"):
        for key, code, level in levels(ANSWERS[name](channel)):
            assert level.percent_low is None or level.percent_low <= 0 <= level.percent_high, (key, code)
            assert level.claim is None


def test_among_noisy_unchanged_channels_nearly_all_intervals_hold_zero():
    found = []
    for seed in range(30):
        channels = [unchanged(NINE, 100 * seed + number, days=70) for number in range(3)]
        channels = [replace(one, period=periods.last_days(7, NINE, ZONE)) for one in channels]
        found.append(team(team_of(*channels)).rates["er_by_views"].history.typical)
    assert sum(one.low <= 0 <= one.high for one in found) >= 26


def test_a_mean_of_all_posts_is_no_rank():
    """Twenty channels that differ by chance alone: the true order is none, and the first is not sure to be ahead."""
    channels = [
        replace(unchanged(NINE, seed, days=9), period=periods.last_days(7, NINE, ZONE)) for seed in range(20)
    ]
    order = rank(team_of(*channels)).channels
    ahead = [one for one in order[1:] if one.versus_first.high < 0]
    assert len(ahead) <= 8
    assert all(math.isfinite(one.value) for one in order)


def test_the_same_channel_twice_is_level():
    _, second = rank(team_of(steady(), Channel(steady().posts))).channels
    assert second.versus_first.percent == pytest.approx(0, abs=1e-9)
    assert rank(team_of(Channel(before_week()))).channels == ()
