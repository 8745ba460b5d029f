"""Which rates a file is enough for, what the others lack, and the one thing to send next."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.posts import INTERACTIONS
from metrics.registry import ASKED_FIRST, EVERY

RATES = {code: (EVERY[code].numerator, EVERY[code].denominator) for code in ASKED_FIRST}
_OWN_WORDS = (
    "telegram",
    "other",
)  # a table of nobody knows where is a Telegram channel's more often than not


@dataclass(frozen=True, slots=True)
class Computable:
    """`lacking`: rate -> what it lacks, in the order of the formula. `next_step`: a code, None where nothing is missing."""

    rates: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]
    next_step: str | None


def computable(
    platform: str, counts: Mapping[str, int], *, posts: int, subscribers_known: bool
) -> Computable:
    """Returns the rates that can be computed, and what the others lack. `counts`: field -> posts with it."""
    there = {name for name, count in counts.items() if count}
    if there & {*INTERACTIONS[platform], "interactions_sum"}:
        there.add("interactions")
    if subscribers_known:
        there.add("subscribers")
    told = [name for name in RATES if name != "er_by_reach" or "reach" in there]
    lacking = {name: tuple(need for need in RATES[name] if need not in there) for name in told}
    possible = tuple(name for name, needs in lacking.items() if not needs)
    step = _next_step(platform, there, posts)
    return Computable(possible, {name: needs for name, needs in lacking.items() if needs}, step)


def _next_step(platform: str, there: set[str], posts: int) -> str | None:
    if not posts:
        return "posts"
    where = platform if platform in _OWN_WORDS else "elsewhere"
    if "views" not in there and "reach" not in there:
        return f"views_{where}"
    if "interactions" not in there:
        return f"interactions_{where}"
    return None
