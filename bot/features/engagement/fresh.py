"""The newest post in words, while it is young: what it has, what it will have at 24 hours."""

import math

from bot.core.locales import Translator
from metrics.young import YoungPosts

SHOWN_DIGITS = 2  # of a forecast: its band is tens of percent wide


def fresh_post(young: YoungPosts, t: Translator) -> str | None:
    """The newest of which something can be expected; None without one."""
    for post in young.posts:
        if post.expected_24h is not None and post.views is not None:
            return t(
                "er.fresh" if post.standing is None else f"er.fresh.{post.standing}",
                views=t.number(post.views),
                age=t.plural("er.hours", round(post.age_h)),
                value=t.number(_shown(post.expected_24h.value), approximate=True),
                low=t.number(_shown(post.expected_24h.low)),
                high=t.number(_shown(post.expected_24h.high)),
            )
    return None


def _shown(views: float) -> int:
    """2 543 -> 2 500."""
    step = int(10 ** max(0, math.floor(math.log10(max(views, 1))) - SHOWN_DIGITS + 1))
    return round(views / step) * step
