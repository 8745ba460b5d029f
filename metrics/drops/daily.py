"""What the bot asks once a day of each channel: the best basis at hand, and the day that can be told of by now.

Runs in a worker. The looks of all channels of a workspace go together through `workspace.common_part`; each is then
judged (`decision.judge`) and its episode moved on (`episodes.advance`), which needs no worker.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import pandas as pd

from metrics import maturity
from metrics.drops.compared import Comparison, Fit, NoComparison
from metrics.drops.comparison import compare
from metrics.drops.counts import Counts, counts_at_age, final_counts, local_days, own_posts, with_page_steps
from metrics.drops.decision import drop_percent
from metrics.drops.episodes import Episode, Track
from metrics.drops.fit import fit
from metrics.drops.look import Look, look
from metrics.drops.parameters import COMPARED_AT_H, CONFIRMED_AT_H, FIT_DAYS, PRIORS, Rule
from metrics.drops.series import without
from metrics.drops.sources import Rates, Source, Views
from metrics.drops.spans import Span
from metrics.frame import Floats, Ints, ints
from metrics.periods import local_date

NEXT_BASIS_AFTER = (
    "learning",
    "no_data",
    "other_components",
)  # a basis that says this may have a better one beside it


@dataclass(frozen=True, slots=True)
class Channel:
    """`posts`: one row a post; `readings`: every reading of them; tables of `metrics.frame`."""

    posts: pd.DataFrame
    readings: pd.DataFrame
    audience: pd.DataFrame
    platform: str
    zone: tzinfo


def look_today(
    channel: Channel, metric: str, as_of: int, rule: Rule, track: Track, holidays: Sequence[Span] = ()
) -> Look:
    """Returns today's look by the best basis that can say something, else by the best.

    An open episode keeps its own basis till it closes.
    """
    since = None if track.since is None else track.since.toordinal()
    looks = (
        look(
            source,
            last,
            rule,
            frozen=track.frozen,
            since=since,
            was_slow=track.is_slow,
            holidays=holidays,
        )
        for source, last in _sources(channel, metric, as_of)
        if track.episode is None or _same_basis(source.basis, track.episode.basis)
    )
    seen: list[Look] = []
    for one in looks:
        seen.append(one)
        if _says_something(one):
            return one
    return seen[0]


def fit_today(
    channel: Channel, metric: str, as_of: int, rule: Rule, cut: Sequence[Span], before: float | None
) -> Fit:
    """Returns the threshold by the best basis whose history is long enough.

    Without one, what the longest comes to.
    """
    found: list[Fit] = []
    for source, last in _sources(channel, metric, as_of):
        posts = source.compared(Span(last - 6, last), Span(last - FIT_DAYS, last - 7))
        found.append(
            Fit(None, 0, 0) if posts is None else fit(posts, last, metric, rule, cut=cut, before=before)
        )
        if found[-1].z is not None:
            return found[-1]
    return max(found, key=lambda one: one.judged_days)


@dataclass(frozen=True, slots=True)
class ComparedValues:
    """The values that a comparison is made of: each post's, views or a share (.02 is 2 %), oldest first."""

    day: Ints  # ordinals
    value: Floats
    base: float | None  # the geometric mean of the history


def drawn(
    channel: Channel,
    metric: str,
    basis: str,
    as_of: int,
    window: Span,
    history: Span,
    holidays: Sequence[Span] = (),
) -> ComparedValues | None:
    """Returns the values to draw, on the basis of a decision, of all posts that had reached its age.

    None where nothing alike was counted. What is usual leaves out the holidays of the history, as the
    comparison did.
    """
    source = next((one for one, _ in _sources(channel, metric, as_of) if _same_basis(one.basis, basis)), None)
    posts = None if source is None else source.compared(window, history)
    if posts is None:
        return None
    usual = without(posts, holidays)
    before = usual.x[usual.rows(history)]
    base = float(np.exp(before.mean())) if len(before) else None
    return ComparedValues(posts.day, np.exp(posts.x), base)


def drop_at_24h(channel: Channel, episode: Episode, as_of: int) -> float | None:
    """Returns by how many percent views at 24 hours lie lower in the window that opened the episode.

    None for another metric or basis, before the window's last post is 24 hours old, and where too little was read.
    """
    window = Span(episode.window_first.toordinal(), episode.window_last.toordinal())
    if episode.metric != "views" or not _same_basis(episode.basis, "exact"):
        return None
    if window.last > last_day(as_of, CONFIRMED_AT_H, channel.zone):
        return None
    own = own_posts(channel.posts, as_of)
    counts = _at_age(channel, own, CONFIRMED_AT_H)
    posts = Views(counts, "exact", counts.day).posts
    compared = compare(posts, window, episode.history, PRIORS["views"])
    return drop_percent(compared.shift) if isinstance(compared, Comparison) else None


def last_day(as_of: int, age_h: float, zone: tzinfo) -> int:
    """Returns the last local day (an ordinal) whose posts have all reached that age."""
    return local_date(as_of - int(age_h * 3600), zone).toordinal() - 1


def _sources(channel: Channel, metric: str, as_of: int) -> Iterator[tuple[Source, int]]:
    """Yields the bases of docs/evidence.md#A.6, the best first, each with the last day it can tell of."""
    own = own_posts(channel.posts, as_of)
    published = local_days(ints(own, "published_at"), channel.zone)
    age_h = COMPARED_AT_H[metric]
    early, last = _at_age(channel, own, age_h), last_day(as_of, age_h, channel.zone)
    yield _source(metric, early, "exact", published, channel.platform), last
    if metric == "er":
        yield Rates(early, "subscribers", published, channel.platform, "subscribers"), last
    final = final_counts(own, channel.audience, channel.zone, as_of)
    last = last_day(as_of, maturity.FINAL_H, channel.zone)
    yield _source(metric, final, "final", published, channel.platform), last


def _source(metric: str, counts: Counts, basis: str, published: Ints, platform: str) -> Source:
    if metric == "views":
        return Views(counts, basis, published)
    return Rates(counts, basis, published, platform)


def _at_age(channel: Channel, own: pd.DataFrame, age_h: float) -> Counts:
    counts = counts_at_age(own, channel.readings, channel.audience, channel.zone, age_h)
    return with_page_steps(counts) if channel.platform == "telegram" else counts


def _says_something(one: Look) -> bool:
    return not (isinstance(one.compared, NoComparison) and one.compared.reason in NEXT_BASIS_AFTER)


def _same_basis(one: str, other: str) -> bool:
    """Tells whether two bases are of the same age; rounded readings are readings of the same age."""
    return one == other or {one, other} == {"exact", "rounded"}
