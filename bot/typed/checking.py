"""What a person wants checked: names, each with the price asked for an ad there, and the ad's hours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.typed.amounts import read_amount
from metrics.errors import DomainError
from storage.files.tables.links import handle_of

AT_MOST = 5  # channels side by side
_HOURS = re.compile(r"\d{1,2}/\d{1,3}")  # «1/24»: an hour on top, 24 in the feed
_NUMBER = re.compile(r"[\d$€£₽]|(?:тыс|млн|руб|р|k|к|rub|usd)\.?$", re.IGNORECASE)
_ADDRESS = re.compile(r"@|(?:https?://)?(?:t|telegram)\.me/", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`name`: a public name, or words that may be a title of a channel of this chat."""

    name: str
    handle: str | None
    price: float | None


@dataclass(frozen=True, slots=True)
class CheckWords:
    wanted: tuple[Wanted, ...]
    hours: str | None


def read_check(text: str) -> CheckWords:
    """Raises DomainError("check.price"), ("check.too_many")."""
    tokens = text.replace(";", " ").replace(", ", " ").split()
    hours = next((token for token in tokens if _HOURS.fullmatch(token)), None)
    groups = list(_groups([token for token in tokens if not _HOURS.fullmatch(token)]))
    if len(groups) > AT_MOST:
        raise DomainError("check.too_many", most=AT_MOST)
    return CheckWords(
        tuple(Wanted(name, handle_of(name), _price(numbers)) for name, numbers in groups), hours
    )


def _groups(tokens: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Names with the numbers behind them. Words in a row are one title, unless they are addresses."""
    name: list[str] = []
    numbers: list[str] = []
    for token in tokens:
        if name and _NUMBER.match(token) and not _ADDRESS.match(token):
            numbers.append(token)
            continue
        begins = numbers or _ADDRESS.match(token) or (name and _is_address(name[-1], token))
        if name and begins:
            yield " ".join(name), numbers
            name, numbers = [], []
        name.append(token)
    if name:
        yield " ".join(name), numbers


def _is_address(before: str, token: str) -> bool:
    """«durov prstnk»: two public names, not a title of two words."""
    return bool(_LATIN.fullmatch(before.lstrip("@")) and _LATIN.fullmatch(token)) or bool(
        _ADDRESS.match(before)
    )


def _price(numbers: list[str]) -> float | None:
    if not numbers:
        return None
    price = read_amount(" ".join(numbers))
    if price is None or price <= 0:
        raise DomainError("check.price", text=" ".join(numbers)[:40])
    return price
