"""What is noted on the way through an upload: how to read it, what was left out, what a person should know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from storage.files.tables.moments import Around
from storage.files.tables.named_moments import last_day_named, last_day_told
from storage.files.upload.understood import ColumnUse, FileWarning, SkippedRows

DateOrder = Literal["day", "month"]
RowsAre = Literal["posts", "totals"]
ASIDE = ""  # in place of a meaning: a column that is not to be taken


_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class HeaderMeanings:
    """What a person said of the tables of one header. `columns`: position -> meaning; other columns speak for themselves."""

    columns: dict[int, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    rows: RowsAre | None = None  # of a table that itself does not say what its rows are


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person answered when the file alone did not say. `columns`: title as the file writes it -> meaning.

    `told`: by the fingerprint of a header (`headers.known_by`); it goes before the others. `apart`: files that name no
    channel are a channel each.
    """

    date_order: DateOrder | None = None
    columns: dict[str, str] = field(default_factory=dict)
    told: dict[str, HeaderMeanings] = field(default_factory=dict)
    apart: bool = False


@dataclass(slots=True)
class Notes:
    """`as_of` and `modified` are unix seconds; `modified` dates a page that carries no time of its own."""

    zone: ZoneInfo
    as_of: int | None = None
    modified: int | None = None
    moment: int | None = None  # when the file's counters were read, as the file itself says
    name: str = ""  # of the file that is being read
    header: str = ""  # the fingerprint of the table that is being read
    hints: Hints = field(default_factory=Hints)
    columns: dict[tuple[str, str], ColumnUse] = field(default_factory=dict)
    _skipped: dict[str, SkippedRows] = field(default_factory=dict)
    _warned: dict[str, FileWarning] = field(default_factory=dict)
    _examples: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str, row: int | None = None, count: int = 1) -> None:
        if count <= 0:
            return
        row = row or self._examples.get(reason)
        before = self._skipped.get(reason)
        if before:
            self._skipped[reason] = SkippedRows(reason, before.count + count, before.example_row or row)
        else:
            self._skipped[reason] = SkippedRows(reason, count, row)

    def point_at(self, reason: str, row: int) -> None:
        """Keeps an example for rows that are counted later, where row numbers are no longer known."""
        self._examples.setdefault(reason, row)

    def warn(self, code: str, **params: str | int) -> None:
        """Notes a warning; the same words are said once."""
        self._warned.setdefault(f"{code} {sorted(params.items())}", FileWarning(code, params))

    def account(self, uses: Iterable[ColumnUse]) -> None:
        """Notes what became of a table's columns; one that any reading of the table took was taken."""
        for use in uses:
            key = (use.file, use.title)
            if use.meaning or key not in self.columns:
                self.columns[key] = use

    def withdraw(self, code: str) -> None:
        """Takes back a warning that another file of the upload has answered since."""
        self._warned = {words: warned for words, warned in self._warned.items() if warned.code != code}

    @property
    def skipped(self) -> list[SkippedRows]:
        return list(self._skipped.values())

    @property
    def warned(self) -> list[FileWarning]:
        return list(self._warned.values())

    def around(self, sheet: str | None = None, above: Iterable[Iterable[object]] = ()) -> Around:
        """Returns what tells the year of a date that names none.

        It is the file's and the sheet's name, else the file's moment, but not later than the lines above tell of.
        """
        years = tuple(sorted({int(year) for year in _YEAR.findall(f"{self.name} {sheet or ''}")}))
        moments = (self.as_of, self.moment, self.modified)
        lines = [" ".join(map(str, row)) for row in above]
        told = max(filter(None, map(last_day_told, lines)), default=None)
        until = None if told is None else int(datetime.combine(told, time(), self.zone).timestamp())
        return Around(years, next((at for at in moments if at is not None), None), until)

    def observed(self, newest: int, *, by_name: bool = True) -> int:
        """Returns when the counters were read: as told, as the file says, else not before its newest post.

        Where the file's name ends in a later day, not before that one: an export of October was not made in
        September; unless the name tells of another day than that of the figures.
        """
        if self.as_of is not None:
            return self.as_of
        if self.is_dated(newest) and self.moment is not None:
            return self.moment
        day = last_day_named(self.name, self._newest_day()) if by_name else None
        began = newest if day is None else int(datetime.combine(day, time(), self.zone).timestamp())
        if day is None or began <= newest:
            return newest
        self.warn("read_not_before", day=day.isoformat())
        return began

    def _newest_day(self) -> date:
        """Returns the last day that a name may tell of: a day ahead of UTC, and no more ahead of the file."""
        if self.modified is None:
            return date.max
        return datetime.fromtimestamp(self.modified, UTC).date() + timedelta(days=1)

    def is_dated(self, newest: int) -> bool:
        """Tells whether the file itself says when its counters were read, and says a likely moment."""
        return self.as_of is None and self.moment is not None and self.moment >= newest

    def moment_of_page(self) -> int:
        """Returns a moment for what carries no time: `as_of`, else the file's own age on disk.

        The latter is said in a warning.
        """
        if self.as_of is not None:
            return self.as_of
        self.warn("dated_by_file")
        return self.modified or 0
