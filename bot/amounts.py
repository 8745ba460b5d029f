"""Amounts as people write them: «1 000», «12,5K», «1,5 млн», «$99.90», «15 000 ₽», «2,5 %»."""

import re

from storage.files.numbers import MULTIPLIERS

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_SIGNS = re.compile(r"^(-?)[$€£₽₸₴₺]|(?:[$€£₽₸₴₺%]|руб(?:лей|ля|\.)?|р\.?|rub|usd|eur)$")
_AMOUNT = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)([^\W\d]+)?\.?$")
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$")
MOST = 1e15


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


def _with_point(digits: str, *, is_short: bool) -> str:
    grouped = _GROUPS.match(digits)
    if grouped and not is_short:
        return digits.replace(grouped.group(1), "")
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0:
        return digits
    whole = digits[:mark].replace("." if digits[mark] == "," else ",", "")
    return f"{whole}.{digits[mark + 1 :]}"
