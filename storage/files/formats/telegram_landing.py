"""The page `t.me/NAME`, saved as HTML: an exact number of subscribers, and nothing of posts. Groups, bots, people are refused."""

import re

from selectolax.lexbor import LexborHTMLParser

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.files.decode.contents import Page
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.numbers import read_count
from storage.files.upload.notes import Notes

_AUDIENCE = re.compile(
    r"^\s*(\d[\d\s\u00a0\u202f]*)\s*(?:subscribers?|members?|подписчик\w*)\s*$", re.IGNORECASE
)
_DOMAIN = re.compile(r"tg://resolve\?domain=(\w+)")


def recognise(page: Page) -> Recognition | None:
    if 'class="tgme_page' in page.text:
        return Recognition(0.9, "tgme_page")
    return None


def read(source: Page, notes: Notes) -> list[Part]:
    """Reads the audience of a page. Raises DomainError("file.page_not_channel")."""
    page = source.tree
    said = [node.text() for node in page.css(".tgme_page_extra")]
    found = next((match for text in said if (match := _AUDIENCE.match(text))), None)
    title = page.css_first(".tgme_page_title")
    if found is None or title is None:
        raise DomainError(
            "file.page_not_channel", found="; ".join(" ".join(text.split()) for text in said)[:100]
        )
    count = read_count(found.group(1))
    moment = notes.moment_of_page()
    span = title.css_first("span")
    name = (span or title).text().strip().removesuffix("✔")
    part = Part(channel("telegram", name=name, handle=_handle(page)), days=(moment, moment))
    part.audience = [AudienceReading(moment, count.value or 0, 0)]
    return [part]


def _handle(page: LexborHTMLParser) -> str | None:
    for node in page.css("meta[content^='tg://resolve'], a[href^='tg://resolve']"):
        found = _DOMAIN.match(node.attributes.get("content") or node.attributes.get("href") or "")
        if found:
            return found.group(1)
    return None


FORMAT = Format("telegram_landing", "html", recognise, read)
