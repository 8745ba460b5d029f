"""A bought post on its public page: its views now, when it came out, or why neither can be seen."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.collection.seen import ViewSource
from metrics.errors import DomainError
from metrics.posts import Post

ALBUM_MESSAGES = 10  # Telegram's most; the page shows an album under its first one's number
PASSING = ("page.away", "page.busy", "page.unreadable")
NO_CHANNEL = ("page.nobody", "page.is_group", "page.is_bot", "page.is_person", "channel.bad_name")


class PostLook(NamedTuple):
    """Exactly one is None. `reason`: closed, deleted, away or off."""

    post: Post | None
    reason: str | None


async def look(pages: ViewSource, handle: str | None, number: int | None) -> PostLook:
    """Returns what the page shows of a post.

    Raises DomainError("page.…") where there is no such channel at all.
    """
    if handle is None or number is None:
        return PostLook(None, "closed")
    try:
        posts = await pages.before(handle, number + 1)
        if not posts:  # only the newest page says why there is none
            await pages.read(handle)
    except DomainError as refused:
        if refused.code in NO_CHANNEL:
            raise
        return PostLook(None, _reason(refused))
    found = _find(posts, number)
    return PostLook(found, None if found else "deleted")


def step_of(post: Post) -> int:
    """Returns the rounding step of its views; 0: exact."""
    steps = dict(part.split(":") for part in (post.steps or "").split())
    return int(steps.get("views", 0))


def _find(posts: Sequence[Post], number: int) -> Post | None:
    earlier = [post for post in posts if int(post.external_id) <= number]
    nearest = max(earlier, key=lambda post: int(post.external_id), default=None)
    if nearest is None:
        return None
    behind = number - int(nearest.external_id)
    is_part = nearest.format == "album" and behind < ALBUM_MESSAGES
    return nearest if behind == 0 or is_part else None


def _reason(refused: DomainError) -> str:
    if refused.code in PASSING:
        return "away"
    return "off" if refused.code == "page.off" else "closed"
