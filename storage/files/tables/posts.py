"""The engine under every table of posts: columns of cells -> columns of counters, dates and texts -> posts.

Everything works on whole columns; a `Family` says what a service's titles mean where the general dictionary is wrong.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.errors import DomainError
from metrics.posts import COUNTERS
from storage.files.formats.kinds import Part
from storage.files.tables.account import account_of
from storage.files.tables.channels import ChannelOf, find_channels, name_links
from storage.files.tables.daily import audience_of
from storage.files.tables.dates import DateOrder, Dates
from storage.files.tables.facts import first_repeated, read_flags, read_formats, read_ids, read_texts
from storage.files.tables.links import read_post_link
from storage.files.tables.meanings import columns_of, date_candidates, preferred
from storage.files.tables.numbers import read_counts
from storage.files.tables.published import read_published
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes
from storage.workspace.post_columns import PostColumns

Cells = Sequence[Any]
_TITLES_SHOWN, _LONGEST_NAMES, _LONGEST_EXAMPLE = 6, 200, 40
UNDATED = 0  # 1970: in no period a person asks about
_STEADY = 2  # an audience does not double from one post to another


@dataclass(frozen=True, slots=True)
class Family:
    """What a service's tables have in common. `names`: normalised title -> meaning, or `ignored`."""

    platform: str
    names: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    formats: Mapping[str, str] = field(default_factory=dict)  # the service's word for a kind of post -> ours
    read_format: Callable[[str], str | None] | None = None  # from a post's text
    keep_undated: bool = False  # YouTube leaves the date of hidden videos empty: counted, in no period
    counts_audience: bool = False  # a column of subscribers beside the posts says how many there were


def read_posts(table: Table, family: Family, notes: Notes) -> list[Part]:
    """Returns the posts of a table, a part for each channel.

    Raises DomainError: file.no_posts, file.posts_without_dates, file.no_counters, file.too_many_channels,
    file.date_ambiguous.
    """
    if "link" not in columns_of(table, family.names):
        name_links(table)
    leave_out_comments(table, columns_of(table, family.names))
    where = columns_of(table, family.names)
    if "date" not in where:
        raise no_dates(table)
    counters = {name: where[name] for name in COUNTERS if name in where}
    if not counters:
        raise DomainError("file.no_counters", found=named(table.titles))
    if not len(table):
        raise DomainError("file.no_posts")
    channels = find_channels(table, where, family.platform)
    dates = read_published(table, where["date"], family.date_order, notes)
    if family.keep_undated and None in dates.values:
        notes.warn("undated", count=dates.values.count(None))
        dates = dates._replace(values=[UNDATED if at is None else at for at in dates.values])
    notes.account(account_of(table, where, notes.name))
    columns = _read_columns(table, where, counters, dates, family, notes)
    if not any(columns["published_at"]):
        raise _unread_dates(table, where)
    parts = _split(columns, channels, table, notes)
    if family.counts_audience and "subscribers" in where:
        add_audience(parts, dates.values, table.columns[where["subscribers"][0]], channels.keys)
    return parts


def no_dates(table: Table) -> DomainError:
    """Returns the error for a table that names no date of posts: there is none, or several may be it."""
    dates = date_candidates(table)
    if len(dates) > 1:
        titles = [table.titles[place] or f"№ {place + 1}" for place in dates]
        return DomainError("file.several_dates", found=named(titles))
    return DomainError("file.posts_without_dates", found=named(table.titles))


def named(titles: Sequence[str]) -> str:
    """Returns the first titles, and a sign that there are more."""
    shown = [title for title in titles if title][:_TITLES_SHOWN]
    more = "…" if len(titles) > len(shown) else ""
    return ", ".join(shown)[:_LONGEST_NAMES] + more


def _unread_dates(table: Table, where: Mapping[str, list[int]]) -> DomainError:
    """Returns the error for dates that none can be read of: the column is empty, or what stands in it."""
    place = where["date"][0]
    held = [str(cell).strip() for cell in table.columns[place] if cell not in ("", None)]
    if not held:
        return DomainError("file.dates_empty", column=table.titles[place])
    return DomainError(
        "file.dates_unreadable", column=table.titles[place], example=held[0][:_LONGEST_EXAMPLE]
    )


def leave_out_comments(table: Table, where: Mapping[str, list[int]]) -> None:
    """Leaves out rows that are comments by their address (`?reply=`).

    They count to their post unless the table counts comments itself.
    """
    cells = cells_of(table, where, "link")
    links = (
        [read_post_link(cell) for cell in cells] if cells and any("=" in str(cell) for cell in cells) else []
    )
    comments = [row for row, link in enumerate(links) if link and link.is_comment]
    if not comments or len(comments) == len(links):
        return
    if "comments" not in where:
        counted = Counter(link.id for link in links if link and link.is_comment)
        table.titles.append("comments")
        table.columns.append([counted[link.id] if link else 0 for link in links])
    table.leave_out(comments, "comment")


