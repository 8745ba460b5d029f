"""A channel's public pages as they were fetched -> counters. Runs in workers; no word of a post is handed on.

`t.me/s/NAME` (the preview) has posts, `t.me/NAME` (the landing page) says whose the name is and counts exactly.
"""

import re
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.decode.contents import Page
from storage.files.formats import telegram_preview
from storage.files.page_facts import Kind, Landing, Preview
from storage.files.tables.numbers import read_count
from storage.files.upload.notes import Notes

# The busiest page seen has 2 725 tags and 20 posts. Nested tags cost by their square: these many cost half a second.
MAX_TAGS = 20_000
MAX_POSTS = 100
SLOW_MIRROR_S = 3600  # a page that says it was made longer ago than that is dated by its arrival

_EXACT = re.compile(
    r"\s*(\d[\d\s\u00a0\u202f]*)\s*(subscribers?|members?|подписчик\w*|участник\w*)\b", re.IGNORECASE
)
_USERS = re.compile(r"\d\s+monthly users", re.IGNORECASE)
_BOT_NAME = re.compile(r"@\w+bot", re.IGNORECASE)


def read_preview(data: bytes, now: int) -> Preview | None:
    """Returns what a preview page says; None: it is no preview of a channel.

    Raises DomainError("page.unreadable").
    """
    page = _open(data)
    if telegram_preview.recognise(page) is None:
        return None
    if page.text.count("data-post=") > MAX_POSTS:
        raise DomainError("page.unreadable")
    try:
        (part,) = telegram_preview.read(page, Notes(ZoneInfo("UTC"), as_of=now))
    except DomainError:  # a channel without a single post and without a count
        return None
    numbered = (post for post in part.posts if _is_id(post.external_id))
    posts = sorted((_counters(post, now) for post in numbered), key=lambda post: post.published_at)
    counted = part.audience[0]._replace(observed_at=now) if part.audience else None
    return Preview(
        part.channel.name,
        part.channel.handle,
        part.channel.external_id,
        tuple(posts),
        counted,
        _older(page.tree),
    )


def read_landing(data: bytes) -> Landing:
    """Returns what a landing page says.

    Raises DomainError("page.unreadable") for a page of something else.
    """
    page = _open(data)
    if 'class="tgme_page' not in page.text:
        raise DomainError("page.unreadable")
    said = [" ".join(node.text().split()) for node in page.tree.css(".tgme_page_extra")]
    titles = page.tree.css(".tgme_page_title")
    has_preview = page.tree.css_first(".tgme_page_context_link[href^='/s/']") is not None
    if not titles:
        return Landing("nobody", None, None, has_preview)
    counted = next((found for text in said if (found := _EXACT.match(text))), None)
    name = (titles[0].css_first("span") or titles[0]).text().strip().removesuffix("✔").strip()[:128]
    return Landing(
        _kind(said, counted, has_preview=has_preview),
        name,
        read_count(counted.group(1)).value if counted else None,
        has_preview,
    )


def _kind(said: list[str], counted: re.Match[str] | None, *, has_preview: bool) -> Kind:
    """Returns what a page is of. «members» are a group's since 2022, until then a channel's too.

    Only a channel had a preview then.
    """
    if counted is None:
        is_bot = any(_USERS.search(text) or _BOT_NAME.fullmatch(text) for text in said)
        return "bot" if is_bot else "person"
    of_channel = counted.group(2).casefold().startswith(("subscriber", "подписчик"))
    return "channel" if of_channel or has_preview else "group"


def _open(data: bytes) -> Page:
    if data.count(b"<") > MAX_TAGS:
        raise DomainError("page.unreadable")
    return Page(data.decode("utf-8", errors="replace"), data)


def _counters(post: Post, now: int) -> Post:
    """Returns the post without anything that people wrote, read when the page was made, if that is likely."""
    made = post.observed_at if now - SLOW_MIRROR_S <= post.observed_at <= now else now
    return post._replace(title=None, hashtags=None, observed_at=made, observed_exact=True)


def _older(tree: LexborHTMLParser) -> int | None:
    for node in tree.css(".tme_messages_more[data-before]"):
        before = node.attributes.get("data-before") or ""
        if _is_id(before):
            return int(before)
    return None


def _is_id(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= 12
