"""The worked answer as parts of a page: its posts, its steps, every number by name."""

import math

from bot.core.locales import Translator
from docs.build import markdown
from docs.build.registries import quantity
from docs.build.worked import SUBSCRIBERS, Row, Worked
from metrics.maturity import REACTIONS, VIEWS

_SHARES = ("value", "low", "high")


def parts(worked: Worked, t: Translator) -> dict[str, str]:
    """Returns `er_by_views_value` and so on; shares in percent."""
    steps = {
        f"{code}_{name}": _step(name, value, t)
        for code, found in worked.steps.items()
        for name, value in found.items()
    }
    totals = {
        f"total_{name}": t.number(sum(getattr(row, name) for row in worked.now))
        for name in ("views", "reactions", "comments", "forwards")
    }
    return {
        **steps,
        **totals,
        "worked_counters": _counters(worked, t),
        "worked_ratios": _ratios(worked, t),
        "worked_days": " + ".join(markdown.percent(day, t) if day else "0" for day in worked.days),
        "worked_ages": _ages(worked, t),
        "worked_curve_sds": _curve_sds(worked, t),
        "worked_young": t.number(sum(row.age_h < 7 * 24 for row in worked.now)),
        "worked_posts": t.number(len(worked.now)),
        "worked_before": t.number(len(worked.before)),
        "worked_silent": t.number(sum(day == 0 for day in worked.days)),
        "worked_subscribers": t.number(SUBSCRIBERS),
    }


def _step(name: str, value: float, t: Translator) -> str:
    return markdown.percent(value, t) if name in _SHARES else markdown.figures(value, t)


def _counters(worked: Worked, t: Translator) -> str:
    names = ("views", "reactions", "comments", "forwards", "interactions")
    head = ["№", t.plain("page.worked.published"), *(quantity(name, t) for name in names)]
    return markdown.rows(
        head,
        (
            [row.number, f"{row.published:%d.%m %H:%M}", *(t.number(getattr(row, name)) for name in names)]
            for row in worked.rows
        ),
    )


def _ratios(worked: Worked, t: Translator) -> str:
    ratio = worked.steps["er_by_views"]["value"]
    return markdown.rows(
        ["№", "I₇", "V₇", "I₇ − p·V₇", "V₇ / S", "I₇ / S"],
        (
            [
                row.number,
                markdown.figures(row.interactions_7d, t),
                markdown.figures(row.views_7d, t),
                markdown.figures(row.interactions_7d - ratio * row.views_7d, t),
                markdown.percent(row.views_7d / SUBSCRIBERS, t),
                markdown.percent(row.interactions_7d / SUBSCRIBERS, t),
            ]
            for row in worked.now
        ),
    )


def _ages(worked: Worked, t: Translator) -> str:
    head = [
        "№",
        t.plain("page.worked.age"),
        "s(V)",
        "s(I)",
        "V₇",
        "I₇",
        "log((I₇ + ½) / V₇)",
        "log((V₇ + ½) / S)",
    ]
    return markdown.rows(head, (_aged(row, t) for row in (*worked.now, *worked.before)))


def _aged(row: Row, t: Translator) -> list[str]:
    numbers = (
        row.views_share,
        row.interactions_share,
        row.views_7d,
        row.interactions_7d,
        math.log((row.interactions_7d + 0.5) / row.views_7d),
        math.log((row.views_7d + 0.5) / SUBSCRIBERS),
    )
    return [row.number, f"{row.age_h:g}", *(markdown.figures(number, t) for number in numbers)]


def _curve_sds(worked: Worked, t: Translator) -> str:
    return markdown.rows(
        ["№", "sd(V)", "sd(I)"],
        (
            [row.number, *(markdown.figures(row.sd(curve)[1], t) for curve in (VIEWS, REACTIONS))]
            for row in (*worked.now, *worked.before)
        ),
    )
