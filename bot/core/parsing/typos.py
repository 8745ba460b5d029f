"""Slips of a thumb, words in the other layout, words in the other alphabet."""

import re
from collections.abc import Collection
from functools import lru_cache

_LAYOUT = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
_OTHER_LAYOUT = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")
_SURE_CHARS = 4  # a shorter word with a letter changed is another word
_LETTERS = dict(
    zip("абвгдезийклмнопрстуфхыэіїєґ", "abvgdeziiklmnoprstufhieiieg", strict=True),
    ж="zh", ц="ts", ч="ch", ш="sh", щ="sh", ъ="", ь="", ю="u", я="a", ё="e",
)  # fmt: skip
_TO_LATIN = str.maketrans(_LETTERS)
# How people spell the same sound, the longest spelling first.
_SPELLINGS = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("kh"), "h"),
    (re.compile("x"), "ks"),
    (re.compile("ck|q|c(?!h)"), "k"),
    (re.compile("w"), "v"),
    (re.compile("a[iyj](?![aeou])"), "ei"),
    (re.compile("[yji]+([aeou])"), r"\1"),
    (re.compile("[yj]"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
)


def is_one_slip(one: str, other: str) -> bool:
    """Tells whether a letter was left out, put in, changed, or two neighbours swapped: «digst», «comapre»."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_swap = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or is_swap


def in_russian_layout(text: str) -> str:
    """Returns the Russian letters of the keys that were pressed: «re[yz» is «кухня»."""
    return text.casefold().translate(_OTHER_LAYOUT)


def in_english_layout(text: str) -> str:
    """Returns the English letters of the keys that were pressed: «ещз» is “top”."""
    return text.casefold().translate(_LAYOUT)


def nearest(word: str, known: Collection[str]) -> str | None:
    """Returns the word, or a known one in the other layout or one slip away; None: none, or two as near."""
    for meant in (word, word.translate(_LAYOUT)):
        if meant in known:
            return meant
    if len(word) < _SURE_CHARS:
        return None
    lengths = (len(word) - 1, len(word), len(word) + 1)
    near = [one for one in known if len(one) in lengths and is_one_slip(word, one)]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=4096)  # every word of every title is heard at each message
def sound_of(word: str) -> str:
    """Returns a word as it roughly sounds, in Latin letters: alike for «кухня», “kuhnya” and “kukhnia”."""
    sound = word.casefold().translate(_TO_LATIN)
    for spelling, letter in _SPELLINGS:
        sound = spelling.sub(letter, sound)
    return sound
