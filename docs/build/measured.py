"""What was measured, as tables of a page: the drop rule beside others, intervals, the check."""

import json
from pathlib import Path
from typing import Any

from bot.core.locales import Translator
from docs.build import markdown

Found = list[dict[str, Any]]
_RULES = {
    "normal": "normal",
    "calm": "calm",
    "sensitive": "sensitive",
    "literal 20 %": "literal",
    "mean - 3 sigma": "sigmas",
    "EWMA": "ewma",
    "CUSUM": "cusum",
}
TYPICAL_DROP = 30


def load(folder: Path, name: str) -> Found:
    """Loads what `python -m benchmarks --save` wrote."""
    found: Found = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return found


def drops(found: Found, metric: str, t: Translator) -> str:
    """Returns false warnings a quarter and drops of 30 % found within 3, 7 and 14 days.

    They are given at each number of posts a day.
    """
    rates = sorted({one["posts_a_day"] for one in found})
    head = [t.plain("page.drops.rule"), *(t.plain("page.drops.posts_a_day", n=rate) for rate in rates)]
    body = (
        [t.plain(f"page.rule.{code}"), *(_drops_cell(found, name, metric, rate, t) for rate in rates)]
        for name, code in _RULES.items()
    )
    return markdown.rows(head, body)


def _drops_cell(found: Found, rule: str, metric: str, rate: int, t: Translator) -> str:
    asked = [
        one
        for one in found
        if (one.get("rule"), one.get("metric"), one["posts_a_day"]) == (rule, metric, rate)
    ]
    shares = next(one["found"] for one in asked if one.get("drop") == TYPICAL_DROP)
    false = next(one["value"] for one in asked if rule != "normal" or "drop" not in one)
    return f"{t.number(false, 2)} · {' / '.join(t.number(share) for share in shares.values())} %"


def depth(found: Found, t: Translator) -> str:
    """Returns drops of other sizes, found by the rule as it is."""
    asked = [one for one in found if one.get("rule") == "normal" and "drop" in one]
    rates = sorted({one["posts_a_day"] for one in asked})
    head = [t.plain("page.drops.drop"), *(t.plain("page.drops.posts_a_day", n=rate) for rate in rates)]
    body = [
        [
            f"{t.plain(f'replay.metric.{metric}')} −{drop} %",
            *(_shares(asked, metric, drop, rate, t) for rate in rates),
        ]
        for metric in ("views", "er")
        for drop in sorted({one["drop"] for one in asked})
    ]
    return markdown.rows(head, body)


def _shares(found: Found, metric: str, drop: int, rate: int, t: Translator) -> str:
    shares = next(
        one["found"]
        for one in found
        if (one["metric"], one["drop"], one["posts_a_day"]) == (metric, drop, rate)
    )
    return " / ".join(t.number(share) for share in shares.values()) + " %"


def coverage(found: Found, t: Translator) -> str:
    asked = [one for one in found if "posts" in one]
    names = list(asked[0]["holds"])
    head = [t.plain("page.coverage.posts"), *(f"{name}" for name in names)]
    return markdown.rows(
        head, ([str(one["posts"]), *(f"{t.number(one['holds'][name])} %" for name in names)] for one in asked)
    )


def unchanged(found: Found, t: Translator) -> str:
    asked = [one for one in found if "period_days" in one]
    codes = list(asked[0]["holds"])
    head = [
        t.plain("page.unchanged.period"),
        *(t.plain(f"formula.{code}") for code in codes),
    ]
    body = (
        [
            t.plain("page.unchanged.row", days=one["period_days"], posts=one["posts_a_day"]),
            *(f"{t.number(one['holds'][code])} %" if code in one["holds"] else "—" for code in codes),
        ]
        for one in asked
    )
    return markdown.rows(head, body)


def patterns(found: Found, t: Translator) -> str:
    """Returns every pattern tried, also those that nothing finds."""
    head = [t.plain(f"page.pattern.{name}") for name in ("title", "amount", "flagged")]
    return markdown.rows(
        head,
        (
            [
                t.plain(f"page.pattern.{one['pattern'] or 'none'}"),
                one["amount"] or "—",
                f"{t.number(one['value'], 1)} % ({one['channels']})",
            ]
            for one in found
        ),
    )


def groups(found: Found, t: Translator) -> dict[str, str]:
    """Returns what is claimed of hours and weekdays where nothing differs, and where one block does."""
    chance, better = found
    return {
        "groups_channels": t.number(chance["channels"]),
        "groups_days": t.number(chance["days"]),
        "groups_posts_a_day": t.number(chance["posts_a_day"]),
        "groups_claimed": t.percent(chance["value"]),
        "groups_lead": markdown.percent(better["lead"] - 1, t, 0),
        "groups_found": t.percent(better["value"]),
    }


def harder(found: Found, t: Translator) -> str:
    """Returns both alerts together, of channels that differ and drift."""
    return _by_rate([one for one in found if "drift_a_day" in one], t)


def generator(found: Found, t: Translator) -> dict[str, str]:
    """Returns what the channels are like on which the rules were tried."""
    drifting = next(one for one in found if "drift_a_day" in one)
    falling = next(one for one in found if "decline" in one)
    return {
        "drops_channels": t.number(drifting["channels"]),
        "drops_channel_days": t.number(drifting["days"]),
        "drops_drift": markdown.percent(drifting["drift_a_day"], t, 1),
        "drops_decline_share": markdown.percent(falling["decline"], t, 0),
    }


def decline(found: Found, t: Translator) -> str:
    return _by_rate([one for one in found if "decline" in one], t)


def _by_rate(found: Found, t: Translator) -> str:
    return ", ".join(
        t.plain("page.drops.at_rate", value=t.number(one["value"], 2), n=one["posts_a_day"]) for one in found
    )
