"""Amounts as people write them: «1 000», «12,5K», «1,5 млн», «$99.90», «15 000 ₽», «2,5 %»."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from metrics.errors import DomainError
from storage.files.tables.numbers import MULTIPLIERS

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
# How a currency is shown, and how people spell it behind a number.
_SPELLED = {
    "₽": r"₽|руб\w*\.?|р\.?|rub|rur",
    "$": r"\$|usd|bucks?|dollars?|долл\w*\.?|бакс\w*",
    "€": r"€|euros?|eur|евро",
    "£": r"£|gbp",
    "грн": r"грн\.?|гривен|гривны|uah",
    "₴": r"₴",
    "₸": r"₸|тенге|тг\.?|kzt",
    "₺": r"₺",
}
CURRENCY = "|".join(_SPELLED.values())
_CURRENCIES = {sign: re.compile(f"(?:{spelled})$") for sign, spelled in _SPELLED.items()}
_SIGN_FIRST = re.compile(r"([-+]?)([$€£₽₸₴₺])(?=[\d.,])")
_AMOUNT = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)([^\W\d]+)?\.?$")
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$")
_LISTED = re.compile(r"[;\n]|,\s")  # «15 000, 45 000»
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?[^\W\d]*%?$")  # what may follow «15 » in «15 000»
_LEADING = re.compile(r"[-+$€£₽₸₴₺]*[1-9]\d{0,2}$")
_WORD = re.compile(r"[^\W\d]+\.?$|[%$€£₽₸₴₺]$")  # what may follow «15 » in «15 тыс.», «15 %»
MOST = 1e15
MOST_WORDS = 24
WORDS_BEHIND = 2  # «15 тыс. руб.»


@dataclass(frozen=True, slots=True)
class Amount:
    """`currency` as it is shown («₽», «$», «грн»), None where none was typed."""

    value: float
    currency: str | None = None
    is_percent: bool = False


def read_amount(text: str) -> float | None:
    """Reads a number, or None. Three digits behind a mark are thousands, unless 0 stands before: «0,125»."""
    amount = read_typed(text)
    return None if amount is None else amount.value


def read_typed(text: str) -> Amount | None:
    """Reads as `read_amount`, with the currency or the percent sign beside the number."""
    bare, currency = _without_currency(_BLANKS.sub("", text).casefold())
    value = _value(bare.removesuffix("%"))
    return None if value is None else Amount(value, currency, bare.endswith("%"))


def read_one(text: str) -> Amount | None:
    """Reads one amount; None where the words may be several numbers: «1000 1500»."""
    return read_typed(text) if _is_one_amount(text.split()) else None


def read_amounts(text: str, counts: Collection[int]) -> list[float]:
    """Returns the numbers of `read_several`."""
    return [amount.value for amount in read_several(text, counts)]


def read_several(text: str, counts: Collection[int]) -> list[Amount]:
    """Reads several amounts, as many as one of `counts`: «15000 45000», «15 000; 45 000», «15 тыс 45 тыс».

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
    """Yields every way to join neighbours into amounts that are written like one."""
    for count in counts:
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = zip((0, *cuts), (*cuts, len(words)), strict=True)
            parted = [words[first:last] for first, last in edges]
            if all(map(_is_one_amount, parted)):
                yield [" ".join(part) for part in parted]


def _is_one_amount(words: Sequence[str]) -> bool:
    digits = list(words)
    while len(digits) > max(1, len(words) - WORDS_BEHIND) and _WORD.match(digits[-1]):
        digits.pop()
    if len(digits) <= 1:
        return bool(digits)
    return bool(_LEADING.match(digits[0])) and all(map(_GROUP.match, digits[1:]))


def _is_part(word: str) -> bool:
    """Tells whether a word is a number, or what may stand behind one: «тыс.», «₽»."""
    return read_amount(word) is not None or read_amount(f"1 {word}") is not None


def _all_amounts(texts: Sequence[str]) -> list[Amount] | None:
    amounts = [read_typed(text) for text in texts]
    return [amount for amount in amounts if amount is not None] if None not in amounts else None


def _without_currency(bare: str) -> tuple[str, str | None]:
    if found := _SIGN_FIRST.match(bare):
        return found.group(1) + bare[found.end() :], found.group(2)
    for sign, spelled in _CURRENCIES.items():
        if found := spelled.search(bare):
            return bare[: found.start()], sign
    return bare, None


def _value(bare: str) -> float | None:
    found = _AMOUNT.match(bare)
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


def _with_point(digits: str, *, is_short: bool) -> str:
    grouped = _GROUPS.match(digits)
    if grouped and not is_short:
        return digits.replace(grouped.group(1), "")
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0:
        return digits
    whole = digits[:mark].replace("." if digits[mark] == "," else ",", "")
    return f"{whole}.{digits[mark + 1 :]}"
