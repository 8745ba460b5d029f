"""What all channels share is taken off each and told once."""

import math

import pytest

from metrics.drops.compared import Comparison, NoComparison
from metrics.drops.decision import judge
from metrics.drops.parameters import rule
from metrics.drops.replay import History, replay
from metrics.drops.spans import Span
from metrics.drops.workspace import Common, common_part, is_news, less_common
from tests.metrics.drops.made import MONDAY, NORMAL, Values, noisy, shifted

SPAN = Span(1, 3)


def shifts(*drops):
    return [Comparison(math.log(1 - drop), 0.05, SPAN, 9, SPAN, 160, 56) for drop in drops]


def test_it_takes_ten_channels_that_report():
    silent = NoComparison("no_posts", SPAN, 0, SPAN, 0, 0)
    assert common_part([*shifts(*[0.2] * 9), silent]) is None
    assert common_part(shifts(*[0.2] * 10)).drop_percent == pytest.approx(20)


def test_it_is_the_median():
    assert common_part(shifts(*[0.0] * 6, *[0.5] * 5)).drop_percent == pytest.approx(0)


def test_a_drop_is_judged_without_the_common_part():
    seen = shifts(*[0.2] * 10, 0.6)
    common = common_part(seen)
    usual, deep = (
        judge(less_common(one, common), rule("normal"), metric="views", basis="exact", common=common.shift)
        for one in (seen[0], seen[-1])
    )
    assert (usual.state, usual.common_percent) == ("ok", pytest.approx(20))
    assert (deep.state, deep.drop_percent) == ("critical", pytest.approx(50))


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(None, 0.08, True), (0.02, 0.08, True), (0.08, 0.09, False), (0.02, 0.06, False), (0.0, -0.08, True)],
)
def test_it_is_told_once(before, now, told):
    earlier = None if before is None else Common(math.log(1 - before), 12)
    assert is_news(earlier, Common(math.log(1 - now), 12)) is told


def as_histories(factors):
    """Channels whose views change by their factor from day 80 on."""
    return [
        History(
            str(number), (Values("views", shifted(noisy(number, 90), 80, factor)),), MONDAY, MONDAY + 89, 270
        )
        for number, factor in enumerate(factors)
    ]


def test_a_holiday_of_all_is_one_line_and_no_flood_of_warnings():
    result = replay(as_histories([0.6] * 12), NORMAL)
    assert sum(len(channel.episodes) for channel in result.channels) <= 1
    told = [(shift.metric, shift.channels, shift.drop_percent > 7) for shift in result.common]
    assert told == [("views", 12, True)]


def test_nine_channels_are_each_for_themselves():
    result = replay(as_histories([0.6] * 9), NORMAL)
    assert all(channel.episodes for channel in result.channels)
    assert result.common == []


def test_one_of_many_that_drops_is_found():
    result = replay(as_histories([1.0] * 11 + [0.5]), NORMAL)
    assert [len(channel.episodes) for channel in result.channels] == [0] * 11 + [1]
