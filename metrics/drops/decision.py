"""A comparison judged: the state, and everything an answer needs to tell of it. Sentences stand in the locales."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.drops.compared import Comparison, NoComparison
from metrics.drops.parameters import (
    CRITICAL_METRICS,
    CRITICAL_Z,
    NOTE_DROP_PERCENT,
    NOTE_Z,
    ROUNDED_PUSH_SD,
    Z_95,
    Z_POWER_80,
    Rule,
)

STATES = ("learning", "ok", "note", "warning", "critical")  # in order of severity
ALARMS = ("warning", "critical")

# What was compared (docs/evidence.md#A.6), the best first.
BASES = (
    "exact",  # own readings: views at 6 h, ER at 24 h
    "rounded",  # the same from pages that round
    "subscribers",  # interactions by subscribers at 24 h, where nobody sees views; metric `er` only
    "final",  # uploaded counters brought to 7 days
    "reach",  # the same where no views are known: reach stands in for them, in both metrics
)
NEVER_PUSHED = ("final", "reach")


def quantity(metric: str, basis: str) -> str:
    """Returns what a drop is called: the metric, or the reach that stands in for views."""
    return "reach" if (metric, basis) == ("views", "reach") else metric


@dataclass(frozen=True, slots=True)
class Decision:
    """Percent are of the level: a drop of 30 leaves 70. `low`-`high`: its 95 % interval. Undefined is None."""

    metric: str
    basis: str
    state: str
    reason: str | None  # why it is undecided (compared.REASONS); the state is `learning` then
    drop_percent: float | None
    low_percent: float | None
    high_percent: float | None
    z: float | None
    detectable_percent: float | None  # the smallest drop that this channel shows with 80 % power, as of now
    common_percent: float | None  # the drop that all channels share, and that is taken off
    n: int  # posts in the window
    window_first: date
    window_last: date
    history_posts: int
    history_days: int  # days with posts
    history_first: date
    history_last: date
    is_slow: bool
    is_pushed: bool  # False: told in the digest only
    needed_z: float | None = None  # what this channel's warning took that day
    gate_percent: float | None = None
    newest: date | None = None  # the last day with a post that was compared
    newest_drop_percent: float | None = None  # of that day's own mean
    started: date | None = None  # the day the level fell
    is_holiday: bool = False
    is_floored: bool = False  # «this much and more»: clipping hides how deep the fall is

    @property
    def is_decided(self) -> bool:
        return self.reason is None


def judge(
    compared: Comparison | NoComparison,
    rule: Rule,
    *,
    metric: str,
    basis: str,
    is_slow: bool = False,
    common: float | None = None,
    fitted_z: float | None = None,
    is_holiday: bool = False,
) -> Decision:
    """Returns the decision on a comparison: its state and all that an answer needs.

    `common`: the log shift of all channels of the workspace, already taken off `compared`. `fitted_z`: what
    the channel's own noise asks of a warning. A fall inside a holiday is pushed only if it is certainly as
    deep as a critical one.
    """
    decided = isinstance(compared, Comparison)
    shift, se = (compared.shift, compared.se) if isinstance(compared, Comparison) else (None, None)
    drop = None if shift is None else drop_percent(shift)
    z = compared.z if isinstance(compared, Comparison) else None
    rough = isinstance(compared, Comparison) and compared.rounding_sd > ROUNDED_PUSH_SD
    needed = 0.0 if rule.is_literal else rule.warning_z(metric, basis, fitted_z)
    shallow = None if shift is None or se is None else drop_percent(shift + Z_95 * se)
    state = _state(drop, z, rule, metric, needed)
    return Decision(
        metric=metric,
        basis=basis,
        state=state,
        reason=compared.reason if isinstance(compared, NoComparison) else None,
        drop_percent=drop,
        low_percent=shallow,
        high_percent=None if shift is None or se is None else drop_percent(shift - Z_95 * se),
        z=z,
        detectable_percent=None if se is None else drop_percent(-(needed + Z_POWER_80) * se),
        common_percent=None if common is None or not decided else drop_percent(common),
        n=compared.window_posts,
        window_first=compared.window.first_date,
        window_last=compared.window.last_date,
        history_posts=compared.history_posts,
        history_days=compared.history_days,
        history_first=compared.history.first_date,
        history_last=compared.history.last_date,
        is_slow=is_slow,
        is_pushed=not (
            rough
            or basis in NEVER_PUSHED
            or _is_left_to_summaries(state, shallow, rule, is_slow=is_slow, is_holiday=is_holiday)
        ),
        needed_z=needed,
        gate_percent=rule.gate_percent,
        **(_days(compared) if isinstance(compared, Comparison) else {}),
        is_holiday=is_holiday,
        is_floored=isinstance(compared, Comparison) and compared.is_floored,
    )


def is_left_to_summaries(decision: Decision, rule: Rule) -> bool:
    """Tells whether nobody is woken for the decision: it is of a slow channel, or ordinary for a holiday."""
    return _is_left_to_summaries(
        decision.state,
        decision.low_percent,
        rule,
        is_slow=decision.is_slow,
        is_holiday=decision.is_holiday,
    )


def _is_left_to_summaries(
    state: str, shallow: float | None, rule: Rule, *, is_slow: bool, is_holiday: bool
) -> bool:
    is_certain = state == "critical" and shallow is not None and shallow >= rule.critical_percent
    return is_slow or (is_holiday and not is_certain)


def _days(compared: Comparison) -> dict[str, Any]:
    newest, started = (
        None if day is None else date.fromordinal(day) for day in (compared.newest, compared.started)
    )
    own = None if compared.newest_shift is None else drop_percent(compared.newest_shift)
    return {"newest": newest, "newest_drop_percent": own, "started": started}


def _state(drop: float | None, z: float | None, rule: Rule, metric: str, needed: float) -> str:
    if drop is None:
        return "learning"
    if rule.is_literal:
        return "warning" if drop >= rule.gate_percent else "ok"
    sure = 0.0 if z is None else z
    if metric in CRITICAL_METRICS and drop >= rule.critical_percent and sure >= max(CRITICAL_Z, needed):
        return "critical"
    if drop >= rule.gate_percent and sure >= needed:
        return "warning"
    return "note" if drop >= NOTE_DROP_PERCENT and sure >= NOTE_Z[metric] else "ok"


def drop_percent(shift: float) -> float:
    """Returns the drop in percent that a shift of the log means; a rise is negative."""
    return -100 * math.expm1(shift)
