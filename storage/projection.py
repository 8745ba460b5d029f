"""What a post shows when several sources stated it at several moments. Pure: rows in, one row out.

A counter's latest statement wins, and of those within an hour of it the exact ones, then the source that stands closest
to the count: the bot's own session at Telegram, live updates, a file, a page, TGStat. A rounded statement gives way to an exact
one within its rounding step, for then both saw the same number. None states nothing and overrides nothing. Of one
source's statements of one moment the one that arrived later wins; otherwise the order of arrival tells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from metrics.posts import COLUMNS, COUNTERS, Post

TOGETHER_S = 3600  # statements that lie so close are of the same moment
_STATED_FACTS = ("format", "text_length", "hashtags", "title", "link")
_CLOSENESS = {"exact": 0, "bot": 1, "file": 2, "page": 3, "tgstat": 4}
# Updates say what became of reactions; by number Telegram may keep some of them back.
_CLOSENESS_OF_REACTIONS = {**_CLOSENESS, "bot": 0, "exact": 1}
_REACTED = frozenset({"reactions", "stars"})


class _Arrival(NamedTuple):
    reading: Post
    source: str
    order: int


class _StatedValue(NamedTuple):
    """What one reading says of one counter."""

    value: int
    step: int
    closeness: int
    seen: Post


class _ShownValue(NamedTuple):
    value: int
    step: int
    seen: Post  # the latest reading that states the counter


def project(readings: Sequence[Post], sources: Sequence[str] | None = None) -> Post:
    """Returns the post as it is shown, of its readings in the order of their arrival and of their sources.

    Without `sources` all are of one. The one reading of a post is the post. `observed_at` is the moment of
    the first counter shown, views before all (`COUNTERS`): a later count of comments does not make the views
    older posts' views.
    """
    if len(readings) == 1:
        return readings[0]
    named = zip(readings, sources or ["file"] * len(readings), range(len(readings)), strict=True)
    arrived = sorted(
        (_Arrival(*one) for one in named),
        key=lambda one: (-one.reading.observed_at, _closeness(one.source, "views"), -one.order),
    )
    newest_first = [one.reading for one in arrived]
    shown = {name: found for name in COUNTERS if (found := _counter(name, arrived)) is not None}
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


def _counter(name: str, newest_first: Sequence[_Arrival]) -> _ShownValue | None:
    stated = list(_statements(name, newest_first))
    if not stated:
        return None
    latest = stated[0]
    together = [one for one in stated if latest.seen.observed_at - one.seen.observed_at <= TOGETHER_S]
    best = min(together, key=lambda one: (one.step > 0, one.closeness))
    if best.step == 0:
        confirmed = latest.step > 0 and abs(latest.value - best.value) <= latest.step
        return _ShownValue(best.value, 0, latest.seen if confirmed else best.seen)
    agreeing = (one.value for one in stated if one.step == 0 and abs(one.value - best.value) <= best.step)
    exact = next(agreeing, None)
    return (
        _ShownValue(best.value, best.step, best.seen) if exact is None else _ShownValue(exact, 0, best.seen)
    )


def _statements(name: str, newest_first: Sequence[_Arrival]) -> Iterator[_StatedValue]:
    index = COLUMNS.index(name)
    for one in newest_first:
        value = one.reading[index]
        if isinstance(value, int):
            step = _steps(one.reading.steps).get(name, 0) if one.reading.steps else 0
            yield _StatedValue(value, step, _closeness(one.source, name), one.reading)


def _closeness(source: str, name: str) -> int:
    order = _CLOSENESS_OF_REACTIONS if name in _REACTED else _CLOSENESS
    return order.get(source, len(order))


def _fact(name: str, newest_first: Sequence[Post]) -> object:
    return next((fact for reading in newest_first if (fact := getattr(reading, name)) is not None), None)


@lru_cache(maxsize=4096)
def _steps(text: str) -> Mapping[str, int]:
    """Reads `Post.steps`: "views:100 reactions:10" -> {"views": 100, "reactions": 10}."""
    pairs = (word.split(":") for word in text.split())
    return MappingProxyType({name: int(step) for name, step in pairs})
