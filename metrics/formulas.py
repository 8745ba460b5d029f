"""The registry: every rate that the product shows, in the order of display. Everything that lists rates reads it here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from metrics import rates
from metrics.estimates import Estimate
from metrics.sample import Sample

Average = Literal["pooled", "mean", "median"]


@dataclass(frozen=True, slots=True)
class Example:
    """Inputs by quantity, a value a row; `value` in percent."""

    inputs: Mapping[str, Sequence[float]]
    value: float


@dataclass(frozen=True, slots=True)
class Formula:
    """`numerator` and `denominator` are quantities of a sample; titles in people's words live in the locales."""

    code: str
    symbols: str  # I interactions, V views, S subscribers as of the post, n posts, D days
    numerator: str
    denominator: str
    average: Average
    source: str
    example: Example
    compute: Callable[[Sample], Estimate]
    rows: Literal["posts", "days"] = "posts"
    minimum_posts: int = 3  # docs/evidence.md#A.1: with 1-2 posts counts only


_PUBLISHED = "TGStat (ER), Hootsuite (ERR), Buffer"
_REGISTRY = (
    Formula(
        "er_by_views",
        "100 * sum(I) / sum(V)",
        "interactions",
        "views",
        "pooled",
        _PUBLISHED,
        Example({"interactions": (60, 40, 100), "views": (1_000, 1_500, 2_500)}, 4.0),
        rates.er_by_views,
    ),
    Formula(
        "er_by_reach",
        "100 * sum(I) / sum(reach)",
        "interactions",
        "reach",
        "pooled",
        "Hootsuite (ERR)",
        Example({"interactions": (30, 20), "reach": (600, 400)}, 5.0),
        rates.er_by_reach,
    ),
    Formula(
        "er_by_subscribers",
        "100 / n * sum(I / S)",
        "interactions",
        "subscribers",
        "mean",
        "Hootsuite, Popsters, LiveDune (ERpost), NapoleonCat",
        Example({"interactions": (100, 300), "subscribers": (10_000, 10_000)}, 2.0),
        rates.er_by_subscribers,
    ),
    Formula(
        "er_day",
        "100 / D * sum(sum(I of the day) / S at noon)",
        "interactions",
        "subscribers",
        "mean",
        "NapoleonCat, Popsters (ERday)",
        Example({"interactions": (200,), "subscribers": (10_000,)}, 2.0),
        rates.er_day,
        rows="days",
        minimum_posts=0,
    ),
    Formula(
        "view_rate",
        "100 / n * sum(V / S)",
        "views",
        "subscribers",
        "mean",
        "TGStat (ERR), LiveDune, adgem.ru (VR)",
        Example({"views": (541_540,), "subscribers": (2_048_184,)}, 26.44),
        rates.view_rate,
    ),
    Formula(
        "view_rate_median",
        "100 * median(V / S)",
        "views",
        "subscribers",
        "median",
        "dstat.bot (VR)",
        Example({"views": (1_000, 2_000, 9_000), "subscribers": (10_000, 10_000, 10_000)}, 20.0),
        rates.view_rate_median,
    ),
    Formula(
        "view_rate_24h",
        "100 / n * sum(V at 24 h / S)",
        "views_24h",
        "subscribers",
        "mean",
        "TGStat (ERR24), Telemetr",
        Example({"views_24h": (1_500, 2_500), "subscribers": (10_000, 10_000)}, 20.0),
        rates.view_rate_24h,
    ),
    Formula(
        "view_rate_48h",
        "100 / n * sum(V at 48 h / S)",
        "views_48h",
        "subscribers",
        "mean",
        "TGStat API (adv_post_reach_48h)",
        Example({"views_48h": (2_000, 3_000), "subscribers": (10_000, 10_000)}, 25.0),
        rates.view_rate_48h,
    ),
    Formula(
        "er_post_median",
        "100 * median(I / V)",
        "interactions",
        "views",
        "median",
        "dstat.bot, Rival IQ",
        Example({"interactions": (10, 30, 200), "views": (1_000, 1_000, 1_000)}, 3.0),
        rates.er_post_median,
    ),
    Formula(
        "forward_rate",
        "100 * sum(F) / sum(V)",
        "forwards",
        "views",
        "pooled",
        "Kaushik (amplification)",
        Example({"forwards": (8, 12), "views": (1_000, 1_000)}, 1.0),
        rates.forward_rate,
    ),
    Formula(
        "reaction_rate",
        "100 * sum(R) / sum(V)",
        "reactions",
        "views",
        "pooled",
        "Kaushik (applause)",
        Example({"reactions": (10, 20), "views": (1_000, 1_000)}, 1.5),
        rates.reaction_rate,
    ),
    Formula(
        "comment_rate",
        "100 * sum(C) / sum(V)",
        "comments",
        "views",
        "pooled",
        "Kaushik (conversation)",
        Example({"comments": (3, 7), "views": (1_000, 1_000)}, 0.5),
        rates.comment_rate,
    ),
    Formula(
        "love_rate",
        "100 / n * sum(R / S)",
        "reactions",
        "subscribers",
        "mean",
        "Popsters (LR)",
        Example({"reactions": (50, 150), "subscribers": (10_000, 10_000)}, 1.0),
        rates.love_rate,
    ),
    Formula(
        "talk_rate",
        "100 / n * sum(C / S)",
        "comments",
        "subscribers",
        "mean",
        "Popsters (TR)",
        Example({"comments": (10, 30), "subscribers": (10_000, 10_000)}, 0.2),
        rates.talk_rate,
    ),
    Formula(
        "weighted_er",
        "100 * sum(w * I) / sum(V)",
        "weighted",
        "views",
        "pooled",
        "Hootsuite (factored ER)",
        Example({"weighted": (80, 120), "views": (2_000, 2_000)}, 5.0),
        rates.weighted_er,
    ),
)
FORMULAS: dict[str, Formula] = {formula.code: formula for formula in _REGISTRY}
