"""Which encoding of one byte a text in Latin letters is in: the one under which its words are words of a language.

Windows writes Western, Turkish and Central European text, Excel for Mac its own Western one; the bytes of each are
letters in all the others, too.
"""

import re
from collections.abc import Sequence

# German, French, Spanish, Portuguese, Italian, Nordic, Dutch.
_WESTERN = ("äöüßé", "àâæçéèêëîïôœùûüÿ", "áéíóúüñªº", "áâãàçéêíóôõúª", "àèéìíîòóùúº", "åäöæøéü", "áéëïóöüè")
_TURKISH = "çğıöşüâîûİ"
# Polish, Czech and Slovak, Hungarian, Croatian and Slovene, Romanian.
_CENTRAL = ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "ăâîşţ")
_ALPHABETS = {
    "cp1252": _WESTERN,
    "cp1254": (_TURKISH,),
    "cp1250": _CENTRAL,
    "mac_roman": _WESTERN,
}
_LETTERS = {
    encoding: [frozenset(letters + letters.upper()) for letters in alphabets]
    for encoding, alphabets in _ALPHABETS.items()
}
_CHUNK = re.compile(rb"[A-Za-z0-9]*[\x80-\xff][A-Za-z0-9\x80-\xff]*")  # with a byte that says something
_MOST_CHUNKS = 2_000
_WORD = re.compile(r"[^\W\d_]+")
_MARK_INSIDE = re.compile(
    r"(?<=[a-z])[^\w\s’'·-](?=[a-z])|(?<=\d)[^\W\d_](?=\d)|œ(?![uidst])"
)  # as in «œuvre»
_MARKS = frozenset("„“”‘’‚«»‹›–—…•°€£§©®™·¿¡´±×\u00a0\u00ad№")
_BARE_RETURN = re.compile(rb"\r(?!\n)")


def western_encoding(data: bytes) -> str:
    """Returns the encoding under which most words are words; cp1252 where none is better.

    Bare carriage returns are the line ends of Excel for Mac: there its encoding goes first.
    """
    chunks = _CHUNK.findall(data)[:_MOST_CHUNKS]
    order = list(_LETTERS)
    if b"\n" not in data and _BARE_RETURN.search(data):
        order.insert(0, order.pop())
    fitting = {encoding: _most_in_one_language(chunks, encoding) for encoding in order}
    return max(order, key=lambda encoding: fitting[encoding])


def _most_in_one_language(chunks: Sequence[bytes], encoding: str) -> int:
    read = [letters for chunk in chunks if (letters := _letters_of_words(chunk, encoding)) is not None]
    return max(sum(letters <= alphabet for letters in read) for alphabet in _LETTERS[encoding])


def _letters_of_words(chunk: bytes, encoding: str) -> set[str] | None:
    """Returns the letters beyond ASCII; None if what is written there are no words."""
    try:
        text = chunk.decode(encoding)
    except UnicodeDecodeError:
        return None
    if _MARK_INSIDE.search(text):
        return None
    marks = {mark for mark in text if not mark.isascii()}
    letters = {mark for mark in marks if mark.isalpha()}
    if not marks - letters <= _MARKS or not all(map(_is_cased, _WORD.findall(text))):
        return None
    return letters


def _is_cased(word: str) -> bool:
    """Tells whether no capital stands after a small letter: «GefŠllt» was read wrongly."""
    return word.islower() or word.isupper() or word[1:].islower() or len(word) == 1
