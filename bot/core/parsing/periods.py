"""The period a person means: «7d», «за неделю», «с 1 по 15 октября», «last month». No pandas here: handlers use it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.parsing.calendar_days import (
    COMPARED_WITH,
    DAY,
    ORDINAL,
    TO,
    UNITS,
    Span,
    beginning,
    day_of_month,
    months_from,
    read_day,
    with_numbers,
)
from bot.core.parsing.lengths import read_length, with_digits
from bot.core.parsing.spans import read_after_preposition, read_named, read_span, read_year
from metrics.errors import DomainError

MAX_DAYS = 3660
PIECES_REMEMBERED = 1024  # every way to read a message tries the same pieces of it
_LEAD = re.compile(
    r"(?:(?:за|в|во|на|от|течени[еи]|период|from|for|in|on|over|during|within|the|весь|всю|все|цел\w+|whole|entire)\s+)+"
    r"(?:(?:недел[юяи]|месяц|дни|даты|days|week)\s+(?=(?:с|со|from)\s))?"
)
_PREPOSITION = re.compile(r"(?:за|во?|на|from|for|in|on|over|during)\s")
_COMPARING_WITH = re.compile(rf"(?:с|со)\s+(?=.*\b(?:{'|'.join(COMPARED_WITH)})$)")
_SINCE = re.compile(
    r"(?:начиная\s+)?(?:с|со|since|starting(?:\s+from)?|(?P<after>после|after))\s+(?P<since>.+)|(?P<short>[ym]td|(?:year|month) to date)"
)
_UNTIL = re.compile(r"до|until|till")
_NUMBER = re.compile(rf"(\d{{1,2}}){ORDINAL}")
_NOW = re.compile(r"сей день|сейчас|текущ\w+ (?:день|момент)|настоящее время|now|the present")
_BEGINNING = re.compile(r"(?:самого )?(?:начала|(?:the )?(?:beginning|start) of)(?: the)?(?: (?P<of>.+))?")
_WHOSE_YEAR = re.compile(
    r"(?<=[^\W\d])(?: of)? (?:(?P<before>позапрошлого)|(?P<last>прошлого|last)|этого|this) (?:года|year)\b"
)
_SUFFIX = re.compile(r"(?<=\d)\s+(?:года?|г\.?)$")
_EVERYTHING = re.compile(
    r"(?:за |for |over )?(?:все(?: время)?|весь (?:период|срок)|всю (?:историю|жизнь)|вся история|все дни|all(?: the)?(?: time)?|everything|lifetime)"
    r"|с (?:самого )?начала|since the (?:very )?(?:beginning|start)|from the (?:very )?(?:beginning|start)"
)
_YEAR = re.compile(
    r"(?:за|в|in|for)\s+(20\d\d(?:-?(?:й|м))?)(?:\s+(?:год|году|г\.?))?|(20\d\d(?:-?(?:й|м))?\s+(?:год|году|г\.?))"
)
_SEPARATOR = re.compile(rf"{TO}|\s+(?P<list>и|and)\s+")
_FROM = re.compile(r"(?:с|со|from)\s+")
_IN_BETWEEN = re.compile(r"(?:между|between)\s+(.+?)\s+(?:и|and)\s+(.+)")
_NUMBERS_OF_MONTH = re.compile(
    rf"(?P<lead>(?:с|со|from)\s+)?(?P<first>\d{{1,2}}){ORDINAL}{TO}(?P<last>\d{{1,2}}){ORDINAL}(?P<said>\s+числ\w+)?"
)
_ISO_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:-|–|—|\.\.+|/|\s)\s*(\d{4}-\d{2}-\d{2})")
# «за 30»: days, as nobody means anything else by a number alone.
_SO_MANY = re.compile(
    r"(?:за|for)(?: последние| the last| last)?\s+(\d{1,4})|(?:последние|last|past)\s+(\d{1,4})"
)
_ON = re.compile(r"(?:во?|on)\s+")
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
MOST_WORDS = 9  # «с 1 октября прошлого года по 15 января этого года»


def parse_period(text: str, today: date) -> PeriodChoice:
    """Returns the period that words name.

    Raises DomainError("period.unknown") for words that name no period, "period.backwards" for an end before
    its start, "period.too_long".
    """
    said = _plain(text)
    choice = EVERYTHING if _EVERYTHING.fullmatch(said) else _read(said, today)
    if choice is None:
        raise DomainError("period.unknown", text=text[:40])
    if choice.length_days < 1:
        raise DomainError("period.backwards", text=text[:40])
    if choice.length_days > MAX_DAYS:
        raise DomainError("period.too_long", days=MAX_DAYS)
    return choice


def _plain(text: str) -> str:
    return with_digits(" ".join(text.lower().replace("ё", "е").split()).strip(" ,.!?"))


@lru_cache(maxsize=PIECES_REMEMBERED)
def parse_since(text: str, today: date) -> PeriodChoice | None:
    """Returns the period of words that say where it begins: «с понедельника», «с 1 по 15 октября»; None for others.

    «С прошлой неделей» is compared with, and «с октября по май» of one year ends before it begins.
    """
    said = _plain(text)
    if _COMPARING_WITH.match(said):
        return None
    words = with_numbers(_with_years(said, today))
    span = (_between(words, today) if _FROM.match(words) else None) or _since(words, today)
    is_period = span is not None and span.first <= span.last and (span.last - span.first).days < MAX_DAYS
    return PeriodChoice(first=span.first, last=span.last) if span and is_period else None


@lru_cache(maxsize=PIECES_REMEMBERED)
def _read(said: str, today: date) -> PeriodChoice | None:
    said = _COMPARING_WITH.sub("", said)
    bare = _SUFFIX.sub("", _LEAD.sub("", said, count=1) if _LEAD.match(said) else said)
    words = with_numbers(_IN_BETWEEN.sub(r"\1 - \2", _with_years(bare, today)))
    span = _year(said) or _between(words, today) or _since(words, today)
    if span is None and (so_many := _SO_MANY.fullmatch(said)):
        return PeriodChoice(days=int(so_many[1] or so_many[2]))
    if span is None and (days := read_length(bare)) is not None:
        return PeriodChoice(days=days)
    span = (
        span
        or read_span(words, today)
        or (read_after_preposition(words, today) if _PREPOSITION.match(said) else None)
    )
    return PeriodChoice(first=span.first, last=span.last) if span else None


def _year(said: str) -> Span | None:
    found = _YEAR.fullmatch(said)
    return read_year(found[1] or found[2]) if found else None


def may_be_to_come(text: str, today: date) -> bool:
    """Tells whether a text is a weekday or a season and nothing else: «в пятницу» is said of the next one as often."""
    said = _ON.sub("", " ".join(text.lower().split()).strip(" ,.!?"), count=1)
    days = read_named(said, today)
    return days is not None and (days.first == days.last or days.first.month != days.last.month)


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
        if not follows_until(words, start):
            yield words[:start], words[start:]
    if with_heads:
        for stop in range(min(len(words) - 1, MOST_WORDS), 0, -1):
            yield words[stop:], words[:stop]


def follows_until(words: Sequence[str], place: int) -> bool:
    """Tells whether the days at a place are an end alone: «до пятницы» is not Friday."""
    return place > 0 and _UNTIL.fullmatch(words[place - 1].casefold()) is not None


def _between(words: str, today: date) -> Span | None:
    """Reads «1.10-15.10», «с понедельника по пятницу», «с октября по сегодня», «сентябрь и октябрь», «с 1 по 15»."""
    if found := _ISO_RANGE.fullmatch(words):
        first, last = read_day(found[1], today), read_day(found[2], today)
        return Span(first, last) if first and last else None
    found = _NUMBERS_OF_MONTH.fullmatch(words)
    if found and (found["lead"] or found["said"]):
        return _numbers(int(found["first"]), int(found["last"]), today)
    if found:  # «10-20» may be hours, posts, anything
        return None
    ends = _FROM.sub("", words, count=1) if _FROM.match(words) else words
    for separator in _SEPARATOR.finditer(ends):
        till = _end(ends[separator.end() :], today)
        since = _end(ends[: separator.start()], till.last) if till else None
        if since and till and (not separator["list"] or since.last + DAY >= till.first):
            return Span(since.first, till.last)
    return None


def _numbers(first: int, last: int, today: date) -> Span | None:
    """Reads «с 1 по 15» as of the latest month that has both days and has begun so far; «с 20 по 5» lies in two."""
    if first > last:
        ended = day_of_month(last, today)
        begun = day_of_month(first, ended) if ended else None
    else:
        month = months_from(today.month, 1, today)
        ended = day_of_month(last, month.last if first <= today.day else month.first - DAY)
        begun = ended.replace(day=first) if ended and first else None
    return Span(begun, ended) if begun and ended else None


def _since(words: str, today: date) -> Span | None:
    """Reads «с 1 октября», «с понедельника», «с начала года», “since May”, «после 10 октября»: up to today."""
    found = _SINCE.fullmatch(words)
    if found is None:
        return None
    if short := found["short"]:
        return Span(beginning("month" if short.startswith("m") else "year", today), today)
    begun = _BEGINNING.fullmatch(found["since"])
    unit = _calendar_unit(begun["of"] or "") if begun else None
    if unit:
        return Span(beginning(unit, today), today)
    named = _end(begun["of"] or "" if begun else found["since"], today)
    if named is None:
        return None
    first = named.last + DAY if found["after"] else named.first
    return Span(first, today) if first <= today else None


def _calendar_unit(words: str) -> str | None:
    return next((unit for unit, pattern in UNITS if re.fullmatch(pattern, words)), None)


def _end(words: str, today: date) -> Span | None:
    """Reads what one end of a range names; there «пт», «15» and «2025» are days and a year."""
    words = words.strip()
    if _NOW.fullmatch(words):
        return Span(today, today)
    number = _NUMBER.fullmatch(words)
    day = day_of_month(int(number[1]), today) if number else None
    if day:
        return Span(day, day)
    return read_span(words, today) or read_after_preposition(words, today) or read_year(words)


def _with_years(words: str, today: date) -> str:
    """«октябрь прошлого года» -> «октябрь 2025»."""

    def number(found: re.Match[str]) -> str:
        return f" {today.year - (2 if found['before'] else 1 if found['last'] else 0)}"

    return _WHOSE_YEAR.sub(number, words)


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
