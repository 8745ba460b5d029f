"""A channel beside its peers: its own posts among the peers', quartiles of four channels, figures told of another size."""

import re
from pathlib import Path

import pytest

from metrics.frame import audience_table, table
from metrics.members import ChannelTables, open_members
from metrics.peers import QUARTILES_FROM, standings
from metrics.posts import AudienceReading
from metrics.published import PUBLISHED, published_of
from metrics.subscriber_counts import is_similar
from tests.metrics.zoo import WEEK, ZONE, week

AS_OF = WEEK.end_unix + 30 * 86_400


def channel(name, reactions, *, views=1000, subscribers=5000, **fields):
    posts = week(views=views, reactions=reactions, comments=0, forwards=0, **fields)
    audience = [AudienceReading(WEEK.start_unix, subscribers, 0)]
    return ChannelTables(name, table(posts), audience_table(audience))


def found(*channels):
    members = open_members(channels, period=WEEK, zone=ZONE, as_of=AS_OF)
    return {one.code: one for one in standings(members, "own")}


def test_quartiles_are_of_the_peers_alone_by_hand():
    peers = [channel(f"{number}", 10 * number) for number in range(1, 10)]
    er = found(channel("own", 900), *peers)["er_by_views"]
    assert er.own.value == pytest.approx(90)
    assert er.quartiles == pytest.approx((3, 5, 7))
    assert [one.name for one in er.peers] == [str(number) for number in range(9, 0, -1)]


@pytest.mark.parametrize(("reactions", "place"), [(900, "above"), (60, "upper"), (40, "lower"), (5, "below")])
def test_the_own_value_lies_in_a_quarter(reactions, place):
    peers = [channel(f"{number}", 10 * number) for number in range(1, 10)]
    assert found(channel("own", reactions), *peers)["er_by_views"].place == place


def test_few_peers_have_no_quartiles():
    peers = [channel(f"{number}", 10 * number) for number in range(1, QUARTILES_FROM)]
    er = found(channel("own", 900), *peers)["er_by_views"]
    assert (er.quartiles, er.place, len(er.peers)) == (None, None, QUARTILES_FROM - 1)


def test_a_channel_alone_has_its_own_rates_and_nobody_beside():
    assert {one.peers for one in found(channel("own", 20)).values()} == {()}


def test_a_size_is_similar_up_to_threefold_both_ways():
    assert [other for other in (300, 334, 1000, 3000, 3001) if is_similar(1000, other)] == [334, 1000, 3000]


@pytest.mark.parametrize(
    ("platform", "subscribers", "values"),
    [
        ("telegram", 5_000, [32.0, 1.6]),
        ("telegram", 10_000, [26.8, 1.6]),
        ("telegram", None, [1.6]),
        ("youtube", 60_000, [2.81, 4.41]),
        ("youtube", 600_000, [1.41, 4.41]),
        ("vk", 5_000, []),
    ],
)
def test_published_figures_are_those_of_the_network_and_size(platform, subscribers, values):
    assert [one.middle for one in published_of(platform, subscribers)] == values


def test_every_published_figure_stands_with_its_source_and_year_on_the_page_of_evidence():
    page = Path(__file__).parents[2].joinpath("docs/evidence.md").read_text("utf-8")
    section = page.partition("## 5. Benchmarks")[2].partition("## 6.")[0]
    for one in PUBLISHED:
        source = "Panel" if one.source == "panel" else one.source
        assert source in section, one
        assert str(one.year) in section, one
        for value in (one.low, one.middle, one.high):
            figure = "" if value is None else f"{value:g}".removeprefix("0")
            assert re.search(rf"(?<![\d.]){re.escape(figure)}0?(?!\d)", section), (one, value)
