"""What holds for any channel: never NaN, never an error, no matter the order, the size, the zone of the clock."""

import json
import math
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.team import generate_team
from metrics.audit import check_channel
from metrics.audit.channel import INDICATORS
from metrics.audit.json_shape import channel_json
from metrics.frame import audience_table, table
from metrics.posts import AudienceReading
from tests.kit.examples import examples
from tests.metrics.audit.watched import (
    DAY_S,
    PLAIN,
    START,
    UTC,
    Channel,
    counted,
    line,
    posts_beside,
    reading,
    subscribers,
    watched,
)

STEPPED = line((0, 0), (12, 300), (24, 400), (28, 800), (168, 1000))
ZOO = {
    "nothing": Channel(()),
    "only subscribers": subscribers(*range(10_000, 13_000, 100)),
    "one post": counted([{"views": 5}]),
    "no views": counted([{"reactions": 5}] * 60),
    "all zero": counted([{"views": 0, "reactions": 0, "forwards": 0, "comments": 0}] * 60),
    "watched": watched(posts=30),
    "bought": watched(STEPPED, posts=30),
    "topped up": counted([{"views": 10_000 + n % 2, "reactions": 3, "forwards": 3} for n in range(60)]),
    "no one left": subscribers(*[1000] * 5, *[0] * 35).and_also(posts_beside(lambda day: 10, 40)),
    "leaving": subscribers(*[9000 * 0.99**day for day in range(60)]).and_also(
        posts_beside(lambda day: 900, 60)
    ),
}
COUNTS = st.none() | st.integers(0, 10**6) | st.just(10**15)


@st.composite
def readings(draw):
    number = draw(st.integers(0, 12))
    fields = {name: draw(COUNTS) for name in ("views", "reactions", "comments", "forwards")}
    flags = {name: draw(st.booleans()) for name in ("observed_exact", "time_known", "is_ad")}
    return reading(
        number,
        START + number * draw(st.sampled_from([0, 1, 3600, DAY_S])),
        draw(st.floats(0, 800)),
        steps=draw(st.sampled_from([None, "views:1000"])),
        is_forwarded=draw(st.sampled_from([False, False, True])),
        **fields,
        **flags,
    )


AUDIENCES = st.lists(
    st.builds(
        AudienceReading,
        st.integers(START - 10**7, START + 10**7),
        st.integers(0, 10**8),
        st.sampled_from([0, 100]),
    ),
    max_size=12,
)
CHANNELS = st.builds(
    lambda rows, audience: Channel(tuple(rows), tuple(audience)), st.lists(readings(), max_size=60), AUDIENCES
)


def dumped(channel):
    """As it is printed; raises ValueError where something is NaN."""
    return json.dumps(channel_json(channel.check(price_asked=100), "name"), allow_nan=False, sort_keys=True)


@pytest.mark.parametrize("name", ZOO)
def test_every_indicator_is_told_once_and_nothing_is_nan(name):
    checked = ZOO[name].check(price_asked=100)
    told = [one.indicator for one in (*checked.findings, *checked.usual, *checked.not_checked)]
    assert sorted(told) == sorted(INDICATORS)
    dumped(ZOO[name])


@settings(max_examples=examples(150))
@given(CHANNELS)
def test_any_table_is_answered(channel):
    dumped(channel)


@settings(max_examples=examples(60))
@given(CHANNELS, st.randoms(use_true_random=False))
def test_the_order_of_rows_means_nothing(channel, chance):
    unique = {(row.external_id, row.observed_at): row for row in channel.rows}
    channel = replace(channel, rows=tuple(unique.values()), audience=())
    shuffled = list(channel.rows)
    chance.shuffle(shuffled)
    assert dumped(replace(channel, rows=tuple(shuffled))) == dumped(channel)


