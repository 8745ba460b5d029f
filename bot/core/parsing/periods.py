"""The period a person means: «7d», «неделя», «1.10-31.10», «октябрь». No pandas here: handlers use it."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.errors import DomainError

MAX_DAYS = 3660
WORDS = {
    "день": 1, "сутки": 1, "вчера": 1, "day": 1, "yesterday": 1,
    "неделя": 7, "неделю": 7, "week": 7,
    "месяц": 30, "month": 30,
    "квартал": 90, "quarter": 90,
    "год": 365, "year": 365,
}  # fmt: skip
MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        "янв(ар[ьяе])?|jan(uary)?", "фев(рал[ьяе])?|feb(ruary)?", "мар(та?|те)?|mar(ch)?", "апр(ел[ьяе])?|apr(il)?",
        "ма[йяе]|may", "июн[ьяе]?|june?", "июл[ьяе]?|july?", "авг(уст[ае]?)?|aug(ust)?",
        "сен(тябр[ьяе])?|sep(tember)?", "окт(ябр[ьяе])?|oct(ober)?", "ноя(бр[ьяе])?|nov(ember)?", "дек(абр[ьяе])?|dec(ember)?",
    )
)  # fmt: skip
_DAYS = re.compile(r"(\d{1,4})\s*(?:d|д|дн|дней|дня|день|days?)\.?")
_WEEKS = re.compile(r"(\d{1,3})\s*(?:w|нед|недели|недель|weeks?)\.?")
_RANGE = re.compile(r"(\S+?)\s*(?:-|–|—|\.\.+|по|to)\s*(\S+)")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ISO_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:-|–|—|\.\.+|/|\s)\s*(\d{4}-\d{2}-\d{2})")
_CODE = re.compile(r"(\d{8})-(\d{8})")


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """Either the last `days` complete local days, or the local days `first` to `last`, both included."""

    days: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def code(self) -> str:
        """At most 17 bytes: fits a button."""
        if self.first and self.last:
            return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"
        return f"{self.days}d"

    @property
    def length_days(self) -> int:
        if self.first and self.last:
            return (self.last - self.first).days + 1
        return self.days or 0


DEFAULT = PeriodChoice(days=7)


def parse_period(text: str, today: date) -> PeriodChoice:
    """Raise DomainError("period.unknown") for words that name no period, "period.backwards" for an end before its start."""
    words = " ".join(text.lower().replace("ё", "е").split())
    choice = _from_length(words) or _from_dates(words, today) or _from_month(words, today)
    if choice is None:
        raise DomainError("period.unknown", text=text[:40])
    if choice.length_days < 1:
        raise DomainError("period.backwards", text=text[:40])
    if choice.length_days > MAX_DAYS:
        raise DomainError("period.too_long", days=MAX_DAYS)
    return choice


def from_code(code: str) -> PeriodChoice:
    """The inverse of `PeriodChoice.code`; raises DomainError("period.unknown") for anything else."""
    if found := _CODE.fullmatch(code):
        try:
            return PeriodChoice(first=_compact(found[1]), last=_compact(found[2]))
        except ValueError:
            raise DomainError("period.unknown", text=code[:40]) from None
    if (found := re.fullmatch(r"(\d{1,4})d", code)) and 0 < int(found[1]) <= MAX_DAYS:
        return PeriodChoice(days=int(found[1]))
    raise DomainError("period.unknown", text=code[:40])


def split_request(text: str, today: date) -> tuple[str, PeriodChoice | None]:
    """«Кофе и код 30d» -> («Кофе и код», 30 days): the longest tail of words that names a period is the period.

    Raises DomainError("period.backwards") or ("period.too_long") where a tail names one that can't be.
    """
    words = text.split()
    for start in range(max(0, len(words) - 4), len(words)):
        try:
            return " ".join(words[:start]), parse_period(" ".join(words[start:]), today)
        except DomainError as error:
            if error.code != "period.unknown":
                raise
    return text.strip(), None


def _from_length(words: str) -> PeriodChoice | None:
    if words in WORDS:
        return PeriodChoice(days=WORDS[words])
    if found := _DAYS.fullmatch(words):
        return PeriodChoice(days=int(found[1]))
    if found := _WEEKS.fullmatch(words):
        return PeriodChoice(days=7 * int(found[1]))
    return None


def _from_dates(words: str, today: date) -> PeriodChoice | None:
    if found := _ISO_RANGE.fullmatch(words) or _RANGE.fullmatch(words):
        last = _day(found[2], today)
        first = _day(found[1], last or today)
        if first and last:
            return PeriodChoice(first=first, last=last)
        return None
    day = _day(words, today)
    return PeriodChoice(first=day, last=day) if day else None


def _from_month(words: str, today: date) -> PeriodChoice | None:
    name, _, year_text = words.partition(" ")
    for number, names in enumerate(MONTHS, start=1):
        if names.fullmatch(name):
            year = int(year_text) if year_text.isdigit() and len(year_text) == 4 else None
            if year_text and year is None:
                return None
            first = date(year or today.year, number, 1)
            if year is None and first > today:
                first = date(today.year - 1, number, 1)
            following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            return PeriodChoice(first=first, last=following - timedelta(days=1))
    return None


def _day(text: str, latest: date) -> date | None:
    """A day without a year is the latest such day that is not after `latest`."""
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
    """29 February waits for a leap year; None for a day that no year has."""
    for year in range(latest.year, latest.year - 9, -1):
        if (day, month) == (29, 2) and not isleap(year):
            continue
        found = date(year, month, day)
        if found <= latest:
            return found
    return None


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
