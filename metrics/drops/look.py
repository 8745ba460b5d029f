"""One channel, one metric, one day: which posts are compared with which, by which rule."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.drops import series as windows
from metrics.drops.compared import Compared, Comparison, NoComparison
from metrics.drops.comparison import compare, start_of, why_undecided
from metrics.drops.parameters import LITERAL_HISTORY_DAYS, PRIORS, WINDOW_LEAST_POSTS, Rule
from metrics.drops.series import Series
from metrics.drops.sources import Source
from metrics.drops.spans import Span, days_up_to

UNSEEN_REASONS = ("no_posts", "too_few_posts")


@dataclass(frozen=True, slots=True)
class Look:
    """Holds a comparison that is ready to be judged, once what all channels share is taken off."""

    metric: str
    basis: str
    compared: Compared
    is_slow: bool
    is_holiday: bool = False


def look(
    source: Source,
    last: int,
    rule: Rule,
    *,
    frozen: Span | None = None,
    since: int | None = None,
    was_slow: bool = False,
    holidays: Sequence[Span] = (),
) -> Look:
    """Returns the comparison as of the end of the local day `last` (an ordinal).

    By then every post has reached the age of the basis. `frozen`: the history of an open episode; `since`:
    the first day of a level accepted as the new one. Days of `holidays` leave the history, and the window
    that follows one.
    """
    slow = windows.is_slow(source.posts, last, was_slow=was_slow)
    window = windows.window(source.posts, last, is_slow=slow)
    history = _history(source, window, frozen, since, slow)
    if frozen is not None:
        window = Span(max(window.first, frozen.last + 1), window.last)
    inside = any(span.first <= last <= span.last for span in holidays)
    if not inside:
        over = [span.last + 1 for span in holidays if window.first <= span.last < last]
        window = Span(max([window.first, *over]), window.last)
    posts = source.compared(window, history)
    if posts is not None:
        in_reach = [one for one in holidays if one.first < window.first and one.last >= history.first]
        kept = [Span(one.first, min(one.last, window.first - 1)) for one in in_reach]
        posts = windows.without(posts, kept)
    return Look(
        source.metric,
        source.basis,
        _explained(_compare(posts, source, window, history, last, rule), source),
        slow,
        inside,
    )


def _history(source: Source, window: Span, frozen: Span | None, since: int | None, slow: bool) -> Span:
    if frozen is not None:
        return frozen
    return windows.slow_history(source.posts, window, since) if slow else windows.history(window, since)


def _compare(
    posts: Series | None, source: Source, window: Span, history: Span, last: int, rule: Rule
) -> Compared:
    if posts is None:
        return NoComparison("other_components", window, source.posts.count(window), history, 0, 0)
    if rule.is_literal:
        return compare_literally(posts, last)
    priors = PRIORS[source.metric]
    known_since = max(history.first, int(posts.day[0])) if len(posts.day) else history.first
    if known_since <= history.last:  # no more days are named than there are
        history = Span(known_since, history.last)
    compared = compare(posts, window, history, priors)
    if isinstance(compared, Comparison) and compared.shift <= math.log1p(-rule.gate_percent / 100):
        return replace(compared, started=start_of(posts, compared, priors, rule.gate_percent))
    return compared


def _explained(compared: Compared, source: Source) -> Compared:
    """Returns the comparison with its true reason: posts that nobody read are not silence."""
    if isinstance(compared, NoComparison) and compared.reason in UNSEEN_REASONS:
        first, end = source.published.searchsorted((compared.window.first, compared.window.last + 1))
        if end - first >= WINDOW_LEAST_POSTS:
            return replace(compared, reason="no_readings")
    return compared


def compare_literally(posts: Series, last: int) -> Comparison | NoComparison:
    """Compares means of the values themselves, not of their logs; a single post is enough of a day."""
    window = Span(last, last)
    history = days_up_to(last - 1, LITERAL_HISTORY_DAYS)
    now, past = np.exp(posts.x[posts.rows(window)]), np.exp(posts.x[posts.rows(history)])
    reason = why_undecided(posts, window, history)
    days = len(np.unique(posts.day[posts.rows(history)]))
    if reason not in (None, "too_few_posts"):
        return NoComparison(str(reason), window, len(now), history, len(past), days)
    return Comparison(
        math.log(float(now.mean()) / float(past.mean())), None, window, len(now), history, len(past), days
    )
