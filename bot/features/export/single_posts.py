"""The rate of each single post of an export, by the basis that an answer about all of them rests on. Runs in workers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.answers.tables import Tables
from metrics.periods import dates, local_date
from metrics.registry import EVERY


@dataclass(frozen=True, slots=True)
class PostRates:
    """`code`: of `metrics.registry`; `percents`: by the id of a post; none for a part of an album that another row stands for."""

    code: str
    components: tuple[str, ...]  # what an interaction is made of
    denominator: str
    percents: Mapping[str, float | None]


def post_rates(tables: Tables) -> PostRates:
    """By the counters of the post, of an album's parts together, of the same components in every row.

    None for posts that came from elsewhere or are announced for later, and where a counter is not known.
    """
    published = tables.posts["published_at"]
    first, last = (local_date(int(at), tables.zone) for at in (published.min(), published.max()))
    scope = tables.scope(dates(first, last, tables.zone))
    rate = EVERY[scope.basis.headline]
    above, below = scope.raw.of(rate.numerator), scope.raw.of(rate.denominator)
    each = np.full(len(published), np.nan)
    known = ~np.isnan(above) & (below > 0)
    each[scope.own.rows[known]] = rate.scale * above[known] / below[known]
    return PostRates(
        rate.code,
        scope.choice.components,
        scope.basis.denominator,
        {
            str(name): None if np.isnan(one) else float(one)
            for name, one in zip(tables.posts["external_id"], each, strict=True)
        },
    )
