"""Any table or list of objects whose columns can be told: other people's scrapers, hand-made files, reduced CSVs."""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.posts import AudienceReading
from storage.files.formats import linkedin, meta, tiktok, x
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.views_at_ages import read_at_ages
from storage.files.tables.albums import doubt_albums, merge_albums
from storage.files.tables.cells_of_objects import count_in_cells, sum_kinds
from storage.files.tables.channels import name_channels, name_links, networks_of, owner_of_links
from storage.files.tables.columns import COUNTER_MEANINGS, normalise
from storage.files.tables.daily import daily_part
from storage.files.tables.date_parts import join_date_parts
from storage.files.tables.json_lists import as_count, as_dict
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.meanings import ages_of, columns_of
from storage.files.tables.numbers import read_count, read_counts
from storage.files.tables.posts import Family, read_posts
from storage.files.tables.published import fill_down
from storage.files.tables.rows import what_rows_are
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_TELEGRAM_TITLES = frozenset({
    "message_id", "msg_id", "message id", "channel username", "channel_username", "grouped_id", "has_media", "forwards", "channel title",
    "media path", "number_forwards", "react_cnt_sum", "msg_link", "пересылки", "tg_message_id", "tg_chat_id",
})  # fmt: skip
# By the last part of a title: objects inside objects are `public_metrics.like_count`.
_OTHERS_TITLES = {
    "x": {"tweet id", "retweetcount", "retweet_count", "tweet_id"},
    "instagram": {"shortcode", "edge_media_to_comment", "edge_media_preview_like", "edge_liked_by", "ig_id"},
    "tiktok": {"diggcount", "digg_count", "playcount"},
    "youtube": {"videopublishedat", "favoritecount", "channeltitle"},
}
_LOOKED_AT = 200  # objects by which a JSON is recognised
_CARDS = ("channel", "chat", "channel_info", "info", "entity")
_NAMES = ("title", "channel_title", "channel_name", "name")
_HANDLES = ("username", "channel_username", "handle")
_COUNTS = ("participants_count", "subscribers", "subscribers_count", "members_count", "n_subscribers")
_VK_TITLES = frozenset({"likes", "comments", "reposts", "views"})
# What a service's words mean in any table of its posts, whoever wrote it.
_FAMILIES = {
    "x": x.FAMILY,
    "tiktok": tiktok.FAMILY,
    "linkedin": linkedin.FAMILY,
    "instagram": meta.INSTAGRAM_FAMILY,
}
_OF_POSTS = ("date", "text", "link", "id")
_BLANK = ("", None)
_LEAST_POSTS = 2  # below one another before their sum says anything
_LEAST_FIGURES = 2  # that agree, where so many are filled: one number may be chance


def recognise(table: Table) -> Recognition | None:
    sum_kinds(table)
    join_date_parts(table)
    where = columns_of(table)
    counters = [name for name in COUNTER_MEANINGS if name in where]
    if "date" in where and counters:
        return Recognition(0.5, f"a date and {', '.join(counters)}")
    return None


def _are_totals(table: Table, where: Mapping[str, list[int]]) -> bool:
    rows = what_rows_are(table, where)
    return rows == "totals" or (rows == "days" and table.rows_are == "totals")


def recognise_totals(table: Table) -> Recognition | None:
    where = columns_of(table)
    if "date" in where and any(name in where for name in COUNTER_MEANINGS) and _are_totals(table, where):
        return Recognition(0.55, "a row for every day, and nothing of a post in it")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    count_in_cells(table)
    where = columns_of(table)
    if "link" not in where:
        name_links(table)
    name_channels(table)
    where = columns_of(table)
    if "date" in where and table.rows_are is None and what_rows_are(table, where) == "days":
        notes.warn("rows_may_be_days", count=len(table), fingerprint=notes.header, file=notes.name)
    platform = guess_platform(table, where)
    if "id" not in where:
        leave_out_sums(table, where)
        _leave_out_empty(table, where)
        _unmerge(table, where, notes)
    family = _family_of(platform)
    if ages_of(table, where):
        return read_at_ages(table, where, family, notes)
    parts = read_posts(table, family, notes)
    if platform == "telegram":
        merge_albums(parts, table, where, notes)
        doubt_albums(parts, notes)
    return parts


def _family_of(platform: str) -> Family:
    known = _FAMILIES.get(platform)
    return Family(platform, known.names if known and platform != "instagram" else {}, counts_audience=True)


def read_totals(table: Table, notes: Notes) -> list[Part]:
    """Reads a table of nothing but totals: what they say of the audience is kept."""
    platform = guess_platform(table, columns_of(table))
    return [daily_part(table, channel(platform), {}, notes)]