def cells_of(table: Table, where: Mapping[str, list[int]], meaning: str) -> Cells | None:
    """Returns the column a meaning is read from (`meanings.preferred`); None without one."""
    positions = where.get(meaning, [])
    return table.columns[preferred(table, positions)] if positions else None


def _read_columns(
    table: Table,
    where: Mapping[str, list[int]],
    counters: Mapping[str, list[int]],
    dates: Dates,
    family: Family,
    notes: Notes,
) -> dict[str, Cells]:
    """Returns one list for every column of `Post`; rows without a date still hold None there."""
    length = len(table)
    columns: dict[str, Cells] = {"published_at": dates.values, "time_known": [dates.times_known] * length}
    columns.update(_read_counters(table, where, counters, notes))
    columns.update(read_texts(cells_of(table, where, "text"), length))
    ids = read_ids(
        cells_of(table, where, "id"), cells_of(table, where, "link"), dates.values, columns["title"]
    )
    columns["external_id"] = ids
    repeated = first_repeated(ids)
    if repeated is not None:
        notes.point_at("duplicate", table.rows[repeated])
    columns["format"] = read_formats(table, where, family.formats, family.read_format)
    columns["link"] = _links(cells_of(table, where, "link"), length)
    forwarded = cells_of(table, where, "is_forwarded")
    if forwarded is not None:
        columns["is_forwarded"] = read_flags(forwarded)
    marked = cells_of(table, where, "is_ad")
    if marked is not None:
        columns["is_ad"] = [
            one or other for one, other in zip(read_flags(marked), columns["is_ad"], strict=True)
        ]
    lengths = cells_of(table, where, "text_length")
    if lengths is not None and "text" not in where:
        columns["text_length"] = read_counts(lengths).values
    return columns


def _read_counters(
    table: Table, where: Mapping[str, list[int]], counters: Mapping[str, list[int]], notes: Notes
) -> dict[str, Cells]:
    columns: dict[str, Cells] = {}
    steps: list[tuple[str, list[int]]] = []
    for name in counters:
        counts = read_counts(cells_of(table, where, name) or ())
        columns[name] = counts.values
        if counts.steps:
            steps.append((name, counts.steps))
        if counts.unreadable:
            notes.warn("unreadable_numbers", column=table.titles[where[name][0]], count=counts.unreadable)
    if steps:
        columns["steps"] = [_steps_of(steps, row) for row in range(len(table))]
    return columns


def _steps_of(steps: list[tuple[str, list[int]]], row: int) -> str | None:
    return " ".join(f"{name}:{column[row]}" for name, column in steps if column[row]) or None


def _links(cells: Cells | None, length: int) -> Cells:
    if cells is None:
        return [None] * length
    return [(str(cell)[:500] or None) if cell else None for cell in cells]


def _split(columns: dict[str, Cells], channels: ChannelOf, table: Table, notes: Notes) -> list[Part]:
    """Returns the rows of posts by channel, undated ones left out."""
    published = columns["published_at"]
    undated = [row for row, at in enumerate(published) if at is None] if None in published else []
    if undated:
        notes.skip("no_date", table.rows[undated[0]], len(undated))
    length = len(published)
    newest = max(at for at in published if at is not None) if undated else max(published)
    columns["observed_at"] = [notes.observed(newest)] * length
    columns["observed_exact"] = [notes.is_dated(newest)] * length
    posts = PostColumns(columns, length)
    if channels.keys is None and not undated:
        return [Part(channels.channels[0], posts)]
    parts = {found.key: Part(found) for found in channels.channels}
    keys = channels.keys or [channels.channels[0].key] * length
    for key, post in zip(keys, posts.rows(), strict=True):
        if post.published_at is not None:
            parts[key].posts.append(post)
    return [part for part in parts.values() if part.posts]


def add_audience(
    parts: Sequence[Part], published: Sequence[int | None], cells: Sequence[Any], keys: Sequence[str] | None
) -> None:
    """Adds the audience to parts.

    `keys` tells the channel of each row; None: all rows are of the one channel.
    """
    for part in parts:
        rows = [row for row in range(len(cells)) if keys is None or keys[row] == part.channel.key]
        found = audience_of([published[row] for row in rows], [cells[row] for row in rows])
        counts = {reading.subscribers for reading in found}
        if not counts or min(counts) == 0 or max(counts) > _STEADY * min(counts):
            continue
        # One number in every row is the count of the day the table was made.
        newest = max(reading.observed_at for reading in found)
        part.audience = found if len(counts) > 1 else [found[0]._replace(observed_at=newest)]