@pytest.mark.parametrize("name", ["watched", "bought", "topped up", "leaving"])
def test_a_channel_ten_times_as_large_is_judged_alike(name):
    channel = ZOO[name]
    larger = Channel(
        tuple(
            row._replace(
                **{
                    counter: 10 * getattr(row, counter)
                    for counter in ("views", "reactions", "forwards")
                    if getattr(row, counter) is not None
                }
            )
            for row in channel.rows
        ),
        tuple(row._replace(subscribers=10 * row.subscribers) for row in channel.audience),
        channel.as_of,
    )
    before = {one.indicator: (one.strength, one.value) for one in channel.check().findings}
    after = {one.indicator: (one.strength, one.value) for one in larger.check().findings}
    for indicator, (strength, value) in before.items():
        assert after[indicator] == (strength, pytest.approx(value, rel=0.02))


@settings(max_examples=examples(60))
@given(CHANNELS)
def test_counters_read_once_never_pass_look_closer(channel):
    newest = {row.external_id: row for row in channel.rows}
    glance = replace(channel, rows=tuple(newest.values()), audience=channel.audience[:1])
    checked = glance.check()
    assert checked.confidence == "glance"
    assert checked.verdict in ("no_known_pattern", "look_closer")


def test_every_glance_pattern_at_once_is_look_closer():
    posts = [{"views": 100_000 + n % 2, "reactions": 20, "forwards": 20} for n in range(60)]
    channel = replace(counted(posts), audience=(AudienceReading(START, 10_000_000, 0),))
    checked = channel.check()
    assert checked.points >= 60
    assert len({one.family for one in checked.findings}) == 3
    assert checked.verdict == "look_closer"


def test_a_growth_pattern_beside_another_family_is_suspicious():
    sizes = [900, 1300, 1700]
    growing = [lambda age, size=sizes[n % 3]: size * STEPPED(age) for n in range(30)]
    rows = tuple(row._replace(reactions=1) for row in watched(growing).rows)
    checked = Channel(rows).check()
    assert {one.family for one in checked.findings} == {"growth", "interaction"}
    assert (checked.points, checked.verdict) == (50, "suspicious")


def test_posts_from_elsewhere_say_nothing_of_the_channel():
    forwarded = tuple(row._replace(is_forwarded=True) for row in ZOO["bought"].rows)
    assert replace(ZOO["bought"], rows=forwarded).check().facts.posts == 0


def test_a_source_that_knows_the_hour_of_posting_corrects_one_that_does_not():
    channel = watched(line(*PLAIN), posts=8)
    first = {row.external_id: row.observed_at for row in reversed(channel.rows)}
    guessed = tuple(
        row._replace(published_at=first[row.external_id], time_known=False) for row in channel.rows
    )
    known = tuple({row.external_id: row._replace(observed_exact=False) for row in channel.rows}.values())
    alone = replace(channel, rows=guessed).check()
    assert "step" in {one.indicator for one in alone.not_checked}
    together = replace(channel, rows=guessed + known).check()
    assert "step" in {one.indicator for one in together.usual}


def test_pictures_of_one_album_are_one_post():
    album = [
        reading(10 * n + picture, START + n * DAY_S + picture // 5, 720, views=1000 + 100 * n - picture)
        for n in range(12)
        for picture in range(9)
    ]
    channel = Channel(tuple(album))
    assert channel.check().facts.posts == 12
    told = tuple(row._replace(format="photo") for row in album)
    assert Channel(told).check().facts.posts == 108


def test_other_platforms_were_not_measured():
    checked = ZOO["bought"].check(platform="max")
    assert {one.needs for one in checked.not_checked} == {"telegram"}
    assert not checked.findings
    assert not checked.usual


@pytest.mark.parametrize("seed", range(6))
def test_the_example_team_has_bought_nothing(seed):
    as_of = START + seed * 40 * DAY_S
    for channel in generate_team(as_of, seed):
        checked = check_channel(table(channel.posts), audience_table(channel.audience), zone=UTC, as_of=as_of)
        assert checked.verdict == "no_known_pattern", (channel.title, checked.findings)


def test_values_stay_finite_in_every_field():
    for channel in ZOO.values():
        for one in (*channel.check().findings, *channel.check().usual):
            assert all(math.isfinite(value) for value in asdict(one).values() if isinstance(value, float))
