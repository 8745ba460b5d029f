"""What is kept of a post's text: a short title, a length, its hashtags, and whether it is marked as an ad."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from metrics.posts import TITLE_CHARS
from storage.controls import without_controls

AD_TAGS = frozenset({"реклама", "ad", "ads", "sponsored", "партнёрский_материал", "партнерский_материал"})

_HASHTAG = re.compile(r"#([^\W_]\w*)")
_IN_ADDRESS = re.compile(r"[/&\w]#\w+")  # `page/#part`, `&#39;`
_URL = re.compile(r"https?://\S+")
_SEPARATOR = "\x00"
_MARKS = ("#", "erid", "реклама")
# «Реклама. ООО «Ромашка»» and the token erid, as the advertising law of 2022 has channels write it.
_AD = re.compile(r"\berid\b|реклама\W{1,3}(?:ооо|оао|ао|пао|ип)\b")


class TextFacts(NamedTuple):
    title: str | None
    length: int
    hashtags: str | None
    is_ad: bool


class TextColumns(NamedTuple):
    """The same facts of many texts, a list each."""

    titles: list[str | None]
    lengths: list[int]
    hashtags: list[str | None]
    ads: list[bool]


def read_text(text: str) -> TextFacts:
    columns = read_texts([text])
    return TextFacts(columns.titles[0], columns.lengths[0], columns.hashtags[0], columns.ads[0])


def read_texts(texts: Sequence[str]) -> TextColumns:
    """Reads whole columns at a time: `http`, `#`, `erid` are looked for once, in all texts together."""
    stripped = [text.strip() for text in texts]
    if any(_SEPARATOR in text for text in stripped):
        stripped = [text.replace(_SEPARATOR, "") for text in stripped]
    low = _SEPARATOR.join(stripped).lower()
    titles: list[str | None] = [text.split("\n", 1)[0][:TITLE_CHARS].rstrip() or None for text in stripped]
    if "http" in low:
        titles = [
            _title_without_address(text) if "http" in text else title
            for text, title in zip(stripped, titles, strict=True)
        ]
    titles = [title if title is None else without_controls(title).strip() or None for title in titles]
    rows = low.split(_SEPARATOR) if any(mark in low for mark in _MARKS) else []
    hashtags: list[str | None] = list(map(_hashtags, rows)) if "#" in low else [None] * len(stripped)
    return TextColumns(titles, list(map(len, stripped)), hashtags, _ads(low, rows, hashtags))


def _ads(low: str, rows: list[str], hashtags: list[str | None]) -> list[bool]:
    """Tells which texts are ads. `low`: all texts in lower case, joined; `rows`: the same apart."""
    by_tags = {tags: tags is not None and not AD_TAGS.isdisjoint(tags.split(" ")) for tags in set(hashtags)}
    marked = [by_tags[tags] for tags in hashtags]
    if "erid" in low or "реклама" in low:
        return [known or _AD.search(row) is not None for known, row in zip(marked, rows, strict=True)]
    return marked


def _title_without_address(text: str) -> str | None:
    return _URL.sub("", text.split("\n", 1)[0])[:TITLE_CHARS].strip() or None


def _hashtags(low: str) -> str | None:
    if "#" not in low:
        return None
    if "/#" in low or "&#" in low:
        low = _IN_ADDRESS.sub(" ", low)
    found = _HASHTAG.findall(low)
    return " ".join(dict.fromkeys(found)) or None if len(found) != 1 else found[0]
