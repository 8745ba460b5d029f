"""Telegram Desktop, "Export chat history" as HTML: a page of 1000 messages, one `div.message` each. No views anywhere.

One query takes every node of interest in document order; a message collects what comes until the next one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.decode.contents import Page
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.telegram_desktop import merge_albums
from storage.files.tables.dates import read_dates
from storage.files.tables.numbers import read_counts
from storage.files.tables.telegram_messages import fill_absent
from storage.files.tables.texts import read_texts
from storage.files.upload.assemble import posts_of
from storage.files.upload.notes import Notes

# One `:is()` instead of a selector for each class: half the time.
_NODES = (
    "div:is(.message, .date, .text, .count, .userpics, .media, .photo_wrap, .forwarded.body, .from_name), "
    "span.count, a:is(.photo_wrap, .media, .video_file_wrap, .animated_wrap, .sticker_wrap)"
)
_MESSAGE = '<div class="message '
_AT_ONCE = 1000  # messages a tree is made of: the tree of a whole long page takes twenty times the page
_LEAST_SHARE = 0.9  # of a channel's messages are its own
_MEDIA = {
    "media_photo": "photo",
    "photo_wrap": "photo",
    "video_file_wrap": "video",
    "media_video": "video",
    "animated_wrap": "video",
    "sticker_wrap": "other",
    "media_voice_message": "voice",
    "media_audio_file": "audio",
    "media_file": "file",
    "media_poll": "poll",
}


class _Message:
    """What was seen of one message so far."""

    __slots__ = ("ad", "counts", "date", "forwarded", "kind", "number", "sender", "text")

    def __init__(self, number: str) -> None:
        self.number = number
        self.date = ""
        self.sender = ""
        self.text = ""
        self.ad = False
        self.forwarded = False
        self.kind: str | None = None
        self.counts: list[str] = []


def recognise(page: Page) -> Recognition | None:
    if 'class="message ' in page.text and 'id="message' in page.text:
        return Recognition(0.96, "div.message with an id")
    if 'class="page_wrap' in page.text and 'class="page_header' in page.text:
        return Recognition(0.9, "a page of Telegram Desktop without messages")
    return None


def read(page: Page, notes: Notes) -> list[Part]:
    """Reads the posts of a page. Raises DomainError("file.no_posts")."""
    messages = [message for message in _messages(page, notes) if message.date]
    if not messages:
        raise DomainError("file.no_posts")
    dates = read_dates([message.date for message in messages], notes.zone, prefer="day", name="date")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    name = _name_of(page)
    _check_senders(messages, name)
    kept = [message for message, at in zip(messages, dates.values, strict=True) if at is not None]
    notes.skip("bad_date", count=len(messages) - len(kept))
    published = [at for at in dates.values if at is not None]
    posts = _posts(kept, published, notes.observed(max(published, default=0)))
    merged = merge_albums(posts)
    notes.skip("album_member", count=len(posts) - len(merged))
    return [Part(channel("telegram", name=name), merged)]


def _name_of(page: Page) -> str | None:
    header = LexborHTMLParser(page.text[: page.text.find(_MESSAGE)]).css_first(".page_header .text.bold")
    return header.text() if header else None


def _check_senders(messages: list[_Message], name: str | None) -> None:
    """Raises DomainError("file.chat_export") where people talk: a channel speaks with one voice."""
    counts, last = Counter[str](), ""
    for message in messages:
        last = message.sender or last  # joined messages have no name of their own
        counts[last] += 1
    own = max(counts[(name or "").strip()], *counts.values())
    if len(counts) > 1 and own < _LEAST_SHARE * len(messages):
        raise DomainError("file.chat_export", found=f"{len(counts)}")


def _pieces(text: str) -> Iterator[LexborHTMLParser]:
    """Yields the page in trees of a thousand messages, one at a time."""
    starts = [found.start() for found in re.finditer(_MESSAGE, text)][::_AT_ONCE]
    for start, end in zip_longest(starts, starts[1:]):
        yield LexborHTMLParser(text[start:end])


def _messages(page: Page, notes: Notes) -> list[_Message]:
    messages: list[_Message] = []
    row = 0
    for node in chain.from_iterable(tree.css(_NODES) for tree in _pieces(page.text)):
        attributes = node.attributes
        classes = attributes.get("class") or ""
        if classes.startswith("message "):
            row += 1
            number = (attributes.get("id") or "").removeprefix("message")
            if "service" in classes:
                if not number.startswith(
                    "-"
                ):  # days between posts have negative numbers and are nobody's message
                    notes.skip("service", row)
                number = ""  # nodes inside it belong to no post
            messages.append(_Message(number))
        elif messages:
            _collect(messages[-1], node, classes, attributes)
    if "erid=" in page.text:
        _mark_ads(page, messages)
    return [message for message in messages if message.number]


def _collect(message: _Message, node: LexborNode, classes: str, attributes: dict[str, str | None]) -> None:
    if classes == "text":
        message.text = message.text or node.text()
    elif "date" in classes:
        message.date = message.date or attributes.get("title") or ""
    elif classes == "from_name":
        # A joined message has no name of its own; a forwarded block has its author's.
        message.sender = message.sender or ("" if message.forwarded else node.text(deep=False).strip())
    elif classes == "count":
        message.counts.append(node.text().strip())
    elif classes == "userpics":
        message.counts.append(str(len(node.css("div.userpic"))))
    elif "forwarded" in classes:
        message.forwarded = True
    elif message.kind is None:
        message.kind = next((kind for word, kind in _MEDIA.items() if word in classes), None)


def _mark_ads(page: Page, messages: list[_Message]) -> None:
    """Marks ads by advertisers' tokens, which stand in links, where the text does not show them."""
    marked = {
        (node.attributes.get("id") or "").removeprefix("message")
        for tree in _pieces(page.text)
        for node in tree.css("div.message:has(a[href*='erid='])")
    }
    for message in messages:
        message.ad = message.number in marked


def _reactions(messages: list[_Message]) -> list[int | None]:
    counts = iter(read_counts([count for message in messages for count in message.counts]).values)
    return [
        sum(next(counts) or 0 for _ in message.counts) if message.counts else None for message in messages
    ]


def _posts(messages: list[_Message], published: list[int], observed: int) -> list[Post]:
    texts = read_texts([message.text for message in messages])
    length = len(messages)
    columns: dict[str, Sequence[Any]] = {
        "external_id": [message.number for message in messages],
        "published_at": published,
        "observed_at": [observed] * length,
        "format": [message.kind or "text" for message in messages],
        "text_length": texts.lengths,
        "hashtags": texts.hashtags,
        "is_ad": [marked or message.ad for marked, message in zip(texts.ads, messages, strict=True)],
        "is_forwarded": [message.forwarded for message in messages],
        "title": texts.titles,
        "reactions": fill_absent(_reactions(messages), published),
    }
    return posts_of(columns, length)


FORMAT = Format("telegram_desktop_html", "html", recognise, read)
