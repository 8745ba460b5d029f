"""Tables side by side on one sheet: the same titles again to the right, a month or a channel each."""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from storage.files.decode.column_rows import Row
from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of, normalise
from storage.files.tables.dates import read_dates
from storage.files.tables.moments import Around
from storage.files.tables.two_row_headers import network_of

_LEAST_TITLES = 2
_CHANNEL_TITLE = "Канал"
_SOME_YEAR = Around(latest=1_735_689_600)  # which year it is does not change what comes before what


def stacked(grid: Sequence[Row], header: int) -> list[Row] | None:
    """Returns the grid with the blocks below one another; None where the header is no row of equal blocks.

    Headings of the blocks that may be channels become a column, so that posts of two channels stay apart.
    """
    blocks = _blocks(grid[header])
    if not blocks:
        return None
    headings = _headings(grid[header - 1], blocks) if header else None
    if headings and any(map(network_of, headings)):
        return None  # networks over the blocks are read as such
    titles = [grid[header][place] for place in blocks[0]]
    bodies = [_body(grid[header + 1 :], places) for places in blocks]
    if headings is None or not _run_side_by_side(bodies, titles):
        return [titles, *chain.from_iterable(bodies)]
    named = zip(headings, bodies, strict=True)
    return [[*titles, _CHANNEL_TITLE], *([*cells, name] for name, body in named for cells in body)]


def _body(rows: Sequence[Row], places: Sequence[int]) -> list[Row]:
    picked = [[row[place] if place < len(row) else "" for place in places] for row in rows]
    return [cells for cells in picked if any(cell not in ("", None) for cell in cells)]


def _run_side_by_side(bodies: Sequence[Sequence[Row]], titles: Row) -> bool:
    """Tells whether a block begins before another ends: parts of one channel follow each other."""
    place = [meaning_of(str(title)) for title in titles].index("date")
    spans = []
    for body in bodies:
        dates = read_dates([cells[place] for cells in body], ZoneInfo("UTC"), prefer="day", around=_SOME_YEAR)
        known = [at for at in dates.values if at is not None]
        if known:
            spans.append((min(known), max(known)))
    return any(later[0] < earlier[1] for earlier, later in pairwise(sorted(spans)))


def _blocks(titles: Row) -> list[list[int]] | None:
    """Returns the places of each block: titles of a date and of counters that come again in the same order."""
    filled = [place for place, title in enumerate(titles) if isinstance(title, str) and title.strip()]
    while filled and meaning_of(titles[filled[0]]) is None:
        filled.pop(0)  # a number of the row, which all blocks share
    names = [normalise(titles[place]) for place in filled]
    size = next((size for size in range(_LEAST_TITLES, len(names) // 2 + 1) if _repeats(names, size)), None)
    if size is None:
        return None
    meanings = [meaning_of(name) for name in names[:size]]
    if meanings.count("date") != 1 or not set(meanings) & set(COUNTER_MEANINGS):
        return None
    return [filled[first : first + size] for first in range(0, len(filled), size)]


def _repeats(names: Sequence[str], size: int) -> bool:
    return len(names) % size == 0 and all(name == names[place % size] for place, name in enumerate(names))


def _headings(above: Row, blocks: Sequence[Sequence[int]]) -> list[str] | None:
    """Returns the heading of each block; None unless every block has one of its own that may be a channel."""
    from storage.files.tables.channel_names import may_be_channel  # noqa: PLC0415 - it needs tables itself

    found = [_first_text(above, places) for places in blocks]
    if len(set(found)) < len(found) or not all(map(may_be_channel, found)):
        return None
    return found


def _first_text(row: Row, places: Sequence[int]) -> str:
    cells: list[Any] = [row[place] for place in places if place < len(row)]
    return next((cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()), "")
