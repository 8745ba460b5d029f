"""Points, families, verdicts: docs/evidence.md, section 4.4, as a table."""

from itertools import combinations

import pytest

from metrics.audit.findings import IndicatorReading, judge
from metrics.audit.limits import LIMITS
from metrics.audit.verdict import confidence, decide, family_points, total

TABLE = [
    ({}, "no_known_pattern"),
    ({"reach": 10}, "no_known_pattern"),
    ({"growth": 20}, "look_closer"),
    ({"reach": 10, "interaction": 10}, "look_closer"),
    ({"growth": 40}, "look_closer"),  # one family never passes «look closer»
    ({"growth": 20, "reach": 10}, "look_closer"),
    ({"growth": 40, "interaction": 10}, "suspicious"),
    ({"growth": 20, "subscribers": 20}, "suspicious"),
    ({"growth": 20, "reach": 10, "interaction": 10}, "suspicious"),
    ({"growth": 40, "uniformity": 40}, "suspicious"),  # 80 points, but of two families
    ({"growth": 40, "uniformity": 20, "reach": 10}, "very_likely_inflated"),
    ({"growth": 40, "uniformity": 40, "subscribers": 40}, "very_likely_inflated"),
    ({"growth": 20, "uniformity": 20, "subscribers": 20}, "suspicious"),  # 60
]


@pytest.mark.parametrize(("points", "verdict"), TABLE)
def test_the_verdict_of_points_by_family(points, verdict):
    assert decide(points, "week") == verdict
    assert decide(points, "watch") == verdict


@pytest.mark.parametrize(("points", "verdict"), TABLE)
def test_a_glance_never_passes_look_closer(points, verdict):
    assert decide(points, "glance") == (
        "no_known_pattern" if verdict == "no_known_pattern" else "look_closer"
    )


def test_points_end_at_a_hundred():
    assert total({"growth": 40, "uniformity": 40, "subscribers": 40}) == 100


def test_what_has_been_checked_tells_how_far_the_data_go():
    assert confidence(["uniform_views", "reach_rate", "reaction_burst"]) == "glance"
    assert confidence(["uniform_views", "step"]) == "watch"
    assert confidence(["subscriber_jump"]) == "watch"
    assert confidence(["slow_start", "step"]) == "week"


def extreme(indicator):
    """A value far beyond every limit of the indicator."""
    return judge(IndicatorReading(indicator, 1e6 if LIMITS[indicator].suspect == "above" else -1e6, 50))


def test_points_of_each_indicator():
    points = {indicator: extreme(indicator).points for indicator in LIMITS}
    strong = {indicator for indicator, earned in points.items() if earned == 40}
    assert strong == {
        "step",
        "slow_start",
        "night_growth",
        "uniform_views",
        "subscriber_jump",
        "subscriber_bleed",
        "even_rates",
        "collapse",
        "level_shift",
        "ads_against_own",
        "likes_apart",
        "views_apart",
    }
    weak = {indicator for indicator, earned in points.items() if earned == 20}
    assert weak == {"equal_reactions", "growth_without_readers"}
    assert {earned for indicator, earned in points.items() if indicator not in strong | weak} == {10}


def test_more_evidence_never_lowers_points_nor_softens_the_verdict():
    order = ["no_known_pattern", "look_closer", "suspicious", "very_likely_inflated"]
    everything = [extreme(indicator) for indicator in LIMITS]
    for size in range(3):
        for some in combinations(everything, size):
            before = family_points(some)
            for one in everything:
                after = family_points([*some, one])
                assert total(after) >= total(before)
                assert order.index(decide(after, "week")) >= order.index(decide(before, "week"))


def test_a_family_counts_once():
    growth = [extreme(name) for name in ("step", "slow_start", "night_growth")]
    assert family_points(growth) == {"growth": 40}


def test_an_explained_value_is_no_pattern():
    explained = judge(IndicatorReading("subscriber_jump", 50, 10, explained=True))
    assert (explained.strength, explained.points, explained.value) == (None, 0, 50)


def test_every_limit_lies_outside_the_usual_range():
    for limits in LIMITS.values():
        if limits.usual_low is None or limits.usual_high is None:
            continue
        outside = (
            limits.weak >= limits.usual_high if limits.suspect == "above" else limits.weak <= limits.usual_low
        )
        assert outside, limits.indicator
