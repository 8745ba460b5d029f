"""Views of posts read again and again (post id, moment, views): what growth curves are made of.

If the file does not say when a post was published, its first reading stands in with `time_known` False, and a source
that knows corrects it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.posts import Post
from storage.files.columns import COUNTER_MEANINGS, map_columns
from storage.files.dates import read_dates
from storage.files.formats.channels_in_tables import find_channels
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.formats.table_facts import read_ids
from storage.files.notes import Notes
from storage.files.numbers import read_counts
from storage.files.tables import Table

_REPEATED = 2.0  # readings a post, on average, from which a table is taken for a series
_MOMENTS = (
    "timestamp",
    "observed_at",
    "collected_at",
    "scraped_at",
    "snapshot_at",
    "дата сбора",
    "datetime",
    "time",
    "date",
    "дата",
)
_PUBLISHED = ("post_date", "post_datetime", "published_at", "publish time", "дата публикации", "дата поста")


def _position(table: Table, names: tuple[str, ...]) -> int | None:
    known = table.names
    return next((known.index(name) for name in names if name in known), None)


def recognise(table: Table) -> Recognition | None:
    where = map_columns(table.titles)
    if not {"id", "views"} <= where.keys() or "text" in where or _position(table, _MOMENTS) is None:
        return None
    ids = table.columns[where["id"][0]]
    if len(ids) >= _REPEATED * max(1, len(set(ids))) and len(ids) >= _REPEATED * _posts(table, where, ids):
        return Recognition(0.8, "several readings of each post")
    return None


def _posts(table: Table, where: Mapping[str, list[int]], ids: Sequence[Any]) -> int:
    """Every channel numbers its posts from 1: an id that comes back in another channel is another post."""
    owners = find_channels(table, where, "telegram").keys
    return max(1, len(set(ids) if owners is None else set(zip(owners, ids, strict=True))))


def read(table: Table, notes: Notes) -> list[Part]:
    where = map_columns(table.titles)
    moment = _position(table, _MOMENTS) or 0
    observed = read_dates(
        table.columns[moment], notes.zone, prefer=notes.hints.date_order, name=table.titles[moment]
    )
    if observed.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    ids = read_ids(table.columns[where["id"][0]], None, observed.values)
    published = _published(table, ids, observed.values, notes)
    counters = {
        name: read_counts(table.columns[where[name][0]]).values for name in COUNTER_MEANINGS if name in where
    }
    posts = []
    for row, (name, at, seen) in enumerate(zip(ids, published[0], observed.values, strict=True)):
        if at is not None and seen is not None:
            counts = {counter: values[row] for counter, values in counters.items()}
            posts.append(_reading(name, at, seen, counts, time_known=published[1]))
    notes.skip("no_date", count=len(ids) - len(posts))
    owners = find_channels(table, where, "telegram")
    if owners.keys is None:
        return [Part(owners.channels[0], posts, is_series=True)]
    keys = dict(zip(ids, owners.keys, strict=True))
    return [
        Part(found, [post for post in posts if keys[post.external_id] == found.key], is_series=True)
        for found in owners.channels
    ]


def _reading(
    name: str, published: int, observed: int, counts: dict[str, int | None], *, time_known: bool
) -> Post:
    values: dict[str, Any] = {
        **dict.fromkeys(Post._fields),
        "is_ad": False,
        "is_forwarded": False,
        "observed_exact": True,
        **counts,
    }
    values.update(external_id=name, published_at=published, observed_at=observed, time_known=time_known)
    return Post(**values)


def _published(
    table: Table, ids: list[str], observed: list[int | None], notes: Notes
) -> tuple[list[int | None], bool]:
    """When each row's post was published, and whether the file said so."""
    position = _position(table, _PUBLISHED)
    if position is not None:
        dates = read_dates(
            table.columns[position], notes.zone, prefer=notes.hints.date_order, name=table.titles[position]
        )
        return dates.values, dates.times_known
    notes.warn("published_by_first_reading")
    first: dict[str, int] = {}
    for name, at in zip(ids, observed, strict=True):
        if at is not None:
            first[name] = min(at, first.get(name, at))
    return [first.get(name) for name in ids], False


FORMAT = Format("readings_over_time", "table", recognise, read)
