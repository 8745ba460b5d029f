"""A goal as people type it: «ER 3% к 1 марта», «кухня 20 тыс. подписчиков до конца года», “5000 views by March 1”."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.parsing.calendar_days import AHEAD, COMING, month_number
from metrics.errors import DomainError
from storage.files.tables.numbers import read_count

METRICS = ("er", "subscribers", "views")
_NAMED = {
    "er": re.compile(r"\b(?:er|ер|вовлеченност\w*|engagement(?: rate)?)\b"),
    "subscribers": re.compile(r"\b(?:подписчик\w*|подп|сабов|subscribers?|subs|followers?)\b"),
    "views": re.compile(r"\b(?:просмотр\w*(?: на пост)?|охват\w*|views?(?: (?:per|a) post)?|reach)\b"),
}
_NUMBER = re.compile(
    r"(?<![\w.,])(\d[\d\s\u00a0.,]*\d|\d)\s*(%|процент\w*|percent|тыс(?:яч\w*|\.)?|млн\.?|миллион\w*|thousand|million|[kкmм](?!\w))?"
)
_BY = re.compile(r"(?:^|\s)(?:к|ко|до|by|until|till|before)\s+(?=\S)")
_IN = re.compile(
    r"(?:^|\s)(?:через|за|in|within)\s+(?:(\d{1,3})\s*)?(день|дня|дней|недел\w+|месяц\w*|квартал\w*|год\w*|лет|days?|weeks?|months?|quarters?|years?)\s*$"
)
_DAYS = (
    ("д", 1),
    ("нед", 7),
    ("мес", 30),
    ("кв", 91),
    ("год", 365),
    ("лет", 365),
    ("da", 1),
    ("we", 7),
    ("mo", 30),
    ("qu", 91),
    ("ye", 365),
)
_END = re.compile(
    r"(?:конц[уа]|end of(?: the| this)?|the end of(?: the| this)?)\s*(недели|месяца|квартала|года|week|month|quarter|year)"
)
_SOON = re.compile(rf"(?:^|\s)(?:(?:к|ко|до|by|until|till|before)\s+)?(?!сегодня|today)({COMING})\s*[.!]*$")
_NEW_YEAR = re.compile(r"(?:нов\w+ год\w*|the new year|new year)")
_SEASONS = tuple(
    (month, re.compile(name))
    for month, name in ((12, "зиме|winter"), (3, "весне|spring"), (6, "лету|summer"), (9, "осени|autumn"))
)
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")
_DAY_OF_YEAR = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDED = re.compile(
    r"(\d{1,2})(?:-?(?:го|му|е|st|nd|rd|th))?\s+([^\W\d]+)(?:\s+(\d{4}))?(?:\s*г(?:ода|\.)?)?"
)
_WORDED_BACK = re.compile(r"([^\W\d]+)\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_MONTH = re.compile(r"([^\W\d]+)(?:\s+(\d{4}))?")
_SPELT = {"тыс": "тыс", "тысяч": "тыс", "thousand": "k", "million": "m", "миллион": "млн", "млн": "млн"}
_SAYS_NOTHING = re.compile(
    r"\b(?:цел\w+|goal|хочу|поставь|поставить|set|a|the|want|i|моя|мой|на|уровне|не меньше|минимум|at least|to|of|for|у|канала|в среднем|как|is|нужно|надо|получить|reach|до|к|поднять|довести|набрать|raise|grow|get|подними|доведи)\b"
)
MOST_ER_PERCENT = 100.0
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class TypedGoal:
    """`name`: the words that are left, which may name a channel. `target`: percent for er."""

    name: str
    metric: str
    target: float
    due_on: date | None


def read_goal(text: str, today: date) -> TypedGoal:
    """Reads a goal.

    Raises DomainError("goal.no_metric"), ("goal.no_number"), ("goal.bad_number"), ("goal.bad_date"),
    ("goal.past").
    """
    said = " ".join(text.casefold().replace("ё", "е").split())
    rest, due_on = _split_due(said, today)
    number = _number(rest)
    metric = next((name for name, words in _NAMED.items() if words.search(rest)), None)
    if metric is None and number is not None and _is_percent(number):
        metric = "er"
    if metric is None:
        raise DomainError("goal.no_metric")
    if number is None:
        raise DomainError("goal.no_number")
    target = _target(metric, number)
    if due_on is not None and due_on <= today:
        raise DomainError("goal.past", date=due_on.strftime("%d.%m.%Y"))
    left = f"{rest[: number.start()]} {rest[number.end() :]}"
    left = _SAYS_NOTHING.sub(" ", _NAMED[metric].sub(" ", left))
    return TypedGoal(" ".join(left.split()).strip(" :—–-.,"), metric, target, due_on)


def _number(text: str) -> re.Match[str] | None:
    """Returns the last number of a text: a title may hold another before it."""
    return next(reversed(list(_NUMBER.finditer(text))), None)


def _is_percent(number: re.Match[str]) -> bool:
    return (number[2] or "")[:1] == "%" or (number[2] or "").startswith(("проц", "perc"))


def _target(metric: str, number: re.Match[str]) -> float:
    shown = number[0].strip()
    if metric == "er":
        value = _plain(number[1])
        if value is None or not 0 < value <= MOST_ER_PERCENT or (number[2] and not _is_percent(number)):
            raise DomainError("goal.bad_er", text=shown[:40])
        return value
    if _is_percent(number):
        raise DomainError("goal.no_percent", text=shown[:40])
    scale = next(
        (short for word, short in _SPELT.items() if (number[2] or "").startswith(word)), number[2] or ""
    )
    count = read_count(f"{number[1]} {scale}".strip().replace(" ", ""))
    if not count.value or not count.readable:
        raise DomainError("goal.bad_number", text=shown[:40])
    return float(count.value)


def _plain(digits: str) -> float | None:
    try:
        return float(digits.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None


def _split_due(text: str, today: date) -> tuple[str, date | None]:
    """Splits what stands before the last «к», «до», “by” that leads to a day, and the day.

    Raises DomainError("goal.bad_date").
    """
    if found := _IN.search(text):
        unit = next(days for begins, days in _DAYS if found[2].startswith(begins))
        return text[: found.start()], today + timedelta(days=unit * int(found[1] or 1))
    if found := _SOON.search(text):
        return text[: found.start()], today + timedelta(days=AHEAD[" ".join(found[1].split())])
    places = list(_BY.finditer(text))
    for place in reversed(places):
        tail = text[place.end() :].strip(" .!")
        if day := coming_day(tail, today):
            return text[: place.start()], day
    if places and not _is_amount(text[places[-1].end() :]):
        raise DomainError("goal.bad_date", text=text[places[-1].end() :][:40])
    return _split_bare_day(text, today)


def _split_bare_day(text: str, today: date) -> tuple[str, date | None]:
    """Splits a day at the end, where a number is left before it: «ER 3% 1 марта». «3.5» alone is no day."""
    words = text.rstrip(" .!").split()
    for length in (3, 2, 1):
        rest, tail = " ".join(words[:-length]), " ".join(words[-length:])
        if not any(pattern.fullmatch(tail) for pattern in (_ISO, _DAY_OF_YEAR, _WORDED, _WORDED_BACK)):
            continue
        if _number(rest) is not None and (day := coming_day(tail, today)):
            return rest, day
    return text, None


def _is_amount(tail: str) -> bool:
    """Tells whether a tail is an amount: «до 20 000 подписчиков» names no day."""
    return (_NUMBER.match(tail) is not None and any(words.search(tail) for words in _NAMED.values())) or (
        re.fullmatch(r"[\d\s.,]+\s*(?:%|[kкmм]|тыс\.?|млн\.?)?", tail) is not None
        and not _DAY.fullmatch(tail)
    )


def coming_day(tail: str, today: date) -> date | None:
    """Returns the next such day, «1 марта», «01.03», “Mar 1”; None for what is no day."""
    if named := _named_day(tail, today):
        return named
    if found := _END.fullmatch(tail):
        return _end_of(found[1], today)
    for pattern, read in _DATED:
        if found := pattern.fullmatch(tail):
            try:
                return read(found, today)
            except ValueError:  # 31 February
                return None
    return None


def _named_day(tail: str, today: date) -> date | None:
    """Reads a holiday, or a season by its first day: «лету», “christmas”."""
    if _NEW_YEAR.fullmatch(tail):
        return date(today.year + 1, 1, 1)
    if tail in ("christmas", "xmas"):
        return _next(25, 12, None, today)
    season = next((month for month, name in _SEASONS if name.fullmatch(tail)), None)
    return _next(1, season, None, today) if season else None


def _worded(day: int, month: str, year: str | None, today: date) -> date | None:
    number = month_number(month)
    return None if number is None else _next(day, number, None if year is None else int(year), today)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) == 4 else 2000 + int(text)


def _next(day: int, month: int, year: int | None, today: date) -> date:
    """Returns the day; without a year the next such day."""
    if year is not None:
        return date(year, month, day)
    this = date(today.year, month, day)
    return this if this > today else date(today.year + 1, month, day)


def _end_of(unit: str, today: date) -> date:
    if unit in ("недели", "week"):
        return today + timedelta(days=6 - today.weekday() or 7)
    months = {"месяца": 1, "month": 1, "квартала": 3, "quarter": 3}.get(unit, 12)
    month = today.month - (today.month - 1) % months + months  # the first month after it
    return date(today.year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)


_DATED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_ISO, lambda found, _: date(int(found[1]), int(found[2]), int(found[3]))),
    (_DAY, lambda found, today: _next(int(found[1]), int(found[2]), _year(found[3]), today)),
    (_WORDED, lambda found, today: _worded(int(found[1]), found[2], found[3], today)),
    (_WORDED_BACK, lambda found, today: _worded(int(found[2]), found[1], found[3], today)),
    (_MONTH, lambda found, today: _worded(1, found[1], found[2], today)),
)
