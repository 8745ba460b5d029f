"""Views of posts read again and again (post id, moment, views): what growth curves are made of.

If the file does not say when a post was published, its first reading stands in with `time_known` False, and a source
that knows corrects it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.posts import Post
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.channels import find_channels, name_channels
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.facts import read_ids
from storage.files.tables.meanings import columns_of
from storage.files.tables.numbers import read_counts
from storage.files.tables.published import read_published
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_REPEATED = 2.0  # readings a post, on average, from which a table is taken for a series
_MOMENTS = (
    "timestamp",
    "observed_at",
    "collected_at",
    "scraped_at",
    "snapshot_at",
    "дата сбора",
    "снято",
    "снято (utc)",
    "datetime",
    "time",
    "date",
    "дата",
)
_PUBLISHED = (
    "post_datetime",
    "post_date",
    "published_at",
    "publish time",
    "дата публикации",
    "дата поста",
    "дата поста (utc)",
)
_PUBLISHED_BESIDE = ("date", "дата")  # of the post, where another column is the moment of the reading


def _position(table: Table, names: tuple[str, ...]) -> int | None:
    known = table.names
    return next((known.index(name) for name in names if name in known), None)


def recognise(table: Table) -> Recognition | None:
    name_channels(table)
    where = columns_of(table)
    if not {"id", "views"} <= where.keys() or "text" in where or _position(table, _MOMENTS) is None:
        return None
    ids = table.columns[where["id"][0]]
    if len(ids) >= _REPEATED * max(1, len(set(ids))) and len(ids) >= _REPEATED * _posts(table, where, ids):
        return Recognition(0.8, "several readings of each post")
    return None


def _posts(table: Table, where: Mapping[str, list[int]], ids: Sequence[Any]) -> int:
    """Counts the posts of the readings.

    Every channel numbers its posts from 1: an id that comes back in another channel is another post.
    """
    owners = find_channels(table, where, "telegram").keys
    return max(1, len(set(ids) if owners is None else set(zip(owners, ids, strict=True))))


def read(table: Table, notes: Notes) -> list[Part]:
    where = columns_of(table)
    moment = _position(table, _MOMENTS) or 0
    observed = read_published(table, [moment], None, notes)
    owners = find_channels(table, where, "telegram")
    ids = read_ids(table.columns[where["id"][0]], None, observed.values)
    # Every channel numbers its posts from 1.
    posts_of = list(zip(owners.keys or [""] * len(ids), ids, strict=True))
    published, known = _published(table, moment, posts_of, observed.values, notes)
    counters = {
        name: read_counts(table.columns[where[name][0]]).values for name in COUNTER_MEANINGS if name in where
    }
    posts: dict[str, list[Post]] = {}
    for row, ((key, name), at, seen) in enumerate(zip(posts_of, published, observed.values, strict=True)):
        if at is not None and seen is not None:
            counts = {counter: values[row] for counter, values in counters.items()}
            posts.setdefault(key, []).append(_reading(name, at, seen, counts, time_known=known))
    notes.skip("no_date", count=len(ids) - sum(map(len, posts.values())))
    if owners.keys is None:
        return [Part(owners.channels[0], posts.get("", []), is_series=True)]
    return [Part(found, posts.get(found.key, []), is_series=True) for found in owners.channels]


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
    table: Table, moment: int, posts: list[tuple[str, str]], observed: list[int | None], notes: Notes
) -> tuple[list[int | None], bool]:
    """Returns when each row's post was published, and whether the file said so."""
    position = _position(table, _PUBLISHED)
    if position is None:
        position = _position(table, _PUBLISHED_BESIDE)
    if position is not None and position != moment:
        dates = read_published(table, [position], None, notes)
        return dates.values, dates.times_known
    notes.warn("published_by_first_reading")
    first: dict[tuple[str, str], int] = {}
    for post, at in zip(posts, observed, strict=True):
        if at is not None:
            first[post] = min(at, first.get(post, at))
    return [first.get(post) for post in posts], False


FORMAT = Format("readings_over_time", "table", recognise, read)
