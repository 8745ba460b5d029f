"""Columns of dates -> unix seconds. How a column writes its dates is decided once, by all of its cells.

Day first or month first is settled by evidence (a number over 12, or an order in which the dates run one way), never
cell by cell. Times without a zone are read in the zone given, and that is reported.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from metrics.errors import DomainError
from storage.files.tables.date_forms import plain_form, spelt_out, unswapped
from storage.files.tables.date_words import WrittenDate, parse_worded, without_weekday
from storage.files.tables.iso_dates import localise, read_datetimes, read_iso_column
from storage.files.tables.moments import NOWHERE, Around, Moment, dated, moment_of
from storage.files.tables.years_in_order import in_order
from storage.files.upload.limits import EARLIEST, LATEST

DateOrder = Literal["day", "month"]


class Dates(NamedTuple):
    values: list[int | None]
    naive: bool  # some times carried no zone
    times_known: bool  # an hour was given
    year_taken: str | None = (
        None  # the column writes no years: where they were taken from, "name" or "moment"
    )
    swapped: int = 0  # of a workbook's dates, those whose day and month its Excel had swapped


Parser = Callable[[str], Moment | None]

_NUMERIC = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})"
    r"(?:[ T,]+(?:(?:в|at|um|à|o|a las|alle|às)\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\.?)?)?"
    r"\s*((?:utc|gmt|z)?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?)$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:\.?[ ,T]+(\d{1,2}):(\d{2})(?::\d{2})?)?\.?$")
_MONTHS = 12
_EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_DISTINCT_ENOUGH = 200
_DIGITS_OF_SECONDS = 10


def read_dates(
    cells: Sequence[Any],
    zone: ZoneInfo,
    *,
    prefer: DateOrder | None = None,
    name: str = "",
    utc: bool = False,
    around: Around = NOWHERE,
) -> Dates:
    """Reads a column of dates.

    `prefer` is what the file's family or a person says; `utc`: its title says UTC. Raises
    DomainError("file.date_ambiguous") when nothing tells 03/11 from 11/03.
    """
    read_in = ZoneInfo("UTC") if utc else zone
    kinds = set(map(type, cells))
    times = read_datetimes(cells, read_in) if kinds == {datetime} else None
    if times is not None:
        return Dates(_plausible(times), naive=not utc, times_known=True)
    cells, swapped = unswapped(cells) if str in kinds and kinds & {date, datetime} else (cells, 0)
    texts = cells if kinds == {str} else [cell if type(cell) is str else _as_text(cell) for cell in cells]
    seconds = _read_seconds(texts)
    if seconds is not None:
        return Dates(_plausible(seconds), naive=False, times_known=True)
    texts = spelt_out(texts)
    fast = read_iso_column(texts, read_in)
    if fast is not None:
        values, naive, times_known = fast
        return Dates(_plausible(values), naive and not utc, times_known)
    written = {text: plain_form(text) for text in dict.fromkeys(texts)}
    distinct = list(dict.fromkeys(filter(None, written.values())))
    plain = _without_weekdays(distinct)
    parse, yearless = _choose_parser([plain.get(text, text) for text in distinct], prefer, name, around)
    parsed = {text: parse(plain.get(one, one)) for text, one in written.items()}
    moments = [parsed[text] for text in texts]
    if yearless and len(around.years) != 1:
        moments = in_order(moments)
    dates = _placed(moments, read_in, utc=utc)
    taken = "name" if around.years or around.until is not None else "moment"
    return dates._replace(year_taken=taken if yearless else None, swapped=swapped)


def _without_weekdays(distinct: Sequence[str]) -> dict[str, str]:
    """Returns what is left of dates of digits with words around them, if most of the column is written so."""
    sample = [text.strip() for text in distinct[:_DISTINCT_ENOUGH]]
    bare = sum(_NUMERIC.match(text) is not None or _SHORT.match(text) is not None for text in sample)
    worded = [plain for text in sample if any(map(str.isalpha, text)) and (plain := without_weekday(text))]
    dates = sum(_NUMERIC.match(text) is not None or _SHORT.match(text) is not None for text in worded)
    if dates <= max(bare, len(sample) // 2):
        return {}
    return {text: plain for text in distinct if (plain := without_weekday(text)) is not None}


def _read_seconds(texts: Sequence[str]) -> list[int | None] | None:
    """Returns unix seconds of ten digits, as they are since 2001. None: not every filled cell is one."""
    filled = "".join(texts)
    if set(map(len, texts)) - {0} != {_DIGITS_OF_SECONDS} or not (filled.isascii() and filled.isdecimal()):
        return None
    return [int(text) if text else None for text in texts]


def _placed(moments: list[Moment | None], zone: ZoneInfo, *, utc: bool) -> Dates:
    found = [moment for moment in moments if moment]
    naive = [moment.seconds for moment in found if not moment.zoned]
    placed = iter(localise(naive, zone))
    values = [None if not m else m.seconds if m.zoned else next(placed) for m in moments]
    times_known = any(moment.has_time for moment in found)
    return Dates(_plausible(values), bool(naive) and times_known and not utc, times_known)


def _plausible(values: Sequence[int | None]) -> list[int | None]:
    known = [value for value in values if value is not None]
    if known and min(known) >= EARLIEST and max(known) < LATEST:
        return list(values)
    return [value if value is not None and EARLIEST <= value < LATEST else None for value in values]


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if cell is None or isinstance(cell, bool | timedelta):
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _choose_parser(
    distinct: list[str], prefer: DateOrder | None, name: str, around: Around
) -> tuple[Parser, bool]:
    """Returns the parser that reads most of them, and whether it has to find the year elsewhere."""
    sample = [text.strip() for text in distinct[:_DISTINCT_ENOUGH]]
    worded = _worded_parser(around)
    parsers: tuple[Parser, ...] = (_parse_iso, _parse_unix, worded, _parse_year_first)
    shares = [(sum(parse(text) is not None for text in sample), parse) for parse in parsers]
    best, parse = max(shares, key=lambda share: share[0])
    numeric = sum(_NUMERIC.match(text) is not None for text in sample)
    short = sum(_SHORT.match(text) is not None for text in sample)
    if short > max(best, numeric):
        return _short_parser(distinct, prefer, name, around), True
    if numeric > best:
        order = _date_order(distinct, name) if prefer is None else _checked_order(distinct, prefer)
        return (lambda text: _parse_numeric(text, order)), False
    written = [parse_worded(text) for text in sample] if parse is worded else []
    return parse, any(found is not None and found.year is None for found in written)


def _worded_parser(around: Around) -> Parser:
    def parse(text: str) -> Moment | None:
        found = parse_worded(text)
        return found and dated(found, around)

    return parse


def _short_parser(distinct: list[str], prefer: DateOrder | None, name: str, around: Around) -> Parser:
    """Returns a parser of `28.02` and `2/28 10:15`: day and month, no year.

    Raises DomainError("file.date_ambiguous").
    """
    split = [found for text in distinct if (found := _SHORT.match(text.strip()))]
    firsts, seconds = ({int(found[place]) for found in split} for place in (1, 3))
    if max(firsts) > _MONTHS or all(found[2] == "." for found in split):
        order: DateOrder = "day"
    elif max(seconds) > _MONTHS or prefer == "month":
        order = "month"
    elif prefer is None:
        raise DomainError("file.date_ambiguous", column=name, example=distinct[0][:40])
    else:
        order = "day"

    def parse(text: str) -> Moment | None:
        found = _SHORT.match(text)
        if not found:
            return None
        day, month = (found[1], found[3]) if order == "day" else (found[3], found[1])
        return dated(WrittenDate(None, int(month), int(day), (found[4], found[5], None, None), None), around)

    return parse


def _checked_order(distinct: list[str], prefer: DateOrder) -> DateOrder:
    """Returns the preferred order, unless a number over 12 contradicts it."""
    return _proven_order(distinct) or prefer


def _date_order(distinct: list[str], name: str) -> DateOrder:
    """Returns the order of day and month: dots are day-first everywhere, slashes and dashes need evidence.

    Raises DomainError("file.date_ambiguous").
    """
    proven = _proven_order(distinct)
    if proven:
        return proven
    if all("." in text.split(" ")[0] for text in distinct if _NUMERIC.match(text.strip())):
        return "day"
    by_order = _order_that_runs_one_way(distinct)
    if by_order:
        return by_order
    raise DomainError("file.date_ambiguous", column=name, example=distinct[0][:40])


def _proven_order(distinct: list[str]) -> DateOrder | None:
    for text in distinct:
        found = _NUMERIC.match(text.strip())
        if found and len(found.group(1)) <= 2:
            first, second = int(found.group(1)), int(found.group(2))
            if first > 12 >= second:
                return "day"
            if second > 12 >= first:
                return "month"
    return None


def _order_that_runs_one_way(distinct: list[str]) -> DateOrder | None:
    """Returns the one order under which the dates run one way, as in sorted exports.

    None: both, or neither.
    """
    orders: tuple[DateOrder, ...] = ("day", "month")
    fitting = [order for order in orders if _runs_one_way([_parse_numeric(text, order) for text in distinct])]
    return fitting[0] if len(fitting) == 1 else None


def _runs_one_way(moments: list[Moment | None]) -> bool:
    times = [moment.seconds for moment in moments if moment]
    return len(times) > 3 and (times == sorted(times) or times == sorted(times, reverse=True))


def _parse_numeric(text: str, order: DateOrder) -> Moment | None:
    found = _NUMERIC.match(text)
    if not found:
        return None
    a, b, c, hour, minute, second, half, zone = found.groups()
    if len(a) > 2:
        year, month, day = int(a), int(b), int(c)
    else:
        year = int(c) + (2000 if len(c) <= 2 else 0)
        day, month = (int(a), int(b)) if order == "day" else (int(b), int(a))
    return moment_of((year, month, day), (hour, minute, second, half), zone)


def _parse_iso(text: str) -> Moment | None:
    if not text[:4].isdigit() or text.isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" UTC", "+00:00"))
    except ValueError:
        return None
    wall = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Moment(int(wall.timestamp()), moment.tzinfo is not None, len(text) > 10)


def _parse_unix(text: str) -> Moment | None:
    """Reads seconds, milliseconds or microseconds since 1970 by their size, and a workbook's day number."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    if 20_000 < number < 80_000:
        wall = _EXCEL_EPOCH + timedelta(days=number)
        return Moment(round(wall.timestamp()), zoned=False, has_time=not number.is_integer())
    for divisor in (1, 10**3, 10**6):
        if EARLIEST <= number / divisor < LATEST:
            return Moment(int(number / divisor), zoned=True, has_time=True)
    return None


def _parse_year_first(text: str) -> Moment | None:
    return _parse_numeric(text, "day") if text[:4].isdigit() else None
