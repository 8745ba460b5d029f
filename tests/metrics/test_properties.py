"""What holds for any table of posts."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.posts import AudienceReading
from tests.kit.examples import examples
from tests.metrics.everything import numbers
from tests.metrics.zoo import WEEK, ZOO, Channel, post

COUNTS = st.none() | st.integers(0, 10**6) | st.just(10**15)
STEPS = st.sampled_from([None, "views:100", "views:1000 reactions:10"])


@st.composite
def posts(draw):
    at = draw(st.integers(WEEK.start_unix - 120 * 86_400, WEEK.end_unix - 1))
    counters = {
        name: draw(COUNTS)
        for name in ("views", "reach", "reactions", "comments", "forwards", "interactions_sum")
    }
    flags = {name: draw(st.sampled_from([False, False, False, True])) for name in ("is_ad", "is_forwarded")}
    return post(
        at,
        draw(st.integers(0, 10**9)),
        age_s=draw(st.integers(0, 10**7)),
        steps=draw(STEPS),
        **counters,
        **flags,
    )


READINGS = st.builds(
    AudienceReading,
    st.integers(WEEK.start_unix - 10**7, WEEK.end_unix + 10**6),
    st.integers(0, 10**8),
    st.sampled_from([0, 100, 10_000]),
)
CHANNELS = st.builds(
    lambda rows, audience: Channel(tuple(rows), tuple(audience)),
    st.lists(posts(), max_size=25, unique_by=lambda row: row.external_id),  # a row a post
    st.lists(READINGS, max_size=4),
)


def estimates(summary):
    sides = (summary.organic, summary.previous, summary.history, *([summary.paid] if summary.paid else []))
    return [rate for side in sides for rate in side.rates.values()]


def same(one, other):
    assert one.keys() == other.keys()
    for code, rate in one.items():
        assert (rate.reason, rate.n) == (other[code].reason, other[code].n), code
        assert rate.value == (
            None if other[code].value is None else pytest.approx(other[code].value, rel=1e-9)
        ), code


@settings(max_examples=examples(120))
@given(CHANNELS)
def test_no_table_raises_or_gives_nan_and_intervals_contain_the_point(channel):
    summary = channel.summary()
    assert all(math.isfinite(number) for number in numbers(summary))
    for rate in estimates(summary):
        assert (rate.value is None) == (rate.reason is not None)
        assert (rate.low is None) == (rate.high is None)
        assert rate.low is None or rate.low <= rate.value <= rate.high
    for change in summary.change.values():
        for found in (change.previous, change.history):
            assert (found.percent is None) == (found.reason is not None)
            assert found.low is None or found.low <= found.percent <= found.high


@settings(max_examples=examples(40))
@given(CHANNELS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(channel, random):
    shuffled = list(channel.posts)
    random.shuffle(shuffled)
    same(channel.summary().rates, channel.with_posts(shuffled).summary().rates)


@settings(max_examples=examples(40))
@given(CHANNELS, st.sampled_from([2, 10]))
def test_scaling_views_and_subscribers_leaves_the_view_rate(channel, factor):
    exact = [
        row._replace(steps=None, views=row.views if row.views != 10**15 else 10**6) for row in channel.posts
    ]
    audience = tuple(row._replace(step=0) for row in channel.audience)
    plain = replace(channel, posts=tuple(exact), audience=audience)
    scaled = replace(
        plain,
        posts=tuple(row._replace(views=None if row.views is None else factor * row.views) for row in exact),
        audience=tuple(row._replace(subscribers=factor * row.subscribers) for row in audience),
    )
    for code in ("view_rate", "view_rate_median"):
        same({code: plain.summary().rates[code]}, {code: scaled.summary().rates[code]})


@pytest.mark.parametrize(
    "name", ["steady", "one_viral", "views_collapse", "sparse_reactions", "rounded", "dst_spring"]
)
def test_an_undefined_post_changes_nothing(name):
    channel = ZOO[name]()
    blank = post(channel.posts[-1].published_at + 60, 1)
    same(channel.summary().rates, channel.with_posts((*channel.posts, blank)).summary().rates)


@pytest.mark.parametrize("times", [2, 5])
@pytest.mark.parametrize("name", ["one_viral", "grown_subscribers", "sparse_reactions", "rounded"])
def test_every_post_repeated_narrows_the_interval(name, times):
    channel = ZOO[name]()
    repeated = [
        row._replace(external_id=f"{row.external_id}x{k}", format="text")
        for row in channel.posts
        for k in range(times)
    ]
    once, often = channel.summary().rates, channel.with_posts(repeated).summary().rates
    narrowed = 0
    for code, rate in once.items():
        if rate.low is not None and code != "er_day" and rate.high > rate.low * (1 + 1e-9):
            assert often[code].high / often[code].low < rate.high / rate.low, code
            assert often[code].value == pytest.approx(rate.value), code
            narrowed += 1
    assert narrowed > 0


@pytest.mark.parametrize("name", ZOO)
def test_the_zoo_gives_no_nan(name):
    assert all(math.isfinite(number) for number in numbers(ZOO[name]().summary()))
