"""The period a person means: «7d», «за неделю», «с 1 по 15 октября», «last month». No pandas here: handlers use it."""

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.errors import DomainError

MAX_DAYS = 3660
WORDS = {
    "день": 1, "сутки": 1, "вчера": 1, "day": 1, "yesterday": 1,
    "неделя": 7, "неделю": 7, "week": 7,
    "месяц": 30, "month": 30,
    "квартал": 90, "quarter": 90,
    "полгода": 182, "half a year": 182,
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
MONTH = "|".join(f"(?:{months.pattern})" for months in MONTHS)
_ORDINAL = r"(?:-?(?:го|е|st|nd|rd|th))?"
_TO = r"\s*(?:-|–|—|\.\.+|по|до|to|till|until)\s*"
# «1-15 октября», “Oct 1-15”: one month for both days.
_DAYS_OF_MONTH = re.compile(
    rf"(?P<first>\d{{1,2}}){_ORDINAL}{_TO}(?P<last>\d{{1,2}}){_ORDINAL} (?P<month>{MONTH})(?P<year> \d{{4}})?"
)
_MONTH_OF_DAYS = re.compile(
    rf"(?P<month>{MONTH}) (?P<first>\d{{1,2}}){_ORDINAL}{_TO}(?P<last>\d{{1,2}}){_ORDINAL}(?P<year>,? \d{{4}})?"
)
_DAY_OF_MONTH = re.compile(rf"\b(?P<first>\d{{1,2}}){_ORDINAL} (?P<month>{MONTH})\b(?P<year> \d{{4}}\b)?")
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{MONTH}) (?P<first>\d{{1,2}}){_ORDINAL}\b(?!\d)(?P<year>,? \d{{4}}\b)?"
)
_LEAD = re.compile(r"(?:(?:за|в|во|на|с|со|from|for|in|over|during|the|весь|всю)\s+)+")
_LATEST = re.compile(r"(?:последн\w+|last|past)\s+")
_SUFFIX = re.compile(r"(?<=\d)\s+(?:года?|г\.?)$")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_EVERYTHING = re.compile(
    r"(?:за |for |over )?(?:все(?: время)?|весь период|всю историю|вся история|all(?: the)?(?: time)?|everything)"
)
_YEAR = re.compile(r"(?:(?:за|в|in|for)\s+(20\d\d)(?:\s+(?:год|году|г\.?))?|(20\d\d)\s+(?:год|году|г\.?))")
_WHICH = re.compile(
    r"(?:(?P<before>прошл\w+|предыдущ\w+|минувш\w+|last|previous)|(?P<now>эт\w+|текущ\w+|this|current))\s+"
    r"(?:(?P<week>недел\w+|week)|(?P<month>месяц\w*|month)|(?P<quarter>квартал\w*|quarter)|(?P<year>год\w*|year))"
)
_DAYS = re.compile(r"(\d{1,4})\s*(?:d|д|дн|дней|дня|день|days?)\.?")
_MONTHS = re.compile(r"(\d{1,2})\s*(?:мес|месяца|месяцев|месяц|months?)\.?")
_WEEKS = re.compile(r"(\d{1,3})\s*(?:w|нед|недели|недель|weeks?)\.?")
_RANGE = re.compile(rf"(\S+?){_TO}(\S+)")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ISO_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:-|–|—|\.\.+|/|\s)\s*(\d{4}-\d{2}-\d{2})")
# «за 30»: days, as nobody means anything else by a number alone.
_SO_MANY = re.compile(
    r"(?:за|for)(?: последние| the last| last)?\s+(\d{1,4})|(?:последние|last|past)\s+(\d{1,4})"
)
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
EVERYTHING = PeriodChoice(days=MAX_DAYS)
MOST_WORDS = 7  # «с 1 октября по 15 октября 2026»


def parse_period(text: str, today: date) -> PeriodChoice:
    """Returns the period that words name.

    Raises DomainError("period.unknown") for words that name no period, "period.backwards" for an end before
    its start, "period.too_long".
    """
    said = " ".join(text.lower().replace("ё", "е").split()).strip(" ,.!?")
    words = _SUFFIX.sub("", _LEAD.sub("", said, count=1) if _LEAD.match(said) else said)
    if found := _YEAR.fullmatch(said):
        year = int(found[1] or found[2])
        return PeriodChoice(first=date(year, 1, 1), last=date(year, 12, 31))
    if _EVERYTHING.fullmatch(said):
        return EVERYTHING
    so_many = _SO_MANY.fullmatch(said)
    choice = (
        (PeriodChoice(days=int(so_many[1] or so_many[2])) if so_many else None)
        or _from_calendar(words, today)
        or _from_length(_LATEST.sub("", words, count=1) if _LATEST.match(words) else words)
        or _from_dates(_with_numbers(words), today)
        or _from_month(words, today)
    )
    if choice is None:
        raise DomainError("period.unknown", text=text[:40])
    if choice.length_days < 1:
        raise DomainError("period.backwards", text=text[:40])
    if choice.length_days > MAX_DAYS:
        raise DomainError("period.too_long", days=MAX_DAYS)
    return choice


