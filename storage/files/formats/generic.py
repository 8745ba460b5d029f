"""Any table or list of objects whose titles the dictionary knows: other people's scrapers, hand-made files, reduced CSVs."""

from collections.abc import Mapping
from typing import Any

from metrics.posts import AudienceReading
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.albums import merge_albums
from storage.files.tables.cells_of_objects import count_in_cells
from storage.files.tables.channels import name_links, owner_of_links
from storage.files.tables.columns import COUNTER_MEANINGS, map_columns, normalise
from storage.files.tables.json_lists import as_count, as_dict
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.published import fill_down
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_TELEGRAM_TITLES = frozenset({
    "message_id", "msg_id", "message id", "channel username", "channel_username", "grouped_id", "has_media", "forwards", "channel title",
    "media path", "number_forwards", "react_cnt_sum", "msg_link", "пересылки",
})  # fmt: skip
_OTHERS_TITLES = {"x": {"tweet id", "retweetcount", "retweet_count"}, "instagram": {"shortcode"}}
_LOOKED_AT = 200  # objects by which a JSON is recognised
_CARDS = ("channel", "chat", "channel_info", "info", "entity")
_NAMES = ("title", "channel_title", "channel_name", "name")
_HANDLES = ("username", "channel_username", "handle")
_COUNTS = ("participants_count", "subscribers", "subscribers_count", "members_count", "n_subscribers")
_VK_TITLES = frozenset({"likes", "comments", "reposts", "views"})


def recognise(table: Table) -> Recognition | None:
    where = map_columns(table.titles)
    counters = [name for name in COUNTER_MEANINGS if name in where]
    if "date" in where and counters:
        return Recognition(0.5, f"a date and {', '.join(counters)}")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    count_in_cells(table)
    where = map_columns(table.titles)
    if "link" not in where:
        name_links(table)
        where = map_columns(table.titles)
    platform = guess_platform(table, where)
    if "id" not in where:
        _unmerge(table, where, notes)
    parts = read_posts(table, Family(platform, counts_audience=True), notes)
    if platform == "telegram":
        merge_albums(parts, table, where, notes)
    return parts


def _unmerge(table: Table, where: Mapping[str, list[int]], notes: Notes) -> None:
    """Merged cells of a day or a channel over several posts: nobody leaves these empty in a table made by hand."""
    for meaning in ("date", "channel_name", "channel_handle"):
        for position in where.get(meaning, ())[:1]:
            cells = table.columns[position]
            empty = sum(cell in ("", None) for cell in cells)
            if 0 < empty < len(cells) and cells[0] not in ("", None):
                table.columns[position] = fill_down(cells)
                notes.warn("filled_down", column=table.titles[position], count=empty)


def guess_platform(table: Table, where: Mapping[str, list[int]]) -> str:
    """By the links of the posts, else by titles only one platform's tools write."""
    linked = owner_of_links(table, where)[0]
    if linked:
        return linked
    names = set(map(normalise, table.titles))
    told = next((platform for platform, titles in _OTHERS_TITLES.items() if names & titles), None)
    if told:
        return told
    if names & _TELEGRAM_TITLES or _has_telegram_handle(table, where):
        return "telegram"
    return "vk" if names >= _VK_TITLES else "other"


def _has_telegram_handle(table: Table, where: Mapping[str, list[int]]) -> bool:
    places = where.get("channel_handle", []) + where.get("channel_name", [])
    return any(
        str(table.columns[place][0]).startswith(("@", "https://t.me/", "t.me/"))
        for place in places
        if len(table)
    )


def recognise_objects(value: Any) -> Recognition | None:
    table = table_of_objects(value, _LOOKED_AT)
    found = recognise(table) if table else None
    if found:
        return Recognition(0.45, f"objects with {found.why}")
    where = map_columns(table.titles) if table else {}
    if "date" in where or any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.2, "objects that lack a date or counters: read to say so")
    return None


def read_objects(value: Any, notes: Notes) -> list[Part]:
    table = table_of_objects(value)
    parts = read(table, notes) if table else []
    if len(parts) == 1 and not parts[0].channel.key:
        _name_channel(parts[0], value)
    return parts


def _name_channel(part: Part, value: Any) -> None:
    """What stands beside the list of posts: a channel's card, or its fields."""
    beside = as_dict(value)
    card = next((beside[name] for name in _CARDS if isinstance(beside.get(name), dict)), beside)
    name, handle = (
        next((card[key] for key in keys if isinstance(card.get(key), str)), None)
        for keys in (_NAMES, _HANDLES)
    )
    if name or handle:
        part.channel = channel(part.channel.platform, name=name, handle=handle)
    count = next((card[key] for key in _COUNTS if as_count(card.get(key))), None)
    if count and part.posts:
        part.audience = [AudienceReading(max(post.published_at for post in part.posts), count, 0)]


TABLE = Format("generic_table", "table", recognise, read)
OBJECTS = Format("generic_json", "json", recognise_objects, read_objects)
