"""One figure of a channel in two periods that somebody chose, beside each other."""

from dataclasses import dataclass

from metrics import change
from metrics.change import Difference
from metrics.estimates import Estimate
from metrics.interactions import OF_INTERACTIONS
from metrics.registry import EVERY
from metrics.rows import rows_of, value_of_rows
from metrics.scope import Scope
from metrics.summary import aged_side


@dataclass(frozen=True, slots=True)
class Beside:
    """`difference`: percent by which the first period stands above the second."""

    code: str
    first: Estimate
    second: Estimate
    difference: Difference


def beside(first: Scope, second: Scope, code: str) -> Beside:
    """Returns a rate or a level (`code` of registry.EVERY) in both periods, and the difference at 7 days of age.

    There is no difference between periods that share days, where one of them has no posts of its own, or where
    an interaction is made of other parts (docs/evidence.md#A.4).
    """
    reason = _why_not(first, second, code)
    if reason:
        found = change.nothing(reason)
    else:
        now, before = (aged_side(scope, scope.period) for scope in (first, second))
        found = change.difference(EVERY[code], now, before)
    return Beside(code, _estimate(first, code), _estimate(second, code), found)


def _estimate(scope: Scope, code: str) -> Estimate:
    return value_of_rows(code, rows_of(scope, scope.period, scope.used))


def _why_not(first: Scope, second: Scope, code: str) -> str | None:
    one, other = first.period, second.period
    if max(one.first, other.first) <= min(one.last, other.last):
        return "shared_days"
    if first.fallback or second.fallback:
        return "no_posts"
    is_of_parts = EVERY[code].numerator in OF_INTERACTIONS
    return "other_components" if is_of_parts and first.choice.components != second.choice.components else None
