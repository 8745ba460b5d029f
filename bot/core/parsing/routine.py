"""When something is to come, as people write it behind a command: «10:00 пн-пт», «по будням», “weekly mon 9”, «off»."""

import re
from dataclasses import dataclass, replace

from bot.core.parsing.lengths import with_digits
from metrics.errors import DomainError

EVERY_DAY, WORKDAYS, WEEKEND = 0b1111111, 0b0011111, 0b1100000
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?")
_PART_OF_DAY = re.compile(r"\b(\d{1,2}(?:[:.]\d{2})?)\s*(?:часов|часа|час|ч)?\s*(утра?|дня|вечера?|am|pm)\b")
_EVENING = re.compile(r"\b(утр|вечер)ом\s+(?:в\s+)?(\d{1,2}(?:[:.]\d{2})?)\b")  # «вечером в 8»: «8 вечера»
_NOON = re.compile(r"\b(?:полдень|noon|midday)\b")
# By the hour that a half of has passed, from one on: «полпервого» is 12:30.
_HOURS = ("второго", "третьего", "четвертого", "пятого", "шестого", "седьмого", "восьмого", "девятого", "десятого",
          "одиннадцатого", "двенадцатого", "первого")  # fmt: skip
_HALF_PAST = re.compile(
    rf"\bпол(?:овин\w)?[\s-]?(?P<next>{'|'.join(_HOURS)})\b|\bhalf past (?P<hour>\d{{1,2}})\b"
)
_HOUR_MINUTE = re.compile(r"(?:(?<=\bв )|(?<=\bat ))(\d{1,2}) ([0-5]\d)(?![\d:])")
_DAYS = (
    "пн|пон\\w*|mon\\w*",
    "вт|вто\\w*|tue\\w*",
    "ср|сре\\w*|wed\\w*",
    "чт|чет\\w*|thu\\w*",
    "пт|пят\\w*|fri\\w*",
    "сб|суб\\w*|sat\\w*",
    "вс|вос\\w*|sun\\w*",
)
_OFF = re.compile(r"off|выкл\w*|отключ\w*|нет|стоп|stop|disable|никогда|never")
_ON = re.compile(r"on|вкл\w*|да|yes|enable|присылай\w*")
_SKIPPED = frozenset(
    {
        "в",
        "во",
        "по",
        "at",
        "on",
        "every",
        "каждый",
        "каждую",
        "каждое",
        "и",
        "and",
        "с",
        "до",
        "раз",
        "утра",
        "in",
        "a",
        "the",
        "once",
    }
)
_EVERY = re.compile(r"день|дни|ежедневно|daily|everyday|day|days|утро|утрам|mornings?|все")
_WORK = re.compile(r"будн\w*|рабоч\w*|weekdays?|workdays?")
_REST = re.compile(r"выходн\w*|weekends?")
_WEEKLY = re.compile(r"еженедельно|недел\w+|weekly|week")
_MONTHLY = re.compile(r"ежемесячно|месяц\w*|monthly|month")
_PARTS = re.compile(r"[^\W\d_]+|\d{1,2}(?:[:.]\d{2})?(?:am|pm)?|[-–—,]")


@dataclass(frozen=True, slots=True)
class Routine:
    """What was said of it; None: nothing. `weekdays`: a bit a day, Monday the lowest."""

    is_on: bool = True
    at_minute: int | None = None
    weekdays: int | None = None
    frequency: str | None = None  # daily, weekly, monthly


def read_routine(text: str) -> Routine:
    """Reads when something is to come.

    Raises DomainError("settings.not_understood"), with the words that nobody understood.
    """
    text = _EVENING.sub(r"\2 \1", _in_digits(text.lower().replace("ё", "е")))
    said_as = _PART_OF_DAY.sub(_as_english, text.lower().replace("ё", "е"))
    words = _PARTS.findall(said_as)
    if not words or "".join(words) != re.sub(r"\s", "", said_as):
        raise DomainError("settings.not_understood", text=text[:40])
    said = Routine()
    days: list[int] = []
    for place, word in enumerate(words):
        day = _day(word)
        if day is not None:
            days += _through(days[-1], day) if days and _joins(words, place) else [day]
        elif word not in "-–—," and word not in _SKIPPED:
            said = _with(said, word, text)
    if not days:
        return said
    frequency = said.frequency or "daily"
    return replace(said, frequency=frequency, weekdays=sum({1 << day for day in days}))


def _in_digits(text: str) -> str:
    """«в десять тридцать» -> «в 10:30», «в полдень» -> «в 12:00»."""
    numbers = with_digits(f"{_NOON.sub('12:00', text)} х").removesuffix(" х")  # one that ends the text, too
    numbers = _HALF_PAST.sub(_half_past, numbers)
    return _HOUR_MINUTE.sub(r"\1:\2", numbers)


def _half_past(found: re.Match[str]) -> str:
    """«полдесятого» -> «9:30», “half past 9” -> “9:30”."""
    begun = _HOURS.index(found["next"]) + 1 if found["next"] else int(found["hour"])
    return f"{begun}:30"


def _as_english(found: re.Match[str]) -> str:
    """«6 вечера» -> “6pm”."""
    return found[1] + ("am" if found[2] in ("утра", "утр", "am") else "pm")


def _with(said: Routine, word: str, text: str) -> Routine:
    if found := _TIME.fullmatch(word):
        return replace(said, at_minute=_minute(found, text))
    for pattern, change in (
        (_OFF, {"is_on": False}),
        (_ON, {"is_on": True}),
        (_EVERY, {"frequency": "daily", "weekdays": EVERY_DAY}),
        (_WORK, {"frequency": "daily", "weekdays": WORKDAYS}),
        (_REST, {"frequency": "daily", "weekdays": WEEKEND}),
        (_WEEKLY, {"frequency": "weekly"}),
        (_MONTHLY, {"frequency": "monthly"}),
    ):
        if pattern.fullmatch(word):
            return replace(said, **change)
    raise DomainError("settings.not_understood", text=text[:40])


def _minute(found: re.Match[str], text: str) -> int:
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise DomainError("settings.not_understood", text=text[:40])
    return hour * 60 + minute


def _day(word: str) -> int | None:
    return next((day for day, names in enumerate(_DAYS) if re.fullmatch(names, word)), None)


def _joins(words: list[str], place: int) -> bool:
    """Tells whether the word before joins two days: «пн-пт», «с пн до пт»."""
    return words[place - 1] in ("-", "–", "—", "до")


def _through(first: int, last: int) -> list[int]:
    """Returns the days after the first up to the last, over the end of the week."""
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]
