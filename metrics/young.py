"""Posts of the last 24 hours: what each will have at 24 hours, and whether it is ahead of earlier ones at its age."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics import growth
from metrics.frame import bools, ints, texts
from metrics.growth import Growth, ViewsForecast
from metrics.maturity import YOUNG_H
from metrics.periods import dates, local_date
from metrics.posts import TELEGRAM_LIKE
from metrics.readings import NEIGHBOUR, fell, views_at_age
from metrics.scope import Scope, open_scope

OF_VIEWS = (
    "external_id",
    "published_at",
    "observed_at",
    "observed_exact",
    "time_known",
    "views",
    "views_step",
)
SOONEST_H = 1.0  # younger posts have no curve to go by


@dataclass(frozen=True, slots=True)
class YoungPost:
    """Tells how a post under way does by its newest reading.

    `standing`: behind, in_line or ahead of the channel's earlier posts at that age (10-90 %).
    """

    external_id: str
    published_at: int
    title: str | None
    link: str | None
    age_h: float
    views: int | None
    expected_24h: ViewsForecast | None
    standing: str | None  # of growth.STANDINGS; None under 15 earlier posts that were read at this age
    compared_with: int  # earlier posts read at this age
    reason: str | None  # why nothing is expected; one of estimates.REASONS


@dataclass(frozen=True, slots=True)
class YoungPosts:
    """Newest first; organic own posts."""

    posts: tuple[YoungPost, ...]
    is_own_curve: bool  # False: too few posts were read early, the fleet's curve stands in
    curve_posts: int  # with exact readings of their first day


def young_posts(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    zone: tzinfo,
    as_of: int,
    platform: str,
    readings: pd.DataFrame | None = None,
) -> YoungPosts:
    """Returns the posts of the last 24 hours.

    `readings`: every reading of these posts; without it, `posts`: the fleet's curve and no standing.
    """
    today = local_date(as_of, zone)
    period = dates(today - timedelta(days=1), today, zone)
    scope = open_scope(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform)
    return young_of(scope, posts, posts if readings is None else readings)


def young_of(scope: Scope, posts: pd.DataFrame, readings: pd.DataFrame) -> YoungPosts:
    own = scope.own
    young = ~own.is_ad & (own.published_at > scope.as_of - YOUNG_H * 3600)
    if not young.any():
        return YoungPosts((), is_own_curve=False, curve_posts=0)
    fallen = fell(own.ids, readings)
    earlier = ~own.is_ad & ~young & ~fallen
    curve = growth.growth(own.ids[earlier], own.hour[earlier], readings)
    rows = np.flatnonzero(young)[::-1].tolist()
    early = _read_early(readings)  # once: a busy channel has a hundred young posts
    known = own.ids[earlier & pd.Series(own.ids).isin(early["external_id"]).to_numpy()]
    told = tuple(_young_post(scope, posts, row, curve, early, known, fell=bool(fallen[row])) for row in rows)
    return YoungPosts(told, curve.is_own, curve.posts)


def _young_post(
    scope: Scope,
    posts: pd.DataFrame,
    row: int,
    curve: Growth,
    readings: pd.DataFrame,
    earlier: npt.NDArray[np.object_],
    *,
    fell: bool,
) -> YoungPost:
    own = scope.own
    age_h, views = float(own.age_h[row]), float(own.counters["views"][row])
    title, link = (texts(posts, name, own.rows[[row]])[0] for name in ("title", "link"))
    observed_exact = bool(bools(posts, "observed_exact")[own.rows[row]])
    reason = _why_not(views, age_h, is_exact=observed_exact and bool(own.time_known[row]), fell=fell)
    if reason is None and not curve.is_own and scope.platform not in TELEGRAM_LIKE:
        reason = "no_readings"  # the fleet's curve is Telegram's
    before = np.zeros(0) if reason else views_at_age(earlier, readings, age_h)
    return YoungPost(
        external_id=str(own.ids[row]),
        published_at=int(own.published_at[row]),
        title=title,
        link=link,
        age_h=age_h,
        views=None if np.isnan(views) else int(views),
        expected_24h=None if reason else growth.expect_at_24h(curve, views, age_h, float(own.hour[row])),
        standing=None if reason else growth.standing(views, before),
        compared_with=int((~np.isnan(before)).sum()),
        reason=reason,
    )


def _read_early(readings: pd.DataFrame) -> pd.DataFrame:
    """Returns those readings that can be a neighbour of a young post's age: all others say nothing of it."""
    age_s = ints(readings, "observed_at") - ints(readings, "published_at")
    return readings.loc[age_s <= YOUNG_H * (1 + NEIGHBOUR) * 3600, list(OF_VIEWS)]


def _why_not(views: float, age_h: float, *, is_exact: bool, fell: bool) -> str | None:
    if np.isnan(views):
        return "field_absent"
    if not is_exact:
        return "inexact_moment"
    if age_h >= YOUNG_H:
        return "no_readings"
    if age_h < SOONEST_H:
        return "under_an_hour"
    if views <= 0:
        return "no_views_yet"
    return "views_fell" if fell else None
