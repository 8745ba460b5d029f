"""Posts of a channel on one scale, each shrunk towards the usual by how well its own figure is known.

3 reactions to 100 views say little, 300 to 10 000 say the same for certain. What is known badly is the count of a post,
its rounding and its age.
"""

from dataclasses import dataclass

import numpy as np

from metrics.frame import Floats
from metrics.maturity import CURVES
from metrics.periods import history
from metrics.registry import ONE
from metrics.results import HALF, Measure, Results, blended_variance, results
from metrics.scope import Scope


@dataclass(frozen=True, slots=True)
class WeighedPosts:
    """`logs`, `sds`: shrunk, a value a known post."""

    scope: Scope
    measure: Measure
    known: Results
    usual: Results
    usual_log: float
    logs: Floats
    sds: Floats


def weigh(scope: Scope, measure: Measure, known: Results) -> WeighedPosts:
    usual = results(scope, scope.used | scope.organic(history(scope.period))).known(measure)
    usual_logs = usual.logs(measure)
    usual_log = float(usual_logs.mean())
    between = _spread(measure, usual_logs, _errors(scope, measure, usual, usual_log))
    error = _errors(scope, measure, known, usual_log)
    weight = between / (between + error)
    logs = usual_log + weight * (known.logs(measure) - usual_log)
    return WeighedPosts(scope, measure, known, usual, usual_log, logs, np.sqrt(weight * error))


def _spread(measure: Measure, logs: Floats, errors: Floats) -> float:
    """Returns the variance between the channel's posts beyond their errors.

    The usual sd of channels is halved at most.
    """
    between = blended_variance(logs, measure.usual_sd) - float(errors.mean())
    return max(between, (measure.usual_sd / 2) ** 2)


def _errors(scope: Scope, measure: Measure, some: Results, usual_log: float) -> Floats:
    """Returns the variance of each post's log: of its count, of its rounding, and of bringing it to 7 days.

    A count of nothing is as uncertain as the count that was to be expected.
    """
    raw = scope.raw.take(some.own)
    below = np.ones(raw.size) if measure.denominator == ONE else raw.of(measure.denominator)
    counts = {
        measure.numerator: np.maximum(raw.of(measure.numerator), np.exp(usual_log) * below),
        measure.denominator: below,
    }
    error = np.zeros(raw.size)
    for name in counts.keys() & CURVES.keys():
        count = counts[name] + HALF
        error += 1 / count + raw.variance(name) / count**2 + some.curves.sd(name, some.age_h) ** 2
    return error
