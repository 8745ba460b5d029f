"""The table all rooms speak: one row a post, with the counters of one reading.

Times are unix seconds in UTC. A counter is `None` where nobody counted it; 0 means somebody counted and found none.
This file imports neither pandas nor numpy: the bot's own process speaks it too. `metrics.frame` makes tables of it.
"""

from typing import NamedTuple

COUNTERS = (
    "views",
    "reach",
    "reactions",  # likes and emoji reactions alike; paid stars apart
    "dislikes",
    "comments",
    "forwards",  # shares, reposts
    "saves",  # saves, favourites, bookmarks
    "clicks",
    "stars",
    "interactions_sum",  # where a file gives only the sum of its parts
)

# What counts as an interaction on each platform (docs/evidence.md#A.2). Order is the order of display.
INTERACTIONS: dict[str, tuple[str, ...]] = {
    "telegram": ("reactions", "comments", "forwards"),
    "vk": ("reactions", "comments", "forwards"),
    "youtube": ("reactions", "dislikes", "comments"),
    "instagram": ("reactions", "comments", "saves", "forwards"),
    "facebook": ("reactions", "comments", "forwards"),
    "tiktok": ("reactions", "comments", "forwards", "saves"),
    "x": ("reactions", "comments", "forwards", "saves"),
    "linkedin": ("reactions", "comments", "forwards"),
    "max": ("reactions", "comments", "forwards"),
    "other": ("reactions", "comments", "forwards", "saves"),  # everything a file has
}
PLATFORMS = tuple(INTERACTIONS)
GROW_FOR_WEEKS = ("youtube", "max")  # a post of 60 days has more views there than the same post of 8
TELEGRAM_LIKE = ("telegram", "other")  # a table of nobody knows where is a Telegram channel's as a rule
FORMATS = (
    "text",
    "photo",
    "video",
    "album",
    "poll",
    "audio",
    "voice",
    "file",
    "link",
    "reel",
    "short",
    "story",
    "reply",
    "other",
)


class Post(NamedTuple):
    """One post as one reading saw it. The field order is the column order of spools, inserts and tables."""

    external_id: str
    published_at: int
    observed_at: int
    observed_exact: bool  # False: observed_at is the newest time in the file, not the file's own statement
    time_known: bool  # False: the source gave a date without an hour
    format: str | None
    text_length: int | None
    hashtags: str | None  # lower case, blank-separated, without '#'
    is_ad: bool
    is_forwarded: bool
    title: str | None  # at most TITLE_CHARS; the only text kept
    link: str | None
    views: int | None
    reach: int | None
    reactions: int | None
    dislikes: int | None
    comments: int | None
    forwards: int | None
    saves: int | None
    clicks: int | None
    stars: int | None
    interactions_sum: int | None
    steps: str | None  # rounding steps, "views:100 reactions:10"; None: every counter is exact


class AudienceReading(NamedTuple):
    """Subscribers at a moment. `step` is the rounding step of the source (1.48M: 10 000), 0 when exact."""

    observed_at: int
    subscribers: int
    step: int


APART_FORMATS = ("reply", "story")  # what is no post of the channel's own feed
OF_NO_ID = "at-"  # how the name of a post begins that has nothing but its moment and its text
TITLE_CHARS = 80
COLUMNS = Post._fields
