"""Counters as services write them: `1 474 933`, `1,234`, `12,5 тыс.`, `8.67M`, `497.0 (100.0%)`, `-`, `NAN`.

A short form is rounded: the last digit it writes is its step (`505.9K`: 100, `8.67M`: 10 000).
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from storage.files.upload.limits import MAX_COUNT

# Without blanks and capitals.
MISSING = frozenset({
    "", "-", "--", "—", "–", "?", "nan", "null", "none", "n/a", "na", "n.a.", "n.d.", "s/d", "k.a.", "н/д", "н.д.", "н.д", "б/д", "#n/a", "#н/д",
    "undefined", "нет", "нетданных", "данныхнет", "немаєданих", "nodata", "notavailable", "unavailable", "недоступно", "скрыто", "hidden",
})  # fmt: skip

MULTIPLIERS = {
    "k": 10**3,
    "к": 10**3,
    "тыс": 10**3,
    "тис": 10**3,
    "мың": 10**3,
    "tys": 10**3,
    "tis": 10**3,
    "rb": 10**3,
    "tsd": 10**3,
    "mil": 10**3,
    "bin": 10**3,
    "mn": 10**6,
    "m": 10**6,
    "м": 10**6,
    "млн": 10**6,
    "mln": 10**6,
    "jt": 10**6,
    "mio": 10**6,
    "mi": 10**6,
    "b": 10**9,
    "млрд": 10**9,
    "万": 10**4,
    "億": 10**8,
}

COUNTED = frozenset({"views", "reach", "reactions", "comments", "forwards", "saves", "clicks", "subscribers"})
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_IN_BRACKETS = re.compile(r"\(.*?\)\s*$")
_NUMBER = re.compile(r"\+?(-?\d[\d.,]*)([^\d\W]+|万|億)?\.?$")
_GROUPED = re.compile(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3})*$")


_ABOUT = "~≈*"  # «~1 200», a star that leads to a footnote
_LONGEST = 24
_LONGEST_COUNT = 60  # with its unit and its share: «1 234 567 просмотров (100,0 %)»


class Count(NamedTuple):
    value: int | None  # None: the cell says nobody counted, or it can't be read (`readable` tells)
    step: int = 0  # rounding step, 0 when exact
    readable: bool = True


class Counts(NamedTuple):
    """A column of counters. `steps` is None when every one is exact."""

    values: list[int | None]
    steps: list[int] | None
    unreadable: int  # cells that hold something that is no number


_MISSING_COUNT = Count(None)
_UNREADABLE = Count(None, 0, readable=False)


def read_count(text: str, *, dot_is_decimal: bool = False) -> Count:
    """Reads one cell. With `dot_is_decimal` the column has shown that `1.234` is not a thousand."""
    if len(text) > _LONGEST_COUNT:
        return _UNREADABLE
    plain = _BLANKS.sub("", _IN_BRACKETS.sub("", without_unit(text))).casefold().strip(_ABOUT)
    if plain in MISSING:
        return _MISSING_COUNT
    found = _NUMBER.match(plain)
    if not found:
        return _of_powers(plain)
    digits, suffix = found.groups()
    multiplier = MULTIPLIERS.get(suffix or "", 1)
    if suffix and suffix not in MULTIPLIERS:
        return _UNREADABLE
    return _scaled(digits, multiplier, rounded=bool(suffix), dot_is_decimal=dot_is_decimal)


_POWER = re.compile(r"(\d)(?:[.,](\d{1,15}))?e\+?(\d{1,2})$")


def _of_powers(plain: str) -> Count:
    """Reads «1,23E+05», what Excel makes of a long number in a narrow column; it is as rounded as it is short."""
    found = _POWER.match(plain)
    if not found:
        return _UNREADABLE
    decimals, power = found[2] or "", int(found[3])
    value = float(f"{found[1]}.{decimals or 0}e{power}")
    if value > MAX_COUNT or len(decimals) > power:
        return _UNREADABLE
    step = 10 ** (power - len(decimals))
    return Count(round(value), step if step > 1 else 0)


_SIGNS = re.compile(r"[^\w\s.,;:%()+\-–—\[\]{}'’\"/\\#*&@=<>!?₽$€£]+")  # emoji and arrows
_PIECES = re.compile(r"(?<=\d)\s*(?:шт|чел|ед|pcs)\.?$", re.IGNORECASE)
_UNIT = re.compile(r"(.*\d(?:\s*(?:тыс|тис|млн|k|m|к|м)\.?)?)\s+([^\W\d_]{3,})\.?$", re.IGNORECASE)


def without_unit(text: str) -> str:
    """Returns a count without what it counts: «1 234 просмотра», «15 ❤», «👁 5,2 тыс.»."""
    if text.isascii() and not text[-1:].isalpha() and not text.endswith("."):
        return text
    bare = _SIGNS.sub("", text).strip()
    if bare != text.strip() and has_fraction(bare):
        return text  # a price: 💎0.10
    bare = _PIECES.sub("", bare)
    found = _UNIT.match(bare)
    return found[1] if found and _is_unit(found[2]) else bare


def _is_unit(word: str) -> bool:
    from storage.files.tables.title_words import read_title  # noqa: PLC0415 - the bot counts without it

    return read_title(word).meaning in COUNTED


def _scaled(digits: str, multiplier: int, *, rounded: bool, dot_is_decimal: bool) -> Count:
    whole, decimals = _split_decimals(digits, rounded=rounded, dot_is_decimal=dot_is_decimal)
    if len(whole) > 16 or not whole.lstrip("-").isdigit() or not (decimals or "0").isdigit():
        return _UNREADABLE
    value = float(f"{whole}.{decimals}") * multiplier
    if value < 0 or value > MAX_COUNT:
        return _UNREADABLE
    step = multiplier // 10 ** min(len(decimals), 15) if rounded else 0
    return Count(round(value), step if step > 1 else 0)


def _split_decimals(digits: str, *, rounded: bool, dot_is_decimal: bool) -> tuple[str, str]:
    """Returns whole part and decimals.

    Three digits after a mark are a group, unless the cell is a short form.
    """
    grouped = _GROUPED.match(digits)
    if grouped and not rounded and not (dot_is_decimal and grouped.group(1) == "."):
        return digits.replace(grouped.group(1), ""), ""
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0:
        return digits, ""
    whole = digits[:mark].replace(".", "").replace(",", "")
    return whole, digits[mark + 1 :]


def read_counts(cells: Sequence[Any]) -> Counts:
    """Reads a whole column: text of a CSV, numbers of a workbook, values of a JSON, or a mixture."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        try:
            values: list[int | None] = list(map(int, cells))
        except ValueError:
            return _by_distinct_text(cells)
        return _checked(values)
    if kinds <= {int, type(None)}:
        return _checked(list(cells))
    if kinds <= {float, str} and (counts := _of_workbook(cells)):
        return counts
    return _by_distinct_text([_as_text(cell) for cell in cells])


