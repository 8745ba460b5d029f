"""Tables of a collector's database: its posts and its channels, by numbers of its own that readings refer to.

Alone they count nothing; beside readings they say whose posts those are and when they were published (`panels.py`).
"""

from metrics.errors import DomainError
from storage.files.formats.kinds import Format, Part, PostKey, Recognition, channel
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.dates import read_dates
from storage.files.tables.facts import read_ids
from storage.files.tables.meanings import columns_of
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes

_NUMBERS = ("message_id", "msg_id", "post_number", "tg_message_id", "telegram_message_id")
_NAMES = ("channel_name", "title", "name", "channel_title")
_DATES = ("datetime", "post_datetime", "published_at", "date", "post_date")  # the hour before the day


def recognise_posts(table: Table) -> Recognition | None:
    names = set(table.names)
    counted = columns_of(table).keys() & set(COUNTER_MEANINGS)
    if {"id", "channel_id"} <= names and names & set(_NUMBERS) and names & set(_DATES) and not counted:
        return Recognition(0.86, "id, channel_id, a message's number and date, no counters")
    return None


def recognise_channels(table: Table) -> Recognition | None:
    names = set(table.names)
    if (
        {"id", "username"} <= names
        and names & set(_NAMES)
        and not columns_of(table).keys() & {"subscribers", *COUNTER_MEANINGS}
    ):
        return Recognition(0.84, "id, a channel's name and username, no counters")
    return None


def read_posts(table: Table, notes: Notes) -> list[Part]:
    if not len(table):
        raise DomainError("file.no_posts")
    dates = read_dates(_column(table, _DATES), notes.zone, prefer=notes.hints.date_order, name="date")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    keys = read_ids(_column(table, ("id",)), None, dates.values)
    owners = read_ids(_column(table, ("channel_id",)), None, dates.values)
    numbers = read_ids(_column(table, _NUMBERS), None, dates.values)
    rows = zip(keys, owners, numbers, dates.values, strict=True)
    return [
        Part(
            channel("telegram"),
            posts_by_key={
                key: PostKey(owner, number, at) for key, owner, number, at in rows if at is not None
            },
        )
    ]


def read_channels(table: Table, notes: Notes) -> list[Part]:  # noqa: ARG001 - the shape of every reader
    if not len(table):
        raise DomainError("file.channel_list", found=", ".join(table.titles[:6]))
    keys = read_ids(_column(table, ("id",)), None, [None] * len(table))
    names, handles = _column(table, _NAMES), _column(table, ("username",))
    rows = zip(keys, names, handles, strict=True)
    found = {
        key: channel("telegram", name=str(name or "") or None, handle=str(handle or "") or None)
        for key, name, handle in rows
    }
    return [Part(channel("telegram"), channels_by_key=found)]


def _column(table: Table, names: tuple[str, ...]) -> list[object]:
    place = next(table.names.index(name) for name in names if name in table.names)
    return list(table.columns[place])


POSTS = Format("panel_posts", "table", recognise_posts, read_posts)
CHANNELS = Format("panel_channels", "table", recognise_channels, read_channels)
