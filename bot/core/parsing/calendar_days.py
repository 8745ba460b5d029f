"""Days of the calendar in numbers and by their months, and the beginnings of its weeks, months, quarters and years."""

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        "янв(ар[ьяею]?)?|jan(uary)?", "фев(р(ал[ьяею]?)?)?|feb(ruary)?", "мар(та?|те|ту)?|mar(ch)?", "апр(ел[ьяею]?)?|apr(il)?",
        "ма[йяею]|may", "июн[ьяею]?|june?", "июл[ьяею]?|july?", "авг(уст[аеу]?)?|aug(ust)?",
        "сен(т(ябр[ьяею])?)?|sept?(ember)?", "окт(ябр[ьяею])?|oct(ober)?", "ноя(б(р[ьяею])?)?|nov(ember)?", "дек(аб(р[ьяею])?)?|dec(ember)?",
    )
)  # fmt: skip
MONTH = "|".join(f"(?:{months.pattern})" for months in MONTHS)
# Days from today on by their names, in lower case and with «е» for «ё».
AHEAD = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
COMING = "|".join(sorted(AHEAD, key=len, reverse=True)).replace(" ", r"\s+")
WEEK = r"недел(?:я|и|ю|е|ь)|недельк[иу]|нед|weeks?"
MONTH_UNIT = r"месяц(?:а|у|е|ы|ев)?|мес|months?"
QUARTER = r"квартал(?:а|у|е|ы|ов)?|кв|quarters?"
HALF = r"полугоди[ейяю]|half"
YEAR = r"год(?:а|у|ы|ов)?|years?"
# «с прошлой неделей» compares, and tells no beginning.
COMPARED_WITH = ("неделей", "месяцем", "кварталом", "годом")
UNITS = (("week", WEEK), ("month", MONTH_UNIT), ("quarter", QUARTER), ("year", YEAR))
ORDINAL = r"(?:-?(?:го|е|ое|му|st|nd|rd|th))?"
TO = r"(?:\s*(?:-|–|—|\.\.+)\s*|\s+(?:по|до|to|till|until|through)\s+)"
# «1-15 октября», “Oct 1-15”: one month for both days.
_DAYS_OF_MONTH = re.compile(
    rf"(?<!\d)(?P<first>\d{{1,2}}){ORDINAL}{TO}(?P<last>\d{{1,2}}){ORDINAL} (?P<month>{MONTH})\b(?P<year> \d{{4}})?(?: (?:года|г\b\.?))?"
)
_MONTH_OF_DAYS = re.compile(
    rf"(?P<month>{MONTH}) (?P<first>\d{{1,2}}){ORDINAL}{TO}(?P<last>\d{{1,2}}){ORDINAL}(?P<year>,? \d{{4}})?"
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?P<first>\d{{1,2}}){ORDINAL} (?P<month>{MONTH})\b(?P<year> \d{{4}}\b)?(?:-?(?:го|й))?(?: (?:года|г\b\.?))?"
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{MONTH}) (?P<first>\d{{1,2}}){ORDINAL}\b(?!\d)(?P<year>,? \d{{4}}\b)?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both included."""

    first: date
    last: date


def read_day(text: str, latest: date) -> date | None:
    """Reads a day in numbers; without a year it is the latest such day that is not after `latest`."""
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if not (found := _DAY_MONTH.fullmatch(text)):
            return None
        day, month = int(found[1]), int(found[2])
        if found[3]:
            return date(int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3]), month, day)
        return _latest(day, month, latest)
    except ValueError:
        return None


def _latest(day: int, month: int, latest: date) -> date | None:
    """Returns the latest such day; 29 February waits for a leap year. None for a day that no year has."""
    for year in range(latest.year, latest.year - 9, -1):
        if (day, month) == (29, 2) and not isleap(year):
            continue
        found = date(year, month, day)
        if found <= latest:
            return found
    return None


def day_of_month(number: int, latest: date) -> date | None:
    """Returns the latest day of that number, up to `latest`; None where no month has it."""
    first = latest.replace(day=1)
    for _ in range(3 if 1 <= number <= 31 else 0):
        if number <= monthrange(first.year, first.month)[1] and first.replace(day=number) <= latest:
            return first.replace(day=number)
        first = beginning("month", first - DAY)
    return None


def month_number(word: str) -> int | None:
    """Returns 1 to 12 for the name of a month in any case of its; None for other words."""
    return next((number for number, names in enumerate(MONTHS, start=1) if names.fullmatch(word)), None)


def months_from(first_month: int, count: int, today: date) -> Span:
    """Returns the latest `count` months from that one on which have begun by `today`."""
    first = date(today.year, first_month, 1)
    if first > today:
        first = first.replace(year=today.year - 1)
    following = first
    for _ in range(count):
        following = (following.replace(day=28) + 4 * DAY).replace(day=1)
    return Span(first, following - DAY)


def beginning(unit: str, day: date) -> date:
    """Returns the first day of the calendar's week, month, quarter or year that holds the day."""
    if unit == "week":
        return day - day.weekday() * DAY
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[unit]
    return date(day.year, month, 1)


def with_numbers(words: str) -> str:
    """Returns dates in numbers: «1 по 15 октября» -> «1.10-15.10», «3/1-3/28» -> «1.3-28.3»."""

    def both(found: re.Match[str]) -> str:
        return f"{_dotted(found, 'first')}-{_dotted(found, 'last')}"

    for pattern in (_DAYS_OF_MONTH, _MONTH_OF_DAYS):
        words = pattern.sub(both, words)
    for pattern in (_DAY_OF_MONTH, _MONTH_DAY):
        words = pattern.sub(lambda found: _dotted(found, "first"), words)
    if any(
        int(found[2]) > len(MONTHS) for found in _SLASHED.finditer(words)
    ):  # months first, as Americans do
        words = _SLASHED.sub(r"\2.\1", words)
    return words


def _dotted(found: re.Match[str], day: str) -> str:
    year = (found["year"] or "").strip(" ,")
    return f"{found[day]}.{month_number(found['month'])}" + (f".{year}" if year else "")
