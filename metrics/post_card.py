"""One post: its figures beside the channel's own at the same age, how it grew, and what it will have at 24 hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo

import numpy as np
import pandas as pd

from metrics.basis import BY_CURVE
from metrics.beside import LEAST_POSTS, NO_ARROW, Beside, Others, beside
from metrics.curves import curves
from metrics.durations import DAY_S
from metrics.estimates import Estimate, undefined
from metrics.frame import Floats, Ints, texts
from metrics.growth import BAND, OWN_CURVE_POSTS, ViewsForecast
from metrics.maturity import AGES_H, FINAL_H, YOUNG_H
from metrics.periods import HISTORY_DAYS, dates, local_date
from metrics.posts import COUNTERS, Post
from metrics.readings import views_at_age
from metrics.registry import ONE
from metrics.sample import ABSENT
from metrics.scope import Scope, open_scope
from metrics.young import young_of


@dataclass(frozen=True, slots=True)
class LeadingCounter:
    """The counter that leads, as it was read at an age."""

    age_h: float
    value: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What the channel's other posts had at an age: 10, 50 and 90 %. The ends are None under 15 posts."""

    age_h: float
    low: float | None
    centre: float
    high: float | None


@dataclass(frozen=True, slots=True)
class PostCard:
    """`age_h`: of the newest reading, None where its moment is not known; `compared_h`: the age of the comparison, at most
    7 days. `counters`: as they were read last. `level`: views or reach, None where the channel has neither.

    `at_24h`: views read then; `expected_24h`: of a younger post; `why_not_expected`: one of estimates.REASONS.
    """

    external_id: str
    published_at: int
    title: str | None
    link: str | None
    format: str | None
    is_ad: bool
    age_h: float | None
    compared_h: float
    counters: Mapping[str, int]
    is_rounded: bool
    is_brought: bool  # to the age of the comparison, by a curve
    denominator: str
    components: tuple[str, ...]
    interactions: float | None  # as they were read last
    level: Beside | None
    rate: Beside
    at_24h: float | None
    expected_24h: ViewsForecast | None
    why_not_expected: str | None
    grown: tuple[LeadingCounter, ...]  # of the leading counter, the youngest first
    usual: tuple[Usual, ...]


def post_card(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    readings: pd.DataFrame,
    *,
    mine: Post,
    zone: tzinfo,
    as_of: int,
    platform: str,
) -> PostCard | None:
    """Compares with the own organic posts of the 56 days before it; of a channel's first posts with those around it.

    `posts` and `readings` hold the post itself, `mine`, and its neighbours of 56 days on either side. A picture of an album
    that stands as a row of its own is the album. None for a post that is not the channel's own: a forwarded one.
    """
    if mine.is_forwarded:
        return None
    day, near = local_date(mine.published_at, zone), timedelta(days=HISTORY_DAYS)
    until = min(as_of, mine.published_at + (HISTORY_DAYS + 1) * DAY_S)
    scope = open_scope(
        posts,
        audience,
        period=dates(day - near, local_date(until, zone), zone),
        zone=zone,
        as_of=as_of,
        platform=platform,
        readings=readings,
        growth=curves(readings, platform, until),
    )
    found = np.flatnonzero(scope.own.ids == mine.external_id)
    if not len(found):
        found = np.flatnonzero(scope.own.published_at == mine.published_at)
    return _card(scope, posts, readings, int(found[0])) if len(found) else None


def _card(scope: Scope, posts: pd.DataFrame, readings: pd.DataFrame, row: int) -> PostCard:
    own, basis = scope.own, scope.basis
    title, link, shape = (texts(posts, name, own.rows[[row]])[0] for name in ("title", "link", "format"))
    leading = basis.denominator if basis.denominator in ("views", "reach") else None
    others = Others(scope, _compared_with(scope, row), readings)
    age_h = float(own.age_h[row])
    compared_h = min(age_h, FINAL_H)
    hour = float(own.hour[row])
    level = leading and beside(others, leading, ONE, _own(scope, row, leading, ONE), compared_h, hour)
    rate = _own(scope, row, "interactions", basis.denominator)
    expected, why_not = _expected(scope, posts, readings, row)
    at_24h = float(views_at_age(own.ids[[row]], readings, YOUNG_H)[0])
    return PostCard(
        external_id=str(own.ids[row]),
        published_at=int(own.published_at[row]),
        title=title,
        link=link,
        format=shape,
        is_ad=bool(own.is_ad[row]),
        age_h=age_h if own.is_exact[row] else None,
        compared_h=compared_h,
        counters={name: int(cells[row]) for name, cells in own.counters.items() if not np.isnan(cells[row])},
        is_rounded=bool(np.any([posts[f"{name}_step"].to_numpy()[own.rows[row]] > 0 for name in COUNTERS])),
        is_brought=bool(age_h >= FINAL_H and own.by[row] in BY_CURVE),
        denominator=basis.denominator,
        components=scope.choice.components,
        interactions=_known(scope.raw.of("interactions")[row]),
        level=level or None,
        rate=beside(others, "interactions", basis.denominator, rate, compared_h, hour),
        at_24h=_known(at_24h) if age_h >= YOUNG_H else None,
        expected_24h=expected,
        why_not_expected=why_not,
        grown=_grown(own.ids[row], readings, leading) if leading else (),
        usual=_usual(others, leading, hour, age_h) if leading else (),
    )


