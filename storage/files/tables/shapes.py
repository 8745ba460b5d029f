"""Exports of a service told by their shape, in whatever language their titles are: whose addresses the links are, how dates are written."""

import re

from storage.files.tables.columns import COUNTER_MEANINGS
from storage.files.tables.links import are_post_links, owner_of
from storage.files.tables.meanings import columns_of
from storage.files.tables.table import Table

_META_DATE = re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}$")
_META_WIDTH = 10  # columns that its content export never has fewer of
_SAMPLE = 50


def is_export_of(table: Table, platform: str, *, with_id: bool) -> bool:
    """Tells whether a table has addresses of that platform's posts, dates, two counters or more.

    X gives ids beside, TikTok does not.
    """
    where = columns_of(table)
    counted = [name for name in COUNTER_MEANINGS if name in where]
    if "date" not in where or len(counted) <= 1 or (with_id and "id" not in where):
        return False
    return any(owner_of(cells)[0] == platform for cells in table.columns if are_post_links(cells))


def is_meta_export(table: Table, platform: str) -> bool:
    """Tells whether it is Meta's content export.

    There the account stands beside each post, with its address and the month before the day.
    """
    where = columns_of(table)
    owned = where.keys() & {"channel_id", "channel_name", "channel_handle"}
    if len(table.titles) < _META_WIDTH or "date" not in where or not owned:
        return False
    dates = [str(cell) for cell in table.columns[where["date"][0]][:_SAMPLE] if cell not in ("", None)]
    return all(map(_META_DATE.match, dates)) and is_export_of(table, platform, with_id=False)
