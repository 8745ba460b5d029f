"""Totals by day: no posts in them. What they say of the audience is kept, the rest is named, so that nobody is misled."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.formats.kinds import Part
from storage.files.tables.account import account_of
from storage.files.tables.columns import COUNTER_MEANINGS, normalise
from storage.files.tables.dates import read_dates
from storage.files.tables.meanings import columns_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes
from storage.files.upload.understood import FoundChannel

_OFTEN = 20  # an audience does not halve once in twenty days


def daily_part(
    table: Table, found: FoundChannel, names: Mapping[str, str], notes: Notes, named: Collection[str] = ()
) -> Part:
    """Returns a table of totals by day as a part.

    `named`: titles told under their own names, no counters of posts. Raises DomainError("file.no_posts") for
    a table without a day.
    """
    where = columns_of(table, names)
    days = read_dates(
        table.columns[where["date"][0]],
        notes.zone,
        prefer=notes.hints.date_order,
        around=notes.around(table.sheet, table.above),
        name="date",
    ).values
    part = Part(found, days=span(days))
    notes.account(account_of(table, where, notes.name))
    if "subscribers" in where:
        part.audience = audience_of(days, table.columns[where["subscribers"][0]])
    for name in COUNTER_MEANINGS:
        if name in where:
            say_series(notes, name, days, read_counts(table.columns[where[name][0]]).values)
    for title, cells in zip(table.titles, table.columns, strict=True):
        if normalise(title) in named:
            say_series(notes, title, days, read_counts(cells).values)
    say_where(found.platform, notes)
    return part


def is_gain(cells: Sequence[Any]) -> bool:
    """Tells whether a column of subscribers counts who came that day.

    It goes below zero, back to it, or up and down by halves.
    """
    if any(str(cell).startswith("-") and str(cell).strip("-") for cell in cells):
        return True
    counts = [count for count in read_counts(cells).values if count is not None]
    first = next((place for place, count in enumerate(counts) if count), len(counts))
    pairs = list(pairwise(counts[first:]))
    falls = sum(later * 2 <= earlier for earlier, later in pairs)
    return 0 in counts[first:] or falls * _OFTEN > len(pairs)


def say_where(platform: str, notes: Notes) -> None:
    """Says where the posts themselves are exported, in the service the totals come from."""
    notes.warn({
        "instagram": "posts_in_meta", "facebook": "posts_in_meta", "youtube": "posts_in_youtube", "tiktok": "posts_in_tiktok",
        "x": "posts_in_x", "linkedin": "posts_in_linkedin", "vk": "posts_in_vk",
    }.get(platform, "posts_in_tables"))  # fmt: skip


def say_series(notes: Notes, metric: str, days: Sequence[int | None], values: Sequence[float | None]) -> None:
    known = [value for value in values if value is not None]
    notes.warn("daily_series", metric=metric, days=len(set(days) - {None}), total=_total(known))


def _total(values: Sequence[float]) -> int | str:
    """Returns the sum of the values; money keeps its cents."""
    total = sum(values)
    return total if isinstance(total, int) else f"{total:.2f}"


def span(days: Sequence[int | None]) -> tuple[int, int]:
    known = [day for day in days if day is not None]
    if not known:
        raise DomainError("file.no_posts")
    return min(known), max(known)


def audience_of(moments: Sequence[int | None], cells: Sequence[Any]) -> list[AudienceReading]:
    counts = read_counts(cells)
    steps = counts.steps or [0] * len(counts.values)
    return [
        AudienceReading(at, count, step)
        for at, count, step in zip(moments, counts.values, steps, strict=True)
        if at is not None and count is not None
    ]
