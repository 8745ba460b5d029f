"""A network's JSON taken apart without trust, and a post made of what counters every network tells alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from metrics.posts import Post
from storage.files.tables.texts import TextFacts

Raw = Mapping[str, Any]


def part(raw: Raw, name: str) -> Raw:
    """Returns an object inside another; an empty one where there is none."""
    inside = raw.get(name)
    return inside if isinstance(inside, dict) else {}


def dicts(value: Any) -> Iterator[Raw]:
    """Yields the objects of a list; nothing of what is no list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def post_of(
    external_id: str,
    text: TextFacts,
    *,
    published_at: int,
    now: int,
    post_format: str,
    link: str | None,
    views: int | None,
    reactions: int | None = None,
    comments: int | None = None,
    forwards: int | None = None,
    text_length: int | None = None,
    is_ad: bool = False,
    is_forwarded: bool = False,
) -> Post:
    """Returns a post with its counters at `now`, each int or None.

    `is_ad`: the network says so; the text may say it, too.
    """
    return Post(
        external_id=external_id,
        published_at=published_at,
        observed_at=now,
        observed_exact=True,
        time_known=True,
        format=post_format,
        text_length=text_length,
        hashtags=text.hashtags,
        is_ad=text.is_ad or is_ad,
        is_forwarded=is_forwarded,
        title=text.title,
        link=link,
        views=views,
        reach=None,
        reactions=reactions,
        dislikes=None,
        comments=comments,
        forwards=forwards,
        saves=None,
        clicks=None,
        stars=None,
        interactions_sum=None,
        steps=None,
    )
