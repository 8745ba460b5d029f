"""What each rate is: numerator, denominator, average. Formulas, series, rankings and words of the bot read it here.

This file imports neither pandas nor numpy: the bot's own process speaks it too.
"""

from dataclasses import dataclass
from typing import Literal

Average = Literal["pooled", "mean", "median"]
Rows = Literal["posts", "days"]
ONE = "one"  # the denominator of a mean a post


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` and `denominator` are quantities of a sample; `scale` 100: percent, 1: a count a post."""

    code: str
    numerator: str
    denominator: str
    average: Average
    rows: Rows = "posts"
    scale: float = 100


_RATES = (
    Rate("er_by_views", "interactions", "views", "pooled"),
    Rate("er_by_reach", "interactions", "reach", "pooled"),
    Rate("er_by_subscribers", "interactions", "subscribers", "mean"),
    Rate("er_day", "interactions", "subscribers", "mean", rows="days"),
    Rate("view_rate", "views", "subscribers", "mean"),
    Rate("view_rate_median", "views", "subscribers", "median"),
    Rate("view_rate_24h", "views_24h", "subscribers", "mean"),
    Rate("view_rate_48h", "views_48h", "subscribers", "mean"),
    Rate("er_post_median", "interactions", "views", "median"),
    Rate("forward_rate", "forwards", "views", "pooled"),
    Rate("reaction_rate", "reactions", "views", "pooled"),
    Rate("comment_rate", "comments", "views", "pooled"),
    Rate("love_rate", "reactions", "subscribers", "mean"),
    Rate("talk_rate", "comments", "subscribers", "mean"),
    Rate("weighted_er", "weighted", "views", "pooled"),
)
_LEVELS = (
    Rate("views_per_post", "views", ONE, "mean", scale=1),
    Rate("reach_per_post", "reach", ONE, "mean", scale=1),
    Rate("interactions_per_post", "interactions", ONE, "mean", scale=1),
)
RATES = {rate.code: rate for rate in _RATES}  # in the order of display
LEVELS = {rate.code: rate for rate in _LEVELS}
EVERY = RATES | LEVELS

# The rate an answer begins with, by the denominator that most posts carry; the first that they do is taken.
HEADLINES = {"views": "er_by_views", "reach": "er_by_reach", "subscribers": "er_by_subscribers"}
# What the level of a channel is, by the same denominators.
LEVEL_OF = {"views": "views_per_post", "reach": "reach_per_post", "subscribers": "er_by_subscribers"}
ASKED_FIRST = ("er_by_views", "er_by_reach", "view_rate", "er_by_subscribers")
