"""Views of posts read again and again (post id, moment, views): what growth curves are made of.

If the file does not say when a post was published, its first reading stands in with `time_known` False, and a source
that knows corrects it.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from metrics.posts import Post
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.channels import find_channels, name_channels
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.dates import read_dates
from storage.files.tables.facts import are_rounded, name_of_moment, read_ids, read_texts
from storage.files.tables.links import are_post_links, read_post_link
from storage.files.tables.meanings import columns_of, date_candidates
from storage.files.tables.numbers import read_counts
from storage.files.tables.profiles import SOME_YEAR
from storage.files.tables.published import read_published
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_REPEATED = 2.0  # readings a post, on average, from which a table is taken for a series
_OFTEN = 0.25  # a running total falls only where somebody mends it
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


class _Roles(NamedTuple):
    """Positions of the columns a series is made of. `published` is None where the file does not say it."""

    posts: int
    moment: int
    published: int | None
    is_by_day: bool = False  # every row counts a day of its own, and the sum is nobody's


def _position(table: Table, names: tuple[str, ...]) -> int | None:
    known = table.names
    return next((known.index(name) for name in names if name in known), None)


def recognise(table: Table) -> Recognition | None:
    name_channels(table)
    where = columns_of(table)
    roles = _roles(table, where) if "views" in where else None
    return Recognition(0.8, "several readings of each post") if roles and not roles.is_by_day else None


def recognise_by_day(table: Table) -> Recognition | None:
    where = columns_of(table)
    roles = _roles(table, where) if "views" in where else None
    return Recognition(0.8, "a row for each day of each post") if roles and roles.is_by_day else None


def _roles(table: Table, where: Mapping[str, list[int]]) -> _Roles | None:
    """Returns which column is what, by the values first, by the titles second; None: this is no series."""
    named = next((meaning for meaning in ("id", "link", "text") if meaning in where), "")
    names = where.get(named, ())  # the surest name of a post only: looking through every text takes time
    posts = next((place for place in names if _comes_back(table.columns[place])), None)
    if posts is None and not {"id", "link"} & where.keys():
        columns = enumerate(table.columns)
        posts = next(
            (place for place, cells in columns if are_post_links(cells) and _comes_back(cells)), None
        )
    if posts is None:
        return None
    rows = list(map(str, table.columns[posts]))
    if len(rows) < _REPEATED * _posts(table, where, rows):
        return None
    return _by_values(table, where, posts, rows) or _by_titles(table, where, posts)


def _comes_back(cells: Sequence[Any]) -> bool:
    return len(cells) >= _REPEATED * max(1, len(set(cells))) and not are_rounded(cells)


def _by_values(
    table: Table, where: Mapping[str, list[int]], posts: int, rows: Sequence[str]
) -> _Roles | None:
    """Finds two dates, one that never changes within a post and one that always does.

    What grows from one to the next was counted again; what often falls was counted for a day.
    """
    distinct = len(set(rows))
    pairs = {
        place: len(set(zip(rows, table.columns[place], strict=True))) for place in date_candidates(table)
    }
    published = [place for place, found in pairs.items() if found == distinct]
    moments = [place for place, found in pairs.items() if found == len(rows)]
    if len(published) != 1 or len(moments) != 1:
        return None
    views = read_counts(table.columns[where["views"][0]]).values
    falls = _often_fall(rows, table.columns[moments[0]], views)
    return _Roles(posts, moments[0], published[0], is_by_day=falls)


def _often_fall(rows: Sequence[str], moments: Sequence[Any], views: Sequence[int | None]) -> bool:
    seen = read_dates(moments, ZoneInfo("UTC"), prefer="day", around=SOME_YEAR).values
    known = sorted(
        (post, at, count)
        for post, at, count in zip(rows, seen, views, strict=True)
        if at is not None and count is not None
    )
    falls = [late[2] < early[2] for early, late in pairwise(known) if early[0] == late[0]]
    return sum(falls) > len(falls) * _OFTEN


def _by_titles(table: Table, where: Mapping[str, list[int]], posts: int) -> _Roles | None:
    moment = _position(table, _MOMENTS)
    if moment is None or "text" in where or posts not in where.get("id", ()):
        return None
    published = _position(table, _PUBLISHED)
    if published is None:
        published = _position(table, _PUBLISHED_BESIDE)
    return _Roles(posts, moment, published if published != moment else None)


def _posts(table: Table, where: Mapping[str, list[int]], ids: Sequence[Any]) -> int:
    """Counts the posts of the readings.

    Every channel numbers its posts from 1: an id that comes back in another channel is another post.
    """
    owners = find_channels(table, where, "telegram").keys
    return max(1, len(set(ids) if owners is None else set(zip(owners, ids, strict=True))))


def read(table: Table, notes: Notes) -> list[Part]:
    where = columns_of(table)
    roles = _roles(table, where)
    if roles is None:
        return []
    observed = read_published(table, [roles.moment], None, notes)
    is_told = roles.posts in where.get("text", ())
    is_linked = not is_told and roles.posts not in where.get("id", ())
    if is_linked:
        table.retitle(roles.posts, "link")
        where = columns_of(table)
    owners = find_channels(table, where, "telegram")
    cells = table.columns[roles.posts]
    if is_told:
        ids = list(map(str, cells))  # until it is known when they were published
    else:
        ids = _ids_of(cells) if is_linked else read_ids(cells, None, observed.values)
    # Every channel numbers its posts from 1.
    posts_of = list(zip(owners.keys or [""] * len(ids), ids, strict=True))
    published, known = _published(table, roles.published, posts_of, observed.values, notes)
    counters = {
        name: read_counts(table.columns[where[name][0]]).values for name in COUNTER_MEANINGS if name in where
    }
    texts = read_texts(table.columns[where["text"][0]] if "text" in where else None, len(ids))
    posts: dict[str, list[Post]] = {}
    for row, ((key, name), at, seen) in enumerate(zip(posts_of, published, observed.values, strict=True)):
        if at is not None and seen is not None:
            said = {column: values[row] for column, values in (*texts.items(), *counters.items())}
            post = name_of_moment(at, said["title"]) if is_told else name
            posts.setdefault(key, []).append(_reading(post, at, seen, said, time_known=known))
    notes.skip("no_date", count=len(ids) - sum(map(len, posts.values())))
    if owners.keys is None:
        return [Part(owners.channels[0], posts.get("", []), is_series=True)]
    return [Part(found, posts.get(found.key, []), is_series=True) for found in owners.channels]


def _ids_of(links: Sequence[Any]) -> list[str]:
    found = [(str(cell), read_post_link(cell)) for cell in links]
    return [link.id if link and link.id else cell for cell, link in found]


def _reading(name: str, published: int, observed: int, said: dict[str, Any], *, time_known: bool) -> Post:
    values: dict[str, Any] = {
        **dict.fromkeys(Post._fields),
        "is_forwarded": False,
        "observed_exact": True,
        **said,
    }
    values.update(external_id=name, published_at=published, observed_at=observed, time_known=time_known)
    return Post(**values)


def _published(
    table: Table,
    position: int | None,
    posts: list[tuple[str, str]],
    observed: list[int | None],
    notes: Notes,
) -> tuple[list[int | None], bool]:
    """Returns when each row's post was published, and whether the file said so."""
    if position is not None:
        dates = read_published(table, [position], None, notes)
        return dates.values, dates.times_known
    notes.warn("published_by_first_reading")
    first: dict[tuple[str, str], int] = {}
    for post, at in zip(posts, observed, strict=True):
        if at is not None:
            first[post] = min(at, first.get(post, at))
    return [first.get(post) for post in posts], False


FORMAT = Format("readings_over_time", "table", recognise, read)
