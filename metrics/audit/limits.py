"""Every threshold of the check, in one place.

Ranges and limits: docs/evidence.md, section 4.2, measured on 19 channels of a panel read every 4 hours and on 2 200
blocks of 100 posts of 368 channels. Limits of signs that were not measured there (collapse, shift, ads, growth without
readers, even rates) are set on clean generated channels and on real files at hand, by `python -m benchmarks audit`.
A value is a pattern only beyond its limit, at the limit it is not, unless the limit says so.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Strength = Literal["weak", "strong"]
Family = Literal["growth", "uniformity", "interaction", "subscribers", "reach", "level"]
Unit = Literal["share", "sd_log", "percent", "correlation", "times"]

STRONG_POINTS, WEAK_POINTS, LIGHT_POINTS = 40, 20, 10  # docs/evidence.md, section 4.4
POINTS_CAP = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Holds the limits of one indicator.

    `usual_*`: the natural range; None where none was measured.
    """

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
    reached: bool = False  # a value at the limit is a pattern already


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
    Limits("equal_reactions", "interaction", "percent", None, None, "above", 80, reached=True),
    # 26 % of the reactions of 7 days come after the first 12 hours altogether (docs/evidence.md, section 2.2).
    Limits("reaction_burst", "interaction", "share", None, 0.26, "above", 0.30, weak_points=LIGHT_POINTS),
    # The per-post ER has an sd of the log of .6 (docs/evidence.md, section 1.3); bought in proportion it has none.
    Limits("even_rates", "uniformity", "sd_log", None, None, "below", 0.15, 0.08),
    Limits("collapse", "level", "percent", None, None, "below", 100 / 3, 100 / 3),
    Limits("level_shift", "level", "times", None, None, "above", 1.5, 2.0),
    Limits("ads_against_own", "level", "times", None, None, "above", 1.3, 1.6),
    # -.7..+21 % in 113 days.
    Limits("growth_without_readers", "subscribers", "percent", -0.4, 10.6, "above", 20),
)
LIMITS: Mapping[str, Limits] = {limits.indicator: limits for limits in _ALL}
REACH_HIGH = Limits(
    "reach_rate", "reach", "percent", 6, 37, "above", 100, weak_points=LIGHT_POINTS, explanation="reach_high"
)


@dataclass(frozen=True, slots=True)
class Natural:
    """How blocks of 100 posts of honest channels lie: normal in the value, or in its log."""

    median: float
    sd: float
    in_logs: bool = True

    def at(self, z: float) -> float:
        return self.median * math.exp(z * self.sd) if self.in_logs else self.median + z * self.sd


# From the quantiles of docs/evidence.md, section 4.2: of 2 200 blocks where there are those, else the range of 19
# channels taken for +-2 sd. An indicator that is not here has a limit far from anything natural.
NATURAL: Mapping[str, Natural] = {
    "step": Natural(0.085, 0.17),
    "slow_start": Natural(0.58, 0.045, in_logs=False),
    "night_growth": Natural(0.082, 0.36),
    "uniform_views": Natural(0.15, 0.44),
    "reach_rate": Natural(15, 0.45),
    "reactions_per_view": Natural(1.2, 0.67),
    "forwards_per_view": Natural(0.84, 0.76),
    "views_forwards_correlation": Natural(0.65, 0.22, in_logs=False),
}
CHANNEL_CHANCE = 0.01  # share of honest channels in which one block of all may lie beyond its limit

# Verdicts (docs/evidence.md, section 4.4): points and how many families have LIGHT_POINTS or more.
LOOK_CLOSER_FROM = 20
SUSPICIOUS_FROM, SUSPICIOUS_FAMILIES = 40, 2
INFLATED_FROM, INFLATED_FAMILIES = 70, 3

# Blocks that the history is judged in: the size that the ranges were measured on. The newest one is the channel of now,
# by which views and prices are told.
BLOCK_POSTS = RECENT_POSTS = 100
BLOCK_S = RECENT_S = 180 * 86_400

