"""A number of subscribers as a person types it: «12 500», «12.5K», «~12,5 тыс. подписчиков»."""

import re
from collections.abc import Sequence

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.tables.numbers import read_count

_AROUND = re.compile(r"^(?:[~≈±]|(?:около|примерно|где-то|почти|about|around|approx)(?![^\W\d_])\.?)\s*")
_WHOSE = re.compile(
    r"(?:подписчик\w*|подпис\w*|подп|участник\w*|человек|чел|subscribers?|subs|followers?|members?|people)\.?$"
)
_SPELT = {"тысяч": "тыс", "тысячи": "тыс", "тысяча": "тыс", "миллионов": "млн", "миллиона": "млн", "миллион": "млн", "thousand": "k", "million": "m"}  # fmt: skip
_SCALE = re.compile("|".join(sorted(_SPELT, key=len, reverse=True)))

_BETWEEN = re.compile(r"[\n;]|,\s+")  # «12,5 тыс.» has its comma inside
_UNKNOWN = frozenset(
    {"не знаю", "незнаю", "неизвестно", "пропустить", "don't know", "i don't know", "dont know", "skip"}
)


def says_unknown(text: str) -> bool:
    return text.casefold().replace("’", "'").strip(" .!") in _UNKNOWN


def read_subscribers(text: str) -> AudienceReading:
    """Reads a number of subscribers; the moment is left at 0.

    Raises DomainError("subscribers.not_a_number").
    """
    words = _WHOSE.sub("", _AROUND.sub("", text.strip().casefold())).strip()
    words = _SCALE.sub(lambda found: _SPELT[found[0]], words)
    count = read_count(words)
    if not count.value or not count.readable or _is_fraction(words):
        raise DomainError("subscribers.not_a_number", text=text.strip()[:40])
    return AudienceReading(0, count.value, count.step)


def _is_fraction(words: str) -> bool:
    """Tells whether it is a fraction, «12,5»: nobody has half a subscriber, and thousands are not guessed."""
    return re.fullmatch(r"\d+[.,]\d{1,2}", words) is not None


def split_count(text: str, titles: Sequence[str]) -> tuple[str, AudienceReading | None]:
    """Splits «Кофе и код 12,5 тыс.» -> («Кофе и код», 12 500): the longest tail that is a number.

    A whole title is a title, with whatever number it ends: «Топ 10».
    """
    words = text.split()
    if " ".join(words).casefold() in (title.casefold() for title in titles):
        return text.strip(), None
    for start in range(len(words)):
        try:
            return " ".join(words[:start]), read_subscribers(" ".join(words[start:]))
        except DomainError:
            continue
    return text.strip(), None


def read_for_each(text: str, titles: Sequence[str]) -> list[AudienceReading | None]:
    """Reads an answer about several channels: a number each in their order, or behind its title.

    None for a channel that is not told of. Raises DomainError("subscribers.not_a_number"),
    ("subscribers.which") where it isn't clear whose a number is.
    """
    if len(titles) == 1:
        return [read_subscribers(text)]
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
    found: dict[int, AudienceReading] = {}
    for place, piece in enumerate(pieces):
        words, count = split_count(piece, titles)
        title = words.strip(" :—-–=").casefold()
        fitting = [number for number, one in enumerate(titles) if title and title in one.casefold()]
        if count is None and (says_unknown(piece) or not title):
            continue
        if count is None:
            raise DomainError("subscribers.not_a_number", text=piece[:40])
        if not title and len(pieces) == len(titles):
            fitting = [place]
        if len(fitting) != 1:
            raise DomainError("subscribers.which", count=len(titles), titles=", ".join(titles))
        found[fitting[0]] = count
    return [found.get(place) for place in range(len(titles))]
