"""When a channel is read again: at the ages that posts are compared at, and often enough to see new posts early."""

import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from bot.core.limits import POSTS_READ_A_DAY
from metrics.ages import AGES_H, newest_age, next_age
from metrics.durations import DAY_S, HOUR_S

SELDOM_S = 4 * HOUR_S  # also how often subscribers are counted
OFTEN_S = HOUR_S
SOON_S = 15 * 60  # a page is cached that long
SPREAD_S = 10 * 60
RECENT_POSTS = 20


def passed_an_age(published_at: int, since: int, now: int, ages_h: Sequence[int] = AGES_H) -> bool:
    """Tells whether a post came to one of the ages after `since`, up to `now`."""
    passed = newest_age(published_at, now, ages_h)
    return passed is not None and passed > since


def next_reading(published: Sequence[int], now: int, name: str, ages_h: Sequence[int] = AGES_H) -> int:
    """Returns the next age of one of these posts, or when a new one is to be expected; spread by the name."""
    coming = (moment for at in published if (moment := next_age(at, now, ages_h)) is not None)
    wanted = min([*coming, now + _patience_s(published)])
    return (
        max(wanted, now + (OFTEN_S if is_busy(published) else SOON_S)) + zlib.crc32(name.encode()) % SPREAD_S
    )


def is_busy(published: Iterable[int]) -> bool:
    """Tells whether more comes out than is read at each age: one channel must not take ten others' time."""
    recent = sorted(published)[-RECENT_POSTS:]
    lasted_s = (RECENT_POSTS - 1) * DAY_S / POSTS_READ_A_DAY
    return len(recent) == RECENT_POSTS and recent[-1] - recent[0] < lasted_s


def _patience_s(published: Iterable[int]) -> int:
    """Returns a quarter of the usual pause between posts, in seconds, from one hour to four.

    The first ages come early.
    """
    recent = sorted(published)[-RECENT_POSTS:]
    pauses_s = [later - earlier for earlier, later in pairwise(recent)]
    return int(min(max(median(pauses_s) / 4, OFTEN_S), SELDOM_S)) if pauses_s else SELDOM_S