# Growth (1-3).
WATCHED_POSTS = 6  # docs/evidence.md, section 4.4: a 48-hour watch of at least 6 new posts
GROWTH_FROM_H = 12.0
STEP_WINDOW_H = 4.0
SHARE_AT_48H = 0.70  # before 7 days of readings, views at 48 h over this stand for views at 7 days
FIRST_READING_H = 24.0  # a post first read later tells nothing of its steps
DENSE_GAP_H = 8.5  # one missed reading out of every 4 hours; longer gaps hide steps and the hour of growth
NIGHT_HOURS = 6
NIGHT_WATCH_H = (24.0, 48.0)  # before 7 days of readings
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
# Above this many subscribers a reach of 3-8 % is ordinary (telegramads.info).
HUGE_CHANNEL, HUGE_REACH_LOW = 1_000_000, 3.0
# Small channels live on views from outside (an open-source scanner; a convention).
SMALL_CHANNELS_REACH_HIGH = ((200, 200.0), (1_000, 150.0))
COMMENTS_VIEWS, COMMENTS_POSTS = 5_000, 20
EQUAL_REACTIONS_POSTS, EQUAL_REACTIONS_FROM = 20, 10
BURST_REACTIONS = (
    20  # the curve of reactions was measured on posts with as many (docs/evidence.md, section 2.2)
)

# Subscribers (9, 10).
DAILY_GAP_S = 36 * 3600  # readings further apart don't tell of days
JUMP_MADS, JUMP_MAD_DAYS = 10, 14  # with fewer days of history only the percentage counts
JUMP_DAYS = 2
CHANGE_LEAST = 50  # subscribers; fewer are the noise of a small channel (TgMon; a convention)
BLEED_LEAST_DAYS, MONTH_DAYS = 7, 30
VIEWS_AROUND_DAYS, VIEWS_AROUND_POSTS = 7, 3  # posts before and after a change of subscribers
FOLLOWED_SHARE = 0.5  # of the change of subscribers that views must follow
MENTION_FACTOR = 1.5  # a post that many times the usual: a repost or an ad that brought people
GROWTH_DAYS = 60  # of subscribers without readers
GROWTH_ENDS_DAYS, GROWTH_POSTS = 20, 5  # posts at both ends of it
FLAT_SHARE = 0.4  # of the log growth of subscribers: views that follow by less are flat

# The level of views (collapse, shift, ads against own).
LEVEL_POSTS, LEVEL_SPAN_S = 20, 21 * 86_400  # posts, and the time they must cover
DAYS_3_S, WEEK_S = 3 * 86_400, 7 * 86_400
COLLAPSE_BEFORE, COLLAPSE_BEFORE_S = 10, 28 * 86_400
COLLAPSE_AFTER, COLLAPSE_AFTER_S = (
    5,
    45 * 86_400,
)  # of a slow channel: its first 5 posts, not more than that long after
COLLAPSE_LOW = 0.75  # of the posts of the week must lie below half of the level before
SHIFT_POSTS, SHIFT_AROUND_S, SHIFT_LEAST_S = 20, 60 * 86_400, 14 * 86_400
SHIFT_NEAR_POSTS, SHIFT_NEAR_SHARE = (
    10,
    0.7,
)  # of the shift must be there between the nearest posts: a date, no drift
SHIFT_Z = 4.0  # standard errors by which interactions per view fall; every day is tried, hence more than 2
SHIFT_FOLLOWED = 0.5  # of the shift; interactions or subscribers that rise by as much explain it
SUBSCRIBERS_FELL = 0.25  # of a collapse; subscribers that left with the views explain it
ADS_BLOCK, ADS_LEAST, OWN_LEAST = 30, 5, 5
ADS_Z = 3.0
EVEN_POSTS, EVEN_REACTIONS = 30, 10
MEDIAN_SE = 1.25  # standard error of a median over that of a mean

# A channel is silent from so many days on, where that is so many times its usual pause.
SILENT_DAYS, SILENT_PAUSES = 7, 3
