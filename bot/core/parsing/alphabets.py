"""One word in two alphabets: «кухня» and “kuhnya”, “kukhnia”; «кофе» and “coffee”."""

import re

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
    (re.compile("[yji]+([aeou])"), r"\1"),
    (re.compile("[yj]"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
)


def sound_of(word: str) -> str:
    """Returns a word as it roughly sounds, in Latin letters: alike for the spellings of one word in both alphabets."""
    sound = word.casefold().translate(_TO_LATIN)
    for spelling, letter in _SPELLINGS:
        sound = spelling.sub(letter, sound)
    return sound
