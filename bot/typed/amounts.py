"""Amounts as people write them: «1 000», «12,5K», «1,5 млн», «$99.90», «15 000 ₽», «2,5 %»."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from metrics.errors import DomainError
from storage.files.tables.numbers import MULTIPLIERS

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_SIGNS = re.compile(r"^(-?)[$€£₽₸₴₺]|(?:[$€£₽₸₴₺%]|руб(?:лей|ля|\.)?|р\.?|rub|usd|eur)$")
_AMOUNT = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)([^\W\d]+)?\.?$")
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$")
_LISTED = re.compile(r"[;\n]|,\s")  # «15 000, 45 000»
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?[^\W\d]*%?$")  # what may follow «15 » in «15 000»
_LEADING = re.compile(r"[-+$€£₽]*[1-9]\d{0,2}$")
_WORD = re.compile(r"[^\W\d]+\.?$|[%$€£₽]$")  # what may follow «15 » in «15 тыс.», «15 %»
MOST = 1e15
MOST_WORDS = 24


def read_amount(text: str) -> float | None:
    """None where it is no number. Three digits behind a mark are thousands, unless 0 stands before it: «0,125»."""
    found = _AMOUNT.match(_SIGNS.sub(r"\1", _BLANKS.sub("", text).casefold()))
    if not found:
        return None
    sign, digits, suffix = found.groups()
    factor = MULTIPLIERS.get(suffix, 0) if suffix else 1
    if not factor:
        return None
    try:
        amount = float(_with_point(digits, is_short=bool(suffix))) * factor
    except ValueError:
        return None
    return (-amount if sign == "-" else amount) if amount <= MOST else None


def read_amounts(text: str, counts: Collection[int]) -> list[float]:
    """Several amounts, as many as one of `counts`: «15000 45000», «15 000; 45 000», «15 тыс 45 тыс».

    Raises DomainError("amounts.unclear") where blanks could part as well as group, ("amounts.count") for another
    number of them, ("amounts.not_a_number").
    """
    parts = [part for part in _LISTED.split(text) if part.strip()]
    readings = [parts] if len(parts) > 1 else [*_partings(text.split()[:MOST_WORDS], counts)]
    fitting = [found for found in map(_all_amounts, readings) if found and len(found) in counts]
    if len(fitting) > 1:
        raise DomainError("amounts.unclear")
    if fitting:
        return fitting[0]
    words = parts if len(parts) > 1 else text.split()
    if wrong := next((word for word in words if not _is_part(word)), None):
        raise DomainError("amounts.not_a_number", text=wrong.strip()[:40])
    raise DomainError("amounts.count", count=min(counts), given=len(words))


def _partings(words: Sequence[str], counts: Collection[int]) -> Iterator[list[str]]:
    """Every way to join neighbours into amounts that are written like one."""
    for count in counts:
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = zip((0, *cuts), (*cuts, len(words)), strict=True)
            parted = [words[first:last] for first, last in edges]
            if all(map(_is_one_amount, parted)):
                yield [" ".join(part) for part in parted]


def _is_one_amount(words: Sequence[str]) -> bool:
    if not words:
        return False
    digits = words[:-1] if len(words) > 1 and _WORD.match(words[-1]) else words
    if len(digits) == 1:
        return True
    return bool(_LEADING.match(digits[0])) and all(map(_GROUP.match, digits[1:]))


def _is_part(word: str) -> bool:
    """A number, or what may stand behind one: «тыс.», «₽»."""
    return read_amount(word) is not None or read_amount(f"1 {word}") is not None


def _all_amounts(texts: Sequence[str]) -> list[float] | None:
    amounts = [read_amount(text) for text in texts]
    return [amount for amount in amounts if amount is not None] if None not in amounts else None


def _with_point(digits: str, *, is_short: bool) -> str:
    grouped = _GROUPS.match(digits)
    if grouped and not is_short:
        return digits.replace(grouped.group(1), "")
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0:
        return digits
    whole = digits[:mark].replace("." if digits[mark] == "," else ",", "")
    return f"{whole}.{digits[mark + 1 :]}"
