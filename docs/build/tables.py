"""Registries that are tables already: the growth curve, the indicators of the check, its verdicts, the usual prices."""

import numpy as np

from bot.core.locales import Translator
from bot.features.check.words import value_words
from docs.build import markdown
from metrics.audit.limits import (
    INFLATED_FAMILIES,
    INFLATED_FROM,
    LIMITS,
    LOOK_CLOSER_FROM,
    REACH_HIGH,
    SUSPICIOUS_FAMILIES,
    SUSPICIOUS_FROM,
    Limits,
)
from metrics.audit.price import NORMS
from metrics.maturity import AGES_H, ER, REACTIONS, VIEWS
from metrics.periods import HISTORY_DAYS

WEEK_H = 24 * 7
_VERDICTS = (
    ("no_known_pattern", 0, 0),
    ("look_closer", LOOK_CLOSER_FROM, 1),
    ("suspicious", SUSPICIOUS_FROM, SUSPICIOUS_FAMILIES),
    ("very_likely_inflated", INFLATED_FROM, INFLATED_FAMILIES),
)


def growth(t: Translator) -> str:
    ages = np.array(AGES_H, dtype=np.float64)
    lines = {
        t.plain("field.views"): VIEWS.share(ages),
        t.plain("formula.quantity.interactions"): REACTIONS.share(ages),
        t.plain("formula.er_by_views"): ER.share(ages),
        t.plain("page.growth.sd_views"): VIEWS.sd(ages),
        t.plain("page.growth.sd_interactions"): REACTIONS.sd(ages),
    }
    head = [t.plain("page.growth.age"), *lines]
    body = zip(*([t.number(float(value), 3) for value in line] for line in lines.values()), strict=True)
    return markdown.rows(
        head, ([markdown.age(age, t), *cells] for age, cells in zip(AGES_H, body, strict=True))
    )


def unaged(t: Translator) -> dict[str, str]:
    """Returns how an unchanged channel reads a week against 56 days where nobody minds the age.

    It has a post an hour, read at once.
    """
    week, before = (
        np.arange(first, last, dtype=np.float64)
        for first, last in ((1, WEEK_H), (WEEK_H, WEEK_H + 24 * HISTORY_DAYS))
    )
    views, interactions = (
        float(curve.share(week).mean() / curve.share(before).mean()) for curve in (VIEWS, REACTIONS)
    )
    return {
        "unaged_views": markdown.percent(views - 1, t, 0),
        "unaged_er": markdown.percent(interactions / views - 1, t, 0),
    }


def indicators(t: Translator) -> str:
    head = [t.plain(f"page.audit.{name}") for name in ("indicator", "usual", "sign", "innocent")]
    return markdown.rows(head, (_indicator(limits, t) for limits in (*LIMITS.values(), REACH_HIGH)))


def _indicator(limits: Limits, t: Translator) -> list[str]:
    low, high, weak, strong = (
        value_words(value, limits.unit, t)
        for value in (limits.usual_low, limits.usual_high, limits.weak, limits.strong)
    )
    usual = (
        "—"
        if limits.usual_high is None
        else t.plain("audit.range.to", high=high)
        if limits.usual_low is None
        else f"{low} … {high}"
    )
    code = f"page.audit.{limits.suspect}" + ("" if limits.strong is None else "_strong")
    return [
        f"{t.plain(f'audit.indicator.{limits.indicator}')} `{limits.indicator}`",
        usual,
        t.plain(code, weak=weak, strong=strong) if limits.strong is not None else t.plain(code, weak=weak),
        t.plain(f"audit.innocent.{limits.explanation or limits.indicator}").rstrip("."),
    ]


def verdicts(t: Translator) -> str:
    head = [t.plain(f"page.verdict.{name}") for name in ("points", "families", "said")]
    return markdown.rows(
        head,
        (
            [str(points), str(families) if families else "—", f"{t.plain(f'audit.verdict.{code}')} `{code}`"]
            for code, points, families in _VERDICTS
        ),
    )


def norms(t: Translator) -> str:
    head = [t.plain(f"page.norm.{name}") for name in ("topic", "cpm", "source")]
    return markdown.rows(
        head,
        (
            [
                t.plain(f"page.topic.{topic}"),
                f"{t.number(norm.low)}–{t.number(norm.high)} ₽",
                f"{norm.source}, {norm.year}",
            ]
            for topic, norm in NORMS.items()
        ),
    )
