"""Two periods of one channel beside each other: «сравни кухню за октябрь с сентябрём», “October vs September for coffee”."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known
from bot.core.parsing.arguments import line_of, split_off_period, title_of, written
from bot.core.parsing.periods import PeriodChoice, parse_period
from bot.core.parsing.phrases import AROUND, FILLERS, fold
from bot.core.parsing.vocabulary import group
from bot.core.parsing.year_before import says_year_before, year_before
from metrics.errors import DomainError

DAY = timedelta(days=1)
MOST_AROUND_DAYS = 30  # on each side of a day
AGAINST = "против"  # stands between the two in a command's line
_TELLS = group(r"сравн\w+ сопостав\w+ compar\w+ против versus vs vs\. against отлича\w+ разниц\w+ difference")
_BETWEEN = group(r"и с со к от против или and with to vs vs\. versus against")
_BESIDE = group(v.METRICS, v.CHANNELS, v.REPORTS, v.COMPARE, r"между between was were было были")
_DAY_BETWEEN = re.compile(
    r"\b(?:до (?:и|/)? ?после|before (?:and|/)? ?after|до/после|before/after)\b", re.IGNORECASE
)
_LINE = re.compile(rf"\s+(?:{AGAINST}|vs\.?|versus)\s+", re.IGNORECASE)
_UNIT = re.compile(r"(?:недел[яюи]|месяц|квартал|год|week|month|quarter|year)", re.IGNORECASE)
_ELLIPTIC = re.compile(r"(?:позапрошл|прошл|предыдущ)\w+|last|previous", re.IGNORECASE)
_BEFORE = re.compile(r"(?:the )?(week|month|quarter|year) before(?: (?:that|last|it))?", re.IGNORECASE)
# With «сентябрём»: a month in the case that comparing asks for.
_WITH_IT = re.compile(r"(январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[её]м", re.IGNORECASE)
_OTHERS_WITH_IT = {"мартом": "март", "маем": "май", "августом": "август", "летом": "лето", "весной": "весна"}


def of_two_periods(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of two periods of one channel, or of whichever is chosen; None for anything else."""
    bare = [_plain(word.strip(AROUND)) for word in words if word.strip(AROUND)]
    if line := _around_a_day(bare, known, today):
        return line
    if not any(map(_TELLS.fullmatch, map(fold, words))):
        return None
    for before, after in _parted(bare):
        (first_name, first) = _read(before, known, today)
        (second_name, second) = _read(_whole(after, before), known, today)
        if first and says_year_before(after):
            second_name, second = "", year_before(first, today)
        title = title_of(f"{first_name} {second_name}".strip(), known)
        if title is None or not first or not second or first == second:
            continue
        return line_of("er", title, written(first), AGAINST, written(second))
    return None


def split_two(text: str, today: date) -> tuple[str, PeriodChoice, PeriodChoice] | None:
    """Splits «Кухня 1.10-31.10 против 1.9-30.9» into a name and both periods; None for any other line."""
    parts = _LINE.split(text.strip())
    if len(parts) != 2:
        return None
    try:
        second = parse_period(parts[1], today)
    except DomainError:
        return None
    name, first = split_off_period(parts[0].split(), today, ())
    return None if first is None else (name, first, second)


def _around_a_day(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of «кофе до и после 15 октября»: as many days from that day on as have passed, and before it."""
    others, said = _DAY_BETWEEN.subn(" ", " ".join(words), count=1)
    if not said:
        return None
    name, period = _read(others.split(), known, today)
    title = title_of(name, known)
    if title is None or period is None or period.first is None or period.first != period.last:
        return None
    days = min((today - period.first).days, MOST_AROUND_DAYS)
    if days < 1:
        return None
    by = timedelta(days=days)
    after = PeriodChoice(first=period.first, last=period.first + by - DAY)
    before = PeriodChoice(first=period.first - by, last=period.first - DAY)
    return line_of("er", title, written(after), AGAINST, written(before))


def _parted(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for place, word in enumerate(words):
        if 0 < place < len(words) - 1 and _BETWEEN.fullmatch(word.casefold()):
            yield words[:place], words[place + 1 :]


def _whole(words: Sequence[str], before: Sequence[str]) -> Sequence[str]:
    """«прошлый месяц с позапрошлым» -> «позапрошлым месяц», “last week with the week before” -> “week before last”."""
    text = " ".join(words)
    unit = next((word for word in before if _UNIT.fullmatch(word)), None)
    if unit is not None and _ELLIPTIC.fullmatch(text):
        return [*words, unit]
    found = _BEFORE.fullmatch(text)
    return [found[1], "before", "last"] if found else words


def _read(words: Sequence[str], known: Sequence[Known], today: date) -> tuple[str, PeriodChoice | None]:
    """Returns the words that may be a channel's name, and the period among them."""
    said = [word for word in words if not _TELLS.fullmatch(fold(word))]
    name, period = split_off_period(said, today, known)
    for start in range(len(said)) if period is None else ():
        rest, found = split_off_period(said[start:], today, known)
        if found:
            name, period = " ".join([*said[:start], rest]), found
            break
    left = [word for word in name.split() if not _BESIDE.fullmatch(fold(word)) and fold(word) not in FILLERS]
    return " ".join(word for word in left if not v.FUNCTION.fullmatch(fold(word))), period


def _plain(word: str) -> str:
    """«сентябрём» -> «сентябрь»."""
    return _OTHERS_WITH_IT.get(word.casefold()) or _WITH_IT.sub(r"\1ь", word)
