"""Every public function of metrics on every named series, and on any table at all: none raises, none gives NaN, every
interval holds its point. A new function without a case fails here.
"""

import math
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.kit.examples import examples, is_thorough
from tests.metrics.everything import CASES, Asked, ask, intervals, numbers, public_functions, takes_tables
from tests.metrics.test_properties import CHANNELS
from tests.metrics.zoo import ZOO

NAMES = sorted(
    name for name, function in public_functions().items() if takes_tables(function) or name in CASES
)


@cache
def asked(series: str) -> Asked:
    return Asked(ZOO[series]())


def wrong_in(answer: object) -> str | None:
    if not all(math.isfinite(number) for number in numbers(answer)):
        return "NaN or infinity"
    for low, point, high in intervals(answer):
        if (low is None) != (high is None):
            return f"half an interval: {low} {high}"
        if low is not None and (point is None or not low <= point <= high):
            return f"{point} outside {low} to {high}"
    return None


def test_cases_are_of_functions_that_there_are():
    assert set(CASES) - set(public_functions()) == set()


@pytest.mark.thorough
@pytest.mark.parametrize(("number", "name"), list(enumerate(NAMES)))
def test_every_function_on_every_series(number, name):
    """In `make test` on every other one: a function on the odd ones, the next on the even ones."""
    series = list(ZOO) if is_thorough() else list(ZOO)[number % 2 :: 2]
    problems = {one: wrong_in(ask(name, asked(one))) for one in series}
    assert {one: problem for one, problem in problems.items() if problem} == {}


# To shrink a table by asking a hundred functions takes minutes: the first that fails is shown as it is.
@settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(CHANNELS, st.integers(1, 40))
def test_every_function_on_any_table(channel, hours):
    """Each post was read once more before, that many hours."""
    before = tuple(
        row._replace(observed_at=max(row.published_at, row.observed_at - hours * 3600), views=row.reach)
        for row in channel.posts
    )
    one = Asked(channel.with_earlier(before))
    problems = {name: wrong_in(ask(name, one)) for name in NAMES}
    assert {name: problem for name, problem in problems.items() if problem} == {}
