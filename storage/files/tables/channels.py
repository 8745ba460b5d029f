"""Whose posts a table holds: columns that name channels, or the links of the posts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from storage.files.formats.kinds import channel
from storage.files.tables.table import Table
from storage.files.upload.understood import FoundChannel

_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(t\.me|telegram\.me|tiktok\.com|x\.com|twitter\.com|vk\.com|vk\.ru|instagram\.com|facebook\.com"
    r"|youtube\.com|youtu\.be|linkedin\.com)/(?:s/)?@?([\w.]+)",
    re.IGNORECASE,
)
_POST_LINK = re.compile(_LINK.pattern + r"/\S*\d\S*$", re.IGNORECASE)
_PLATFORMS = {
    "t.me": "telegram",
    "telegram.me": "telegram",
    "tiktok.com": "tiktok",
    "x.com": "x",
    "twitter.com": "x",
    "vk.com": "vk",
    "vk.ru": "vk",
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "linkedin.com": "linkedin",
}
_NAMES_OWNER = frozenset({"telegram", "tiktok", "x"})  # a post's link begins with its author's handle
_LINK_SAMPLE = 50


class ChannelOf(NamedTuple):
    """`keys` tells the channel of each row; None when all rows are of the one channel."""

    channels: list[FoundChannel]
    keys: list[str] | None


def find_channels(table: Table, where: Mapping[str, list[int]], platform: str) -> ChannelOf:
    columns = [_cells(table, where, name) for name in ("channel_name", "channel_handle", "channel_id")]
    if columns[0] is None and columns[1] is None and columns[2] is None:
        found = channel(platform, handle=owner_of_links(table, where)[1])
        return ChannelOf([found], None)
    if all(column is None or len(set(column)) == 1 for column in columns):
        told = [column[0] if column else "" for column in columns]
        return ChannelOf([_channel(platform, *told)], None)
    rows = list(zip(*[column or [""] * len(table) for column in columns], strict=True))
    by_row = {row: _channel(platform, *row) for row in set(rows)}
    channels = {found.key: found for found in by_row.values()}
    if len(channels) == 1:
        return ChannelOf(list(channels.values()), None)
    order = dict.fromkeys(by_row[row].key for row in rows)
    return ChannelOf([channels[key] for key in order], [by_row[row].key for row in rows])


def owner_of_links(table: Table, where: Mapping[str, list[int]]) -> tuple[str | None, str | None]:
    """(platform, handle) that most links of the posts agree on."""
    cells = _cells(table, where, "link") or ()
    found = [
        match
        for cell in cells[:_LINK_SAMPLE]
        if isinstance(cell, str) and (match := _LINK.match(cell.strip()))
    ]
    if not found:
        return None, None
    platform = Counter(_PLATFORMS[match.group(1).casefold()] for match in found).most_common(1)[0][0]
    handle, times = Counter(match.group(2) for match in found).most_common(1)[0]
    agreed = platform in _NAMES_OWNER and handle != "c" and times * 2 > len(found)
    return platform, handle if agreed else None


def name_links(table: Table) -> None:
    """A column of links under another title, such as «Пост», is one of links."""
    for position, cells in enumerate(table.columns):
        filled = [cell for cell in cells[:_LINK_SAMPLE] if cell not in ("", None)]
        if filled and all(isinstance(cell, str) and _POST_LINK.match(cell.strip()) for cell in filled):
            table.titles[position] = "link"
            return


def _cells(table: Table, where: Mapping[str, list[int]], meaning: str) -> Sequence[Any] | None:
    positions = where.get(meaning)
    return table.columns[positions[0]] if positions else None


def _channel(platform: str, name: Any, handle: Any, external_id: Any) -> FoundChannel:
    name, handle = _text(name), _text(handle)
    if name.startswith("@") or "t.me/" in name:
        name, handle = "", handle or name
    identity = _text(external_id).removeprefix("-100") if platform == "telegram" else _text(external_id)
    return channel(platform, name=name or None, handle=handle or None, external_id=identity or None)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""
