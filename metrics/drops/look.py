"""One channel, one metric, one day: which posts are compared with which, by which rule."""

from dataclasses import dataclass, replace

import numpy as np

from metrics.drops import series as windows
from metrics.drops.compared import Compared, Undecided
from metrics.drops.comparison import compare
from metrics.drops.literal import compare_literally
from metrics.drops.parameters import PRIORS, WINDOW_LEAST_POSTS, Rule
from metrics.drops.sources import Source
from metrics.drops.spans import Span

UNSEEN_REASONS = ("no_posts", "too_few_posts")


@dataclass(frozen=True, slots=True)
class Look:
    """Ready to be judged, once what all channels share is taken off."""

    metric: str
    basis: str
    compared: Compared
    is_slow: bool


def look(
    source: Source, last: int, rule: Rule, *, frozen: Span | None = None, since: int | None = None
) -> Look:
    """As of the end of the local day `last` (an ordinal), of which every post has reached the age of the basis.

    `frozen`: the history of an open episode; `since`: the first day of a level accepted as the new one.
    """
    is_slow = windows.is_slow(source.posts, last)
    window = windows.window(source.posts, last, is_slow=is_slow)
    history = windows.history(window, since) if frozen is None else frozen
    if frozen is not None:
        window = Span(max(window.first, frozen.last + 1), window.last)
    posts = source.compared(window, history)
    if posts is None:
        compared: Compared = Undecided("other_components", window, source.posts.count(window), history, 0, 0)
    elif rule.is_literal:
        compared = compare_literally(posts, last)
    else:
        compared = compare(posts, window, history, PRIORS[source.metric])
    return Look(source.metric, source.basis, _explained(compared, source), is_slow)


def _explained(compared: Compared, source: Source) -> Compared:
    """Posts that nobody read are not silence."""
    if isinstance(compared, Undecided) and compared.reason in UNSEEN_REASONS:
        first, end = np.searchsorted(source.published, (compared.window.first, compared.window.last + 1))
        if end - first >= WINDOW_LEAST_POSTS:
            return replace(compared, reason="no_readings")
    return compared
