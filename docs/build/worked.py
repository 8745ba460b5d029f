"""A small file's answer reckoned by hand: its posts, and every number of the answer with the steps that lead there."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from docs.build import arithmetic
from docs.build.arithmetic import Steps
from metrics.change import DAY_INTERACTIONS, DAY_VIEWS
from metrics.curves import FLEET_SPREAD
from metrics.maturity import AGES_H, FINAL_H, REACTIONS, VIEWS, Curve
from metrics.readings import AT_AGE

AS_OF = datetime(2026, 11, 23, 9, tzinfo=UTC)
SUBSCRIBERS = 5_000
DAYS = 7
QUESTION = {
    "--subscribers": f"{SUBSCRIBERS}",
    "--period": f"{DAYS}d",
    "--as-of": f"{AS_OF:%Y-%m-%dT%H:%M}",
    "--tz": "UTC",
}


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    published: datetime
    views: int
    reactions: int
    comments: int
    forwards: int

    @property
    def interactions(self) -> int:
        return self.reactions + self.comments + self.forwards

    @property
    def age_h(self) -> float:
        """A reading close to 7 days is one at 7 days."""
        age_h: float = (AS_OF - self.published) / timedelta(hours=1)
        return FINAL_H if abs(age_h / FINAL_H - 1) <= AT_AGE else age_h

    @property
    def views_share(self) -> float:
        return _share(VIEWS, self.age_h)

    @property
    def interactions_share(self) -> float:
        return _share(REACTIONS, self.age_h)

    @property
    def views_7d(self) -> float:
        return self.views / self.views_share

    @property
    def interactions_7d(self) -> float:
        return self.interactions / self.interactions_share

    def sd(self, curve: Curve) -> tuple[float, float]:
        """Returns the age in days, and how far off the curve a channel may be there."""
        sds = curve.sd(np.array(AGES_H, dtype=np.float64)).tolist()
        between = arithmetic.between(self.age_h, AGES_H, sds)
        return self.age_h / 24, max(between, FLEET_SPREAD * abs(math.log(_share(curve, self.age_h))))


@dataclass(frozen=True, slots=True)
class Worked:
    """`steps`: of each number of the answer, by the code of its formula and of its comparison."""

    rows: Sequence[Row]
    now: Sequence[Row]
    before: Sequence[Row]
    days: Sequence[float]  # ERday of each day of the period
    steps: dict[str, Steps]


def work(path: Path) -> Worked:
    rows = _read(path)
    last = AS_OF.date() - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    now = [row for row in rows if first <= row.published.date() <= last]
    before = [row for row in rows if row.published.date() < first]
    days = [_day(now, first + timedelta(days=number)) for number in range(DAYS)]
    steps = {
        "er_by_views": arithmetic.pooled([row.interactions_7d for row in now], [row.views_7d for row in now]),
        "view_rate": arithmetic.mean([row.views_7d / SUBSCRIBERS for row in now]),
        "er_by_subscribers": arithmetic.mean([row.interactions_7d / SUBSCRIBERS for row in now]),
        "er_day": arithmetic.mean(days),
        **_change_of_er(now, before),
        **_change_of_views(now, before),
    }
    return Worked(rows, now, before, days, steps)


def _change_of_er(now: Sequence[Row], before: Sequence[Row]) -> dict[str, Steps]:
    sides = [
        arithmetic.level([row.interactions_7d for row in side], [row.views_7d for row in side])
        for side in (now, before)
    ]
    days = [arithmetic.of_days(len(side), *DAY_INTERACTIONS) for side in (now, before)]
    curves = [
        arithmetic.of_curve([row.sd(curve) for row in now], [row.sd(curve) for row in before])
        for curve in (REACTIONS, VIEWS)
    ]
    return _change("er", sides, days, curves)


def _change_of_views(now: Sequence[Row], before: Sequence[Row]) -> dict[str, Steps]:
    sides = [
        arithmetic.level([row.views_7d for row in side], [SUBSCRIBERS for _ in side])
        for side in (now, before)
    ]
    days = [arithmetic.of_days(len(side), *DAY_VIEWS) for side in (now, before)]
    curve = arithmetic.of_curve([row.sd(VIEWS) for row in now], [row.sd(VIEWS) for row in before])
    return _change("views", sides, days, [curve])


def _change(
    name: str, sides: Sequence[Steps], days: Sequence[float], curves: Sequence[float]
) -> dict[str, Steps]:
    common = {"days": sum(days), "curve": sum(curves)}
    found = arithmetic.difference(sides[0], sides[1], sum(common.values()))
    return {f"{name}_now": sides[0], f"{name}_before": sides[1], f"{name}_change": {**found, **common}}


def _day(rows: Sequence[Row], day: date) -> float:
    return sum(row.interactions_7d for row in rows if row.published.date() == day) / SUBSCRIBERS


def _share(curve: Curve, age_h: float) -> float:
    return arithmetic.share(age_h, AGES_H, curve.share(np.array(AGES_H, dtype=np.float64)).tolist())


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                cells["post_id"],
                datetime.fromisoformat(cells["date"]).replace(tzinfo=UTC),
                *(int(cells[name]) for name in ("views", "reactions", "comments", "forwards")),
            )
            for cells in csv.DictReader(file)
        ]
