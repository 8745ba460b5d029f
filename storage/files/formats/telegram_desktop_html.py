"""Telegram Desktop, "Export chat history" as HTML: a page of 1000 messages, one `div.message` each. No views anywhere.

One query takes every node of interest in document order; a message collects what comes until the next one.
"""

from typing import Any

from selectolax.lexbor import LexborNode

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.assemble import fill_absent
from storage.files.contents import Page
from storage.files.dates import read_dates
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.telegram_desktop import merge_albums
from storage.files.notes import Notes
from storage.files.numbers import read_counts
from storage.files.texts import read_text

_NODES = "div.message, div.date, div.text, span.count, div.count, div.userpics, div.media, div.photo_wrap, a.photo_wrap, div.forwarded.body"
_MEDIA = {
    "media_photo": "photo",
    "photo_wrap": "photo",
    "video_file_wrap": "video",
    "media_video": "video",
    "media_voice_message": "voice",
    "media_audio_file": "audio",
    "media_file": "file",
    "media_poll": "poll",
}


class _Message:
    """What was seen of one message so far."""

    __slots__ = ("ad", "counts", "date", "forwarded", "kind", "number", "text")

    def __init__(self, number: str) -> None:
        self.number = number
        self.date = ""
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
    """Raises DomainError("file.no_posts")."""
    messages = [message for message in _messages(page, notes) if message.date]
    if not messages:
        raise DomainError("file.no_posts")
    dates = read_dates([message.date for message in messages], notes.zone, prefer="day", name="date")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    kept = [(message, at) for message, at in zip(messages, dates.values, strict=True) if at is not None]
    notes.skip("bad_date", count=len(messages) - len(kept))
    published = [at for _, at in kept]
    reactions = fill_absent([_reactions(message) for message, _ in kept], published)
    observed = notes.observed(max(published, default=0))
    posts = [
        _post(message, at, observed, count) for (message, at), count in zip(kept, reactions, strict=True)
    ]
    merged = merge_albums(posts)
    notes.skip("album_member", count=len(posts) - len(merged))
    header = page.tree.css_first(".page_header .text.bold")
    return [Part(channel("telegram", name=header.text() if header else None), merged)]


def _messages(page: Page, notes: Notes) -> list[_Message]:
    messages: list[_Message] = []
    row = 0
    for node in page.tree.css(_NODES):
        classes = node.attributes.get("class") or ""
        if classes.startswith("message "):
            row += 1
            if "service" in classes:
                _skip_service(node, row, notes)
                messages.append(_Message(""))  # nodes inside it belong to no post
            else:
                messages.append(_Message((node.attributes.get("id") or "").removeprefix("message")))
        elif messages:
            _collect(messages[-1], node, classes)
    return [message for message in messages if message.number]


def _skip_service(node: LexborNode, row: int, notes: Notes) -> None:
    """Day separators have negative numbers and are nobody's message."""
    if not (node.attributes.get("id") or "").startswith("message-"):
        notes.skip("service", row)


def _collect(message: _Message, node: LexborNode, classes: str) -> None:
    if "date" in classes:
        message.date = message.date or node.attributes.get("title") or ""
    elif classes == "text":
        message.text = message.text or node.text().strip()
        message.ad |= "erid=" in message.text or _has_ad_link(node)
    elif classes == "count":
        message.counts.append(node.text().strip())
    elif classes == "userpics":
        message.counts.append(str(len(node.css("div.userpic"))))
    elif "forwarded" in classes:
        message.forwarded = True
    elif message.kind is None:
        message.kind = next((kind for word, kind in _MEDIA.items() if word in classes), None)


def _has_ad_link(node: LexborNode) -> bool:
    return node.child is not None and node.css_first("a[href*='erid=']") is not None


def _reactions(message: _Message) -> int | None:
    if not message.counts:
        return None
    return sum(value or 0 for value in read_counts(message.counts).values)


def _post(message: _Message, at: int, observed: int, reactions: int | None) -> Post:
    facts = read_text(message.text)
    values: dict[str, Any] = dict.fromkeys(Post._fields)
    values.update(
        external_id=message.number,
        published_at=at,
        observed_at=observed,
        observed_exact=False,
        time_known=True,
        format=message.kind or "text",
        text_length=facts.length,
        hashtags=facts.hashtags,
        is_ad=facts.is_ad or message.ad,
        is_forwarded=message.forwarded,
        title=facts.title,
        reactions=reactions,
    )
    return Post(**values)


FORMAT = Format("telegram_desktop_html", "html", recognise, read)
