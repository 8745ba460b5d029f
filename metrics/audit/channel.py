"""One channel: every indicator, the verdict, and what an ad would cost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

import pandas as pd

from metrics.audit import counts, followers, growth, interaction, levels, night, price, verdict
from metrics.audit.evidence import Evidence, gather
from metrics.audit.facts import DAYS, Facts, compliance, facts
from metrics.audit.findings import Finding, IndicatorReading, NotChecked, Outcome, judge
from metrics.audit.price import Cost, ExpectedViews, Norm
from metrics.audit.verdict import Confidence, Verdict
from metrics.periods import last_days
from metrics.posts import TELEGRAM_LIKE  # ranges were measured there
from metrics.readings import newest_of
from metrics.summary import Summary, summarize

# In the order of docs/evidence.md, section 4.2; the signs of a whole history follow.
INDICATORS: dict[str, Callable[[Evidence], Outcome]] = {
    "step": growth.step,
    "slow_start": growth.slow_start,
    "night_growth": night.night_growth,
    "uniform_views": counts.uniform_views,
    "reach_rate": counts.reach_rate,
    "reactions_per_view": interaction.reactions_per_view,
    "forwards_per_view": interaction.forwards_per_view,
    "views_forwards_correlation": counts.views_forwards_correlation,
    "subscriber_jump": followers.subscriber_jump,
    "subscriber_bleed": followers.subscriber_bleed,
    "empty_comments": interaction.empty_comments,
    "equal_reactions": interaction.equal_reactions,
    "reaction_burst": interaction.reaction_burst,
    "even_rates": counts.even_rates,
    "collapse": levels.collapse,
    "level_shift": levels.level_shift,
    "ads_against_own": levels.ads_against_own,
    "growth_without_readers": followers.growth_without_readers,
}


@dataclass(frozen=True, slots=True)
class Audit:
    """`findings`: patterns, the weightiest first; `usual`: what was checked and is not one.

    `summary`: the rate of the last 30 days, its basis and its verdict, as every other answer tells them.
    """

    verdict: Verdict
    points: int
    confidence: Confidence
    findings: tuple[Finding, ...]
    usual: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    expected_views_24h: ExpectedViews
    cpm: Cost
    facts: Facts
    summary: Summary
    compliance: tuple[dict[str, str | int], ...]

    @property
    def has_weak_signs_only(self) -> bool:
        """Signs were found, too few points for a verdict: never told as «no signs»."""
        return self.verdict == "no_known_pattern" and bool(self.findings)

    @property
    def is_elsewhere(self) -> bool:
        """Nothing was judged, because what is usual was measured on Telegram: never told as «no signs» either."""
        return self.summary.platform not in TELEGRAM_LIKE


def check_channel(
    readings: pd.DataFrame,
    audience: pd.DataFrame,
    *,
    zone: tzinfo,
    as_of: int,
    platform: str = "telegram",
    posts: pd.DataFrame | None = None,
    growth_readings: pd.DataFrame | None = None,
    price_asked: float | None = None,
    currency: str | None = None,
    norm: Norm | None = None,
) -> Audit:
    """Returns the audit of one channel: every indicator, the verdict and what an ad would cost.

    `readings`: a `frame.table` with a row for every reading of every post; `audience`: a
    `frame.audience_table`. Nothing after `as_of` (unix seconds) is looked at. `posts`, a row a post, and
    `growth_readings`: what the channel's rate is computed from where that is not the newest of `readings` and
    all of them. `norm`: the usual CPM, the workspace's own or `price.NORMS`.
    """
    evidence = replace(
        gather(readings, audience, zone=zone, as_of=as_of), has_curve=platform in TELEGRAM_LIKE
    )
    outcomes = _measure(evidence, platform)
    judged = [judge(outcome) for outcome in outcomes if isinstance(outcome, IndicatorReading)]
    findings = sorted((found for found in judged if found.strength), key=lambda found: -found.points)
    points = verdict.family_points(findings)
    data = verdict.confidence(found.indicator for found in judged)
    stepped = any(found.indicator == "step" for found in findings)
    views = price.expected_views(evidence, growth.excess_share(evidence) if stepped else 0.0)
    rate = summarize(
        newest_of(readings) if posts is None else posts,
        audience,
        period=last_days(DAYS, as_of, zone),
        zone=zone,
        as_of=as_of,
        platform=platform,
        readings=readings if growth_readings is None else growth_readings,
    )
    asked = price.cost(price_asked, views, norm, currency)
    return Audit(
        verdict=verdict.decide(points, data),
        points=verdict.total(points),
        confidence=data,
        findings=tuple(findings),
        usual=tuple(found for found in judged if not found.strength),
        not_checked=tuple(outcome for outcome in outcomes if isinstance(outcome, NotChecked)),
        expected_views_24h=views,
        cpm=replace(asked, per_interaction=price.per_interaction(price_asked, views, rate.headline)),
        facts=facts(evidence),
        summary=rate,
        compliance=compliance(evidence),
    )


def _measure(evidence: Evidence, platform: str) -> list[Outcome]:
    if platform not in TELEGRAM_LIKE:
        return [NotChecked(indicator, "telegram") for indicator in INDICATORS]
    return [measure(evidence) for measure in INDICATORS.values()]
