"""The same days of the year before: «тот же период в прошлом году», «а год назад?», “same period last year”."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.parsing import vocabulary as v
from bot.core.parsing.periods import EVERYTHING, PeriodChoice
from bot.core.parsing.phrases import FILLERS, fold
from bot.core.parsing.vocabulary import FUNCTION, group

_AGO = re.compile(
    r"\b(?:год(?:ом)? (?:тому )?(?:назад|раньше|ранее)|год к году|(?:a|one) year (?:ago|earlier|before)|year over year|yoy)\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:прошл|предыдущ|минувш)\w+ год\w{0,2}|(?:last|previous|prior) year|(?:the )?year before)\b"
)
_SAME = re.compile(
    r"\b(?:(?:тот|та|то|те|того|тех|тем|теми|той|том|ту|этот|эти|этих|такой|такие|таких) же|аналогичн\w+|(?:в )?это (?:же )?время|same)\b"
)
_BESIDE = group(
    v.METRICS,
    v.CHANNELS,
    v.COMPARE,
    r"период\w* дни дней дням днями даты дат датами срок\w* время времени месяц\w* недел\w+ квартал\w* отрезок отрезк\w+ же то"
    r" period days? dates? time weeks? months? quarter",
)
_COMPARES = re.compile(r"\b(?:сравн\w+|сопостав\w+|против|compar\w+|against|vs|versus)\b")
_DAYS = timedelta(days=1)
_LEAP_DAY = (2, 29)


def says_year_before(words: Sequence[str]) -> bool:
    """Tells whether words mean the same days of the year before, and nothing else; «прошлый год» alone is that year."""
    said = " ".join(word for word in map(fold, words) if word)
    is_said = _AGO.search(said) or (_BEFORE.search(said) and _SAME.search(said))
    rest = _SAME.sub(" ", _BEFORE.sub(" ", _AGO.sub(" ", said))).split()
    return is_said is not None and all(map(_says_nothing, rest))


def wants_comparison(words: Sequence[str]) -> bool:
    return _COMPARES.search(" ".join(map(fold, words))) is not None


def year_before(period: PeriodChoice, today: date) -> PeriodChoice | None:
    """Returns the same days of the year before; None of everything."""
    shown = dated(period, today)
    if shown is None or shown.first is None or shown.last is None:
        return None
    return PeriodChoice(first=_earlier(shown.first), last=_earlier(shown.last))


def dated(period: PeriodChoice, today: date) -> PeriodChoice | None:
    """Returns a period by its first and last day; None of everything."""
    if period == EVERYTHING:
        return None
    if period.first and period.last:
        return period
    return PeriodChoice(first=today - period.length_days * _DAYS, last=today - _DAYS)


def _says_nothing(word: str) -> bool:
    return bool(FUNCTION.fullmatch(word) or _BESIDE.fullmatch(word)) or word in FILLERS


def _earlier(day: date) -> date:
    is_leap = (day.month, day.day) == _LEAP_DAY
    return day.replace(year=day.year - 1, day=28 if is_leap else day.day)
