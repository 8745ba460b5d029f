"""A number of subscribers as a person types it: «12 500», «12.5K», «~12,5 тыс. подписчиков»."""

import re

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.tables.numbers import read_count

_AROUND = re.compile(r"^(?:[~≈±]|(?:около|примерно|где-то|почти|about|around|approx)(?![^\W\d_])\.?)\s*")
_WHOSE = re.compile(
    r"(?:подписчик\w*|подпис\w*|подп|участник\w*|человек|чел|subscribers?|subs|followers?|members?|people)\.?$"
)
_SPELT = {"тысяч": "тыс", "тысячи": "тыс", "тысяча": "тыс", "миллионов": "млн", "миллиона": "млн", "миллион": "млн", "thousand": "k", "million": "m"}  # fmt: skip
_SCALE = re.compile("|".join(sorted(_SPELT, key=len, reverse=True)))

_UNKNOWN = frozenset(
    {"не знаю", "незнаю", "неизвестно", "пропустить", "don't know", "i don't know", "dont know", "skip"}
)


def says_unknown(text: str) -> bool:
    return text.casefold().replace("’", "'").strip(" .!") in _UNKNOWN


def read_subscribers(text: str) -> AudienceReading:
    """The moment is left at 0. Raises DomainError("subscribers.not_a_number")."""
    words = _WHOSE.sub("", _AROUND.sub("", text.strip().casefold())).strip()
    words = _SCALE.sub(lambda found: _SPELT[found[0]], words)
    count = read_count(words)
    if not count.value or not count.readable or _is_fraction(words):
        raise DomainError("subscribers.not_a_number", text=text.strip()[:40])
    return AudienceReading(0, count.value, count.step)


def _is_fraction(words: str) -> bool:
    """«12,5»: nobody has half a subscriber, and whether thousands were meant is not ours to guess."""
    return re.fullmatch(r"\d+[.,]\d{1,2}", words) is not None
