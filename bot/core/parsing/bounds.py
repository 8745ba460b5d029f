"""Words that bound a period: «с понедельника», “since May”, «до пятницы».

Where small words are passed over these are lost, and what is left is one day: «понедельник».
"""

import re
from collections.abc import Sequence
from datetime import date

from bot.core.parsing.addresses import Known
from bot.core.parsing.arguments import split_off_period, title_of, written
from bot.core.parsing.periods import MOST_WORDS, PeriodChoice, follows_until, parse_since
from bot.core.parsing.phrases import AROUND, fold

_SINCE = re.compile(r"с|со|since|from|начиная|starting|после|after")
_NO_PERIODS = frozenset({"все", "all", "everything", "day", "день", "the", "may", "mar", "year", "год"})


def with_bounds(words: Sequence[str], today: date) -> list[str]:
    """Returns the words with what begins at a day as one word, its two days: «с понедельника кофе» -> «23.11.2026-28.11.2026 кофе»."""
    starts = [place for place, word in enumerate(words) if _SINCE.fullmatch(fold(word))]
    for start in starts:
        for stop in range(min(len(words), start + MOST_WORDS), start + 1, -1):
            if period := parse_since(" ".join(word.strip(AROUND) for word in words[start:stop]), today):
                return [*words[:start], written(period), *words[stop:]]
    return list(words)


def split_amid(words: Sequence[str], today: date, known: Sequence[Known]) -> tuple[str, PeriodChoice | None]:
    """Splits off the period, which may stand amid the words, too: «почему вчера был такой плохой охват»."""
    bare = [word.strip(AROUND) for word in words]
    name, period = split_off_period(bare, today, known)
    for length in (3, 2, 1) if period is None else ():
        for start in range(len(bare) - length + 1):
            amid = bare[start : start + length]
            left, found = split_off_period(amid, today, known)
            if (
                found
                and not left
                and not follows_until(bare, start)
                and not title_of(" ".join(amid), known)
                and (fold(amid[-1]) not in _NO_PERIODS or fold(amid[0]) == "за")
            ):
                return " ".join([*bare[:start], *bare[start + length :]]), found
    return name, period
