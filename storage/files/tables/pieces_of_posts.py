"""A piece of a text that tells of a post: its date, address and price, and what is counted, each beside its figure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from storage.files.tables.columns import COUNTER_MEANINGS, meaning_of
from storage.files.tables.date_words import month_of, names_a_day
from storage.files.tables.numbers import MULTIPLIERS

_LONGEST_END = 40  # the figures behind a text
_CLOCK = r"(?:,?\s*(?:(?:в|at|um|о|о б)\s)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:мск|msk|utc|gmt)\b)?)?"
_DATE = re.compile(
    rf"(?<![\w.,/])(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:T\d{{2}}:\d{{2}}(?::\d{{2}})?)?|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)(?![\w/])(?!\.\d){_CLOCK}",
    re.IGNORECASE,
)
_WORDED_DATE = re.compile(
    rf"(?<![\w.,])\d{{1,2}}(?:-?го)?\.?\s+([^\W\d_]{{3,9}})\.?(?:\s+\d{{4}})?(?:\s*г(?:ода|\.)?)?{_CLOCK}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)([^\W\d_]{{3,9}})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!:\d)(?:,?\s+\d{{4}})?(?![.,]?\d){_CLOCK}",
    re.IGNORECASE,
)
_RELATIVE_DATE = re.compile(rf"(?<!\w)([^\W\d_]{{3,9}}){_CLOCK}", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|(?<!\w)(?:t\.me|vk\.com|telegram\.me)/)[^\s<>()\[\]|]+", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:(?:№\s*)?\d{1,4}[.)]|[-*•–—·▪])\s+")
_UNITS = "|".join(sorted(map(re.escape, filter(str.isalpha, MULTIPLIERS)), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d])|\d+(?:[.,]\d+)*"
_FIGURE = re.compile(rf"(?<![\w.,+])((?:{_NUMBER})(?:\s?(?:{_UNITS})\b\.?)?)(?!\s*%)", re.IGNORECASE)
_FIGURES_AT_END = re.compile(rf"(?:[\s—–:=|-]+(?:{_NUMBER})(?:\s?(?:{_UNITS})\b\.?)?)+\s*$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)?|[\u2190-\u2bff\U0001f300-\U0001faff]")
_DECORATION = frozenset(
    "📅📆🗓📝✏📌📍🔗📊📈📉⏰⏱🕐🕒🕕🕘👥👤🆔🔹🔸▪▫✅☑✔➡→←↑↓⭐🔢💰📢📣🖼🎥📷🏆🥇🥈🥉📎🔔📰⚡❗❓☕"
)
_BESIDE = re.compile(r"[\s\ufe0f\u200d]*[:=—–-]?[\s\ufe0f]*")
_PRICE = re.compile(
    rf"(?:{_NUMBER})(?:\s?(?:тыс|к|k)\.?)?\s?(?:₽|€|\$|руб\w*\.?|р\.|rub\b|usd\b)|[$€]\s?(?:{_NUMBER})",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}")
_COUNTED = frozenset({*COUNTER_MEANINGS, "subscribers"})
_SUMS = re.compile(
    r"(?:итого|всего|в сумме|суммарно|в среднем|среднее|total|average|усього|разом|gesamt)\b", re.IGNORECASE
)
# The other end of a period, and no «— 1.12 тыс.».
_LATER = re.compile(
    r"\s*(?:[-–—]|(?:по|to|до)\b)\s*\d{1,2}(?:[./](?:0\d|1[0-2])(?![\w,])(?!\s*(?:тыс|к\b|k\b|м\b|m\b|млн))|\s+([^\W\d_]{3,9})(?![^\W\d_]))",
    re.IGNORECASE,
)
_SOONER = re.compile(r"(?<!\d)\d{1,2}(?:\s?[-–—]|\s+по\s*)$", re.IGNORECASE)
_PLANNED = re.compile(r"(?:цель|план\w*|прогноз\w*|ожида\w+|kpi|target|goal)\W*$", re.IGNORECASE)
_PLANNED_CHARS = 16
EDGES = " \t\n\r-–—:;,.|()[]•·«»/\ufe0f"


class Item(NamedTuple):
    """What one piece of text says: counters as (title, figure), the words left over."""

    date: str
    link: str
    text: str
    counts: dict[str, tuple[str, str]]  # meaning, or the sign itself -> title as written, figure
    is_sum: bool = False  # of a period, or of all the posts
    channel: str = ""
    price: str = ""


def figures_at_end(line: str) -> list[re.Match[str]]:
    """Returns the figures a line ends in, one behind another."""
    end = _FIGURES_AT_END.search(line, max(0, len(line) - _LONGEST_END))
    return list(_FIGURE.finditer(line, end.start())) if end else []


def begins_with_date(line: str) -> bool:
    """Tells whether the first thing a line says is a date, after a number, a sign, «Дата:»: not «скидка до 15.10»."""
    date, rest = take_date(line)
    before = rest.partition("\n")[0].strip(EDGES)
    return bool(date) and (not any(map(str.isalpha, before)) or meaning_of(before) == "date")


def take_date(piece: str) -> tuple[str, str]:
    """Returns the first date of a piece, "" without one, and the piece without it."""
    date, before, after = _split_at_date(piece)
    return (date, f"{before} \n {after}") if date else ("", piece)


def _split_at_date(piece: str) -> tuple[str, str, str]:
    """Returns the first date of a piece, and what stands before and behind it; "" and the piece without one."""
    link = _LINK.search(piece)
    plain = piece if link is None else piece[: link.start()] + " " * len(link[0]) + piece[link.end() :]
    found = [
        match
        for match in (
            _DATE.search(plain),
            *(
                next((one for one in pattern.finditer(plain) if month_of(one[1])), None)
                for pattern in (_WORDED_DATE, _MONTH_FIRST)
            ),
            next((one for one in _RELATIVE_DATE.finditer(plain) if names_a_day(one[1])), None),
        )
        if match
    ]
    if not found:
        return "", piece, ""
    first = min(found, key=lambda match: match.start())
    return first[0].strip(" ,"), piece[: first.start()], piece[first.end() :]


def _is_period(date: str, before: str, after: str) -> bool:
    """Tells whether a date is an end of a period: «01.10–07.10», «1–7 октября», «с 1 по 7 октября»."""
    later = _LATER.match(after)
    if any(map(str.isalpha, date)):  # before a date of digits a figure and a dash are the number of the line
        before = before.rstrip()
    return _SOONER.search(before) is not None or bool(
        later and (later[1] is None or month_of(later[1]) is not None)
    )


def read_item(piece: str) -> Item:
    date, before, after = _split_at_date(without_number(piece))
    rest = f"{before} \n {after}"
    link = _LINK.search(rest)
    if link:
        rest = f"{rest[: link.start()]} \n {rest[link.end() :]}"
    price, handle = _PRICE.search(rest), _HANDLE.search(rest)
    if price:
        rest = f"{rest[: price.start()]} \n {rest[price.end() :]}"
    is_sum = _SUMS.match(without_number(piece)) is not None or _is_period(date, before, after)
    counts, spans = _counts_of(rest)
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]}\n{rest[end:]}"
    words = [line.strip(EDGES) for line in rest.splitlines()]
    return Item(
        date,
        link[0].rstrip(".,;:") if link else "",
        " ".join(filter(None, words)),
        counts,
        is_sum=is_sum,
        channel=handle[0] if handle and price else "",  # a placement; in a text of one's own it is an address
        price=price[0] if price else "",
    )


def without_number(piece: str) -> str:
    number = _NUMBERED.match(piece)
    return piece[number.end() :] if number else piece


def _counts_of(text: str) -> tuple[dict[str, tuple[str, str]], list[tuple[int, int]]]:
    """Returns the counters of a piece and where they stand: all named before their figures, or all behind them."""
    names = [(name, key) for name in _NAME.finditer(text) if (key := _counted(name[0]))]
    figures = list(_FIGURE.finditer(text))
    before = _pairs(text, names, figures, names_first=True)
    behind = _pairs(text, names, figures, names_first=False)
    chosen = behind if len(behind) > len(before) else before
    counts = {key: (name[0], figure[1]) for name, key, figure in chosen}
    return counts, [
        (min(name.start(), figure.start()), max(name.end(), figure.end())) for name, _, figure in chosen
    ]


def _pairs(
    text: str,
    names: Sequence[tuple[re.Match[str], str]],
    figures: Sequence[re.Match[str]],
    *,
    names_first: bool,
) -> list[tuple[re.Match[str], str, re.Match[str]]]:
    starts = {figure.start(1): figure for figure in figures}
    ends = {figure.end(1): figure for figure in figures}
    found = []
    for name, key in names:
        if names_first:
            gap = _BESIDE.match(text, name.end())
            figure = starts.get(gap.end()) if gap else None
        else:
            left = text[: name.start()]
            figure = ends.get(len(left.rstrip(" \t\u00a0\u202f\ufe0f")))
        start = min(name.start(), figure.start()) if figure else 0
        if figure and not _PLANNED.search(text[max(0, start - _PLANNED_CHARS) : start]):
            found.append((name, key, figure))
    return found


def _counted(name: str) -> str | None:
    """Returns what a word or a sign counts: a meaning, the sign itself for a kind of reaction; None for others."""
    meaning = meaning_of(name)
    if meaning in _COUNTED:
        return meaning
    is_reaction = len(name) == 1 and not name.isalpha() and name not in _DECORATION
    return name if is_reaction and meaning is None else None
