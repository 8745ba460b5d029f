"""Bytes -> text. The ladder: byte order mark, UTF-8, UTF-16 without a mark, Cyrillic and Latin of one byte, the last two by plausibility."""

import codecs
import re
from typing import NamedTuple

from metrics.errors import DomainError
from storage.files.decode.alphabets import western_encoding
from storage.files.upload.limits import MAX_BYTES, MAX_MEGABYTES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pictures, documents and archives that people send by mistake. ZIP and old workbooks are looked at before this.
_BINARY_STARTS = (
    b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"RIFF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"SQLite format", b"\x7fELF", b"MZ\x90",
    b"OggS", b"ID3",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]{3,}")
_INSIDE_LATIN = re.compile(r"(?<=[A-Za-z])[а-яёА-ЯЁ]|[а-яёА-ЯЁ](?=[A-Za-z])")
_SAMPLE_CHARS = 20_000
ENCODINGS = ("cp1251", "koi8-u", "cp866", "mac_cyrillic")
_WORD = re.compile(r"[^\W\d_]+")
_LIKELY = re.compile(r"(?:[а-яёіїєґ]+|[А-ЯЁІЇЄҐ][а-яёіїєґ]*|[А-ЯЁІЇЄҐ]{2,})$")
_COMMON = re.compile(r"[оеаинтсрвлОЕАИНТСРВЛ]")
# Frames of DOS, letters of other Slavs, marks that stand inside words only when read wrongly.
_STRANGE = re.compile(r"[\u2500-\u259fЂЃѓЉЊЌЋЏђљњќћџЈјЅѕ¤¶†‡€™©®¬√≤≥≈÷■∙·]")
_BETTER = 1.15


class DecodedText(NamedTuple):
    text: str
    encoding: str


def decode(data: bytes) -> DecodedText:
    """Returns the text of bytes. Raises DomainError: file.empty, file.too_large, file.binary."""
    if len(data) > MAX_BYTES:
        raise DomainError("file.too_large", max_megabytes=MAX_MEGABYTES)
    if not data.strip(b"\x00 \t\r\n"):
        raise DomainError("file.empty")
    if data.startswith(_BINARY_STARTS) or data[4:8] == b"ftyp":
        raise DomainError("file.binary")
    decoded = _by_mark(data) or _as_utf8(data) or _as_bare_utf16(data) or _as_one_byte(data)
    if decoded is None or _looks_binary(decoded.text):
        raise DomainError("file.binary")
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise DomainError("file.empty")
    return decoded


def _by_mark(data: bytes) -> DecodedText | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding) or DecodedText(data.decode(encoding, errors="replace"), encoding)
    return None


def _as_utf8(data: bytes) -> DecodedText | None:
    if b"\x00" in data[:4096]:
        return None
    found = _try(data, "utf-8")
    if found is None:
        # A download cut inside its last character is still UTF-8.
        found = next((cut for end in (1, 2, 3) if (cut := _try(data[:-end], "utf-8"))), None)
    return found


def _as_bare_utf16(data: bytes) -> DecodedText | None:
    """Returns UTF-16 without its mark decoded, or None.

    About every second byte of an ASCII-heavy head is zero.
    """
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 5 or min(even, odd) > len(head) // 50:
        return None
    return _try(data, "utf-16-le" if odd > even else "utf-16-be")


def _as_one_byte(data: bytes) -> DecodedText | None:
    if b"\x00" in data:
        return None
    russian = _try(data, likeliest_encoding(data))
    western = _try(data, western_encoding(data))
    if russian and (western is None or _reads_as_russian(russian.text)):
        return russian
    return western or DecodedText(data.decode("cp1252", errors="replace"), "cp1252")


def _reads_as_russian(text: str) -> bool:
    """Tells whether a text is Russian: its Cyrillic comes in words, and between them as «н/д».

    Western letters read as cp1251 stand inside Latin words.
    """
    sample = text[:_SAMPLE_CHARS]
    letters = len(re.findall(r"[а-яёА-ЯЁ]", sample))
    in_words = sum(map(len, _CYRILLIC.findall(sample)))
    in_latin = len(_INSIDE_LATIN.findall(sample))
    return letters > 0 and (in_words >= letters * 0.6 or in_words > in_latin)


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE_CHARS]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return strange > max(2, len(sample) // 100)


def _try(data: bytes, encoding: str) -> DecodedText | None:
    try:
        return DecodedText(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def likeliest_encoding(data: bytes) -> str:
    """Returns cp1251 unless another encoding reads clearly better: Windows writes nearly all such files."""
    scores = {
        encoding: _score(data[:_SAMPLE_CHARS].decode(encoding, errors="replace")) for encoding in ENCODINGS
    }
    best = max(ENCODINGS, key=lambda encoding: scores[encoding])
    return best if scores[best] > max(scores["cp1251"], 0) * _BETTER else "cp1251"


def _score(text: str) -> float:
    """Returns a score of letters in likely words, common ones twice, less what no Russian text has."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    likely = [word for word in words if _LIKELY.match(word)]
    good = sum(map(len, likely)) + sum(len(_COMMON.findall(word)) for word in likely)
    bad = sum(map(len, words)) - sum(map(len, likely))
    return good - 2 * bad - 2 * len(_STRANGE.findall(text))
