"""Dates written in words: `Apr 16, 2026`, `Mon Feb 17 2025`, `Пн, 1 сентября 2026 г.`, `28 сен в 22:20`, `вчера в 9:15`, `2025年10月31日`.

Months are known in twelve languages by their beginnings, without accents. This is their one home: typed periods use it, too.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    1: "jan янв січ ene gen sty oca қаңт yanv",
    2: "feb фев лют fev fév lut sub şub ақпа fevr",
    3: "mar мар бер mär mrt maa наур",
    4: "apr апр кві abr avr kwi nis сәуі",
    5: "may мая май маи тра mai mag mei maj мамы",
    6: "jun июн чер juin giu cze haz маус iyun",
    7: "jul июл лип juil lug lip tem шілд iyul",
    8: "aug авг сер ago aou agu sie тамы avgu avqu",
    9: "sep сен вер set wrz eyl қырк",
    10: "oct окт жов okt out ott paz eki қаза",
    11: "nov ноя лис lis kas қара noya",
    12: "dec дек гру dez dic gru ara желт deka",
}  # fmt: skip
_TODAY = frozenset(
    [
        "сегодня",
        "сьогодні",
        "today",
        "heute",
        "hoy",
        "hoje",
        "aujourd'hui",
        "oggi",
        "bugun",
        "dzis",
        "dzisiaj",
        "vandaag",
        "今日",
    ]
)
_YESTERDAY = frozenset(
    [
        "вчера",
        "вчора",
        "yesterday",
        "gestern",
        "ayer",
        "ontem",
        "hier",
        "ieri",
        "dun",
        "wczoraj",
        "gisteren",
        "昨日",
    ]
)
_BEFORE = frozenset(["позавчера", "позавчора", "vorgestern", "anteayer", "anteontem", "przedwczoraj"])
_AGO = frozenset(["назад", "тому", "ago"])
_DAYS_OF_WORDS = {
    **dict.fromkeys(("день", "дня", "днеи", "дней", "дн", "д", "сутки", "суток", "day", "days", "d", "дні", "днів", "дни"), 1),
    **dict.fromkeys(("неделю", "недели", "недель", "нед", "week", "weeks", "w", "тиждень", "тижні", "тижнів"), 7),
}  # fmt: skip
_FILLERS = frozenset(
    [
        "de",
        "del",
        "di",
        "г",
        "года",
        "год",
        "р",
        "року",
        "ж",
        "жыл",
        "жылы",
        "жылғы",
        "yil",
        "й",
        "йил",
        "в",
        "во",
        "о",
        "об",
        "at",
        "um",
        "à",
        "a",
        "às",
        "alle",
        "las",
        "los",
        "the",
        "of",
        "le",
        "den",
        "am",
        "kl",
        "klo",
        "uhr",
        "у",
        "at",
        "th",
        "st",
        "nd",
        "rd",
        "h",
        "g",
        "saat",
        "z",
    ]
)
_ZONES = frozenset({"utc", "gmt", "msk", "мск"})
_ZONE_SHIFT_H = {"msk": "+03", "мск": "+03"}

# Beginnings of weekdays, without accents: «ср», «среда», «Wed», «mié», «Mittwoch».
_WEEKDAYS = re.compile(
    r"(?:пн|пон|вт|вто|ср|сер|сре|чт|чет|пт|пят|сб|суб|вс|вос|нд|нед"
    r"|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|mont|dien|mitt|donn|frei|sams|sonn"
    r"|lun|mar|mie|mier|jue|vie|sab|dom|mer|jeu|ven|sam|dim|gio|seg|ter|qua|qui|sex"
    r"|pn|wt|sr|cz|pt|nd|pon|wto|sro|czw|pia|sob|nie|pzt|sal|car|per|cum|cmt|paz|ma|wo|vr|za|zo)[^\W\d_]{0,10}$"
)
_CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2})[:：](\d{2})(?::(\d{2}))?(?:[.,]\d+)?(?!\d)\s*([ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_SHIFT = re.compile(r"(?:\b(?:utc|gmt)\s*)?[+-]\d{2}:?\d{2}\b|\b(?:utc|gmt)\s*[+-]\d{1,2}\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_EASTERN = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_LONGEST = 60
_FULL_YEAR = 4


class WrittenDate(NamedTuple):
    """What a cell says. `year` None: it names none; `days_ago` stands in place of a date."""

    year: int | None
    month: int
    day: int
    clock: tuple[str | None, str | None, str | None, str | None]  # hour, minute, second, am/pm
    zone: str | None
    days_ago: int | None = None


def month_of(word: str) -> int | None:
    """Returns the number of a month by its name or abbreviation in any of the languages; None if unknown."""
    plain = plain_letters(word)
    return _NUMBER_OF.get(plain[:4]) or _NUMBER_OF.get(plain[:3])


def names_a_day(word: str) -> bool:
    """Tells whether a word is «сегодня» or «вчера» in one of the languages."""
    return plain_letters(word) in _TODAY_PLAIN | _YESTERDAY_PLAIN | _BEFORE


def without_weekday(text: str) -> str | None:
    """Returns a date of digits without the weekday and the small words around it: «ср 01.10.26», «01.10 (ср)», «01.10.2026 г. в 9:00».

    None where anything else stands beside the date, as in a text that names one.
    """
    if len(text) > _LONGEST:
        return None
    rest = text.replace("(", " ").replace(")", " ")
    shift = _SHIFT.search(rest)
    rest = rest.replace(shift[0], " ", 1) if shift else rest
    zone = shift[0] if shift else ""
    for word in re.findall(r"[^\W\d_]+\.?,?", rest):
        plain = plain_letters(word.rstrip(".,"))
        if plain in _ZONES:
            zone = _ZONE_SHIFT_H.get(plain, plain)
        elif plain not in _FILLERS_PLAIN and plain not in ("am", "pm") and not _WEEKDAYS.match(plain):
            return None
        if plain not in ("am", "pm"):
            rest = rest.replace(word, " ", 1)
    return " ".join(f"{rest} {zone}".replace(" ,", " ").split()).strip(" ,.")


@lru_cache(maxsize=4096)
def plain_letters(word: str) -> str:
    """Returns a word case folded and without accents: `Août` -> `aout`."""
    apart = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


_NUMBER_OF = {plain_letters(word): number for number, words in _MONTHS.items() for word in words.split()}


def parse_worded(text: str) -> WrittenDate | None:
    """Reads a date in words. None: another word than a weekday's stands before it, no day, two months."""
    if len(text) > _LONGEST or not any(map(str.isalpha, text)):
        return None
    rest = _BRACKETS.sub(" ", text)
    shift = _SHIFT.search(rest)
    if shift:
        rest = rest.replace(shift[0], " ", 1)
    found = _CLOCK.search(rest)
    clock = (found[1], found[2], found[3], found[4]) if found else (None, None, None, None)
    rest = rest.replace(found[0], " ", 1) if found else rest
    words = _WORDS.findall(rest)
    named = next((plain for word in words if (plain := plain_letters(word)) in _ZONES), None)
    zone = shift[0] if shift else _ZONE_SHIFT_H.get(named or "", named)
    eastern = _EASTERN.search(rest)
    if eastern:
        return WrittenDate(
            int(eastern[1]) if eastern[1] else None, int(eastern[2]), int(eastern[3]), clock, zone
        )
    return _relative(words, clock, zone) or _in_words(words, clock, zone)


