"""A note as people type it: «запустили розыгрыш», «вчера сменили аватар», «кухня: реклама у Маши, 12 ноября»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.parsing.calendar_days import AHEAD, month_number
from bot.core.parsing.names import C, called
from bot.core.parsing.periods import MOST_WORDS, parse_period
from metrics.errors import DomainError

_HEAD = re.compile(r"([^:—–]{1,60}?)\s*(?::|—|–|\s-\s)\s*(.+)", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](?:\d{4}|\d{2}))?")
_WORDED = re.compile(r"\d{1,2}\s+([^\W\d]+)(?:\s+\d{4})?")
_SINCE = re.compile(r"(?:с|со|since|from)\s+")
_NEAR = re.compile(r"сегодня|позавчера|today|the day before|(?:во?|on|прошл\w+|last)\s")


@dataclass(frozen=True, slots=True)
class TypedNote:
    """`channel`: the place in the list of the one that was named; None for all of them."""

    channel: int | None
    noted_on: date
    text: str


def read_note(text: str, channels: Sequence[C], today: date) -> TypedNote:
    """Reads a note. Raises DomainError("note.empty"), ("note.future"), ("note.bad_date")."""
    said = " ".join(text.split())
    channel, noted_on = None, None
    for _ in range(2):  # a channel and a day, in either order, each before a colon or by itself
        if channel is None:
            channel, said = _split_channel(said, channels)
        if noted_on is None:
            noted_on, said = _split_day(said, today)
    if not said:
        raise DomainError("note.empty")
    if noted_on is not None and noted_on > today:
        raise DomainError("note.future", date=noted_on.strftime("%d.%m.%Y"))
    return TypedNote(channel, noted_on or today, said)


def _split_channel(text: str, channels: Sequence[C]) -> tuple[int | None, str]:
    found = _HEAD.fullmatch(text)
    if found is None or len(channels) < 2:
        return None, text
    fits = called(channels, found[1])
    return (channels.index(fits[0]), found[2].strip()) if len(fits) == 1 else (None, text)


def _split_day(text: str, today: date) -> tuple[date | None, str]:
    """Splits the longest head, else the longest tail, that names one day.

    Raises DomainError("note.bad_date").
    """
    words = text.split()
    if words and (ahead := AHEAD.get(words[0].casefold().strip(":,—–-"))):
        return today + timedelta(days=ahead), " ".join(words[1:])
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        if (day := _day(" ".join(words[:length]), today)) is not None:
            return day, " ".join(words[length:]).lstrip(":—–- ,")
    for start in range(max(1, len(words) - MOST_WORDS), len(words)):
        if (day := _day(" ".join(words[start:]), today)) is not None:
            return day, " ".join(words[:start]).rstrip(":—–- ,")
    for tried in (words[:2], words[:1], words[-2:], words[-1:]):
        if _is_no_day(said := " ".join(tried).casefold().strip(" :,.—–-")):
            raise DomainError("note.bad_date", text=said)
    return None, text


def _is_no_day(words: str) -> bool:
    """Tells whether words are written as a day that no calendar has: «31.02», «31 февраля»."""
    if found := _NUMERIC.fullmatch(words):
        return 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12
    found = _WORDED.fullmatch(words)
    return found is not None and month_number(found[1]) is not None


def _day(words: str, today: date) -> date | None:
    bare = _SINCE.sub("", words.casefold().replace("ё", "е").strip(" :,.—–-"), count=1)
    if bare in ("вчера", "yesterday"):
        return today - timedelta(days=1)
    if not (any(map(str.isdigit, bare)) or _NEAR.match(bare)):
        return None  # «день рождения» is no day, nor is “may be”; «пятница» may be the note itself
    if _ISO.fullmatch(bare):
        bare = ".".join(reversed(bare.split("-")))
    try:
        found = parse_period(bare, today)
    except DomainError:
        return None
    return found.first if found.first is not None and found.first == found.last else None
