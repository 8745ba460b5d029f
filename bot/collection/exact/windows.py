"""Which numbers are asked for next, and what is taken of an answer. Pure.

A history is read from its top downwards. The top is found by climbing: numbers above the newest known one are asked for
until none of them is there. An album that the lower end of a window cuts through is left for the next window.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.collection.source import Answer, Counters, State
from metrics.posts import Post

HISTORY_S = 400 * 86_400  # a year, and what it is compared with
ALBUM_MOST = 10  # parts, whose numbers follow each other


@dataclass(frozen=True, slots=True)
class WindowTake:
    """Holds what one window gave: posts to keep, where the next one begins, whether this was the last."""

    posts: tuple[Post, ...]
    cursor: int  # 0: nothing is below
    oldest_at: int | None
    is_done: bool


def climb(newest: int, most: int) -> range:
    return range(newest + 1, newest + 1 + most)


def top_of(newest: int, answer: Answer[int]) -> int:
    """Returns the greatest number that is there now; `newest` where none above it is."""
    return max([newest, *(one.id for one in answer.counters if one.state != State.GONE)])


def window(cursor: int, most: int) -> range:
    return range(max(1, cursor - most + 1), cursor + 1)


def take(ids: Sequence[int], answer: Answer[int], since: int) -> WindowTake:
    """Returns what a window gave of posts that came out at `since` or later."""
    held_back = _cut_through(ids[0], answer.counters)
    posts = [
        post for post in answer.posts if int(post.external_id) not in held_back and post.published_at >= since
    ]
    is_older = any(one.published_at is not None and one.published_at < since for one in answer.counters)
    cursor = max(held_back, default=ids[0] - 1)
    oldest_at = min((post.published_at for post in posts), default=None)
    return WindowTake(tuple(posts), cursor, oldest_at, is_older or cursor == 0)


def _cut_through(lowest: int, counters: Iterable[Counters[int]]) -> frozenset[int]:
    """Returns the parts of the album that may go on below the window."""
    there = [one for one in counters if one.state != State.GONE]
    first = min(there, key=lambda one: one.id, default=None)
    if first is None or first.album is None or lowest == 1 or first.id - lowest >= ALBUM_MOST - 1:
        return frozenset()
    return frozenset(one.id for one in there if one.album == first.album)


def batches(wanted: Mapping[str, bool], most: int) -> Iterator[dict[str, list[int]]]:
    """Yields every number that may belong to each post of {id: is an album}, at most `most` at a time."""
    batch: dict[str, list[int]] = {}
    for name, is_album in wanted.items():
        numbers = list(range(int(name), int(name) + (ALBUM_MOST if is_album else 1)))
        if batch and sum(map(len, batch.values())) + len(numbers) > most:
            yield batch
            batch = {}
        batch[name] = numbers
    if batch:
        yield batch


def known_as(post: Post, names: Collection[str]) -> Post:
    """Returns the post by the name it has here.

    An album whose first part was deleted goes by the next one's number elsewhere.
    """
    number = int(post.external_id)
    if post.external_id in names or post.format != "album":
        return post
    below = (str(number - step) for step in range(1, ALBUM_MOST))
    return post._replace(external_id=next((name for name in below if name in names), post.external_id))