def _relative(words: list[str], clock: tuple[str | None, ...], zone: str | None) -> WrittenDate | None:
    first = plain_letters(words[0]) if words else ""
    if (ago := _days_before(words)) is not None:
        return WrittenDate(None, 0, 0, (clock[0], clock[1], clock[2], clock[3]), zone, ago)
    ago = 0 if first in _TODAY_PLAIN else 1 if first in _YESTERDAY_PLAIN else 2 if first in _BEFORE else None
    if ago is None or any(plain_letters(word) not in _FILLERS_PLAIN for word in words[1:]):
        return None
    return WrittenDate(None, 0, 0, (clock[0], clock[1], clock[2], clock[3]), zone, ago)


def _days_before(words: list[str]) -> int | None:
    """Returns how many days «3 дня назад», «a week ago» lie back; None for other words."""
    plain = [plain_letters(word) for word in words]
    if len(plain) not in (2, 3) or plain[-1] not in _AGO:
        return None
    size = _DAYS_OF.get(plain[-2])
    number = plain[0] if len(plain) == 3 else "1"
    if size is None or not (number.isdigit() or number in ("a", "one")) or len(number) > _FULL_YEAR:
        return None
    return size * (int(number) if number.isdigit() else 1)


def _in_words(words: list[str], clock: tuple[str | None, ...], zone: str | None) -> WrittenDate | None:
    month, numbers = None, list[str]()
    for place, word in enumerate(words):
        if word.isdigit():
            numbers.append(word)
        elif (plain := plain_letters(word)) in _FILLERS_PLAIN or plain in _ZONES:
            continue
        elif (number := month_of(word)) and not (place == 0 and _names_later(words[1:])):
            if month is not None:
                return None
            month = number
        elif place or len(word) > 14:
            return None
    if month is None or not numbers:
        return None
    return _of_numbers(month, numbers, (clock[0], clock[1], clock[2], clock[3]), zone)


def _names_later(words: list[str]) -> bool:
    """Tells whether a month comes later: the first word is a weekday that looks like one («mar. 3 févr.»)."""
    return any(
        not word.isdigit() and plain_letters(word) not in _FILLERS_PLAIN and month_of(word) for word in words
    )


def _of_numbers(
    month: int,
    numbers: list[str],
    clock: tuple[str | None, str | None, str | None, str | None],
    zone: str | None,
) -> WrittenDate | None:
    year = next((number for number in numbers if len(number) == _FULL_YEAR), None)
    if year is not None:
        numbers = [number for number in numbers if number is not year]
    elif len(numbers) == 2:
        year = f"20{numbers.pop().zfill(2)}"
    if len(numbers) != 1 or len(numbers[0]) > 2:
        return None
    return WrittenDate(int(year) if year else None, month, int(numbers[0]), clock, zone)


_TODAY_PLAIN = frozenset(map(plain_letters, _TODAY))
_YESTERDAY_PLAIN = frozenset(map(plain_letters, _YESTERDAY))
_DAYS_OF = {plain_letters(word): days for word, days in _DAYS_OF_WORDS.items()}
_FILLERS_PLAIN = frozenset(map(plain_letters, _FILLERS))
