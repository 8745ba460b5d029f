"""What a post shows when several sources stated it at several moments. Pure: rows in, one row out.

A counter's latest statement wins, then the one that arrived later. A rounded statement gives way to an exact one
within its rounding step, for then both saw the same number. None states nothing and overrides nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from metrics.posts import COLUMNS, COUNTERS, Post

_STATED_FACTS = ("format", "text_length", "hashtags", "title", "link")


class _Shown(NamedTuple):
    value: int
    step: int
    seen: Post  # the latest reading that states the counter


def project(readings: Sequence[Post]) -> Post:
    """The readings of one post in the order of their arrival -> the post as it is shown.

    The one reading of a post is the post. `observed_at` is the moment of the first counter shown, views before all
    (`COUNTERS`): a later count of comments does not make the views older posts' views.
    """
    if len(readings) == 1:
        return readings[0]
    newest_first = sorted(readings, key=attrgetter("observed_at"))[::-1]
    shown = {name: found for name in COUNTERS if (found := _counter(name, newest_first)) is not None}
    seen = next(iter(shown.values())).seen if shown else newest_first[0]
    timed = next((reading for reading in newest_first if reading.time_known), newest_first[0])
    fields: dict[str, Any] = {
        "published_at": timed.published_at,
        "time_known": timed.time_known,
        "observed_at": seen.observed_at,
        "observed_exact": seen.observed_exact,
        "is_ad": any(reading.is_ad for reading in readings),
        "is_forwarded": any(reading.is_forwarded for reading in readings),
        "steps": " ".join(f"{name}:{found.step}" for name, found in shown.items() if found.step) or None,
        **{name: _fact(name, newest_first) for name in _STATED_FACTS},
        **{name: shown[name].value if name in shown else None for name in COUNTERS},
    }
    return newest_first[0]._replace(**fields)


def _counter(name: str, newest_first: Sequence[Post]) -> _Shown | None:
    index = COLUMNS.index(name)
    latest: _Shown | None = None
    for reading in newest_first:
        value = reading[index]
        if not isinstance(value, int):
            continue
        step = _steps(reading.steps).get(name, 0) if reading.steps else 0
        if latest is None:
            latest = _Shown(value, step, reading)
        elif step == 0 and abs(value - latest.value) <= latest.step:
            return latest._replace(value=value, step=0)
        if latest.step == 0:
            break
    return latest


def _fact(name: str, newest_first: Sequence[Post]) -> object:
    return next((fact for reading in newest_first if (fact := getattr(reading, name)) is not None), None)


@lru_cache(maxsize=4096)
def _steps(text: str) -> Mapping[str, int]:
    """As in `Post.steps`: "views:100 reactions:10" -> {"views": 100, "reactions": 10}."""
    pairs = (word.split(":") for word in text.split())
    return MappingProxyType({name: int(step) for name, step in pairs})
