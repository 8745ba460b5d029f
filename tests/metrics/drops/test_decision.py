"""States: how far and how surely a level has to lie below, by metric, rule, gate and basis."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.drops.compared import Comparison, NoComparison
from metrics.drops.decision import BASES, STATES, judge
from metrics.drops.parameters import METRICS, RULES, rule
from metrics.drops.spans import Span
from metrics.errors import DomainError

WINDOW, HISTORY = Span(739_000, 739_002), Span(738_944, 738_999)


def compared(drop_percent, z, rounding_sd=0.0):
    shift = math.log(1 - drop_percent / 100)
    return Comparison(shift, -shift / z if z else 1.0, WINDOW, 9, HISTORY, 160, 56, rounding_sd)


def decide(drop_percent, z, *, metric="views", basis="exact", name="normal", gate=20, **arguments):
    return judge(compared(drop_percent, z), rule(name, gate), metric=metric, basis=basis, **arguments)


@pytest.mark.parametrize(
    ("drop", "z", "metric", "state"),
    [
        (10, 9, "views", "ok"),
        (15.1, 1.9, "views", "ok"),
        (15.1, 2.1, "views", "note"),
        (19.9, 9, "views", "note"),
        (20.1, 1.9, "views", "ok"),
        (20.1, 2.1, "views", "warning"),
        (39.9, 9, "views", "warning"),
        (40.1, 2.9, "views", "warning"),
        (40.1, 3.1, "views", "critical"),
        (30, 2.4, "er", "ok"),
        (30, 2.6, "er", "note"),
        (30, 3.1, "er", "warning"),
        (90, 9, "er", "warning"),
        (-30, 9, "views", "ok"),
    ],
)
def test_normal(drop, z, metric, state):
    assert decide(drop, z if drop > 0 else -z, metric=metric).state == state


@pytest.mark.parametrize(
    ("name", "metric", "z", "state"),
    [
        ("calm", "views", 2.9, "note"),
        ("calm", "views", 3.1, "warning"),
        ("calm", "er", 3.4, "note"),
        ("calm", "er", 3.6, "warning"),
        ("sensitive", "views", 1.9, "ok"),
        ("sensitive", "views", 2.1, "warning"),
        ("sensitive", "er", 2.4, "ok"),
        ("sensitive", "er", 2.6, "warning"),
        ("literal", "views", 0.1, "warning"),
        ("literal", "er", 0.1, "warning"),
    ],
)
def test_rules(name, metric, z, state):
    assert decide(30, z, metric=metric, name=name).state == state


@pytest.mark.parametrize(
    ("gate", "drop", "state"),
    [(10, 11, "warning"), (30, 25, "note"), (30, 31, "warning"), (50, 45, "note"), (50, 51, "critical")],
)
def test_the_gate_is_the_persons_own(gate, drop, state):
    assert decide(drop, 9, gate=gate).state == state


@pytest.mark.parametrize(
    ("name", "gate", "code"),
    [
        ("loud", 20, "drops.rule"),
        ("calm", 9, "drops.gate"),
        ("calm", 51, "drops.gate"),
        ("calm", math.nan, "drops.gate"),
    ],
)
def test_what_is_no_rule_is_refused(name, gate, code):
    with pytest.raises(DomainError) as refused:
        rule(name, gate)
    assert refused.value.code == code


def test_interactions_by_subscribers_take_z_3_however_sensitive():
    assert decide(30, 2.9, metric="er", basis="subscribers", name="sensitive").state == "note"
    assert decide(30, 3.1, metric="er", basis="subscribers", name="sensitive").state == "warning"


@pytest.mark.parametrize(
    ("basis", "rounding_sd", "is_slow", "pushed"),
    [
        ("exact", 0, False, True),
        ("rounded", 0.029, False, True),
        ("rounded", 0.031, False, False),
        ("subscribers", 0, False, True),
        ("final", 0, False, False),
        ("exact", 0, True, False),
    ],
)
def test_what_is_pushed(basis, rounding_sd, is_slow, pushed):
    one = judge(compared(30, 5, rounding_sd), rule("normal"), metric="er", basis=basis, is_slow=is_slow)
    assert (one.is_pushed, one.state) == (pushed, "warning")


def test_the_smallest_drop_it_can_find():
    """docs/evidence.md#3.1: 1 - exp(-(z + .84) SE)."""
    one = decide(30, 2)
    se = -math.log(0.7) / 2
    assert one.detectable_percent == pytest.approx(100 * (1 - math.exp(-2.84 * se)))


def test_an_undecided_one_says_why_and_nothing_else():
    one = judge(
        NoComparison("no_posts", WINDOW, 0, HISTORY, 160, 56), rule("normal"), metric="er", basis="exact"
    )
    assert (one.state, one.reason, one.n, one.history_posts) == ("learning", "no_posts", 0, 160)
    assert {one.drop_percent, one.low_percent, one.high_percent, one.z, one.detectable_percent} == {None}


@given(
    st.floats(-50, 99),
    st.floats(0.01, 1),
    st.floats(0, 0.5),
    st.sampled_from(METRICS),
    st.sampled_from(RULES),
    st.sampled_from(BASES),
    st.integers(10, 50),
)
def test_a_deeper_drop_never_lowers_the_state(drop, se, deeper, metric, name, basis, gate):
    shift = math.log(1 - drop / 100)
    states = [
        judge(
            Comparison(shift - more, None if name == "literal" else se, WINDOW, 9, HISTORY, 160, 56),
            rule(name, gate),
            metric=metric,
            basis=basis,
        ).state
        for more in (0, deeper)
    ]
    assert STATES.index(states[1]) >= STATES.index(states[0])
