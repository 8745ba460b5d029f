"""How many days people mean by a length: «две недели», «последний месяц», «полгода», “the last 24 hours”."""

import re

from bot.core.parsing.calendar_days import MONTH_UNIT, QUARTER, WEEK, YEAR

# Numbers in words, as they stand before a unit.
_SPELT = {
    1: "один одна одну одного одной one", 2: "два две двух двое пара пару пары couple two", 3: "три трех трое three",
    4: "четыре четырех четверо four", 5: "пять пяти пятеро five", 6: "шесть шести six", 7: "семь семи seven",
    8: "восемь восьми eight", 9: "девять девяти nine", 10: "десять десяти десяток ten", 11: "одиннадцать одиннадцати eleven",
    12: "двенадцать двенадцати twelve", 13: "тринадцать thirteen", 14: "четырнадцать fourteen", 15: "пятнадцать fifteen",
    20: "двадцать twenty", 30: "тридцать thirty", 60: "шестьдесят sixty", 90: "девяносто ninety",
    100: "сто hundred",
}  # fmt: skip
_NUMBERS = {word: number for number, words in _SPELT.items() for word in words.split()}
_WORD = re.compile(rf"\b(?:a\s+)?({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:\s+of)?\s+(?=\w)")
HOURS = 24  # of a day
# What a length is counted in: one of it in words, days of that; its other words, days of each where there are several.
_LENGTHS = tuple(
    (re.compile(alone), one, re.compile(rf"{alone}|{words}"), each)
    for alone, one, words, each in (
        ("день|денек|day|сутки", 1, "дня|дней|дн|д|d|days|суток", 1),
        ("неделя|неделю|недельку|week", 7, rf"{WEEK}|н|w|wks?", 7),
        ("fortnight", 14, "fortnights", 14),
        ("месяц|месяцок|month", 30, rf"{MONTH_UNIT}|м|mo|m", 30),
        ("квартал|quarter", 90, QUARTER, 91),
        ("полгода|пол-? ?года|полугодие|half a year|half-? ?year", 182, "полугодия", 182),
        ("год|year", 365, rf"{YEAR}|лет|г|y|yrs?", 365),
        ("полтора месяца|month and a half", 45, "-", 45),
        ("полтора года", 547, "-", 547),
    )
)
_HOURS = re.compile(r"(\d{1,3})\s*(?:час\w{0,2}|ч|hours?|hrs?|h)\.?")
_LENGTH = re.compile(r"(?:an?\s+|(?P<count>\d{1,4})\s*)?(?P<unit>[^\W\d].*?)\.?")
_LATEST = re.compile(
    r"(?:последн\w+|крайн\w+|last(?=\s+(?:\d|day))|past|latest)\s+"
)  # “last week” is the calendar's
_PRECEDING = re.compile(r"(?:прошл\w+|предыдущ\w+|прошедш\w+|минувш\w+|previous)\s+(?=\d)")


def with_digits(text: str) -> str:
    """Returns lower-case words with digits for the numbers that stand before another word."""
    return _WORD.sub(lambda found: f"{_NUMBERS[found[1]]} ", text)


def read_length(words: str) -> int | None:
    """Returns the days; None for what is no length. `words`: lower case, «е» for «ё», numbers in digits."""
    latest = _LATEST.match(words) or _PRECEDING.match(words)
    bare = words[latest.end() :] if latest else words
    if hours := _HOURS.fullmatch(bare):
        days, rest = divmod(int(hours[1]), HOURS)
        return days if not rest and days else None
    if words in ("вчера", "yesterday"):
        return 1
    found = _LENGTH.fullmatch(bare)
    for alone, one, words_of, each in _LENGTHS if found else ():
        if found and found["count"] is None and alone.fullmatch(found["unit"]):
            return one
        if found and found["count"] is not None and words_of.fullmatch(found["unit"]):
            count = int(found["count"])
            return None if _is_ordinal(found["unit"], count) else each * count
    return None


def _is_ordinal(unit: str, count: int) -> bool:
    """«3 квартал» is the third one, «3 квартала» are three."""
    return count > 1 and unit in ("квартал", "кв", "quarter", "полугодие", "half")