def from_code(code: str) -> PeriodChoice:
    """Reads a code of `PeriodChoice.code`; raises DomainError("period.unknown") for anything else."""
    if found := _CODE.fullmatch(code):
        try:
            return PeriodChoice(first=_compact(found[1]), last=_compact(found[2]))
        except ValueError:
            raise DomainError("period.unknown", text=code[:40]) from None
    if (found := re.fullmatch(r"(\d{1,4})d", code)) and 0 < int(found[1]) <= MAX_DAYS:
        return PeriodChoice(days=int(found[1]))
    raise DomainError("period.unknown", text=code[:40])


def split_request(text: str, today: date, titles: Sequence[str] = ()) -> tuple[str, PeriodChoice | None]:
    """Splits «Кофе и код 30d», «за неделю Кофе и код» -> («Кофе и код», the period).

    The longest tail of words that names a period is the period, else the longest head; a number behind a name is days:
    «Кофе 30». What is the whole or the beginning of one of `titles` names no period, nor does a number of theirs. Raises DomainError("period.backwards") or
    ("period.too_long") where a tail names one that can't be.
    """
    words = text.split()
    whole = " ".join(words).casefold()
    if any(whole == title.casefold() for title in titles):
        return text.strip(), None
    is_begun_title = any(title.casefold().startswith(whole) for title in titles)
    for rest, piece in _pieces(words, with_heads=not is_begun_title):
        try:
            return " ".join(rest), parse_period(" ".join(piece), today)
        except DomainError as error:
            if error.code != "period.unknown":
                raise
    if titles and (days := _days_behind_name(words, titles)):
        return " ".join(words[:-1]), PeriodChoice(days=days)
    return text.strip(), None


def _days_behind_name(words: Sequence[str], titles: Sequence[str]) -> int | None:
    """Returns the days of «кухню 30», by a title's word in any case of its; None for «просмотры 900», which tells how many."""
    if len(words) < 2 or not re.fullmatch(r"[1-9]\d{0,3}", words[-1]):
        return None
    of_titles = [word for title in titles for word in title.casefold().split()]
    name, days = words[-2].casefold().strip("\"'«»“”.,:"), int(words[-1])
    stem_chars = max(3, len(name) - 2)
    is_named = len(name) >= 3 and any(word.startswith(name[:stem_chars]) for word in of_titles)
    return days if is_named and days <= MAX_DAYS and words[-1] not in of_titles else None


def _pieces(words: Sequence[str], *, with_heads: bool) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yields the words without a tail, and the tail; then without a head, and the head: the longest first."""
    for start in range(max(0, len(words) - MOST_WORDS), len(words)):
        yield words[:start], words[start:]
    if with_heads:
        for stop in range(min(len(words) - 1, MOST_WORDS), 0, -1):
            yield words[stop:], words[:stop]


def _from_calendar(words: str, today: date) -> PeriodChoice | None:
    """Reads days of the calendar, up to today: «сегодня», «прошлый месяц», “this week”. None for others."""
    if words in ("сегодня", "today"):
        return PeriodChoice(first=today, last=today)
    found = _WHICH.fullmatch(words)
    if found is None:
        return None
    unit = next(name for name in ("week", "month", "quarter", "year") if found[name])
    first = _beginning(unit, today)
    if found["now"]:
        return PeriodChoice(first=first, last=today)
    last = first - timedelta(days=1)
    return PeriodChoice(first=_beginning(unit, last), last=last)


def _beginning(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[unit]
    return date(day.year, month, 1)


def _with_numbers(words: str) -> str:
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
    number = next(at for at, names in enumerate(MONTHS, start=1) if names.fullmatch(found["month"]))
    year = (found["year"] or "").strip(" ,")
    return f"{found[day]}.{number}" + (f".{year}" if year else "")


def _from_length(words: str) -> PeriodChoice | None:
    if words in WORDS:
        return PeriodChoice(days=WORDS[words])
    if found := _DAYS.fullmatch(words):
        return PeriodChoice(days=int(found[1]))
    if found := _WEEKS.fullmatch(words):
        return PeriodChoice(days=7 * int(found[1]))
    if found := _MONTHS.fullmatch(words):
        return PeriodChoice(days=30 * int(found[1]))
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
            year = int(year_text) if re.fullmatch(r"[12]\d{3}", year_text) else None
            if year_text and year is None:
                return None
            first = date(year or today.year, number, 1)
            if year is None and first > today:
                first = date(today.year - 1, number, 1)
            following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            return PeriodChoice(first=first, last=following - timedelta(days=1))
    return None


def _day(text: str, latest: date) -> date | None:
    """Reads a day; without a year it is the latest such day that is not after `latest`."""
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


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