def _compared_with(scope: Scope, row: int) -> Ints:
    """Returns the rows of the posts to compare with.

    They lie before the post where there are enough; else on either side of it.
    """
    own = scope.own
    near = own.is_organic & (np.abs(own.published_at - own.published_at[row]) <= HISTORY_DAYS * DAY_S)
    near[row] = False
    before = near & (own.published_at < own.published_at[row])
    return np.flatnonzero(before if before.sum() >= LEAST_POSTS else near)


def _own(scope: Scope, row: int, numerator: str, denominator: str) -> float | Estimate:
    """Returns the post's own figure: at 7 days once it is that old, else as it stands.

    Where there is none, it returns an estimate that says why.
    """
    own = scope.own
    if own.is_of_unknown_age[row]:
        return undefined("inexact_moment", denominator)
    cells = scope.posts if own.age_h[row] >= FINAL_H else scope.raw
    above, below = (float(cells.of(name)[row]) for name in (numerator, denominator))
    for name, value in ((numerator, above), (denominator, below)):
        if np.isnan(value):
            return undefined(ABSENT.get(name, "field_absent"), denominator)
    if denominator == ONE:
        return above
    return 100 * above / below if below > 0 else undefined("zero_denominator", denominator)


def _expected(
    scope: Scope, posts: pd.DataFrame, readings: pd.DataFrame, row: int
) -> tuple[ViewsForecast | None, str | None]:
    """Returns what a post under 24 hours will have by then, as `/er` tells it, or why nothing is promised.

    The growth of Telegram channels promises nothing elsewhere.
    """
    young = young_of(scope, posts, readings)
    mine = next((one for one in young.posts if one.external_id == str(scope.own.ids[row])), None)
    if mine is None:
        return None, None
    if mine.expected_24h is not None and scope.platform != "telegram" and not mine.expected_24h.is_own_curve:
        return None, "no_readings"
    return mine.expected_24h, mine.reason


def _grown(external_id: object, readings: pd.DataFrame, leading: str) -> tuple[LeadingCounter, ...]:
    rows = readings[(readings["external_id"] == external_id) & readings["observed_exact"]]
    rows = rows[rows["time_known"] & rows[leading].notna()]
    ages = (rows["observed_at"] - rows["published_at"]).to_numpy() / 3600
    pairs = {float(age): float(value) for age, value in zip(ages, rows[leading], strict=True) if age > 0}
    return tuple(LeadingCounter(age, pairs[age]) for age in sorted(pairs))


def _usual(others: Others, leading: str, hour: float, age_h: float) -> tuple[Usual, ...]:
    """Returns what is usual at every age from an hour to the one after the post's own.

    The fleet's curve shows a middle, and no ends.
    """
    last = next((age for age in AGES_H if age >= max(age_h, YOUNG_H)), AGES_H[-1])
    found = []
    for age in AGES_H:
        if age > last:
            break
        values, way = _at(others, leading, float(age), hour)
        if len(values) < LEAST_POSTS:
            continue
        low, centre, high = (float(edge) for edge in np.percentile(values, [BAND[0], 50, BAND[1]]))
        is_wide = len(values) >= OWN_CURVE_POSTS and way != NO_ARROW
        found.append(Usual(float(age), low if is_wide else None, centre, high if is_wide else None))
    return tuple(found)


def _at(others: Others, leading: str, age_h: float, hour: float) -> tuple[Floats, str]:
    """Returns the others' values at an age and the way they were found.

    Past 7 days they follow the curve; without one nothing is known there.
    """
    growth, share = others.scope.curves, 1.0
    if age_h > FINAL_H and growth.kind == "none":
        return np.zeros(0), "none"
    values, way = others.at([leading], age_h, hour)
    if age_h > FINAL_H:
        share, way = float(growth.share(leading, np.array([age_h]), np.array([hour]))[0]), growth.kind
    found = values[leading]
    return np.asarray(found[~np.isnan(found)] * share), way


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
