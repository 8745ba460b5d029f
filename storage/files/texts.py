"""What is kept of a post's text: a short title, a length, its hashtags, and whether it is marked as an ad."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from metrics.posts import TITLE_CHARS

AD_TAGS = frozenset({"реклама", "ad", "ads", "sponsored", "партнёрский_материал", "партнерский_материал"})

_HASHTAG = re.compile(r"#([^\W_]\w*)")
_IN_ADDRESS = re.compile(r"[/&\w]#\w+")  # `page/#part`, `&#39;`
_URL = re.compile(r"https?://\S+")
_SEPARATOR = "\x00"
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
    """Whole columns at a time: what no text holds (`http`, `#`, `erid`) is looked for once, in all of them together."""
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
    none: list[str | None] = [None] * len(stripped)
    hashtags = list(map(_hashtags, low.split(_SEPARATOR))) if "#" in low else none
    ads = [False] * len(stripped)
    if "erid" in low or "реклама" in low or "#" in low:
        ads = [_is_ad(text, tags) for text, tags in zip(low.split(_SEPARATOR), hashtags, strict=True)]
    return TextColumns(titles, list(map(len, stripped)), hashtags, ads)


def _title_without_address(text: str) -> str | None:
    return _URL.sub("", text.split("\n", 1)[0])[:TITLE_CHARS].strip() or None


def _hashtags(low: str) -> str | None:
    if "#" not in low:
        return None
    if "/#" in low or "&#" in low:
        low = _IN_ADDRESS.sub(" ", low)
    return " ".join(dict.fromkeys(_HASHTAG.findall(low))) or None


def _is_ad(low: str, hashtags: str | None) -> bool:
    if hashtags and not AD_TAGS.isdisjoint(hashtags.split(" ")):
        return True
    return ("erid" in low or "реклама" in low) and _AD.search(low) is not None
