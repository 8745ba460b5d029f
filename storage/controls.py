"""Characters that nobody sees and that change how the rest is shown: a name with one in it can turn a sentence around."""

import unicodedata

# Direction: marks, embeddings, overrides, isolates. Joiners stay: emojis and some scripts are written with them.
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = (
    "\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
)
_LINES = "\n\t"
_CUT = dict.fromkeys(
    [
        *map(ord, _DIRECTION + _INVISIBLE),
        *(
            code
            for code in range(0xA0)
            if unicodedata.category(chr(code)) == "Cc" and chr(code) not in _LINES
        ),
    ]
) | {0x2028: "\n", 0x2029: "\n"}


def without_controls(text: str) -> str:
    """Returns `text` as it may be shown beside other text: line breaks and tabs stay."""
    return text if text.isascii() and text.isprintable() else text.translate(_CUT)


def as_name(text: str) -> str:
    """Returns a title or a name in one line; «—» where nothing of it can be seen."""
    return " ".join(without_controls(text).split()) or "—"
