"""How a channel's counters grow with age: its own curve, the fleet's where there is none, or nothing to go by.

An own curve is read off posts with two readings or more: the median growth of the log between neighbouring ages. On
Telegram each step is shrunk towards the fleet's, which weighs as much as ten posts; other networks have no fleet curve.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics import maturity
from metrics.durations import DAY_S
from metrics.frame import Bools, Floats, Ints, are_apart, bools, floats, ints, numbered, objects
from metrics.maturity import FINAL_H, Curve
from metrics.periods import CURVE_DAYS, CURVE_HELD_DAYS, HISTORY_DAYS
from metrics.posts import GROW_FOR_WEEKS
from metrics.readings import fell

OWN_POSTS = 10  # with two readings or more
FLEET_POSTS = 10  # what the fleet's curve weighs beside the channel's own posts
FIRST_H, LAST_H = 6, 720  # ages between which a channel's own growth is read
LAST_OF_WEEKS_H = 2160  # where posts grow for weeks
HELD_DAYS = 7  # the kind of curve changes once the other one has been the better for so long, and that is told as long
WIDEST_STEP = 0.03  # of the counter: one rounded more coarsely tells nothing of growth
STEP_POSTS = 3  # on which a step of an own curve rests where no fleet curve stands behind it
# A channel whose posts finish within a day lies one whole log of the share off the fleet's curve; so that the interval of
# 95 % still holds it, the sd is at least this part of that log.
FLEET_SPREAD = 0.7


@dataclass(frozen=True, slots=True)
class Curves:
    """`kind`: own_curve, fleet_curve, or none: counters stay as they were read."""

    kind: str
    of: Mapping[str, Curve]  # by quantity: those of maturity.CURVES; empty: nothing grows
    posts: int  # that the own curve rests on
    unsure: tuple[
        float, ...
    ] = ()  # of an own curve, at each of the curve's ages: what is left of the fleet's spread
    changed_at: int | None = None  # when the kind changed, where that is no longer ago than HELD_DAYS
    grows_for_weeks: bool = False  # without a curve, posts are alike at like ages only, however old they are

    def share(self, quantity: str, age_h: Floats, hour: Floats | None = None) -> Floats:
        """Returns which share of its value at 7 days a quantity has at each age.

        It is 1 where there is no curve.
        """
        curve = self.of.get(quantity)
        return np.ones(len(age_h)) if curve is None else curve.share(age_h, hour)

    def sd(self, quantity: str, age_h: Floats) -> Floats:
        """Returns how far this channel may lie from the curve at each age, as the sd of the log."""
        fleet = maturity.CURVES.get(quantity)
        if fleet is None:
            return np.zeros(len(age_h))
        between = np.maximum(fleet.sd(age_h), FLEET_SPREAD * np.abs(np.log(fleet.share(age_h))))
        if self.kind != "own_curve":
            return np.asarray(between)
        ages = np.log(np.array(maturity.AGES_H, dtype=np.float64))
        return np.asarray(between * np.interp(np.log(np.maximum(age_h, 1.0)), ages, self.unsure))


NONE = Curves("none", {}, 0)
FLEET = Curves("fleet_curve", maturity.CURVES, 0)


def curves(readings: pd.DataFrame, platform: str, as_of: int) -> Curves:
    """Returns the channel's own curves where ten posts were read twice; else the fleet's, or none.

    The fleet's are for Telegram only.
    A kind takes the place of the other once it has held for a week, so that answers do not jump to and fro.
    """
    is_telegram = platform == "telegram"
    grows = platform in GROW_FOR_WEEKS
    usual = FLEET if is_telegram else replace(NONE, grows_for_weeks=grows)
    rows = _usable(readings, as_of)
    if len(rows) < 2 * OWN_POSTS:
        return usual
    history = _own_days(rows, as_of)
    is_own, changed_at = held(history, as_of)
    if not is_own:
        return replace(usual, changed_at=changed_at)
    last = as_of - DAY_S * int(np.argmax(history[::-1]))  # when ten posts were there for the last time
    rows = rows[ints(rows, "published_at") >= last - HISTORY_DAYS * DAY_S]
    post = numbered(objects(rows, "external_id"))[0]
    own = _grown(rows, post, LAST_OF_WEEKS_H if grows else LAST_H)
    views = _curve(own["views"], maturity.VIEWS, is_telegram=is_telegram)
    people = _curve(own["people"], maturity.REACTIONS, is_telegram=is_telegram)
    of = {name: views if fleet is maturity.VIEWS else people for name, fleet in maturity.CURVES.items()}
    return Curves("own_curve", of, _read_twice(post), _unsure(own["views"][1]), changed_at, grows)


def _own_days(rows: pd.DataFrame, as_of: int) -> Bools:
    """Tells, for each day to `as_of`, whether ten recent posts had been read twice by then.

    Recent are those of the 56 days before it.
    """
    post, observed = numbered(objects(rows, "external_id"))[0], ints(rows, "observed_at")
    order = np.lexsort((observed, post))
    is_first = np.diff(post[order], prepend=-1) != 0
    second = order[1:][is_first[:-1] & ~is_first[1:]]
    read, published = observed[second], ints(rows, "published_at")[second]
    days = as_of - DAY_S * np.arange(CURVE_HELD_DAYS, -1, -1)[:, np.newaxis]
    counted = (read <= days) & (published >= days - HISTORY_DAYS * DAY_S)
    return np.asarray(counted.sum(axis=1) >= OWN_POSTS)


def held(own: Bools, as_of: int) -> tuple[bool, int | None]:
    """Tells whether the own curve is in use, and since when if that is new.

    `own`: one value a day to `as_of`.
    """
    in_use, others, changed = bool(own[0]), 0, None
    for day, found in enumerate(own.tolist()):
        others = 0 if found == in_use else others + 1
        if others > HELD_DAYS:  # so many days lie between the first and the last of them
            in_use, others, changed = found, 0, day
    ago = None if changed is None else len(own) - 1 - changed
    return in_use, None if ago is None or ago >= HELD_DAYS else as_of - DAY_S * ago


def _unsure(posts: Ints) -> tuple[float, ...]:
    """Returns how unsure the curve is at each age.

    It goes by the step between that age and 7 days that rests on the fewest posts.
    """
    final = maturity.AGES_H.index(int(FINAL_H))
    before, after = posts[:final], posts[final:]
    fewest = [*np.minimum.accumulate(before[::-1])[::-1], posts.max(), *np.minimum.accumulate(after)]
    return tuple(math.sqrt(FLEET_POSTS / (FLEET_POSTS + int(count))) for count in fewest)


def _usable(readings: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """Returns the own posts that a curve may be read off.

    They were read at a known moment, and their views never fell.
    """
    exact = bools(readings, "observed_exact") & bools(readings, "time_known")
    own = exact & ~bools(readings, "is_forwarded") & ~bools(readings, "is_ad")
    own &= ~are_apart(readings)
    published = ints(readings, "published_at")
    own &= (published >= as_of - CURVE_DAYS * DAY_S) & (ints(readings, "observed_at") <= as_of)
    rows = readings[own]
    return rows[~fell(objects(rows, "external_id"), rows)] if len(rows) else rows


def _read_twice(post: Ints) -> int:
    return int((np.bincount(post) >= 2).sum()) if len(post) else 0


def _grown(rows: pd.DataFrame, post: Ints, last_h: float) -> dict[str, tuple[Floats, Ints]]:
    """Returns the growth of the log from age to age, and on how many posts it rests.

    "views" has that of views, "people" that of what people do.
    """
    age_h = (ints(rows, "observed_at") - ints(rows, "published_at")) / 3600
    people = np.nansum([floats(rows, name) for name in ("reactions", "comments", "forwards")], axis=0)
    views = floats(rows, "views")
    fine = ~np.isnan(views) & (floats(rows, "views_step") <= WIDEST_STEP * np.nan_to_num(views))
    order = np.lexsort((age_h, post))
    age_h, post, fine = age_h[order], post[order], fine[order]
    views, people = views[order], people[order]
    return {
        "views": _steps(post, age_h, views, fine & (views > 0), last_h, pooled=False),
        "people": _steps(post, age_h, people, np.ones(len(post), dtype=np.bool_), last_h, pooled=True),
    }


def _steps(
    post: Ints, age_h: Floats, counts: Floats, usable: Bools, last_h: float, *, pooled: bool
) -> tuple[Floats, Ints]:
    """Returns the growth of the log between the ages, and on how many posts each step rests.

    Neighbouring readings of one post are cut at the ages; the growth in a piece is even over the log of the
    age.
    `pooled`: small counts are summed over posts before the logarithm, whose mean they would bend.
    """
    left = np.flatnonzero((np.diff(post) == 0) & usable[:-1] & usable[1:] & (age_h[:-1] >= 1))
    right = left + 1
    logs = np.log(np.maximum(age_h, 1.0))
    width = logs[right] - logs[left]
    ages = np.log(np.array(maturity.AGES_H, dtype=np.float64))
    growth, posts = np.full(len(ages) - 1, np.nan), np.zeros(len(ages) - 1, dtype=np.int64)
    values = np.log(np.maximum(counts, 0.5))
    for step in range(len(ages) - 1):
        if not FIRST_H <= maturity.AGES_H[step] < last_h:
            continue
        low, high = np.maximum(logs[left], ages[step]), np.minimum(logs[right], ages[step + 1])
        inside = (high > low) & (width > 0)
        part = (high - low)[inside] / width[inside]
        one = post[left[inside]]
        covered = np.bincount(one, high[inside] - low[inside], post.max() + 1) / (ages[step + 1] - ages[step])
        whole = covered >= 0.5
        posts[step] = int(whole.sum())
        if not posts[step]:
            continue
        if pooled:
            delta = (counts[right] - counts[left])[inside]
            at_low = counts[left[inside]] + delta * ((low - logs[left])[inside] / width[inside])
            start = np.zeros(post.max() + 1)
            start[one[::-1]] = at_low[::-1]  # the first piece of a post wins
            gained = np.bincount(one, delta * part, post.max() + 1)
            before, after = float(start[whole].sum()), float((start + gained)[whole].sum())
            growth[step] = math.log((after + 0.5) / (before + 0.5))
        else:
            each = np.bincount(one, ((values[right] - values[left])[inside] * part), post.max() + 1)
            growth[step] = float(np.median(each[whole] / covered[whole]))
    return growth, posts


def _curve(own: tuple[Floats, Ints], fleet: Curve, *, is_telegram: bool) -> Curve:
    growth, posts = own
    usual = np.diff(fleet.logs) if is_telegram else np.zeros(len(growth))
    weight = FLEET_POSTS if is_telegram else 0
    known = ~np.isnan(growth) & (is_telegram | (posts >= STEP_POSTS))
    total = np.maximum(posts + weight, 1)
    steps = np.where(known, (posts * np.nan_to_num(growth) + weight * usual) / total, usual)
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    return Curve(
        logs - logs[maturity.AGES_H.index(int(FINAL_H))], fleet.spread, fleet.by_hour and is_telegram
    )
