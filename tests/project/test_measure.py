"""A measurement says whether its target is met, and says it in one line."""

import json

import pytest

from benchmarks.__main__ import save
from benchmarks.measure import Measurement, largest_share, least_rate, percentile


def test_a_value_within_its_ratio_is_ok():
    line = str(Measurement("reading", 30.0, "ms", floor=10.0, at_most_ratio=4))
    assert line == "reading: 30 ms (floor 10 ms, ratio 3.00, target 4x) ok"


@pytest.mark.parametrize(
    "missed",
    [
        Measurement("ratio", 41.0, "ms", floor=10.0, at_most_ratio=4),
        Measurement("value", 51.0, "ms", at_most=50),
        Measurement("too little", 79.0, "%", at_least=80),
        Measurement("both, one missed", 51.0, "ms", floor=50.0, at_most=50, at_most_ratio=4),
        Measurement("a ratio without a floor", 1.0, "ms", at_most_ratio=4),
    ],
    ids=lambda measurement: measurement.name,
)
def test_a_missed_target_shows(missed):
    assert not missed.is_met
    assert str(missed).endswith("OVER")


def test_a_value_that_must_not_be_small_is_ok_above_its_target():
    line = str(Measurement("found", 85.0, "%", at_least=80, beside="in 7 days 99 %"))
    assert line == "found: 85 % (target at least 80 %, in 7 days 99 %) ok"


@pytest.mark.parametrize(
    ("found", "n", "percent"), [(31, 40, 87.7), (0, 40, 7.2), (40, 40, 100.0), (95, 100, 98.0)]
)
def test_the_largest_share_is_the_exact_binomials(found, n, percent):
    """One-sided 95 % by Clopper and Pearson; of nothing found in 40 it is 1 - .05^(1/40)."""
    assert largest_share(found, n) == pytest.approx(percent, abs=0.05)


@pytest.mark.parametrize(("events", "n", "rate"), [(23, 40, 0.393), (1, 40, 0.00128), (0, 40, 0.0)])
def test_the_least_rate_is_the_exact_poissons(events, n, rate):
    """Of one event it is -ln .95 in all."""
    assert least_rate(events, n) == pytest.approx(rate, abs=0.002)


def test_a_sample_is_judged_by_what_it_leaves_possible():
    line = str(Measurement("found", 77.5, "%", at_least=80, possible=87.7, beside="n 40"))
    assert line == "found: 77.5 % (target at least 80 %, 87.7 possible, n 40) ok"
    assert not Measurement("found", 60.0, "%", at_least=80, possible=72.9).is_met


def test_a_value_without_a_target_is_only_told():
    assert str(Measurement("memory", 120.0, "MB")) == "memory: 120 MB ok"


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 5), (90, 9), (91, 10), (99, 10), (100, 10)])
def test_percentiles_are_values_that_were_seen(percent, expected):
    assert percentile([7, 1, 10, 4, 2, 9, 3, 8, 5, 6], percent) == expected


def test_what_has_facts_is_saved_and_times_are_not(tmp_path):
    found = Measurement("found", 84.75019, "%", facts={"drop": 30, "found": {3: 84.75}})
    save(
        {"drops": [found, Measurement("pace", 1.0, "ms")], "imports": [Measurement("reading", 30.0, "ms")]},
        tmp_path,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["drops.json"]
    (kept,) = json.loads((tmp_path / "drops.json").read_text("utf-8"))
    assert kept == {"value": 84.75, "drop": 30, "found": {"3": 84.75}}