def _unmerge(table: Table, where: Mapping[str, list[int]], notes: Notes) -> None:
    """Fills merged cells of a day or a channel over several posts: nobody leaves these empty by hand."""
    for meaning in ("date", "channel_name", "channel_handle", "network"):
        for position in where.get(meaning, ())[:1]:
            cells = table.columns[position]
            empty = sum(cell in ("", None) for cell in cells)
            if 0 < empty < len(cells) and cells[0] not in ("", None):
                table.columns[position] = fill_down(cells)
                notes.warn("filled_down", column=table.titles[position], count=empty)


def _leave_out_empty(table: Table, where: Mapping[str, list[int]]) -> None:
    """Takes out rows without a figure that nobody published: drawn in advance, still planned, a summary in words.

    Those are rows without a date, which would take the day above them for that of a merged cell, and rows without a
    link before the first figure or behind the last one.
    """
    counted = [table.columns[place] for name in COUNTER_MEANINGS for place in where.get(name, ())]
    figures = [read_counts(cells).values for cells in counted]
    unknown = [row for row, known in enumerate(zip(*figures, strict=True)) if set(known) == {None}]
    empty = [row for row in unknown if _is_empty([cells[row] for cells in counted])]
    if not empty or len(empty) == len(table):
        return
    gone = set(empty)
    filled = [row for row in range(len(table)) if row not in gone]
    first, last = filled[0], filled[-1]
    dates = table.columns[where["date"][0]]
    links = [table.columns[place] for place in where.get("link", ())]
    table.leave_out(
        [
            row
            for row in empty
            if dates[row] in _BLANK
            or (not first < row < last and all(cells[row] in _BLANK for cells in links))
        ],
        "note",
    )


def _is_empty(cells: Sequence[Any]) -> bool:
    """Tells whether cells without a figure hold nothing, or words; «—» is a figure nobody knows."""
    counts = [read_count(str(cell)) for cell in cells if cell not in _BLANK]
    return not counts or not all(count.readable for count in counts)


def guess_platform(table: Table, where: Mapping[str, list[int]]) -> str:
    """Returns the platform by the links of the posts, else by titles only one platform's tools write."""
    linked = owner_of_links(table, where)[0]
    if linked:
        return linked
    if networks_of(table, where):
        return "other"  # every row says its own
    names = {part for title in map(normalise, table.titles) for part in (title, title.rpartition(".")[2])}
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
    where = columns_of(table) if table else {}
    if "date" in where or any(name in where for name in COUNTER_MEANINGS):
        return Recognition(0.2, "objects that lack a date or counters: read to say so")
    return None


def read_objects(value: Any, notes: Notes) -> list[Part]:
    table = table_of_objects(value)
    parts = read(table, notes) if table else []
    if table:
        table.tell_skipped(notes)
    if len(parts) == 1 and not parts[0].channel.key:
        _name_channel(parts[0], value)
    return parts


def _name_channel(part: Part, value: Any) -> None:
    """Sets channel and audience by what stands beside the list of posts: a channel's card, or its fields."""
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
TOTALS = Format("daily_totals", "table", recognise_totals, read_totals)
OBJECTS = Format("generic_json", "json", recognise_objects, read_objects)


def leave_out_sums(table: Table, where: Mapping[str, Sequence[int]]) -> None:
    """Takes out rows without a date, a text or a link whose figures are the sums or means of those above."""
    named = [table.columns[place] for name in _OF_POSTS for place in where.get(name, ())]
    bare = [row for row in range(len(table)) if all(cells[row] in ("", None) for cells in named)]
    if not bare or len(bare) == len(table):
        return
    counted = [
        read_counts(table.columns[place]).values for name in COUNTER_MEANINGS for place in where.get(name, ())
    ]
    table.leave_out([row for row in bare if _sums_up(row, bare, counted)], "total")


def _sums_up(row: int, bare: Sequence[int], counted: Sequence[Sequence[int | None]]) -> bool:
    """Tells whether a row sums up all posts above, or those since the row before that has no post either."""
    filled = [column for column in counted if column[row] is not None]
    since = max((other for other in bare if other < row), default=-1) + 1
    for first in {0, since}:
        above = [above for above in range(first, row) if above not in bare]
        if len(above) >= _LEAST_POSTS and (
            sum(_is_of(column[row] or 0, [column[place] for place in above]) for column in filled)
            >= min(_LEAST_FIGURES, len(filled))
            > 0
        ):
            return True
    return False


def _is_of(figure: int, values: Sequence[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and figure in (sum(known), round(sum(known) / len(known)))
