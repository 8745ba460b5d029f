"""A note as people type it: «запустили розыгрыш», «вчера сменили аватар», «кухня: реклама у Маши, 12 ноября»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.parsing.names import C, called
from bot.core.parsing.periods import MONTHS, MOST_WORDS, parse_period
from metrics.errors import DomainError

_HEAD = re.compile(r"([^:—–]{1,60}?)\s*(?::|—|–|\s-\s)\s*(.+)", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](?:\d{4}|\d{2}))?")
_ORDINAL = re.compile(r"(?:on )?(?:the )?(\d{1,2})-?(?:го|ого|е|st|nd|rd|th)(?: числа)?")
_WORDED = re.compile(r"\d{1,2}\s+([^\W\d]+)(?:\s+\d{4})?")
_LATER = {"завтра": 1, "tomorrow": 1, "послезавтра": 2}
_EARLIER = {"позавчера": 2, "the day before yesterday": 2}


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
    if words and (ahead := _LATER.get(words[0].casefold().strip(":,—–-"))):
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
    return found is not None and any(names.fullmatch(found[1]) for names in MONTHS)


def _day(words: str, today: date) -> date | None:
    bare = words.casefold().strip(" :,.—–-")
    if bare in _EARLIER:
        return today - timedelta(days=_EARLIER[bare])
    if bare in ("вчера", "yesterday"):
        return today - timedelta(days=1)
    if ordinal := _ORDINAL.fullmatch(bare):
        return _latest(int(ordinal[1]), today)
    if not (bare in ("сегодня", "today") or any(map(str.isdigit, bare))):
        return None  # «день рождения» is no day, nor is “may be”
    if _ISO.fullmatch(bare):
        bare = ".".join(reversed(bare.split("-")))
    try:
        found = parse_period(bare, today)
    except DomainError:
        return None
    return found.first if found.first is not None and found.first == found.last else None


def _latest(number: int, today: date) -> date | None:
    """Returns the latest day of this number, of this month or the one before: «5го»."""
    for first in (today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)):
        day = first + timedelta(days=number - 1)
        if number and day.month == first.month and day <= today:
            return day
    return None
