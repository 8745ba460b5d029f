"""What a buyer sees of a channel before any judgement."""

from dataclasses import dataclass

import numpy as np

from metrics.audience import subscribers_at
from metrics.audit import limits
from metrics.audit.counts import counted
from metrics.audit.evidence import Evidence
from metrics.audit.price import REGISTRY_FROM, REGISTRY_SINCE, posts_at_24h

DAYS = 30


@dataclass(frozen=True, slots=True)
class Dot:
    """One of the last posts, for a chart: its views brought to 24 hours."""

    published_at: int
    views_24h: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Percent where a rate; None where unknown. `posts`: own organic ones, of the whole history. `data_until`: the newest reading."""

    posts: int
    subscribers: int | None
    posts_per_day: float | None  # of the last 30 days, or of what is known of them
    views_median: float | None
    ad_percent: float | None
    dots: tuple[Dot, ...]
    data_until: int | None
    silent_days: int | None = None  # since the last post, where that is long for this channel


def facts(evidence: Evidence) -> Facts:
    published, at_24h = posts_at_24h(evidence)
    seen = counted(evidence, "views", from_age_h=limits.REACH_FROM_H)
    views = evidence.readings.counters["views"][seen]
    recent = evidence.feed.posts.is_ad[-limits.RECENT_POSTS :]
    return Facts(
        posts=len(evidence.posts),
        subscribers=subscribers(evidence),
        posts_per_day=_posts_per_day(evidence),
        views_median=float(np.median(views)) if len(views) else None,
        ad_percent=float(100 * recent.mean()) if len(recent) else None,
        dots=tuple(map(Dot, published.tolist(), at_24h.tolist())),
        data_until=int(evidence.readings.at.max()) if len(evidence.readings.at) else None,
        silent_days=_silent_days(evidence),
    )


def subscribers(evidence: Evidence) -> int | None:
    counted_now = subscribers_at(np.array([evidence.as_of]), evidence.audience).subscribers[0]
    return None if np.isnan(counted_now) else round(float(counted_now))


def compliance(evidence: Evidence) -> tuple[dict[str, str | int], ...]:
    """Returns the questions to ask a seller in Russia, as codes."""
    count = subscribers(evidence)
    if count is None or count < REGISTRY_FROM:
        return ()
    return ({"code": "registry", "from_subscribers": REGISTRY_FROM, "since": REGISTRY_SINCE},)


def _posts_per_day(evidence: Evidence) -> float | None:
    published = evidence.feed.posts.published_at
    if not len(published):
        return None
    span_s = min(DAYS * 86_400, evidence.as_of - int(published[0]))
    if span_s < 86_400:
        return None
    return float((published > evidence.as_of - span_s).sum() / (span_s / 86_400))


def _silent_days(evidence: Evidence) -> int | None:
    """Returns the whole days between the last post and the last reading of the page.

    None where that is usual. A forwarded post counts as a post.
    """
    if evidence.last_post_at is None or not len(evidence.readings.at):
        return None
    silent_s = min(int(evidence.readings.at.max()), evidence.as_of) - evidence.last_post_at
    pauses = np.diff(evidence.feed.posts.published_at[-limits.RECENT_POSTS :])
    usual_s = float(np.median(pauses)) if len(pauses) else 0.0
    if silent_s < max(limits.SILENT_DAYS * 86_400, limits.SILENT_PAUSES * usual_s):
        return None
    return silent_s // 86_400
