"""Every threshold of the check, in one place.

Ranges and limits: METRICS 4.2, measured on 19 channels of a panel read every 4 hours and on 2 200 blocks of 100 posts
of 368 channels; amended by A.7. A value is a pattern only beyond its limit, at the limit it is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Strength = Literal["weak", "strong"]
Family = Literal["growth", "uniformity", "interaction", "subscribers", "reach"]
Unit = Literal["share", "sd_log", "percent", "correlation"]

STRONG_POINTS, WEAK_POINTS, LIGHT_POINTS = 40, 20, 10  # METRICS 4.4
POINTS_CAP = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one indicator. `usual_*`: the natural range; None where none was measured."""

    indicator: str
    family: Family
    unit: Unit
    usual_low: float | None
    usual_high: float | None
    suspect: Literal["above", "below"]
    weak: float
    strong: float | None = None
    weak_points: int = WEAK_POINTS
    explanation: str = ""  # code of the innocent explanation, where it is not the indicator's own


_ALL = (
    Limits("step", "growth", "share", 0.06, 0.12, "above", 0.15, 0.22),
    Limits("slow_start", "growth", "share", 0.49, 0.68, "below", 0.45, 0.35),
    Limits("night_growth", "growth", "share", 0.04, 0.17, "above", 0.17, 0.22),
    Limits("uniform_views", "uniformity", "sd_log", 0.06, 0.24, "below", 0.05, 0.035),
    Limits(
        "reach_rate", "reach", "percent", 6, 37, "below", 5, weak_points=LIGHT_POINTS, explanation="reach_low"
    ),
    Limits(
        "reactions_per_view", "interaction", "percent", 0.24, 3.5, "below", 0.15, weak_points=LIGHT_POINTS
    ),
    Limits("forwards_per_view", "interaction", "percent", 0.24, 1.6, "below", 0.05, weak_points=LIGHT_POINTS),
    Limits(
        "views_forwards_correlation",
        "uniformity",
        "correlation",
        0.29,
        1,
        "below",
        0.1,
        weak_points=LIGHT_POINTS,
    ),
    Limits("subscriber_jump", "subscribers", "percent", 0.1, 2.4, "above", 3, 10),
    # -.7..+21 % in 113 days, a month of it.
    Limits("subscriber_bleed", "subscribers", "percent", -0.2, 5.6, "below", -5, -10),
    # Not measured: limits far from anything natural, weak only.
    Limits("empty_comments", "interaction", "percent", None, None, "above", 95, weak_points=LIGHT_POINTS),
    Limits("equal_reactions", "interaction", "percent", None, None, "above", 50, weak_points=LIGHT_POINTS),
    # 26 % of the reactions of 7 days come after the first 12 hours altogether (METRICS 2.2).
    Limits("reaction_burst", "interaction", "share", None, 0.26, "above", 0.30, weak_points=LIGHT_POINTS),
)
LIMITS: Mapping[str, Limits] = {limits.indicator: limits for limits in _ALL}
REACH_HIGH = Limits(
    "reach_rate", "reach", "percent", 6, 37, "above", 100, weak_points=LIGHT_POINTS, explanation="reach_high"
)

# Verdicts (METRICS 4.4, A.7): points and how many families have LIGHT_POINTS or more.
LOOK_CLOSER_FROM = 20
SUSPICIOUS_FROM, SUSPICIOUS_FAMILIES = 40, 2
INFLATED_FROM, INFLATED_FAMILIES = 70, 3

# Which posts the counters of are read: the size of the blocks the ranges were measured on, and not years of them.
RECENT_POSTS = 100
RECENT_S = 180 * 86_400

# Growth (1-3).
WATCHED_POSTS = 6  # METRICS 4.4: a 48-hour watch of at least 6 new posts
GROWTH_FROM_H = 12.0
STEP_WINDOW_H = 4.0
SHARE_AT_48H = 0.70  # A.7: before 7 days of readings, views at 48 h over this stand for views at 7 days
FIRST_READING_H = 24.0  # a post first read later tells nothing of its steps
DENSE_GAP_H = 8.5  # one missed reading out of every 4 hours; longer gaps hide steps and the hour of growth
NIGHT_HOURS = 6
NIGHT_WATCH_H = (24.0, 48.0)  # A.7: before 7 days of readings
NIGHT_COVERED = 0.8  # of the ages looked at must lie between readings close enough
NIGHT_GAIN = 20  # views a post must gain in them for its share to mean something
NIGHT_SHIFT_H = 3  # the night lies within so many hours of the middle of the hours without posts
POSTING_TIMES = 20  # posts from which the hours of posting are known
POSTING_CONCENTRATION = 0.2  # length of the mean direction on the clock; round the clock it is 0

# Counters (4-8, 11, 12).
UNIFORM_POSTS = 30
UNIFORM_ORGANIC = (0.0, 0.25, 0.5, 0.75, 1.0)  # shares of views that grow as the fleet's do
UNIFORM_STEP = 0.01  # rounding step over views
UNIFORM_VIEWS = 100  # below, whole numbers alone make views alike
COUNTED_FROM_H = 48.0  # age from which a count tells of a post's level
CORRELATION_POSTS = 50
RATE_POSTS = 10
RATE_FROM_H = 24.0
RATE_EXPECTED = 10  # interactions there would be at the low end of the usual range
REACH_POSTS = 10
REACH_FROM_H = 6.0
# Above this many subscribers a reach of 3-8 % is ordinary (telegramads.info, MARKET 4.1).
HUGE_CHANNEL, HUGE_REACH_LOW = 1_000_000, 3.0
# Small channels live on views from outside (open-source scanner, MARKET 3.1; a convention).
SMALL_CHANNELS_REACH_HIGH = ((200, 200.0), (1_000, 150.0))
COMMENTS_VIEWS, COMMENTS_POSTS = 5_000, 20
EQUAL_REACTIONS_POSTS, EQUAL_REACTIONS_FROM = 20, 10
BURST_REACTIONS = 20  # the curve of reactions was measured on posts with as many (METRICS 2.2)

# Subscribers (9, 10).
DAILY_GAP_S = 36 * 3600  # readings further apart don't tell of days
JUMP_MADS, JUMP_MAD_DAYS = 10, 14  # A.7: with fewer days of history only the percentage counts
JUMP_DAYS = 2
CHANGE_LEAST = 50  # subscribers; fewer are the noise of a small channel (TgMon, MARKET 3.4; a convention)
BLEED_LEAST_DAYS, MONTH_DAYS = 7, 30
VIEWS_AROUND_DAYS, VIEWS_AROUND_POSTS = 7, 3  # posts before and after a change of subscribers
FOLLOWED_SHARE = 0.5  # of the change of subscribers that views must follow
MENTION_FACTOR = 1.5  # a post that many times the usual: a repost or an ad that brought people
