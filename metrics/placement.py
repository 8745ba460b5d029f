"""A bought post: what was agreed, what came of it at each age, and what that cost.

A figure that can't be known is None with a reason; its sentence stands in the locales under that code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from metrics.durations import HOUR_S
from metrics.money import compute

AGES_H = (1, 24, 48, 168)
USUAL_H = 24  # how long a post stays where nothing was agreed, and the age at which CPM is compared
KEPT_H = 168  # a subscriber who is still there after seven days was kept (docs/evidence.md#1.2)


@dataclass(frozen=True, slots=True)
class Terms:
    price: float
    hours_on_top: int | None = None
    hours_in_feed: int | None = None  # None: nothing agreed, or for good
    promised_views: int | None = None

    @property
    def contract_h(self) -> int:
        """The age at which the views that were promised are counted."""
        hours = self.hours_in_feed
        return hours if hours is not None and hours <= KEPT_H else USUAL_H

    @property
    def ages_h(self) -> tuple[int, ...]:
        return tuple(sorted({*AGES_H, self.contract_h}))


class People(NamedTuple):
    """Who came through a placement's own link, and how many of them left."""

    joined: int
    left: int
    left_within_day: int
    left_within_week: int


class Reading(NamedTuple):
    """A placement at an age. `views` None: not seen, for `reason`; `people` None: it has no link of its own."""

    age_h: int
    observed_at: int
    views: int | None
    step: int  # of rounding; 0: exact
    is_typed: bool  # a person's word
    reason: str | None
    people: People | None


@dataclass(frozen=True, slots=True)
class Figure:
    value: float | None
    reason: str | None = None
    approximate: bool = False

    @property
    def rank(self) -> tuple[bool, float]:
        """Smaller is cheaper; what is unknown comes last."""
        return self.value is None, self.value or 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`views` and what follows from them are those of the contract's age."""

    views: Figure
    planned_cpm: Figure
    cpm: Figure
    against_plan: Figure  # percent: -8 is 8 % fewer views than were promised
    joined: Figure
    left: Figure
    kept: Figure  # who joined and is still there
    cpf: Figure
    kept_price: Figure
    roi: Figure
    romi: Figure
    is_final: bool  # seven days have passed


def outcome(
    terms: Terms,
    readings: Sequence[Reading],
    people: People | None,
    *,
    passed_h: float,
    revenue: float | None,
    margin_percent: float | None,
) -> Outcome:
    """Returns what came of a bought post, and what that cost.

    `readings` by age, each age once; `people` as they stand now, or stood after seven days. `passed_h`: since
    the post came out.
    """
    by_age = {reading.age_h: reading for reading in readings}
    views = _views(by_age.get(terms.contract_h), is_due=passed_h >= terms.contract_h)
    joined, left, kept = _counts(people)
    return Outcome(
        views=views,
        planned_cpm=per(terms.price, Figure(terms.promised_views, "no_promise"), code="cpm"),
        cpm=per(terms.price, views, code="cpm"),
        against_plan=_against(views, terms.promised_views),
        joined=joined,
        left=left,
        kept=kept,
        cpf=per(terms.price, joined, code="cpf", zero="nobody_joined"),
        kept_price=per(
            terms.price, kept, code="cpf", zero="nobody_stayed" if joined.value else "nobody_joined"
        ),
        roi=returned("roi", terms.price, revenue, {}),
        romi=returned("romi", terms.price, revenue, {"margin": margin_percent}),
        is_final=KEPT_H in by_age,
    )


def fell(readings: Sequence[Reading]) -> bool:
    """Tells whether an age has fewer views than one before it.

    Then the post was removed and put anew, or it is another's.
    """
    seen = [one for one in readings if one.views is not None and not one.is_typed]
    return any((later.views or 0) + later.step < (before.views or 0) for before, later in pairwise(seen))


def is_gone_as_agreed(terms: Terms, published_at: int, reading: Reading) -> bool:
    """Tells whether the post was seen to be gone after the hours it had to stay."""
    agreed_s = (terms.hours_in_feed or 0) * HOUR_S
    return reading.reason == "deleted" and reading.observed_at >= published_at + agreed_s


def is_gone_early(terms: Terms, published_at: int, reading: Reading) -> bool:
    return reading.reason == "deleted" and not is_gone_as_agreed(terms, published_at, reading)


def _views(reading: Reading | None, *, is_due: bool) -> Figure:
    if reading is None:
        return Figure(None, "missed" if is_due else "not_yet")
    return Figure(reading.views, None if reading.views is not None else reading.reason, reading.step > 0)


def _counts(people: People | None) -> tuple[Figure, Figure, Figure]:
    """Returns how many joined, left and were kept; figures without a value where the post has no link."""
    if people is None:
        nobody = Figure(None, "no_link")
        return nobody, nobody, nobody
    return Figure(people.joined), Figure(people.left), Figure(people.joined - people.left)


def per(price: float, count: Figure, *, code: str, zero: str = "no_views") -> Figure:
    """Returns the price over a count, by a formula of `metrics.money`.

    `zero`: the reason where there is nothing to divide by.
    """
    if count.value is None:
        return Figure(None, count.reason)
    if count.value <= 0:
        return Figure(None, zero)
    counted = "views" if code == "cpm" else "followers"
    return Figure(compute(code, {"cost": price, counted: count.value}).value, None, count.approximate)


def _against(views: Figure, promised: int | None) -> Figure:
    if not promised:
        return Figure(None, "no_promise")
    if views.value is None:
        return views
    return Figure(100 * (views.value / promised - 1), None, views.approximate)


def returned(code: str, price: float, revenue: float | None, further: Mapping[str, float | None]) -> Figure:
    if revenue is None:
        return Figure(None, "no_revenue")
    if price <= 0:
        return Figure(None, "free")
    given = {name: value for name, value in further.items() if value is not None}
    if len(given) < len(further):
        return Figure(None, "no_margin")
    return Figure(compute(code, {"cost": price, "revenue": revenue, **given}, sure=given).value)
