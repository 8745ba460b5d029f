"""Local days as people name them: «вчера», «в прошлую пятницу», «15 октября», «третий квартал», «лето», “first half of May”.

Every name is read as the latest such days that have begun by a day; where they end may lie after it.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.core.parsing.calendar_days import (
    COMPARED_WITH,
    DAY,
    HALF,
    MONTH_UNIT,
    QUARTER,
    UNITS,
    WEEK,
    YEAR,
    Span,
    beginning,
    day_of_month,
    month_number,
    months_from,
    read_day,
)

_WEEKDAYS = tuple(map(re.compile, (
    r"понедельник[аиу]?|monday", r"вторник[аиу]?|tuesday", r"сред[аеуы]|wednesday", r"четверг[аиу]?|thursday",
    r"пятниц[аеуы]|friday", r"суббот[аеуы]|saturday", r"воскресень[еяю]|sunday",
)))  # fmt: skip
# «в субботу», said of what is to come.
ON_WEEKDAY = (
    r"(?:во?|на|on)\s+(?:эт[оу]\w*\s+|ближайш\w+\s+|this\s+)?"
    rf"(?P<weekday>{'|'.join(names.pattern for names in _WEEKDAYS)})"
)
_SHORT_WEEKDAYS = tuple(
    map(re.compile, ("пн|mon", "вт|tue", "ср|wed", "чт|thu", "пт|fri", "сб|sat", "вс|sun"))
)
_WEEKEND = re.compile(r"выходн(?:ые|ых|ым)|weekend")
_SEASONS = (
    (12, re.compile(r"зим(?:а|у|ой|ы)|winter")), (3, re.compile(r"весн(?:а|у|ой|ы)|spring")),
    (6, re.compile(r"лет(?:о|ом|а)|summer")), (9, re.compile(r"осен(?:ь|ью|и)|autumn")),
)  # fmt: skip
# «прошлым месяцем», «прошлой неделей»: compared with.
_ANY_CASE = tuple(
    (unit, f"{words}|{with_it}") for (unit, words), with_it in zip(UNITS, COMPARED_WITH, strict=True)
)
_ANY_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in UNITS)
_TODAY = re.compile(r"сегодня(?:шн\w+)?(?: день| дня| дню)?|today|нынешн\w+ д\w+")
_YESTERDAY = re.compile(r"вчера(?:шн\w+)?(?: день| дня| дню)?|yesterday")
_BEFORE_YESTERDAY = re.compile(r"позавчера(?:шн\w+)?(?: день| дня)?|(?:the )?day before yesterday")
_BEFORE_LAST = re.compile(
    rf"позапрошл\w+ (?:{_ANY_UNIT})|(?:the )?(?P<unit>week|month|quarter|year) before last"
)
_WHICH = re.compile(
    r"(?:(?P<before>прошл\w+|предыдущ\w+|минувш\w+|прошедш\w+|той(?= недел)|last|previous)|(?P<now>эт\w+|текущ\w+|this|current)) (?P<what>.+)"
)
_OF_YEAR = re.compile(rf"(?P<what>.+?),? (?P<year>20\d\d)(?:-?(?:го|й|м))?(?: (?:{YEAR}|г))?\.?")
_WHOLE_YEAR = re.compile(r"(20\d\d)(?:-?(?:го|й|м))?(?: (?:год\w{0,2}|г))?\.?")
_ORDINALS = {1: "1|i|перв\\w+|first", 2: "2|ii|втор\\w+|second", 3: "3|iii|трет\\w+|third", 4: "4|iv|четв[её]рт\\w+|fourth"}  # fmt: skip
_ORDINAL = (
    "(?:"
    + "|".join(f"(?P<n{n}>{words})" for n, words in _ORDINALS.items())
    + r")(?:-?(?:й|ый|ой|я|е|ую|ая|го|м|st|nd|rd|th))?"
)
_NTH_QUARTER = re.compile(rf"(?:{_ORDINAL} ?(?:{QUARTER})|q ?{_ORDINAL.replace('(?P<n', '(?P<q')})")
_NTH_HALF = re.compile(
    rf"(?:{_ORDINAL} (?:{HALF}|half of (?:the )?year)|h ?{_ORDINAL.replace('(?P<n', '(?P<q')})"
)
_OF_MONTHS = re.compile(rf"\S+ (?:{MONTH_UNIT})")
_AGO = re.compile(
    rf"(?:an? |(?P<count>\d{{1,3}}) )?(?:{_ANY_UNIT}|(?P<day>день|дня|дней|days?)) (?:(?:тому )?назад|ago)"
)
_NUMBER_OF_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:-?(?:го|е|ое|му))? ?числ\w{1,2}|(?P<ordinal>\d{1,2})-?(?:го|ое)|(?:the )?(?P<th>\d{1,2})(?:st|nd|rd|th)"
)
_MONTH_IN_NUMBERS = re.compile(r"(?P<month>0?[1-9]|1[0-2])[./](?P<year>20\d\d)")


def _nth(found: re.Match[str]) -> int:
    named = found.groupdict()
    return next(n for n in _ORDINALS if named.get(f"n{n}") or named.get(f"q{n}"))


def _counted(found: re.Match[str]) -> int:
    return int(found["count"]) * (7 if re.fullmatch(WEEK, found["unit"]) else 1)


_COUNT = rf"(?P<count>\d{{1,2}}) (?P<unit>{WEEK}|дня|дней|дн|days?)"
# A part of a month, and its first and last day by what was matched and by the month's length.
_PARTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[int, int]]], ...] = tuple(
    (re.compile(rf"(?:{words})(?: of)?(?: the)?[ -](?P<what>.+)"), days)
    for words, days in (
        (r"(?:перв\w+|first) (?:половин\w+|half)", lambda _, __: (1, 15)),
        (r"(?:втор\w+|second) (?:половин\w+|half)", lambda _, length: (16, length)),
        (r"начал\w+|(?:the )?(?:beginning|start)|early|перв\w+ декад\w+", lambda _, __: (1, 10)),
        (r"середин\w+|(?:the )?middle|mid|втор\w+ декад\w+", lambda _, __: (11, 20)),
        (r"кон(?:ец|ца|це|цу)|(?:the )?end|late|трет\w+ декад\w+", lambda _, length: (21, length)),
        (rf"(?:последн\w+|last) (?:{WEEK})", lambda _, length: (length - 6, length)),
        (
            rf"{_ORDINAL} (?:{WEEK})",
            lambda found, length: (7 * _nth(found) - 6, min(7 * _nth(found), length)),
        ),
        (rf"(?:перв\w+|first) {_COUNT}", lambda found, length: (1, min(_counted(found), length))),
        (
            rf"(?:последн\w+|last) {_COUNT}",
            lambda found, length: (max(1, length - _counted(found) + 1), length),
        ),
    )
)


def read_span(words: str, today: date) -> Span | None:
    """Returns the latest days of that name that have begun by `today`; None for what names none.

    `words`: lower case, «е» for «ё», single blanks, dates of one day in numbers («15.10»).
    """
    for read in _READERS:
        if found := read(words, today):
            return found
    return None


def _near(words: str, today: date) -> Span | None:
    for pattern, ago in ((_TODAY, 0), (_YESTERDAY, 1), (_BEFORE_YESTERDAY, 2)):
        if pattern.fullmatch(words):
            return _one(today - ago * DAY)
    return None


def _dated(words: str, today: date) -> Span | None:
    day = read_day(words, today)
    return _one(day) if day else None


def _number_of_month(words: str, today: date) -> Span | None:
    found = _NUMBER_OF_MONTH.fullmatch(words)
    day = day_of_month(int(found["day"] or found["ordinal"] or found["th"]), today) if found else None
    return _one(day) if day else None


def _weekday(words: str, today: date) -> Span | None:
    return _day_of_week(_WEEKDAYS, words, today)


def _day_of_week(weekdays: Sequence[re.Pattern[str]], words: str, today: date) -> Span | None:
    number = next((number for number, names in enumerate(weekdays) if names.fullmatch(words)), None)
    return None if number is None else _one(today - (today.weekday() - number) % 7 * DAY)


def read_after_preposition(words: str, today: date) -> Span | None:
    """Reads «пт», “fri”, «выходные», which by themselves may be anything: «ср» is «средний», too."""
    return _day_of_week(_SHORT_WEEKDAYS, words, today) or _weekend(words, today)


def _weekend(words: str, today: date) -> Span | None:
    """The Saturday of it lies before today: on a Saturday nobody asks how the weekend was that begins."""
    if not _WEEKEND.fullmatch(words):
        return None
    saturday = today - ((today.weekday() - 6) % 7 + 1) * DAY
    return Span(saturday, saturday + DAY)


def _before_last(words: str, today: date) -> Span | None:
    found = _BEFORE_LAST.fullmatch(words)
    if found is None:
        return None
    unit = found["unit"] or _unit(found)
    last = beginning(unit, beginning(unit, today) - DAY) - DAY
    return Span(beginning(unit, last), last)


def _which(words: str, today: date) -> Span | None:
    """«прошлый месяц», «этим летом», “last Friday”: «прошл…» are days that are over."""
    found = _WHICH.fullmatch(words)
    if found is None:
        return None
    unit = next((name for name, words in _ANY_CASE if re.fullmatch(words, found["what"])), None)
    if unit is not None:
        first = beginning(unit, today)
        return Span(first, today) if found["now"] else Span(beginning(unit, first - DAY), first - DAY)
    if found["now"]:
        named = _this_weekend(found["what"], today) or _recurring(found["what"], today)
        return Span(named.first, min(named.last, today)) if named else None
    named = _recurring(found["what"], today)
    while named and named.last >= today:
        named = _recurring(found["what"], named.first - DAY)
    return named


def _recurring(words: str, today: date) -> Span | None:
    return read_named(words, today) or _weekend(words, today)


def _this_weekend(words: str, today: date) -> Span | None:
    is_saturday = _WEEKEND.fullmatch(words) and today.weekday() == 5
    return Span(today, today + DAY) if is_saturday else None


def read_named(words: str, today: date) -> Span | None:
    """Reads a weekday, a month or a season."""
    for read in (_weekday, _month, _season):
        if found := read(words, today):
            return found
    return None


def _month(words: str, today: date) -> Span | None:
    number = month_number(words)
    return None if number is None else months_from(number, 1, today)


def _season(words: str, today: date) -> Span | None:
    month = next((month for month, names in _SEASONS if names.fullmatch(words)), None)
    return None if month is None else months_from(month, 3, today)


def _quarter(words: str, today: date) -> Span | None:
    found = _NTH_QUARTER.fullmatch(words)
    return None if found is None else months_from(3 * _nth(found) - 2, 3, today)


def _half(words: str, today: date) -> Span | None:
    found = _NTH_HALF.fullmatch(words)
    return None if found is None or _nth(found) > 2 else months_from(6 * _nth(found) - 5, 6, today)


def _of_year(words: str, _today: date) -> Span | None:
    """«октябрь 2025 года», “Q3 2025”."""
    found = _OF_YEAR.fullmatch(words)
    if found is None:
        return None
    year = int(found["year"])
    for read in (_month, _season, _quarter, _half, _part):
        if (named := read(found["what"], date(year, 12, 31))) and named.first.year == year:
            return named
    return None


def read_year(words: str) -> Span | None:
    """Reads «2025 год»; a bare number is a year where words around it say so."""
    found = _WHOLE_YEAR.fullmatch(words)
    return None if found is None else Span(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))


def _part(words: str, today: date) -> Span | None:
    """«первая половина ноября», «начало прошлого месяца», “first week of May”: of a month."""
    for names, days in _PARTS:
        found = names.fullmatch(words)
        month = _whole_month(found["what"], today) if found else None
        if found and month:
            first, last = days(found, month.last.day)
            return Span(month.first.replace(day=first), month.first.replace(day=last))
    return None


def _whole_month(words: str, today: date) -> Span | None:
    if re.fullmatch(MONTH_UNIT, words):
        return months_from(today.month, 1, today)
    which = _which(words, today) if _OF_MONTHS.fullmatch(words) else None
    named = _month(words, today) or which or (_of_year(words, today) if _OF_YEAR.fullmatch(words) else None)
    is_month = named is not None and named.first.day == 1 and (named.last - named.first).days < 31
    return months_from(named.first.month, 1, named.first) if named and is_month else None


def _month_in_numbers(words: str, _today: date) -> Span | None:
    """«11.2026»."""
    found = _MONTH_IN_NUMBERS.fullmatch(words)
    return months_from(int(found["month"]), 1, date(int(found["year"]), 12, 31)) if found else None


def _ago(words: str, today: date) -> Span | None:
    """«3 дня назад» is that day, «две недели назад» that week, «месяц назад» that month."""
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    count, unit = int(found["count"] or 1), "day" if found["day"] else _unit(found)
    if unit == "day":
        return _one(today - count * DAY)
    if unit not in ("week", "month"):
        return None
    last = today
    for _ in range(count):
        last = beginning(unit, last) - DAY
    return Span(beginning(unit, last), last)


def _unit(found: re.Match[str]) -> str:
    return next(name for name, _ in UNITS if found[name])


def _one(day: date) -> Span:
    return Span(day, day)


_READERS: tuple[Callable[[str, date], Span | None], ...] = (
    _near, _dated, _month_in_numbers, _number_of_month, _before_last, read_named, _of_year, _which, _quarter, _half, _part, _ago,
)  # fmt: skip
