"""Telegram Desktop, "Export chat history" as JSON: one chat, or `chats.list` of a whole account.

No views, forwards or replies are in it (tdesktop#30237). Albums have no mark: members follow each other with equal
seconds, media on each, a text on one at most.
"""

from collections.abc import Sequence
from typing import Any

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.albums import MAX_ALBUM, follows, merge_members
from storage.files.tables.dates import read_dates
from storage.files.tables.json_lists import as_dicts
from storage.files.tables.telegram_messages import fill_absent
from storage.files.tables.texts import read_texts
from storage.files.upload.assemble import posts_of
from storage.files.upload.notes import Notes

_MEDIA = {
    "video_file": "video",
    "video_message": "video",
    "animation": "video",
    "voice_message": "voice",
    "audio_file": "audio",
    "sticker": "other",
}
# Photos and videos share an album; files and music make albums of their own kind only.
_ALBUM_KINDS = {"photo": "seen", "video": "seen", "file": "file", "audio": "audio"}


def recognise(value: Any) -> Recognition | None:
    if isinstance(value, dict) and isinstance(value.get("messages"), list) and "type" in value:
        return Recognition(0.96, "name, type and messages")
    if isinstance(value, dict) and any(map(_chat_list, _chat_lists(value))):
        return Recognition(0.96, "chats.list of an account")
    messages = value.get("messages") if isinstance(value, dict) else value
    if isinstance(messages, list) and messages and isinstance(messages[0], dict) and _is_message(messages[0]):
        return Recognition(0.93, "messages with a type and a sender, taken out of their export")
    return None


def _chat_lists(value: dict[str, Any]) -> list[Any]:
    """Returns the lists of chats: channels a person has left stand apart."""
    return [value.get("chats"), value.get("left_chats")]


def _chat_list(chats: Any) -> list[Any]:
    found = chats.get("list") if isinstance(chats, dict) else None
    return found if isinstance(found, list) else []


def _is_message(message: dict[str, Any]) -> bool:
    return message.get("type") in ("message", "service") and bool(
        message.keys() & {"from_id", "date_unixtime", "actor_id", "text_entities"}
    )


def read(value: Any, notes: Notes) -> list[Part]:
    """Reads the channels of an export.

    Raises DomainError: file.chat_export if there is no channel in it, file.no_posts if nothing was published.
    """
    if isinstance(value, list):
        value = {"messages": value}
    chats = (
        [value]
        if "messages" in value
        else [chat for found in _chat_lists(value) for chat in _chat_list(found)]
    )
    channels = [chat for chat in chats if isinstance(chat, dict) and is_channel(chat)]
    if not channels:
        kind = str(chats[0].get("type", "")) if chats and isinstance(chats[0], dict) else ""
        raise DomainError("file.chat_export", found=kind)
    notes.skip("chat", count=len(chats) - len(channels))
    parts = [part for chat in channels if (part := _read_channel(chat, notes)).posts]
    if not parts:
        raise DomainError("file.no_posts")
    if len(parts) > 1:
        notes.warn("several_chats", count=len(parts))
    return parts


def is_channel(chat: dict[str, Any]) -> bool:
    """Tells whether a chat is a channel by its type, or since one and the same channel sent every message."""
    if str(chat.get("type", "")).endswith("_channel"):
        return True
    senders = {
        str(message.get("from_id"))
        for message in as_dicts(chat.get("messages"))
        if message.get("type") != "service"
    }
    return len(senders) == 1 and next(iter(senders)).startswith("channel")


