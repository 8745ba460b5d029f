"""An example channel as it was read day by day: each post at a few ages, as its counters stood then."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.demo.team import reactions_share, views_share
from metrics.posts import Post

HOUR_S = 3_600
AGES_H = (6, 24, 168)


def at_age(post: Post, age_h: float, *, share: float = 1.0) -> Post:
    """Returns the post as a reading of that age saw it; `share` of its views came."""
    known_h = (post.observed_at - post.published_at) / HOUR_S
    views = share * (post.views or 0) * views_share(age_h) / views_share(known_h)
    reacted = share * reactions_share(age_h) / reactions_share(known_h)
    return post._replace(
        observed_at=post.published_at + round(age_h * HOUR_S),
        views=max(1, round(views)),
        reactions=round((post.reactions or 0) * reacted),
        comments=round((post.comments or 0) * reacted),
        forwards=round((post.forwards or 0) * reacted),
    )


def readings_between(posts: Sequence[Post], after: datetime, until: datetime) -> Iterator[tuple[Post, float]]:
    """Yields each post with an age in hours at which it was read after `after` and not after `until`."""
    first, last = int(after.timestamp()), int(until.timestamp())
    for post in posts:
        for age_h in AGES_H:
            if first < post.published_at + age_h * HOUR_S <= last:
                yield post, age_h
