"""What the cells of a column look like, whatever its title: dates, counts, shares."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from storage.files.tables.dates import read_dates
from storage.files.tables.moments import Around
from storage.files.tables.numbers import has_fraction, read_counts
from storage.files.tables.table import Table

SAMPLE = 200
MOST = 0.9  # of the filled cells
_SMALL = 100_000  # a bare number below is no moment, though a workbook counts its days so
SOME_YEAR = Around(latest=1_735_689_600)  # whether a day reads as one, not which it is
_WHOLE = 100  # per cent


class Profile(NamedTuple):
    """What a column's sample of filled cells looks like. Shares are of the filled cells."""

    filled: int
    dates: float
    counts: float
    fractions: float  # 0.0119, 4,5 %
    small: bool  # plain numbers below what a moment would be
    is_percent: bool = False  # every number is at most 100

    @property
    def is_date(self) -> bool:
        return self.filled > 0 and self.dates >= MOST and not self.small

    @property
    def is_counter(self) -> bool:
        return self.filled > 0 and self.counts >= MOST and self.fractions <= 1 - MOST


def profile_of(table: Table, position: int) -> Profile:
    cells = table.columns[position]
    kept = table.profiles.get(position)
    if kept is None or kept[0] is not cells:
        kept = table.profiles[position] = (cells, _profile(cells))
    found: Profile = kept[1]
    return found


def _profile(cells: Sequence[Any]) -> Profile:
    sample = [cell for cell in spread(cells) if cell is not None and str(cell).strip()]
    if not sample:
        return Profile(0, 0, 0, 0, small=False)
    counted = read_counts(sample)
    known = len(sample) - counted.unreadable
    fractions = sum(map(has_fraction, sample))
    return Profile(
        len(sample),
        _dated(sample),
        known / len(sample),
        fractions / len(sample),
        all(map(_is_small, sample)),
        all(map(_is_percent, sample)),
    )


def spread(cells: Sequence[Any]) -> Sequence[Any]:
    if len(cells) <= SAMPLE:
        return cells
    return [*cells[: SAMPLE // 2], *cells[-SAMPLE // 2 :]]


def _dated(sample: Sequence[Any]) -> float:
    """The share of cells that read as dates; cheaply 0 for what can't."""
    if all(isinstance(cell, str) and not any(mark.isdigit() for mark in cell) for cell in sample[:5]):
        texts = [cell for cell in sample if isinstance(cell, str)]
        if not any(any(mark.isdigit() for mark in cell) for cell in texts):
            return 0.0
    try:
        values = read_dates(sample, ZoneInfo("UTC"), prefer="day", around=SOME_YEAR).values
    except DomainError:
        return 0.0
    return 1 - values.count(None) / len(values)


def _is_small(cell: Any) -> bool:
    if isinstance(cell, int | float):
        return abs(cell) < _SMALL
    try:
        return float(str(cell).replace(",", ".")) < _SMALL
    except ValueError:
        return False


def _is_percent(cell: Any) -> bool:
    try:
        return float(str(cell).strip().rstrip("%").strip().replace(",", ".")) <= _WHOLE
    except ValueError:
        return False