def _of_workbook(cells: Sequence[Any]) -> Counts | None:
    """Reads numbers, and blanks as ""; None where anything else is among them."""
    try:
        return _checked([None if cell == "" else round(cell) for cell in cells])
    except (TypeError, ValueError, OverflowError):  # a text, or a number that is not finite
        return None


def _checked(values: list[int | None]) -> Counts:
    known = [value for value in values if value is not None]
    if not known or (min(known) >= 0 and max(known) <= MAX_COUNT):
        return Counts(values, None, 0)
    kept = [value if value is not None and 0 <= value <= MAX_COUNT else None for value in values]
    return Counts(kept, None, kept.count(None) - values.count(None))


def _by_distinct_text(cells: Sequence[str]) -> Counts:
    """Reads every distinct text once: real columns repeat themselves."""
    distinct = set(cells)
    decimal = any(_has_decimal_dot(text) for text in distinct)
    is_turkish = any(map(_TURKISH.search, distinct)) or _are_thousands(distinct)
    parsed = {
        text: read_count(_B.sub("bin", text) if is_turkish else text, dot_is_decimal=decimal)
        for text in distinct
    }
    found = [parsed[text] for text in cells]
    steps = [count.step for count in found]
    unreadable = sum(not count.readable for count in found)
    return Counts([count.value for count in found], steps if any(steps) else None, unreadable)


# «1,2 B» is «bin», a thousand: those who write B for billions write a point. «Mn» beside it says so, too.
_TURKISH = re.compile(r"\d,\d{1,2}\s*B$|\d\s*Mn$")
_B = re.compile(r"(?<=[\d\s])B$")
_WHOLE_B = re.compile(r"\d+\s*B$")
_OF_ENGLISH = re.compile(r"\d\s*[KMkm]$|\d\.\d{1,2}\s*B$")


def _are_thousands(texts: Iterable[str]) -> bool:
    """Tells whether «12 B» is «12 bin»: nothing between a plain number and it is written short, no K and no M.

    A column that goes from hundreds to billions without a million is none of anybody's.
    """
    texts = [text.strip() for text in texts]
    return any(map(_WHOLE_B.fullmatch, texts)) and not any(map(_OF_ENGLISH.search, texts))


_DECIMAL_DOT = re.compile(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)(?!\s*[kmкм])", re.IGNORECASE)


def _has_decimal_dot(text: str) -> bool:
    return "." in text and _DECIMAL_DOT.search(_IN_BRACKETS.sub("", text)) is not None


_FRACTION = re.compile(r"-?\d*[.,](?:\d{1,2}|\d{4,})\s*%?$|-?\d+\s*%$")
_NO_FRACTION = re.compile(r"[.,]0+$")


def has_fraction(cell: object) -> bool:
    """Tells whether a cell is a share or a rate and no count: 0.0119, 4,5, 12 %."""
    if isinstance(cell, float):
        return math.isfinite(cell) and not cell.is_integer()
    text = str(cell).strip() if isinstance(cell, str) else ""
    return len(text) < _LONGEST and _FRACTION.match(text) is not None and not _NO_FRACTION.search(text)


def _as_text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(round(cell)) if math.isfinite(cell) else ""
    return str(cell)


def joint_step(steps: Sequence[int]) -> int:
    """Returns the step of a sum of independently rounded counts: the root of the sum of squares."""
    return round(math.sqrt(sum(step * step for step in steps)))
