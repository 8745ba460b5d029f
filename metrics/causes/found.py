"""What a search for causes comes to. No pandas here: it crosses to the bot's own process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CODES = (
    "format",  # other formats than before
    "length",  # longer or shorter texts
    "hour",  # other hours of posting
    "weekday",
    "gap_to_next",  # the next post follows sooner
    "ad_nearby",  # more ads among the posts
    "fewer_posts",  # the level of a post is what it was: there are fewer of them
    "giveaway",  # one post lifted the earlier average
    "earlier",  # the level fell before the period: it is measured against days before that
    "boost",  # a run of days did: a repost or a mention that ended
    "subscribers_left",
    "subscribers_purged",  # many at once
    "comments_off",
    "reactions_off",
    "forwards_off",
    "deleted",  # the better posts were deleted
    "everywhere",  # the other channels of the workspace fell as well
    "holiday",
    "missed",  # the bot was away, and nobody read these posts
)
LOOKS = (
    "format",
    "length",
    "hour",
    "gap_to_next",
    "ad_nearby",
    "giveaway",
    "subscribers",
    "switched",
    "everywhere",
    "holiday",
    "missed",
)
REASONS = ("too_few_posts", "not_counted", "no_fall")
Fact = float | int | str | date


@dataclass(frozen=True, slots=True)
class Cause:
    """`drop_percent`: what it takes off the level by itself. `is_bound`: it began with the fall, so that its share can
    only be called «up to so much». `facts`: the numbers that its sentence needs.
    """

    code: str
    share_percent: float
    drop_percent: float
    is_bound: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`metric`: views, reach, er, or total (of all posts of a day). `causes`: the largest first, none where the data
    shows none. `fewer`: the posts are fewer, too, which the level of a post does not show.
    """

    metric: str
    reason: str | None  # one of REASONS, where there is nothing to explain
    drop_percent: float | None
    n: int
    n_before: int
    first: date
    last: date
    history_first: date
    causes: tuple[Cause, ...] = ()
    fewer: Cause | None = None
    looked_at: tuple[str, ...] = ()  # what could have been named: LOOKS
    is_doubtful: bool = False  # the verdict of the same days calls the level usual: it may be chance
