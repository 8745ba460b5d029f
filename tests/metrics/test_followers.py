"""Subscribers over a period: people counted as kept before it can be known, a net made of rounded counts, quiet days told as news."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import periods
from metrics.durations import DAY_S
from metrics.followers import KEPT_DAYS, Movement, Stay, followers, wilson
from metrics.posts import AudienceReading
from tests.metrics.zoo import ZONE

MONTH = periods.dates(date(2025, 6, 1), date(2025, 6, 30), ZONE)
START, END = MONTH.start_unix, MONTH.end_unix
AS_OF = END + 9 * 3600


def daily(*nets, first=1000, start=START):
    """Counts at every local midnight from `start` on."""
    counts = [first]
    for net in nets:
        counts.append(counts[-1] + net)
    return [AudienceReading(start + number * DAY_S, count, 0) for number, count in enumerate(counts)]


def told(readings=(), movement=None, *, period=MONTH, as_of=AS_OF):
    return followers(readings, movement, period=period, as_of=as_of)


def test_net_churn_and_the_month_before_by_hand():
    before = daily(*[2] * 30, first=940, start=START - 30 * DAY_S)
    joins = [Stay(START + number * 3600, None) for number in range(50)]
    leaves = [START + number * 7200 for number in range(20)]
    found = told([*before, *daily(*[1] * 30)], Movement(START - DAY_S, joins, leaves))
    assert (found.start.subscribers, found.end.subscribers, found.net) == (1000, 1030, 30)
    assert found.net_percent == pytest.approx(3.0)
    assert found.before == 60
    assert (found.joined, found.left, found.churn_percent) == (50, 20, pytest.approx(2.0))
    assert not found.is_rough


def test_a_churn_needs_the_whole_period():
    found = told(daily(*[1] * 30), Movement(START + DAY_S, [], [START + 2 * DAY_S]))
    assert (found.left, found.churn_percent, found.is_whole) == (1, None, False)
    assert [day.joined for day in found.days[:3]] == [None, 0, 0]
    gone = told(daily(*[1] * 30), Movement(0, [], [START + 2 * DAY_S], has_gaps=True))
    assert (gone.left, gone.churn_percent, gone.is_whole) == (1, None, False)


def test_without_movement_only_the_net_is_known():
    found = told(daily(*[1] * 30))
    assert (found.net, found.joined, found.left, found.sources) == (30, None, None, ())
    assert {day.net for day in found.days} == {1}


@pytest.mark.parametrize(
    ("readings", "net", "is_rough"),
    [
        pytest.param([], None, False, id="nothing"),
        pytest.param([AudienceReading(START - 40 * DAY_S, 900, 0)], None, False, id="one, too far from both ends"),
        pytest.param([AudienceReading(START, 1000, 0), AudienceReading(END, 1100, 0)], 100, False, id="both ends"),
        pytest.param([AudienceReading(START, 1200, 100), AudienceReading(END, 1300, 100)], 100, True, id="rounded"),
        pytest.param(
            [AudienceReading(START - 10 * DAY_S, 1000, 0), AudienceReading(START + 20 * DAY_S, 1300, 0),
             AudienceReading(END, 1400, 0)],
            300, True, id="read ten days before the start: between the two",
        ),
    ],
)  # fmt: skip
def test_the_net_is_of_counts_near_the_ends(readings, net, is_rough):
    found = told(readings)
    assert found.net == (None if net is None else pytest.approx(net))
    assert found.is_rough is is_rough


def test_days_between_two_distant_readings_are_not_told_apart():
    weekly = [AudienceReading(START + number * 7 * DAY_S, 1000 + 70 * number, 0) for number in range(5)]
    assert all(day.net is None for day in told(weekly).days)


def test_who_stayed_is_counted_among_those_who_could_have():
    """Of the link: 4 joined 40 days ago, of whom 1 left the same day and 1 after 8 days; 2 joined yesterday."""
    old = AS_OF - 40 * DAY_S
    stays = [
        Stay(old, old + 3600, "+ad"),
        Stay(old, old + 8 * DAY_S, "+ad"),
        Stay(old, None, "+ad"),
        Stay(old, None, "+ad"),
    ]
    fresh = [Stay(END - 3600, None, "+ad", "Реклама"), Stay(END - 3600, None, "+ad", "Реклама")]
    [source] = told(movement=Movement(0, [*stays, *fresh], [])).sources
    assert (source.joined, source.link_name) == (2, "Реклама")
    assert [(one.days, one.n, one.kept) for one in source.kept] == [(1, 4, 3), (7, 4, 3), (30, 4, 2)]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_the_possible(of):
    kept, n = of
    low, high = wilson(kept, n)
    assert 0 <= low <= 100 * kept / n <= high <= 100
    assert high - low > 0


def test_the_interval_is_wilsons():
    """8 of 10: 49.0 to 94.3, as in Brown, Cai and DasGupta 2001."""
    assert wilson(8, 10) == (pytest.approx(49.02, abs=0.01), pytest.approx(94.33, abs=0.01))


moments = st.integers(START - 30 * DAY_S, END - 1)


@given(
    st.lists(st.tuples(moments, st.none() | st.integers(0, 40 * DAY_S), st.sampled_from([None, "+a", "+b"])))
)
def test_sources_add_up_to_the_joins_and_fewer_stay_the_longer_it_is(rows):
    joins = [Stay(at, None if stay is None else at + stay, link) for at, stay, link in rows]
    found = told(movement=Movement(0, joins, []))
    assert (
        sum(source.joined for source in found.sources)
        == found.joined
        == sum(day.joined for day in found.days)
    )
    for source in found.sources:
        assert [one.days for one in source.kept] == list(KEPT_DAYS)
        assert sorted((one.n for one in source.kept), reverse=True) == [one.n for one in source.kept]
        for one in source.kept:
            assert (one.percent is None) == (one.n == 0)


def test_a_day_of_note_names_the_link_that_brought_most_of_it():
    nets = [3, 4, 5, 2, 4] * 6
    nets[11] = 120
    day = MONTH.first + timedelta(days=11)
    at = START + 11 * DAY_S + 3600
    joins = [Stay(at, None, "+ad", "Реклама")] * 90 + [Stay(at, None)] * 30
    [notable] = told(daily(*nets), Movement(0, joins, [])).notable
    assert (notable.day, notable.net, notable.usual) == (day, 120, 4)
    assert (notable.source.link, notable.joined_by_source) == ("+ad", 90)


def test_an_even_month_has_no_day_of_note():
    assert told(daily(*[3, 9, -4, 6, 2] * 6)).notable == ()


def test_days_where_the_clocks_change_are_whole():
    """31 March 2024, 23 hours in Berlin."""
    march = periods.dates(date(2024, 3, 30), date(2024, 4, 1), ZONE)
    bounds = periods.day_starts(march.first, march.last, ZONE)
    readings = [AudienceReading(at, 100 + 10 * number, 0) for number, at in enumerate(bounds)]
    found = followers(readings, None, period=march, as_of=march.end_unix)
    assert [day.net for day in found.days] == [10, 10, 10]
