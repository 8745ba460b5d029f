"""What is kept of a post's text: a short title, a length, its hashtags, and whether it is marked as an ad."""

import re
from typing import NamedTuple

from metrics.posts import TITLE_CHARS

AD_TAGS = frozenset({"реклама", "ad", "ads", "sponsored", "партнёрский_материал", "партнерский_материал"})

_HASHTAG = re.compile(r"#([^\W_]\w*)")
_IN_ADDRESS = re.compile(r"[/&\w]#\w+")  # `page/#part`, `&#39;`
_URL = re.compile(r"https?://\S+")
# «Реклама. ООО «Ромашка»» and the token erid, as the advertising law of 2022 has channels write it.
_AD = re.compile(r"\berid\b|реклама\W{1,3}(?:ооо|оао|ао|пао|ип)\b")


class TextFacts(NamedTuple):
    title: str | None
    length: int
    hashtags: str | None
    is_ad: bool


NO_TEXT = TextFacts(None, 0, None, is_ad=False)


def read_text(text: str) -> TextFacts:
    stripped = text.strip()
    if not stripped:
        return NO_TEXT
    title = stripped.split("\n", 1)[0]
    if "http" in title:
        title = _URL.sub("", title)
    title = title[:TITLE_CHARS].strip()
    low = stripped.lower()
    tags = dict.fromkeys(_hashtags(low)) if "#" in low else {}
    marked = not AD_TAGS.isdisjoint(tags)
    if not marked and ("erid" in low or "реклама" in low):
        marked = _AD.search(low) is not None
    return TextFacts(title or None, len(stripped), " ".join(tags) or None, marked)


def _hashtags(low: str) -> list[str]:
    if "/#" in low or "&#" in low:
        low = _IN_ADDRESS.sub(" ", low)
    return _HASHTAG.findall(low)
