"""A counter at a given age, from readings taken around that age."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.frame import Bools, Floats, Ints, bools, floats, ints, numbered, objects

NEIGHBOUR = (
    0.5  # docs/evidence.md#7: a neighbour counts within ±50 % of the age, and there must be one on both sides
)
AT_AGE = 0.05  # a reading this close is one at that age: views move by under 2 % meanwhile


def newest_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Returns a row a post: its newest reading, of equally new ones the later row."""
    rows = readings.sort_values("observed_at", kind="stable")
    return rows.drop_duplicates("external_id", keep="last")


def views_at_age(ids: npt.NDArray[np.object_], readings: pd.DataFrame, age_h: float) -> Floats:
    """Returns the views of each post in `ids` at that age; see `counter_at_age`."""
    return counter_at_age(ids, readings, "views", age_h)[0]


def counter_at_age(
    ids: npt.NDArray[np.object_], readings: pd.DataFrame, name: str, age_h: float
) -> tuple[Floats, Floats]:
    """Returns a counter of each post in `ids` at that age, by log-log interpolation, and its rounding step.

    NaN where nobody read it then. Only exact moments count, of posts whose hour is known. Views that fall between the
    two neighbours by more than their rounding mean a deletion or a replacement: no value. Reactions are taken back.
    """
    rows = _usable(readings, name, age_h)
    known, _ = numbered(np.concatenate([ids, objects(readings, "external_id")[rows]]))
    post, seen = known[: len(ids)], known[len(ids) :]
    log_age = np.log(_ages(readings)[rows] / age_h)
    order = np.argsort(log_age, kind="stable")
    below, above = order[log_age[order] <= 0], order[log_age[order] >= 0]
    size = int(known.max(initial=-1)) + 1
    left, right = _last(seen, below, size)[post], _last(seen, above[::-1], size)[post]
    counts, steps = floats(readings, name)[rows], floats(readings, f"{name}_step")[rows]
    step = np.maximum(_at(steps, left, 0.0), _at(steps, right, 0.0))
    if name == "views":
        counts = np.maximum(counts, 0.5)
        step = np.where(_at(counts, right, np.inf) >= _at(counts, left, 0.0) - step, step, np.nan)
        return np.where(np.isnan(step), np.nan, _at_age(left, right, log_age, counts)), step
    return np.maximum(_at_age(left, right, log_age, counts + 0.5) - 0.5, 0), step


def fell(ids: npt.NDArray[np.object_], readings: pd.DataFrame) -> Bools:
    """Tells which of these posts had more views once than later.

    They were removed or replaced, and their views are no data.
    """
    rows = readings[_is_exact(readings) & ~np.isnan(floats(readings, "views"))]
    known, _ = numbered(np.concatenate([ids, objects(rows, "external_id")]))
    post, seen = known[: len(ids)], known[len(ids) :]
    views = floats(rows, "views")
    order = np.lexsort((views, ints(rows, "observed_at"), seen))
    seen, views, step = seen[order], views[order], floats(rows, "views_step")[order]
    down = (np.diff(seen) == 0) & (np.diff(views) < -np.maximum(step[1:], step[:-1]))
    return np.isin(post, seen[1:][down])


def _at_age(left: Ints, right: Ints, log_age: Floats, counts: Floats) -> Floats:
    logs = np.log(counts)
    return _nearby(_between(left, right, log_age, logs), left, right, log_age, logs)


def _at(values: Floats, rows: Ints, missing: float) -> Floats:
    """Returns the value of each row; `missing` for row -1."""
    return np.append(values, missing)[rows]


def _usable(readings: pd.DataFrame, name: str, age_h: float) -> Ints:
    """Returns the rows to go by: the few columns asked for are taken from them, not all of the table's."""
    ages = _ages(readings)
    near = (ages >= age_h * (1 - NEIGHBOUR)) & (ages <= age_h * (1 + NEIGHBOUR))
    return np.flatnonzero(near & _is_exact(readings) & ~np.isnan(floats(readings, name)))


def _is_exact(readings: pd.DataFrame) -> Bools:
    return np.asarray(bools(readings, "observed_exact") & bools(readings, "time_known"))


def _ages(readings: pd.DataFrame) -> Floats:
    ages: Floats = (ints(readings, "observed_at") - ints(readings, "published_at")) / 3600
    return ages


def _last(seen: Ints, order: Ints, size: int) -> Ints:
    """Returns the row of the last entry of `order` for each post, -1 where it has none."""
    rows = np.full(size, -1, dtype=np.int64)
    rows[seen[order]] = order
    return rows


def _between(left: Ints, right: Ints, log_age: Floats, logs: Floats) -> Floats:
    values = np.full(len(left), np.nan)
    both = (left >= 0) & (right >= 0)
    a, b = left[both], right[both]
    width = log_age[b] - log_age[a]
    slope = np.divide(logs[b] - logs[a], width, out=np.zeros(len(a)), where=width > 0)
    values[both] = np.exp(logs[a] - slope * log_age[a])
    return values


def _nearby(values: Floats, left: Ints, right: Ints, log_age: Floats, logs: Floats) -> Floats:
    for rows in (left, right):
        alone = np.isnan(values) & (rows >= 0) & ~((left >= 0) & (right >= 0))
        close = alone.copy()
        close[alone] = np.abs(log_age[rows[alone]]) <= AT_AGE
        values[close] = np.exp(logs[rows[close]])
    return values
