"""What the cells of a column look like, whatever its title: dates, counts, shares."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
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
_DIGITS_OF_A_DAY = 5  # as a workbook counts them since 1927


class Profile:
    """What a column's sample of filled cells looks like; worked out as it is asked for, for most is never asked.

    Shares are of the filled cells, and 0 where none is filled.
    """

    def __init__(self, cells: Sequence[Any]) -> None:
        self._sample = [cell for cell in spread(cells) if cell is not None and str(cell).strip()]
        self.filled = len(self._sample)

    @property
    def is_date(self) -> bool:
        return self.filled > 0 and not self.small and self.dates >= MOST

    @property
    def is_counter(self) -> bool:
        return self.filled > 0 and self.fractions <= 1 - MOST and self.counts >= MOST

    @cached_property
    def dates(self) -> float:
        return 0 if self._is_of_short_numbers or not self.filled else _dated(self._sample)

    @cached_property
    def counts(self) -> float:
        if self._is_of_short_numbers:
            return 1
        return 1 - read_counts(self._sample).unreadable / self.filled if self.filled else 0

    @cached_property
    def fractions(self) -> float:
        """Of cells like 0.0119, 4,5 and 12 %."""
        if self._is_of_short_numbers or not self.filled:
            return 0
        return sum(map(has_fraction, self._sample)) / self.filled

    @cached_property
    def small(self) -> bool:
        """Plain numbers below what a moment would be."""
        return self.filled > 0 and (self._is_of_short_numbers or all(map(_is_small, self._sample)))

    @cached_property
    def is_percent(self) -> bool:
        """Every number is at most 100."""
        return self.filled > 0 and all(map(_is_percent, self._sample))

    @cached_property
    def _is_of_short_numbers(self) -> bool:
        """Too short to be a day as a workbook counts them, so that nothing has to be parsed."""
        texts = map(str, self._sample)
        return self.filled > 0 and all(cell.isdecimal() and len(cell) < _DIGITS_OF_A_DAY for cell in texts)


def profile_of(table: Table, position: int) -> Profile:
    cells = table.columns[position]
    kept = table.profiles.get(position)
    if kept is None or kept[0] is not cells:
        kept = table.profiles[position] = (cells, Profile(cells))
    found: Profile = kept[1]
    return found


def spread(cells: Sequence[Any]) -> Sequence[Any]:
    if len(cells) <= SAMPLE:
        return cells
    return [*cells[: SAMPLE // 2], *cells[-SAMPLE // 2 :]]


def _dated(sample: Sequence[Any]) -> float:
    """Returns the share of cells that read as dates; cheaply 0 for what can't."""
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