def _read_channel(chat: dict[str, Any], notes: Notes) -> Part:
    messages = []
    for row, message in enumerate(as_dicts(chat.get("messages")), 1):
        if message.get("type", "message") == "message":
            messages.append(message)
        else:
            notes.skip("service", row)
    published = _published(messages, notes)
    kept = [(message, at) for message, at in zip(messages, published, strict=True) if at is not None]
    notes.skip("bad_date", count=len(messages) - len(kept))
    posts = _read_posts(kept, notes)
    merged = merge_albums(posts)
    notes.skip("album_member", count=len(posts) - len(merged))
    identity = chat.get("id")
    return Part(
        channel("telegram", name=_name(chat.get("name")), external_id=str(identity) if identity else None),
        merged,
    )


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _published(messages: Sequence[dict[str, Any]], notes: Notes) -> list[int | None]:
    """Returns unix seconds of `date_unixtime` (since 2021), else of `date`.

    `date` is local to the computer that exported.
    """
    seconds = read_dates([message.get("date_unixtime") for message in messages], notes.zone).values
    bare = [message for message, at in zip(messages, seconds, strict=True) if at is None]
    if not bare:
        return seconds
    dates = read_dates([message.get("date") for message in bare], notes.zone, name="date")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    local = iter(dates.values)
    return [next(local) if at is None else at for at in seconds]


def _read_posts(kept: Sequence[tuple[dict[str, Any], int]], notes: Notes) -> list[Post]:
    published = [at for _, at in kept]
    observed = notes.observed(max(published, default=0))
    counted = [_reactions(message.get("reactions")) for message, _ in kept]
    written = [_text(message) for message, _ in kept]
    texts = read_texts([text for text, _ in written])
    columns: dict[str, Sequence[Any]] = {
        "external_id": [str(message.get("id")) for message, _ in kept],
        "published_at": published,
        "observed_at": [observed] * len(kept),
        "format": [_kind(message) for message, _ in kept],
        "text_length": texts.lengths,
        "hashtags": texts.hashtags,
        "is_ad": [told or hidden for told, (_, hidden) in zip(texts.ads, written, strict=True)],
        "is_forwarded": [
            "forwarded_from" in message or "forwarded_from_id" in message for message, _ in kept
        ],
        "title": texts.titles,
        "reactions": fill_absent([plain for plain, _ in counted], published),
        "stars": fill_absent([paid for _, paid in counted], published),
    }
    return posts_of(columns, len(kept))


def _reactions(reactions: Any) -> tuple[int | None, int | None]:
    """Returns (emoji, paid stars), None where a message has none of that kind."""
    if not isinstance(reactions, list) or not reactions:
        return None, None
    known = [item for item in reactions if isinstance(item, dict) and isinstance(item.get("count"), int)]
    paid = [item["count"] for item in known if item.get("type") == "paid"]
    plain = [item["count"] for item in known if item.get("type") != "paid"]
    return sum(plain), sum(paid) if paid else None


def _text(message: dict[str, Any]) -> tuple[str, bool]:
    """Returns the text in one piece, and whether a hidden link carries an ad's erid."""
    pieces = message.get("text")
    if isinstance(pieces, str):
        pieces = [pieces]
    if not isinstance(pieces, list):
        return "", False
    text = "".join(
        piece if isinstance(piece, str) else str(piece.get("text", ""))
        for piece in pieces
        if isinstance(piece, str | dict)
    )
    entities = [*pieces, *as_dicts(message.get("text_entities"))]
    links = [str(entity["href"]) for entity in entities if isinstance(entity, dict) and "href" in entity]
    return text, any("erid=" in link for link in links)


def _kind(message: dict[str, Any]) -> str:
    if "photo" in message:
        return "photo"
    if "poll" in message:
        return "poll"
    if "media_type" in message:
        return _MEDIA.get(str(message["media_type"]), "other")
    return "file" if "file" in message else "text"


def merge_albums(posts: Sequence[Post]) -> list[Post]:
    runs: list[list[Post]] = []
    for post in posts:
        if runs and _joins(runs[-1], post):
            runs[-1].append(post)
        else:
            runs.append([post])
    return [merge_members(run) for run in runs]


def _joins(run: Sequence[Post], post: Post) -> bool:
    last = run[-1]
    return (
        post.published_at == last.published_at
        and len(run) < MAX_ALBUM
        and _ALBUM_KINDS.get(last.format or "", "") == _ALBUM_KINDS.get(post.format or "", "none")
        and follows(last.external_id, post.external_id)
        and (not post.text_length or not any(member.text_length for member in run))
    )


FORMAT = Format("telegram_desktop_json", "json", recognise, read)
