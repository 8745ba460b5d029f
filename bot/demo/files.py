"""Files to upload, made from an example channel as a collector's script would have written them."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any, Literal

from bot.demo.plans import PLANS
from bot.demo.team import ExampleChannel, album_size
from bot.demo.texts import text_of_post
from metrics.posts import Post

COLUMNS = {
    "ru": (
        "ID сообщения", "Дата", "Канал", "Текст", "Тип", "Просмотры", "Реакции", "Комментарии", "Репосты", "Переслано", "Реклама",
        "Ссылка",
    ),
    "en": (
        "Message ID", "Date", "Channel", "Text", "Type", "Views", "Reactions", "Comments", "Forwards", "Forwarded", "Is_ad",
        "Link",
    ),
}  # fmt: skip
YES_NO = {"ru": ("да", "нет"), "en": ("yes", "no")}
EMOJI = ("👍", "❤", "🔥")
EMOJI_PARTS = (0.55, 0.3)  # of the reactions; the third takes the rest
ALBUM_VIEWS = (1.0, 0.985, 0.96, 0.95, 0.94)  # of the first picture's; each has a counter of its own


def as_csv(channel: ExampleChannel, delimiter: str = ",", language: Literal["ru", "en"] = "ru") -> bytes:
    """Returns UTF-8 with a mark, as spreadsheets save it; times carry their offset."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS[language])
    writer.writerows(_cells(channel, post, language) for post in channel.posts)
    return text.getvalue().encode("utf-8-sig")


def _cells(channel: ExampleChannel, post: Post, language: str) -> list[str | int | None]:
    yes, no = YES_NO[language]
    return [
        post.external_id,
        _iso(post.published_at),
        channel.title,
        text_of_post(post),
        post.format,
        post.views,
        post.reactions,
        post.comments,
        post.forwards,
        yes if post.is_forwarded else no,
        yes if post.is_ad else no,
        post.link,
    ]


def as_telethon_json(channel: ExampleChannel) -> bytes:
    """Returns `Message.to_dict()` as a list, newest first.

    An album is a message for every picture, the channel's birth a service one.
    """
    messages = [message for post in channel.posts for message in _messages(channel, post)]
    born = {
        "_": "MessageService",
        "id": 1,
        "peer_id": _peer(channel.telegram_id),
        "date": _iso(channel.posts[0].published_at - 86_400) if channel.posts else None,
        "action": {"_": "MessageActionChannelCreate", "title": channel.title},
        "views": None,
    }
    return json.dumps([*reversed(messages), born], ensure_ascii=False, indent=1).encode()


def _messages(channel: ExampleChannel, post: Post) -> list[dict[str, Any]]:
    first = _message(channel, post)
    if post.format != "album":
        return [first]
    album = {"grouped_id": 13_000_000_000 + int(post.external_id), "media": {"_": "MessageMediaPhoto"}}
    pictures = [first | album]
    for offset in range(1, album_size(post.external_id)):
        views = int((post.views or 0) * ALBUM_VIEWS[offset])
        own = {
            "id": int(post.external_id) + offset,
            "message": "",
            "views": views,
            "reactions": None,
            "replies": None,
        }
        pictures.append(first | album | own)
    return pictures


def _message(channel: ExampleChannel, post: Post) -> dict[str, Any]:
    return {
        "_": "Message",
        "id": int(post.external_id),
        "peer_id": _peer(channel.telegram_id),
        "date": _iso(post.published_at),
        "message": text_of_post(post),
        "post": True,
        "views": post.views,
        "forwards": post.forwards,
        "replies": {"_": "MessageReplies", "replies": post.comments, "comments": True},
        "reactions": _reactions(post.reactions or 0),
        "fwd_from": _source(channel, post) if post.is_forwarded else None,
        "grouped_id": None,
        "media": _media(post.format),
        "entities": [],
        "edit_date": None,
    }


def _reactions(count: int) -> dict[str, Any] | None:
    """Returns reactions; None where nobody reacted, as Telegram leaves it out."""
    parts = [int(count * part) for part in EMOJI_PARTS]
    counts = zip(EMOJI, (*parts, count - sum(parts)), strict=True)
    results = [
        {"_": "ReactionCount", "reaction": {"_": "ReactionEmoji", "emoticon": emoji}, "count": some}
        for emoji, some in counts
        if some
    ]
    return {"_": "MessageReactions", "results": results} if results else None


def _source(channel: ExampleChannel, post: Post) -> dict[str, Any]:
    sources = next((plan.sources for plan in PLANS if plan.handle == channel.handle), ("",))
    name = sources[int(post.external_id) % len(sources)]
    return {"_": "MessageFwdHeader", "date": _iso(post.published_at), "from_name": name}


def _media(kind: str | None) -> dict[str, Any] | None:
    if kind == "video":
        return {"_": "MessageMediaDocument", "document": {"mime_type": "video/mp4", "attributes": []}}
    names = {"photo": "MessageMediaPhoto", "link": "MessageMediaWebPage", "poll": "MessageMediaPoll"}
    return {"_": names[kind]} if kind in names else None


def _peer(channel_id: int) -> dict[str, Any]:
    return {"_": "PeerChannel", "channel_id": channel_id}


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
