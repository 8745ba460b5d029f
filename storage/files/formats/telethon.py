"""Telethon's `Message.to_dict()` as a JSON list or JSON Lines, 2019 to now.

Members of an album share `grouped_id` and differ slightly in views: one post, each counter's maximum. Nested objects
(photo, web page) have dates of their own, so only the top level is read.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.dates import read_dates
from storage.files.tables.json_lists import as_count, as_dict, as_dicts, as_text, largest, message_list
from storage.files.tables.numbers import read_counts
from storage.files.tables.telegram_messages import fill_absent, kind_of
from storage.files.tables.texts import read_text
from storage.files.upload.notes import Notes

_LOOKED_AT = 50


def recognise(value: Any) -> Recognition | None:
    for message in message_list(value)[:_LOOKED_AT]:  # deleted ones come as MessageEmpty
        if message.get("_", "Message") in ("Message", "MessageService") and isinstance(_peer(message), dict):
            return Recognition(0.98, "Telethon messages: a peer and no chat")
    return None


def read(value: Any, notes: Notes) -> list[Part]:
    """Reads the posts.

    Raises DomainError("file.chat_export") if people talk in it and nobody's views are counted.
    """
    by_peer: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, message in enumerate(message_list(value), 1):
        if message.get("_", "Message") != "Message" or "action" in message:
            notes.skip("service", row)
        else:
            by_peer[_peer_id(message)].append(message)
    chats = [peer for peer, messages in by_peer.items() if _is_chat(messages)]
    if chats and len(chats) == len(by_peer):
        raise DomainError("file.chat_export", found="PeerUser")
    notes.skip("chat", count=len(chats))
    return [_read_peer(peer, messages, notes) for peer, messages in by_peer.items() if peer not in chats]


def _is_chat(messages: Sequence[dict[str, Any]]) -> bool:
    """Tells whether several people speak, and views are null as they are in groups."""
    people = {
        sender.get("user_id") for message in messages if isinstance(sender := message.get("from_id"), dict)
    } - {None}
    return len(people) > 1 and all(message.get("views") is None for message in messages)


def _peer(message: dict[str, Any]) -> Any:
    return message.get("peer_id") or message.get("to_id")  # its name until 2020


def _peer_id(message: dict[str, Any]) -> str:
    peer = _peer(message)
    return str(peer.get("channel_id") or peer.get("chat_id") or "") if isinstance(peer, dict) else ""


def _read_peer(peer: str, messages: list[dict[str, Any]], notes: Notes) -> Part:
    dates = read_dates([message.get("date") for message in messages], notes.zone, name="date")
    if dates.naive:
        notes.warn("naive_times", zone=notes.zone.key)
    dated = [(at, message) for at, message in zip(dates.values, messages, strict=True) if at is not None]
    notes.skip("bad_date", count=len(messages) - len(dated))
    albums: dict[Any, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for at, message in dated:
        albums[_album_key(message)].append((at, message))
    notes.skip("album_member", count=len(dated) - len(albums))
    posts = _read_posts(list(albums.values()), notes.observed(max((at for at, _ in dated), default=0)))
    return Part(channel("telegram", external_id=peer or None), posts)


def _album_key(message: dict[str, Any]) -> Any:
    group = message.get("grouped_id")
    return group if group and isinstance(group, int | str) else ("id", str(message.get("id")))


def _read_posts(albums: list[list[tuple[int, dict[str, Any]]]], observed: int) -> list[Post]:
    published = [min(at for at, _ in album) for album in albums]
    counters = {
        "views": _album_maxima(albums, lambda message: message.get("views")),
        "forwards": fill_absent(_album_maxima(albums, lambda message: message.get("forwards")), published),
        "comments": _album_maxima(albums, _comments),
        "reactions": fill_absent(
            _album_maxima(albums, lambda message: reaction_counts(message)[0]), published
        ),
        "stars": fill_absent(_album_maxima(albums, lambda message: reaction_counts(message)[1]), published),
    }
    rows = zip(albums, published, *counters.values(), strict=True)
    return [
        _post([message for _, message in album], at, observed, dict(zip(counters, counts, strict=True)))
        for album, at, *counts in rows
    ]


def _album_maxima(albums: list[list[tuple[int, dict[str, Any]]]], read_one: Any) -> list[int | None]:
    counts = iter(read_counts([read_one(message) for album in albums for _, message in album]).values)
    return [largest([next(counts) for _ in album]) for album in albums]


def _comments(message: dict[str, Any]) -> int | None:
    replies = message.get("replies")
    return replies.get("replies") if isinstance(replies, dict) and replies.get("comments", True) else None


def reaction_counts(message: dict[str, Any]) -> tuple[int | None, int | None]:
    """Returns (emoji reactions, paid stars); None where the message carries none of that kind."""
    results = as_dicts(as_dict(message.get("reactions")).get("results"))
    if not results:
        return None, None
    sums: Counter[bool] = Counter()
    for result in results:
        reaction = result.get("reaction")  # until 2022 a bare emoji
        paid = isinstance(reaction, dict) and reaction.get("_") == "ReactionPaid"
        sums[paid] += as_count(result.get("count"))
    return sums.get(False, 0), sums.get(True)


def _post(album: list[dict[str, Any]], at: int, observed: int, counts: dict[str, int | None]) -> Post:
    first = min(album, key=lambda message: as_count(message.get("id")))
    text = read_text(max((as_text(message.get("message")) for message in album), key=len))
    entities = [entity for message in album for entity in as_dicts(message.get("entities"))]
    hidden_ad = any("erid=" in as_text(entity.get("url")) for entity in entities)
    return Post(
        external_id=str(first.get("id")),
        published_at=at,
        observed_at=observed,
        observed_exact=False,
        time_known=True,
        format="album" if len(album) > 1 else _kind(first.get("media")),
        text_length=text.length,
        hashtags=text.hashtags,
        is_ad=text.is_ad or hidden_ad,
        is_forwarded=any(message.get("fwd_from") for message in album),
        title=text.title,
        link=None,
        views=counts["views"],
        reach=None,
        reactions=counts["reactions"],
        dislikes=None,
        comments=counts["comments"],
        forwards=counts["forwards"],
        saves=None,
        clicks=None,
        stars=counts["stars"],
        interactions_sum=None,
        steps=None,
    )


def _kind(media: Any) -> str:
    document = as_dict(as_dict(media).get("document"))
    is_voice = any(attribute.get("voice") for attribute in as_dicts(document.get("attributes")))
    return kind_of(as_text(as_dict(media).get("_")), as_text(document.get("mime_type")), is_voice=is_voice)


FORMAT = Format("telethon", "json", recognise, read)
