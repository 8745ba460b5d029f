"""Dates without years that run one way over a New Year: the years follow from their order."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from storage.files.tables.moments import Moment

_LEAST_DATES, _MOST_YEARS = 4, 4
_HALF_A_YEAR = 182  # days: a step back as long as this is a New Year, a shorter one is disorder


def in_order(moments: Sequence[Moment | None]) -> list[Moment | None]:
    """Returns moments with years that keep their order, the newest as it is; the same where they run neither way.

    «3 окт … 28 дек, 2 янв … 28 фев» read in November was October of this year, December and February of others.
    """
    places = [place for place, moment in enumerate(moments) if moment]
    days = [datetime.fromtimestamp(moment.seconds, UTC) for moment in moments if moment]
    runs = [(places, days, _years_back(days)), (places[::-1], days[::-1], _years_back(days[::-1]))]
    found = [(order, run, back) for order, run, back in runs if back]
    kept = list(moments)
    if len(found) != 1:
        return kept
    order, run, years_back = found[0]
    for place, day, back in zip(order, run, years_back, strict=True):
        moment = kept[place]
        try:
            moved = day.replace(year=run[-1].year - back)
        except ValueError:  # the 29 February of a year that has none
            return list(moments)
        kept[place] = moment and moment._replace(seconds=int(moved.timestamp()))
    return kept


def _years_back(days: Sequence[datetime]) -> list[int]:
    """Returns how many years each day lies before the last one; [] where the days do not run on but for New Years."""
    numbers = [day.timetuple().tm_yday for day in days]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    if len(days) < _LEAST_DATES or any(-_HALF_A_YEAR < step < 0 for step in steps):
        return []
    passed = [sum(step < 0 for step in steps[place:]) for place in range(len(days))]
    alone = min(Counter(passed).values()) == 1  # a pinned post stands first, and no New Year behind it
    return passed if 0 < passed[0] < _MOST_YEARS and not alone else []
