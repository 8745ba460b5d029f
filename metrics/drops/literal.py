"""The rule customers ask for by themselves: the day's mean so many percent below the mean of 28 days.

It is there to be compared with. On ER it gives some nine false alarms a channel and quarter (docs/evidence.md#3.2 (A)).
"""

import math

import numpy as np

from metrics.drops.compared import Comparison, Undecided
from metrics.drops.comparison import why_undecided
from metrics.drops.parameters import LITERAL_HISTORY_DAYS
from metrics.drops.series import Series
from metrics.drops.spans import Span, days_up_to


def compare_literally(posts: Series, last: int) -> Comparison | Undecided:
    """Means of the values themselves, not of their logs; a single post is enough of a day."""
    window = Span(last, last)
    history = days_up_to(last - 1, LITERAL_HISTORY_DAYS)
    now, past = np.exp(posts.x[posts.rows(window)]), np.exp(posts.x[posts.rows(history)])
    reason = why_undecided(posts, window, history)
    days = len(np.unique(posts.day[posts.rows(history)]))
    if reason not in (None, "too_few_posts"):
        return Undecided(str(reason), window, len(now), history, len(past), days)
    return Comparison(
        math.log(float(now.mean()) / float(past.mean())), None, window, len(now), history, len(past), days
    )
