"""What an ad in the channel would get, and what that costs beside what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.audit.counts import counted
from metrics.audit.evidence import Evidence, views_at
from metrics.audit.limits import REACH_FROM_H
from metrics.estimates import Estimate
from metrics.frame import Floats, Ints

AD_AGE_H = 24
LAST_POSTS, LAST_S = 30, 30 * 86_400  # the posts of the last 30 days, and never fewer than the last 30
LEAST_POSTS = 5
Standing = Literal["dear", "usual", "cheap"]
ROUBLES = "₽"
BAND = (10, 90)  # percentiles over posts: where the next one would lie
REGISTRY_FROM, REGISTRY_SINCE = 10_000, "2025-01-01"  # the registry of Roskomnadzor


@dataclass(frozen=True, slots=True)
class ExpectedViews:
    """Tells how many views a post is expected to have at 24 hours, or the reason why nothing is.

    `usable` leaves out the share that comes in steps.
    """

    value: int | None
    low: int | None
    high: int | None
    usable: int | None
    n: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Norm:
    """The usual CPM; `source` and `year` are printed beside it. `currency` is None where none was typed: roubles. `is_own`: what the chat
    itself paid.
    """

    low: float
    high: float
    source: str
    year: int
    currency: str | None = ROUBLES
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """Tells what an ad costs per 1 000 views, in `currency` as it was typed; None with a reason.

    `fair_*`: the price at which this ad would cost the usual. The next post is a forecast, so that what it
    costs is a range: `asked_low` if it gets many views.
    """

    asked: float | None
    usable: float | None
    usual_low: float | None
    usual_high: float | None
    source: str | None
    fair_low: float | None
    fair_high: float | None
    reason: str | None  # why there is no asked one
    usual_reason: str | None  # why there is no usual one
    currency: str | None = None
    asked_low: float | None = None
    asked_high: float | None = None
    standing: Standing | None = None  # of the usable one beside the usual
    usual_currency: str | None = None
    usual_is_own: bool = False
    per_interaction: float | None = None  # of a reader who reacts, comments or reposts


# The first three from practitioners' articles, the rest from an open-source scanner's table.
_UMA, _SCANNER = "marketing_uma", "telegram-channel-scanner"
NORMS: Mapping[str, Norm] = {
    "education": Norm(200, 300, _UMA, 2025),
    "business": Norm(500, 1_000, _UMA, 2025),
    "humour": Norm(50, 150, _UMA, 2025),
    "crypto": Norm(800, 3_000, _SCANNER, 2026),
    "finance": Norm(650, 1_700, _SCANNER, 2026),
    "tech": Norm(350, 1_000, _SCANNER, 2026),
    "news": Norm(65, 400, _SCANNER, 2026),
    "entertainment": Norm(35, 170, _SCANNER, 2026),
}


def expected_views(evidence: Evidence, excess: float) -> ExpectedViews:
    """Returns the views that an ad may expect at 24 hours.

    `excess`: share of views that come in detected steps.
    """
    _, views = posts_at_24h(evidence)
    if len(views) < LEAST_POSTS:
        return ExpectedViews(None, None, None, None, len(views), _why_none(evidence, len(views)))
    low, value, high = (round(float(np.percentile(views, at))) for at in (BAND[0], 50, BAND[1]))
    return ExpectedViews(value, low, high, round(value * (1 - excess)), len(views))


def posts_at_24h(evidence: Evidence) -> tuple[Ints, Floats]:
    """Returns publication times and views at 24 hours of the channel's last posts."""
    rows = counted(evidence, "views", from_age_h=REACH_FROM_H)
    published = evidence.posts.published_at[evidence.readings.post[rows]]
    late = published >= evidence.as_of - LAST_S
    late[-LAST_POSTS:] = True
    views = views_at(evidence, rows[late], AD_AGE_H)
    known = ~np.isnan(views)
    return published[late][known], views[known]


def _why_none(evidence: Evidence, known: int) -> str:
    if not evidence.has_curve and len(evidence.posts):
        return "own_readings"
    return "posts_5" if known else "no_views"


def cost(price: float | None, views: ExpectedViews, norm: Norm | None, currency: str | None = None) -> Cost:
    """Returns what a thousand views cost at this price, beside what is usual.

    `currency` of the price: None where none was typed. A usual price in another currency is not compared
    with.
    """
    reason = _no_norm(norm, currency)
    if reason is not None:
        norm = None
    low, high = (norm.low, norm.high) if norm else (None, None)
    usable = _per_thousand(price, views.usable)
    return Cost(
        asked=_per_thousand(price, views.value),
        usable=usable,
        usual_low=low,
        usual_high=high,
        source=f"{norm.source} {norm.year}" if norm else None,
        fair_low=_fair(low, views.usable),
        fair_high=_fair(high, views.usable),
        reason="no_price" if price is None else views.reason,
        usual_reason=reason,
        currency=currency,
        asked_low=_per_thousand(price, views.high),
        asked_high=_per_thousand(price, views.low),
        standing=_standing(usable, norm),
        usual_currency=norm.currency if norm else None,
        usual_is_own=norm is not None and norm.is_own,
    )


def per_interaction(price: float | None, views: ExpectedViews, rate: Estimate) -> float | None:
    """Returns the price of one interaction, in the price's currency; `rate`: interactions in percent of views.

    None without a price, without expected views, and for a rate over anything else than views.
    """
    if price is None or not views.usable or not rate.value or rate.denominator != "views":
        return None
    return price / (views.usable * rate.value / 100)


def _no_norm(norm: Norm | None, currency: str | None) -> str | None:
    if norm is None:
        return "topic_unknown" if currency in (None, ROUBLES) else "other_currency"
    return "other_currency" if norm.currency and currency and norm.currency != currency else None


def _standing(usable: float | None, norm: Norm | None) -> Standing | None:
    if usable is None or norm is None:
        return None
    if usable > norm.high:
        return "dear"
    return "cheap" if usable < norm.low else "usual"


def _per_thousand(price: float | None, views: int | None) -> float | None:
    return None if price is None or not views else 1000 * price / views


def _fair(norm: float | None, views: int | None) -> float | None:
    return None if norm is None or views is None else norm * views / 1000
