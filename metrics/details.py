"""What stands behind a period's figures: single posts, hours and formats.

Hours and formats are those of the period and its history together: a week has too few posts to tell them apart.
"""

from dataclasses import dataclass
from datetime import tzinfo

import pandas as pd

from metrics.content import Content, content_of
from metrics.curves import Curves
from metrics.periods import Period, history
from metrics.ranking.posts import Top, top
from metrics.scope import open_scope
from metrics.timing import Timing, timing_of
from metrics.young import YoungPosts


@dataclass(frozen=True, slots=True)
class Details:
    timing: Timing
    content: Content
    young_posts: YoungPosts
    top: Top


def details(
    posts: pd.DataFrame,
    audience: pd.DataFrame,
    young: YoungPosts,
    *,
    period: Period,
    zone: tzinfo,
    as_of: int,
    platform: str,
    readings: pd.DataFrame | None = None,
    growth: Curves | None = None,
) -> Details:
    """Returns single posts, hours and formats of a period.

    `readings`: every reading of these posts; without it nothing is known of hours.
    """
    known = posts if readings is None else readings
    whole = Period(history(period).start, period.end)
    scope = open_scope(
        posts,
        audience,
        period=whole,
        zone=zone,
        as_of=as_of,
        platform=platform,
        readings=known,
        growth=growth,
    )
    return Details(
        timing=timing_of(scope, posts, known),
        content=content_of(scope, posts),
        young_posts=young,
        top=top(
            posts,
            audience,
            period=period,
            zone=zone,
            as_of=as_of,
            platform=platform,
            readings=known,
            growth=growth,
        ),
    )
