"""What the results of posts go with: format, length of the text, hashtags, weekday, advertising."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics import groups
from metrics.frame import Bools, Ints, texts
from metrics.groups import Group
from metrics.periods import Period
from metrics.posts import FORMATS
from metrics.results import Results, results
from metrics.scope import Scope, open_scope

# Characters; a caption under a picture takes 1 024, so that the first four are captions as well.
LENGTH_EDGES = (0, 1, 201, 501, 1001, 2001)
LENGTHS = ("0", "1-200", "201-500", "501-1000", "1001-2000", "2001+")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HASHTAG_POSTS = 3  # fewer say nothing, and there would be hundreds
MOST_HASHTAGS = 20


@dataclass(frozen=True, slots=True)
class Content:
    """Posts of 24 hours and more; organic ones, beside the ads in `advertising`. Groups without a post are left out."""

    period: Period
    n: int
    components: tuple[str, ...]
    format: tuple[Group, ...]
    text_length: tuple[Group, ...]
    hashtag: tuple[Group, ...]  # the most used first
    weekday: tuple[Group, ...]
    advertising: tuple[Group, ...]  # "organic", "ad"


def content(
    posts: pd.DataFrame, audience: pd.DataFrame, *, period: Period, zone: tzinfo, as_of: int, platform: str
) -> Content:
    scope = open_scope(posts, audience, period=period, zone=zone, as_of=as_of, platform=platform)
    return content_of(scope, posts)


def content_of(scope: Scope, posts: pd.DataFrame) -> Content:
    """Returns what the results of the scope's posts go with. `posts`: the table that the scope is of."""
    organic = results(scope, scope.organic(scope.period))
    everything = results(scope, scope.within(scope.period))
    rows = scope.own.rows[organic.own]
    is_ad = scope.own.is_ad[everything.own]
    return Content(
        period=scope.period,
        n=organic.posts.size,
        components=scope.choice.components,
        format=_compare(organic, _formats(texts(posts, "format", rows))),
        text_length=_compare(organic, _lengths(posts["text_length"].to_numpy()[rows])),
        hashtag=_compare(organic, _hashtags(texts(posts, "hashtags", rows))),
        weekday=_compare(organic, _weekdays(scope, organic.day)),
        advertising=_compare(everything, {"organic": ~is_ad, "ad": is_ad}),
    )


def _compare(posts: Results, masks: Mapping[str, Bools]) -> tuple[Group, ...]:
    return groups.compare(posts, {key: mask for key, mask in masks.items() if mask.any()})


def _formats(words: npt.NDArray[np.object_]) -> dict[str, Bools]:
    return {name: words == name for name in FORMATS}


def _lengths(characters: npt.NDArray[np.float64]) -> dict[str, Bools]:
    edges = [*LENGTH_EDGES, np.inf]
    return {
        name: (characters >= low) & (characters < high)
        for name, (low, high) in zip(LENGTHS, pairwise(edges), strict=True)
    }


def _hashtags(words: npt.NDArray[np.object_]) -> dict[str, Bools]:
    used = [frozenset(str(tags or "").split()) for tags in words]
    counted = Counter(tag for tags in used for tag in tags)
    often = sorted((-count, tag) for tag, count in counted.items() if count >= HASHTAG_POSTS)
    return {tag: np.array([tag in tags for tags in used]) for _, tag in often[:MOST_HASHTAGS]}


def _weekdays(scope: Scope, day: Ints) -> dict[str, Bools]:
    weekday = (scope.window_first.weekday() + day) % 7
    return {name: weekday == number for number, name in enumerate(WEEKDAYS)}
