"""What a row of a table is: a post only with reason, else the totals of a day, or one line of a breakdown.

Reasons are an address or an id of a post, a text, a kind of post, a moment with a time of day, several rows a day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from storage.files.tables.columns import COUNTER_MEANINGS, normalise
from storage.files.tables.dates import read_dates
from storage.files.tables.links import are_post_links
from storage.files.tables.moments import Around
from storage.files.tables.profiles import profile_of
from storage.files.tables.published import clock_column
from storage.files.tables.table import Table

Rows = Literal["posts", "totals", "breakdown", "days"]  # days: a row a day, and no saying what it counts

_DAY_S, _HOUR_S = 86_400, 3600
_MIDNIGHTS = (0, _HOUR_S, 23 * _HOUR_S)  # as clocks of two zones flip over a year
_STEPS = {
    1: (1, 1),
    7: (7, 7),
    30: (28, 31),
    91: (89, 92),
}  # days between the rows of a day, week, month, quarter
_EVEN = 0.8  # of the steps
_FEW, _MANY_DAYS = 3, 2
_MOST_KINDS = 60
_LEAST_TIMES = 3  # a post comes back, before its days are no days of publication
_DENSE = 0.5
_TEXTS_LOOKED_AT = 2000
_MANY_TEXTS = 0.4  # a post in two networks has the same text twice
_REASONS = ("kind", "album", "has_media", "is_forwarded", "text_length", "is_ad")
_OF_POSTS = ("публ", "пост", "publish", "posted", "post ", "post_", "выход", "вышл", "размещ", "veröff", "publica", "pubblic", "yayın", "投稿", "公開", "created")  # fmt: skip


def what_rows_are(table: Table, where: Mapping[str, Sequence[int]]) -> Rows:
    """Returns what a row is: a post, a day's total, or else. `where` is of `columns_of`, with a date."""
    if len(table) < _FEW or not where.get("date"):
        return "posts"
    if says_posts(table, where):
        return "breakdown" if _come_back_daily(table, where) else "posts"
    date = where["date"][0]
    days, has_time = _days(table, date)
    if not days:
        return "posts"
    kinds = None if has_time else _breakdown(table, where, days)
    if kinds is not None:
        return "totals" if kinds in _owners(where) else "breakdown"
    if _is_text(table, where) or has_time:
        return "totals" if has_time and _is_hourly(table, date) else "posts"
    return _of_bare_days(days, published="date" in table.told or _is_of_posts(table.titles[date]))


def _come_back_daily(table: Table, where: Mapping[str, Sequence[int]]) -> bool:
    """Tells whether the same few posts stand in the table day after day.

    Such rows say what each gained that day, and no date of publication.
    """
    place = next((places[0] for name in ("id", "link") if (places := where.get(name))), None)
    if place is None or len(set(table.columns[place][:_TEXTS_LOOKED_AT])) > _MOST_KINDS:
        return False
    if len(set(table.columns[place])) * _LEAST_TIMES > len(table):
        return False
    days, has_time = _days(table, where["date"][0])
    return not has_time and _comes_back(table.columns[place], days)


def _of_bare_days(days: Sequence[int], *, published: bool) -> Rows:
    """Returns what rows of nothing but days and counters are."""
    if published or len(set(days)) < len(days) - len(days) // 10:
        return "posts"
    return "totals" if _is_even(sorted(set(days))) else "days"


def _owners(where: Mapping[str, Sequence[int]]) -> set[int]:
    return {
        place
        for name in ("channel_name", "channel_handle", "channel_id", "network")
        for place in where.get(name, ())
    }


def _filled(table: Table, place: int) -> bool:
    return any(cell not in ("", None) for cell in table.columns[place])


def _days(table: Table, date: int) -> tuple[list[int], bool]:
    """Returns days since 1970, and whether the rows carry a time of day that is more than a midnight."""
    try:
        found = read_dates(
            table.columns[date], ZoneInfo("UTC"), prefer="day", around=Around(latest=2_000_000_000)
        )
    except DomainError:
        return [], False
    moments = [at for at in found.values if at is not None]
    if not moments:
        return [], False
    clocks = {at % _DAY_S for at in moments}
    has_time = (found.times_known and not clocks <= set(_MIDNIGHTS)) or clock_column(table) is not None
    return [at // _DAY_S for at in moments], has_time


def _is_hourly(table: Table, date: int) -> bool:
    found = read_dates(
        table.columns[date], ZoneInfo("UTC"), prefer="day", around=Around(latest=2_000_000_000)
    )
    moments = sorted(at for at in found.values if at is not None)
    steps = [later - earlier for earlier, later in pairwise(moments)]
    return len(steps) > _FEW and steps.count(_HOUR_S) >= _EVEN * len(steps)


def _is_even(days: Sequence[int]) -> bool:
    """Tells whether days, weeks or months come in a row: totals are like that, nobody posts like that."""
    steps = [later - earlier for earlier, later in pairwise(days)]
    if len(steps) < _MANY_DAYS:
        return False
    return any(
        sum(low <= step <= high for step in steps) >= _EVEN * len(steps) for low, high in _STEPS.values()
    )


def says_posts(table: Table, where: Mapping[str, Sequence[int]]) -> bool:
    """Tells whether the table has ids, addresses, kinds or texts of posts, whatever its rows are."""
    named = any(name in where and _filled(table, where[name][0]) for name in ("id", "link", *_REASONS))
    return named or _says_much(table, where) or any(map(are_post_links, table.columns))


def _says_much(table: Table, where: Mapping[str, Sequence[int]]) -> bool:
    """Tells whether texts differ from row to row, as those of posts do and names of sources do not."""
    return any(_differ(table.columns[place][:_TEXTS_LOOKED_AT]) for place in where.get("text", ()))


def _differ(texts: Sequence[object]) -> bool:
    return len(set(map(str, texts))) >= _MANY_TEXTS * len(texts)


def _is_text(table: Table, where: Mapping[str, Sequence[int]]) -> bool:
    return any(_filled(table, place) for place in where.get("text", ()))


def _is_of_posts(title: str) -> bool:
    return any(word in normalise(title) + " " for word in _OF_POSTS)


def _breakdown(table: Table, where: Mapping[str, Sequence[int]], days: Sequence[int]) -> int | None:
    """Returns the column whose few values come back day after day (a source, a city); None without one."""
    counters = {place for name in (*COUNTER_MEANINGS, "subscribers", "date") for place in where.get(name, ())}
    for place in range(len(table.columns)):
        if place not in counters and _is_dense(table, place, days):
            return place
    return None


def _is_dense(table: Table, place: int, days: Sequence[int]) -> bool:
    return not _is_numeric(table, place) and _comes_back(table.columns[place], days)


def _comes_back(column: Sequence[object], days: Sequence[int]) -> bool:
    cells = [str(cell).strip() for cell in column]
    kinds = Counter(cells)
    kinds.pop("", None)
    if len(days) != len(cells) or not 1 < len(kinds) <= _MOST_KINDS:
        return False
    pairs = set(zip(days, cells, strict=True))
    a_day = len(cells) / max(1, len(set(days)))
    several = sum(times > 1 for times in kinds.values())
    return (
        len(pairs) == len(cells)
        and a_day >= 1 + _DENSE
        and several >= _EVEN * len(kinds)
        and a_day >= _DENSE * len(kinds)
    )


def _is_numeric(table: Table, place: int) -> bool:
    seen = profile_of(table, place)
    return seen.is_counter or seen.is_date
