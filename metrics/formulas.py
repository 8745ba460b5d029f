"""Every rate of the registry with its symbols, source and worked example, and how it is computed. Percent.

A sample of posts has a row a post, one of days a row a local day with its noon's subscribers. A row without the
numerator or the denominator changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from metrics import estimates
from metrics.estimates import Estimate, Pairs
from metrics.registry import RATES, Average, Rows
from metrics.sample import Sample

_AVERAGES: Mapping[Average, Callable[[Pairs], Estimate]] = {
    "pooled": estimates.pooled,
    "mean": estimates.mean,
    "median": estimates.median,
}


@dataclass(frozen=True, slots=True)
class Example:
    """Holds a worked example of a rate: inputs by quantity, a value a row; `value` in percent."""

    inputs: Mapping[str, Sequence[float]]
    value: float


@dataclass(frozen=True, slots=True)
class Formula:
    """What is said of a rate beside what the registry says it is; titles in people's words live in the locales."""

    code: str
    symbols: str  # I interactions, V views, S subscribers as of the post, n posts, D days
    source: str
    example: Example
    minimum_posts: int = 3  # with 1-2 posts counts only

    @property
    def numerator(self) -> str:
        return RATES[self.code].numerator

    @property
    def denominator(self) -> str:
        return RATES[self.code].denominator

    @property
    def average(self) -> Average:
        return RATES[self.code].average

    @property
    def rows(self) -> Rows:
        return RATES[self.code].rows

    def compute(self, rows: Sample) -> Estimate:
        pairs = rows.pairs(self.numerator, self.denominator)
        if len(pairs.numerator) == 0:
            return estimates.undefined(rows.why_empty(self.numerator, self.denominator), pairs.name)
        return _AVERAGES[self.average](pairs)


_PUBLISHED = "TGStat (ER), Hootsuite (ERR), Buffer"
_REGISTRY = (
    Formula(
        "er_by_views",
        "100 * sum(I) / sum(V)",
        _PUBLISHED,
        Example({"interactions": (60, 40, 100), "views": (1_000, 1_500, 2_500)}, 4.0),
    ),
    Formula(
        "er_by_reach",
        "100 * sum(I) / sum(reach)",
        "Hootsuite (ERR)",
        Example({"interactions": (30, 20), "reach": (600, 400)}, 5.0),
    ),
    Formula(
        "er_by_subscribers",
        "100 / n * sum(I / S)",
        "Hootsuite, Popsters, LiveDune (ERpost), NapoleonCat",
        Example({"interactions": (100, 300), "subscribers": (10_000, 10_000)}, 2.0),
    ),
    Formula(
        "er_day",
        "100 / D * sum(sum(I of the day) / S at noon)",
        "NapoleonCat, Popsters (ERday)",
        Example({"interactions": (200,), "subscribers": (10_000,)}, 2.0),
        minimum_posts=0,
    ),
    Formula(
        "view_rate",
        "100 / n * sum(V / S)",
        "TGStat (ERR), LiveDune, adgem.ru (VR)",
        Example({"views": (541_540,), "subscribers": (2_048_184,)}, 26.44),
    ),
    Formula(
        "view_rate_median",
        "100 * median(V / S)",
        "dstat.bot (VR)",
        Example({"views": (1_000, 2_000, 9_000), "subscribers": (10_000, 10_000, 10_000)}, 20.0),
    ),
    Formula(
        "view_rate_24h",
        "100 / n * sum(V at 24 h / S)",
        "TGStat (ERR24), Telemetr",
        Example({"views_24h": (1_500, 2_500), "subscribers": (10_000, 10_000)}, 20.0),
    ),
    Formula(
        "view_rate_48h",
        "100 / n * sum(V at 48 h / S)",
        "TGStat API (adv_post_reach_48h)",
        Example({"views_48h": (2_000, 3_000), "subscribers": (10_000, 10_000)}, 25.0),
    ),
    Formula(
        "er_post_median",
        "100 * median(I / V)",
        "dstat.bot, Rival IQ",
        Example({"interactions": (10, 30, 200), "views": (1_000, 1_000, 1_000)}, 3.0),
    ),
    Formula(
        "forward_rate",
        "100 * sum(F) / sum(V)",
        "Kaushik (amplification)",
        Example({"forwards": (8, 12), "views": (1_000, 1_000)}, 1.0),
    ),
    Formula(
        "reaction_rate",
        "100 * sum(R) / sum(V)",
        "Kaushik (applause)",
        Example({"reactions": (10, 20), "views": (1_000, 1_000)}, 1.5),
    ),
    Formula(
        "comment_rate",
        "100 * sum(C) / sum(V)",
        "Kaushik (conversation)",
        Example({"comments": (3, 7), "views": (1_000, 1_000)}, 0.5),
    ),
    Formula(
        "love_rate",
        "100 / n * sum(R / S)",
        "Popsters (LR)",
        Example({"reactions": (50, 150), "subscribers": (10_000, 10_000)}, 1.0),
    ),
    Formula(
        "talk_rate",
        "100 / n * sum(C / S)",
        "Popsters (TR)",
        Example({"comments": (10, 30), "subscribers": (10_000, 10_000)}, 0.2),
    ),
    Formula(
        "weighted_er",
        "100 * sum(w * I) / sum(V)",
        "Hootsuite (factored ER)",
        Example({"weighted": (80, 120), "views": (2_000, 2_000)}, 5.0),
    ),
)
FORMULAS: dict[str, Formula] = {formula.code: formula for formula in _REGISTRY}
