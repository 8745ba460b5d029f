"""What breaks: an explanation whose sums do not give the number that was told."""

import pytest

from metrics.frame import audience_table
from metrics.periods import Period
from metrics.reckoning import reckon
from metrics.registry import EVERY, LEVELS, RATES
from metrics.scope import Scope, open_scope
from metrics.summary import summary_of
from tests.metrics.zoo import ZONE, ZOO


def scope_of(name: str) -> Scope:
    channel = ZOO[name]()
    period: Period = channel.period
    return open_scope(
        channel.table(),
        audience_table(channel.audience),
        period=period,
        zone=ZONE,
        as_of=channel.as_of,
        platform=channel.platform,
        readings=channel.readings(),
    )


@pytest.mark.parametrize("name", sorted(ZOO))
def test_every_rate_is_explained_by_the_rows_it_was_computed_from(name):
    scope = scope_of(name)
    told = summary_of(scope).rates
    for code in EVERY:
        found = reckon(scope, code)
        if code in RATES:
            assert found.estimate == told[code], code
        value = found.estimate.value
        if value is None:
            continue
        if found.average == "pooled":
            assert 100 * found.total / found.base == pytest.approx(value), code
        elif code in LEVELS:
            assert found.total / found.base == pytest.approx(value), code
        else:
            assert found.lowest <= value * (1 + 1e-9), code
            assert value <= found.highest * (1 + 1e-9), code
        if found.parts and scope.choice.components != ("interactions_sum",) and not scope.choice.whole:
            assert sum(found.parts.values()) == pytest.approx(found.total), code


def test_posts_that_lack_a_counter_are_counted_as_left_out():
    scope = scope_of("no_views")
    assert reckon(scope, "er_by_views").n == 0
    assert reckon(scope, "er_by_views").without == int(scope.used.sum())
