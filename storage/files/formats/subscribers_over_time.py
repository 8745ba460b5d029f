"""Subscribers by moment: a date, a count, perhaps a channel; and no post in sight."""

from storage.files.formats.generic import guess_platform
from storage.files.formats.kinds import Format, Part, Recognition
from storage.files.tables.channels import find_channels
from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.daily import audience_of, is_gain, span
from storage.files.tables.dates import read_dates
from storage.files.tables.meanings import columns_of
from storage.files.tables.table import Table
from storage.files.upload.notes import Notes


def recognise(table: Table) -> Recognition | None:
    where = columns_of(table)
    others = where.keys() & {*COUNTER_MEANINGS, "text", "link", "channel_handle"}
    if not {"date", "subscribers"} <= where.keys() or others or not len(table):
        return None
    of_several = where.keys() & {"channel_name", "channel_id"}  # their counts alternate
    if of_several or not is_gain(table.columns[where["subscribers"][0]]):
        return Recognition(0.82, "a date and an audience")
    return None


def read(table: Table, notes: Notes) -> list[Part]:
    where = columns_of(table)
    platform = guess_platform(table, where)
    dates = read_dates(
        table.columns[where["date"][0]],
        notes.zone,
        prefer=notes.hints.date_order,
        around=notes.around(table.sheet, table.above),
        name=table.titles[where["date"][0]],
    )
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    span(dates.values)
    readings = audience_of(dates.values, table.columns[where["subscribers"][0]])
    owners = find_channels(table, where, "telegram" if platform == "other" else platform)
    if owners.keys is None:
        return [Part(owners.channels[0], audience=readings)]
    by_moment = list(zip(owners.keys, dates.values, table.columns[where["subscribers"][0]], strict=True))
    return [
        Part(found, audience=audience_of(*_of_channel(by_moment, found.key))) for found in owners.channels
    ]


def _of_channel(
    rows: list[tuple[str, int | None, object]], key: str
) -> tuple[list[int | None], list[object]]:
    own = [(at, cell) for owner, at, cell in rows if owner == key]
    return [at for at, _ in own], [cell for _, cell in own]


FORMAT = Format("subscribers_over_time", "table", recognise, read)
