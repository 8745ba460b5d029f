"""What a person wants checked: names, each with the price asked for an ad there, and the ad's hours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.parsing.amounts import CURRENCY, Amount, read_typed
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink, handle_of, read_owner_link

AT_MOST = 5  # channels side by side
_HOURS = re.compile(r"\d{1,2}/\d{1,3}")  # «1/24»: an hour on top, 24 in the feed
_NUMBER = re.compile(rf"[\d$€£₽₸₴₺]|(?:тыс|млн|k|к|{CURRENCY})\.?$", re.IGNORECASE)
IN_ROUBLES = (None, "₽")  # the tables of usual prices are in roubles; nobody types what is meant anyway
_ADDRESS = re.compile(r"@|(?:https?://)?(?:t|telegram)\.me/", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """`name`: a public name, words that may be a title of a channel of this chat, or an address on another network."""

    name: str
    handle: str | None
    price: float | None
    currency: str | None = None

    @property
    def link(self) -> OwnerLink | None:
        """None for a channel of Telegram."""
        return read_owner_link(self.name)


@dataclass(frozen=True, slots=True)
class CheckWords:
    wanted: tuple[CheckQuestion, ...]
    hours: str | None


def read_check(text: str) -> CheckWords:
    """Reads what is to be checked. Raises DomainError("check.price"), ("check.too_many")."""
    tokens = text.replace(";", " ").replace(", ", " ").split()
    hours = next((token for token in tokens if _HOURS.fullmatch(token)), None)
    groups = list(_groups([token for token in tokens if not _HOURS.fullmatch(token)]))
    if len(groups) > AT_MOST:
        raise DomainError("check.too_many", most=AT_MOST)
    return CheckWords(tuple(_wanted(name, numbers) for name, numbers in groups), hours)


def _groups(tokens: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Returns names with the numbers behind them.

    Words in a row are one title, unless they are addresses.
    """
    name: list[str] = []
    numbers: list[str] = []
    for token in tokens:
        if name and _NUMBER.match(token) and not _says_where(token):
            numbers.append(token)
            continue
        begins = numbers or _says_where(token) or (name and _is_address(name[-1], token))
        if name and begins:
            yield " ".join(name), numbers
            name, numbers = [], []
        name.append(token)
    if name:
        yield " ".join(name), numbers


def _is_address(before: str, token: str) -> bool:
    """Tells whether words are two public names, «durov prstnk», not a title of two words."""
    return bool(_LATIN.fullmatch(before.lstrip("@")) and _LATIN.fullmatch(token)) or _says_where(before)


def _says_where(token: str) -> bool:
    return _ADDRESS.match(token) is not None or read_owner_link(token) is not None


def _wanted(name: str, numbers: list[str]) -> CheckQuestion:
    if not numbers:
        return CheckQuestion(name, handle_of(name), None)
    price = read_price(" ".join(numbers))
    return CheckQuestion(name, handle_of(name), price.value, price.currency)


def read_price(text: str) -> Amount:
    """Reads a price: «15000», «15 000 ₽», «$120», «15K». Raises DomainError("check.price")."""
    price = read_typed(text)
    if price is None or price.is_percent or price.value <= 0:
        raise DomainError("check.price", text=text[:40])
    return price
