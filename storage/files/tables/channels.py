"""Whose posts a table holds: columns that name channels and networks, or the addresses of the posts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from storage.files.formats.kinds import channel
from storage.files.tables.links import are_post_links, owner_of, read_post_link
from storage.files.tables.meanings import columns_of
from storage.files.tables.profiles import profile_of
from storage.files.tables.table import Table
from storage.files.tables.two_row_headers import network_of
from storage.files.upload.limits import MAX_CHANNELS, check_channels
from storage.files.upload.understood import FoundChannel

_COLUMNS = ("channel_name", "channel_handle", "channel_id")
_LEAST_ROWS = 2.0  # a channel, on average, before links to several are several channels
_LOOKED_AT = 50  # cells, before all of them are


class ChannelOf(NamedTuple):
    """`keys` tells the channel of each row; None when all rows are of the one channel."""

    channels: list[FoundChannel]
    keys: list[str] | None


def find_channels(table: Table, where: Mapping[str, list[int]], platform: str) -> ChannelOf:
    """Returns whose posts a table holds.

    Raises DomainError("file.too_many_channels") at the first one too many.
    """
    columns = [_cells(table, where, name) for name in _COLUMNS]
    networks = networks_of(table, where)
    if networks is not None:
        columns = [None if column is not None and networks_in(column) else column for column in columns]
    if columns == [None, None, None] and networks is None:
        return _by_links(table, where, platform)
    kinds: Sequence[str] = networks or [platform] * len(table)
    rows = list(zip(kinds, *[column or [""] * len(table) for column in columns], strict=True))
    by_row: dict[tuple[Any, ...], FoundChannel] = {}
    channels: dict[str, FoundChannel] = {}
    for row in set(rows):
        found = by_row[row] = _channel(*row, only=networks is not None)
        channels[found.key] = found
        check_channels(channels)
    if len(channels) == 1:
        return ChannelOf(list(channels.values()), None)
    order = dict.fromkeys(by_row[row].key for row in rows)
    return ChannelOf([channels[key] for key in order], [by_row[row].key for row in rows])


def networks_of(table: Table, where: Mapping[str, list[int]]) -> list[str] | None:
    """Returns the platform of each row, where a column names more than one in words; None otherwise."""
    places = [place for name in ("network", "channel_name", "kind") for place in where.get(name, ())]
    for place in places:
        found = networks_in(table.columns[place])
        if found and (len(set(found)) > 1 or place not in where.get("kind", ())):
            return found
    return None


def networks_in(cells: Sequence[Any]) -> list[str] | None:
    """Returns the network each cell names; None unless every filled cell names one."""
    if not all(network_of(str(cell)) for cell in cells[:_LOOKED_AT] if cell not in ("", None)):
        return None
    words = {cell: network_of(str(cell)) or "" for cell in set(map(str, cells))}
    filled = [words[str(cell)] for cell in cells if cell not in ("", None)]
    if not filled or not all(filled):
        return None
    return [words[str(cell)] or filled[0] for cell in cells]


def owner_of_links(table: Table, where: Mapping[str, list[int]]) -> tuple[str | None, str | None]:
    """Returns (platform, handle) that most links of the posts agree on."""
    return owner_of(_cells(table, where, "link") or ())


def name_links(table: Table) -> None:
    """Renames a column of addresses of posts under another title, such as «Пост», to one of links."""
    for position, cells in enumerate(table.columns):
        if are_post_links(cells):
            table.retitle(position, "link")
            return


def name_channels(table: Table) -> None:
    """Names the column that tells equal ids apart a channel: every channel numbers its posts from 1."""
    where = columns_of(table)
    ids = where.get("id")
    if not ids or any(name in where for name in (*_COLUMNS, "network")):
        return
    numbers = list(map(str, table.columns[ids[0]]))
    if len(set(numbers)) == len(numbers):
        return
    taken = {place for places in where.values() for place in places}
    for place, cells in enumerate(table.columns):
        owners = list(map(str, cells))
        distinct = set(owners)
        if (
            place in taken
            or profile_of(table, place).is_date
            or not 1 < len(distinct) <= MAX_CHANNELS
            or "" in distinct
            or len(distinct) * _LEAST_ROWS > len(owners)
        ):
            continue
        if len(set(zip(owners, numbers, strict=True))) == len(numbers):
            table.retitle(place, "channel")
            return


def _by_links(table: Table, where: Mapping[str, list[int]], platform: str) -> ChannelOf:
    """Returns one channel, unless the addresses are of several platforms or of several frequent owners."""
    cells = _cells(table, where, "link") or ()
    links = [read_post_link(cell) for cell in cells]
    owners = Counter((link.platform, link.owner or link.owner_id or "") for link in links if link)
    told = owner_of(cells)[1]
    several = 1 < len(owners) <= MAX_CHANNELS and sum(owners.values()) >= _LEAST_ROWS * len(owners)
    if not several or sum(owners.values()) * 2 <= len(links) or not _can_tell(owners):
        return ChannelOf([channel(platform, handle=told)], None)
    first = next(link for link in links if link)
    found = [_of_link(link or first) for link in links]
    channels = {one.key: one for one in found}
    return ChannelOf(list(channels.values()), [one.key for one in found] if len(channels) > 1 else None)


def _can_tell(owners: Mapping[tuple[str, str], int]) -> bool:
    """Tells whether owners tell channels apart: addresses of YouTube and Instagram name none."""
    platforms = {platform for platform, _ in owners}
    return len(platforms) > 1 or all(owner for _, owner in owners)


def _of_link(link: Any) -> FoundChannel:
    if link.owner or link.owner_id:
        return channel(link.platform, handle=link.owner, external_id=link.owner_id)
    return FoundChannel(f"{link.platform}:", link.platform, None, None, None)


def _cells(table: Table, where: Mapping[str, list[int]], meaning: str) -> Sequence[Any] | None:
    positions = where.get(meaning)
    return table.columns[positions[0]] if positions else None


def _channel(platform: str, name: Any, handle: Any, external_id: Any, *, only: bool = False) -> FoundChannel:
    """Builds the channel of a row. `only`: the network may be all that is said of it."""
    name, handle = _text(name), _text(handle)
    if name.startswith("@") or "t.me/" in name:
        name, handle = "", handle or name
    identity = _text(external_id).removeprefix("-100") if platform == "telegram" else _text(external_id)
    found = channel(platform, name=name or None, handle=handle or None, external_id=identity or None)
    if found.key or not only:
        return found
    return FoundChannel(f"{platform}:", platform, None, None, None)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""
