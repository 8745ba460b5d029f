"""A fall taken apart: what the data shows to have changed, ranked by how much of the fall it carries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from metrics.causes import beside as known
from metrics.causes.beside import Beside, Effect
from metrics.causes.fit import TraitEffect, TraitFit, fit
from metrics.causes.found import LOOKS, Cause, Explanation, Fact
from metrics.causes.levels import Levels, clipped, is_giveaway, levels
from metrics.causes.parameters import (
    FALL_LOG,
    FALL_Z,
    FEWER_RATIO,
    FEWER_Z,
    KNOWN_FALL_LOG,
    LEAST_POSTS,
    LEAST_POSTS_BEFORE,
    NAMED_LOG,
    NAMED_SHARE,
    OTHERS_LEAST,
    SPAN_SHARE,
    SWITCHED_FROM,
    SWITCHED_TO,
    TRAIT_Z,
)
from metrics.causes.traits import Words, traits
from metrics.drops.decision import drop_percent
from metrics.frame import Bools
from metrics.periods import history
from metrics.scope import Scope

LIKE_VIEWS = ("views", "reach")
SPANS = ("holiday", "missed")
OF_DAYS = (*SPANS, "boost", "earlier")


def explain(
    scope: Scope, posts: pd.DataFrame, metric: str, beside: Beside, *, is_known: bool = False
) -> Explanation:
    """Returns why `metric` (views, reach or er) lies lower in the scope's period than in the 56 days before.

    `posts`: the table that the scope was opened on; it may hold deleted posts, named in `beside`. `is_known`: an answer
    has said already that the level fell, and only its causes are asked for.
    """
    found = levels(scope, metric, np.array(beside.deleted, dtype=np.object_))
    fewer = _fewer_posts(scope)
    if (few := _why_not(found)) is not None:
        return _answer(scope, metric, found, few, None, fewer=fewer)
    effects, fitted = _effects(scope, posts, metric, found, beside)
    total = fitted.shift + sum(one.log for one in effects if _is_beside_posts(one))
    if not _has_fallen(total, fitted, effects, is_known=is_known):
        return _of_all_posts(scope, metric, found, total, fewer)
    causes = sorted(_causes(effects, total), key=lambda one: one.share_percent, reverse=True)
    answer = _answer(scope, metric, found, None, total, tuple(causes), fewer)
    return replace(answer, looked_at=tuple(_looked_at(scope, metric, fitted, beside)))


def shift_of(scope: Scope, metric: str) -> float | None:
    """Returns how far the log of the level lies from its history; None where posts do not allow it.

    It is asked of the channels beside the one that is explained.
    """
    found = levels(scope, metric)
    if _why_not(found) is not None:
        return None
    x = clipped(found.x, found.is_now)
    return float(x[found.is_now].mean() - x[~found.is_now].mean())


def _looked_at(scope: Scope, metric: str, fitted: TraitFit, beside: Beside) -> Iterator[str]:
    yield from (one.trait for one in fitted.carried if one.trait in LOOKS)
    yield "giveaway"
    if metric == "er":
        yield "switched"
    elif not scope.audience.empty:
        yield "subscribers"
    if len(beside.others) >= OTHERS_LEAST:
        yield "everywhere"
    if beside.holidays and "holiday" not in (one.trait for one in fitted.carried):
        yield "holiday"


def _is_beside_posts(one: Effect) -> bool:
    """Tells whether the effect is taken off before posts are compared: single posts and switched counters."""
    return one.code == "giveaway" or one.code.endswith("_off")


def _why_not(found: Levels) -> str | None:
    if not len(found.own):
        return "not_counted"
    n = int(found.is_now.sum())
    few = n < LEAST_POSTS or len(found.own) - n < LEAST_POSTS_BEFORE
    return "too_few_posts" if few else None


def _effects(
    scope: Scope, posts: pd.DataFrame, metric: str, found: Levels, beside: Beside
) -> tuple[list[Effect], TraitFit]:
    """Returns all effects found, and the comparison of what single posts and switched counters leave."""
    effects: list[Effect] = []
    giveaway = is_giveaway(found)
    if giveaway.any() and (lifted := _giveaway(scope, posts, found, giveaway)) is not None:
        effects.append(lifted)
    rest = found.take(~giveaway)
    if metric == "er":
        for part, effect in known.switched_off(scope, rest):
            effects.append(effect)
            rest = known.without_part(rest, np.nan_to_num(scope.own.aged[part][rest.own]))
    x = clipped(rest.x, rest.is_now)
    words = traits(scope, posts, rest, x, beside.gaps, beside.holidays)
    fitted = fit(x, rest.is_now, rest.day, words, metric)
    carried = [
        Effect(one.trait, one.effect, _facts(one, one.worst, words[one.trait], scope, rest))
        for one in fitted.carried
        if one.effect <= -TRAIT_Z * one.sd
    ]
    if beside.deleted and (gone := known.deleted(scope, metric, found, beside.deleted)) is not None:
        carried.append(gone)
    left = fitted.shift - sum(one.log for one in carried if one.log < 0)
    bounded = [*_shared(scope, metric, rest, beside)]
    for one in bounded:
        taken = max(one.log, min(left, 0.0))
        carried.append(Effect(one.code, taken, one.facts, one.is_bound))
        left -= taken
    names = {one.code for one in carried}
    carried += [
        Effect(one.trait, min(left, 0.0), _facts(one, level, words[one.trait], scope, rest), is_bound=True)
        for one in fitted.carried
        if one.trait not in names and (level := _switched(one)) is not None
    ]
    return effects + carried, fitted


def _shared(scope: Scope, metric: str, rest: Levels, beside: Beside) -> Iterator[Effect]:
    if metric in LIKE_VIEWS and (lost := known.subscribers(scope, rest)) is not None:
        yield lost
    if (shared := known.everywhere(beside.others)) is not None:
        yield shared


def _giveaway(scope: Scope, posts: pd.DataFrame, found: Levels, giveaway: Bools) -> Effect | None:
    """Returns what the earlier average owes to one or two posts, less what the later one does.

    None where a side has no other posts.
    """
    lifts = [
        found.mean_log(side) - found.mean_log(side & ~giveaway)
        for side in (found.is_now, ~found.is_now)
        if (side & ~giveaway).any()
    ]
    if len(lifts) < 2:
        return None
    earlier = np.flatnonzero(giveaway & ~found.is_now)
    if not len(earlier):
        return Effect("giveaway", min(0.0, lifts[0] - lifts[1]), {})
    biggest = int(earlier[found.above[earlier].argmax()])
    usual = float(np.median(found.above[~found.is_now] / found.below[~found.is_now]))
    row = int(scope.own.rows[found.own[biggest]])
    title = posts["title"].iloc[row]
    return Effect(
        "giveaway",
        lifts[0] - lifts[1],
        {
            "date": scope.window_first + timedelta(days=int(found.day[biggest])),
            "title": title if isinstance(title, str) else "",
            "times": float(found.above[biggest] / found.below[biggest] / usual),
        },
    )


def _facts(one: TraitEffect, level: str, words: Words, scope: Scope, rest: Levels) -> dict[str, Fact]:
    """Returns the facts of a trait: its first and last day, or the level with its shares."""
    times_percent = 100 * (one.times_others(level) - 1)
    if one.trait in OF_DAYS:
        days = rest.day[words == level]
        first, last = (scope.window_first + timedelta(days=int(day)) for day in (days.min(), days.max()))
        return {"first": first, "last": last, "times_percent": times_percent}
    return {
        "level": level,
        "before_percent": 100 * one.before[level],
        "now_percent": 100 * one.now[level],
        "times_percent": times_percent,
    }


def _switched(one: TraitEffect) -> str | None:
    """Returns the level that has taken over from nothing, or None.

    A span of time counts as taken over where it holds most of the posts.
    """
    least = SPAN_SHARE if one.trait in SPANS else SWITCHED_TO
    for level in one.levels:
        if one.now[level] >= least and one.before[level] <= SWITCHED_FROM:
            return level
    return None


def _has_fallen(total: float, fitted: TraitFit, effects: Sequence[Effect], *, is_known: bool) -> bool:
    if is_known:
        return total <= KNOWN_FALL_LOG
    exact = sum(one.log for one in effects if _is_beside_posts(one))
    is_sure = fitted.shift <= -FALL_Z * fitted.se or exact <= FALL_LOG
    return total <= FALL_LOG and is_sure


def _causes(effects: Sequence[Effect], total: float) -> Iterator[Cause]:
    for one in effects:
        share = min(100.0, 100 * one.log / total)
        if one.log <= NAMED_LOG and share >= NAMED_SHARE:
            yield Cause(one.code, share, drop_percent(one.log), one.is_bound, one.facts)


def _fewer_posts(scope: Scope) -> tuple[float, Mapping[str, float]] | None:
    """Returns the log of the ratio of posts a day, and both, where they are surely fewer; else None."""
    before, now = history(scope.period), scope.period
    since = before.first if scope.known_since is None else max(before.first, scope.known_since)
    until = now.last if scope.known_until is None else min(now.last, scope.known_until)
    days = max(0, (now.first - since).days), max(0, (until - now.first).days + 1)
    n = int(scope.organic(before).sum()), int(scope.organic(now).sum())
    if min(days) == 0 or min(n) == 0:
        return None
    rates = n[0] / days[0], n[1] / days[1]
    log = float(np.log(rates[1] / rates[0]))
    is_sure = log <= -FEWER_Z * np.sqrt(1 / n[0] + 1 / n[1])
    return (log, {"before": rates[0], "now": rates[1]}) if is_sure and np.exp(log) <= FEWER_RATIO else None


def _of_all_posts(
    scope: Scope,
    metric: str,
    found: Levels,
    total: float,
    fewer: tuple[float, Mapping[str, float]] | None,
) -> Explanation:
    """Returns the answer where the level of a post has not fallen.

    The sum of a day may have fallen, with fewer posts.
    """
    if fewer is None or metric not in LIKE_VIEWS or fewer[0] + total > FALL_LOG:
        return _answer(scope, metric, found, "no_fall", total)
    whole = fewer[0] + total
    share = min(100.0, 100 * fewer[0] / whole)
    cause = Cause("fewer_posts", share, drop_percent(fewer[0]), facts=fewer[1])
    return _answer(scope, "total", found, None, whole, (cause,))


def _answer(
    scope: Scope,
    metric: str,
    found: Levels,
    reason: str | None,
    log: float | None,
    causes: tuple[Cause, ...] = (),
    fewer: tuple[float, Mapping[str, float]] | None = None,
) -> Explanation:
    n = int(found.is_now.sum())
    return Explanation(
        metric=metric,
        reason=reason,
        drop_percent=None if log is None else drop_percent(log),
        n=n,
        n_before=len(found.own) - n,
        first=scope.period.first,
        last=scope.period.last,
        history_first=max(history(scope.period).first, scope.known_since or history(scope.period).first),
        causes=causes,
        fewer=None if fewer is None else Cause("fewer_posts", 0.0, drop_percent(fewer[0]), facts=fewer[1]),
    )
