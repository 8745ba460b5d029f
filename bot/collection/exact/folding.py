"""Messages of a channel as the library gives them -> posts, an album folded into one as from any source. No text stays."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.collection.source import Counters, State
from metrics.posts import Post
from storage.files.tables.telegram_messages import fill_absent, kind_of
from storage.files.tables.texts import TextColumns, read_texts

_UNSAID: dict[str, Any] = dict.fromkeys(Post._fields)


def counted(message: Any) -> Counters[int]:
    """Returns what was told of a message that is there."""
    return Counters(
        message.id,
        State.THERE,
        int(message.date.timestamp()),
        album=str(message.grouped_id) if message.grouped_id else None,
        views=message.views,
        forwards=message.forwards,
        comments=_comments(message),
        reactions=_reactions(message, paid=False),
    )


def fold(messages: Iterable[Any], observed_at: int, *, own_id: int, name: str | None) -> list[Post]:
    """Returns posts of messages. `own_id`: the channel's, whose forwards of itself measure itself.

    Each counter of an album is its greatest.
    """
    albums: dict[Any, list[Any]] = defaultdict(list)
    for message in sorted(messages, key=lambda one: one.id):
        albums[message.grouped_id or ("id", message.id)].append(message)
    groups = list(albums.values())
    published = [min(int(one.date.timestamp()) for one in group) for group in groups]
    texts = read_texts([max((one.message or "" for one in group), key=len) for group in groups])
    counters: dict[str, list[int | None]] = {
        "views": _greatest(groups, lambda one: one.views),
        "comments": _greatest(groups, _comments),
        "forwards": fill_absent(_greatest(groups, lambda one: one.forwards), published),
        "reactions": fill_absent(_greatest(groups, lambda one: _reactions(one, paid=False)), published),
        "stars": fill_absent(_greatest(groups, lambda one: _reactions(one, paid=True)), published),
    }
    moments: dict[str, Sequence[int | None]] = {
        "published_at": published,
        "observed_at": [observed_at] * len(groups),
    }
    said = [
        {column: values[place] for column, values in (moments | counters).items()}
        for place in range(len(groups))
    ]
    return [
        Post(**{**_UNSAID, **_facts(group, texts, place, own_id, name), **said[place]})
        for place, group in enumerate(groups)
    ]


def _facts(
    group: Sequence[Any], texts: TextColumns, place: int, own_id: int, name: str | None
) -> dict[str, Any]:
    number = str(group[0].id)
    return {
        "external_id": number,
        "observed_exact": True,
        "time_known": True,
        "format": "album" if len(group) > 1 else _kind(group[0].media),
        "text_length": texts.lengths[place],
        "hashtags": texts.hashtags[place],
        "is_ad": texts.ads[place] or any(map(_hides_ad, group)),
        "is_forwarded": any(_is_foreign(one, own_id) for one in group),
        "title": texts.titles[place],
        "link": f"https://t.me/{name}/{number}" if name else None,
    }


def _greatest(groups: Sequence[Sequence[Any]], count: Callable[[Any], int | None]) -> list[int | None]:
    return [
        max((told for one in group if (told := count(one)) is not None), default=None) for group in groups
    ]


def _comments(message: Any) -> int | None:
    """Returns how many comments there are; None where it takes none, or nobody told."""
    replies = message.replies
    return replies.replies if replies is not None and replies.comments else None


def _reactions(message: Any, *, paid: bool) -> int | None:
    """Returns emoji reactions, or paid stars; None where the message carries none of that kind."""
    if message.reactions is None or not message.reactions.results:
        return None
    of_kind = [
        one.count
        for one in message.reactions.results
        if (type(one.reaction).__name__ == "ReactionPaid") == paid
    ]
    return sum(of_kind) if of_kind or not paid else None


def _kind(media: Any) -> str:
    document = getattr(media, "document", None)
    is_voice = any(getattr(one, "voice", False) for one in getattr(document, "attributes", None) or ())
    name = "" if media is None else type(media).__name__
    return kind_of(name, getattr(document, "mime_type", None) or "", is_voice=is_voice)


def _hides_ad(message: Any) -> bool:
    """Tells whether the token of an advertisement stands behind a word."""
    return any("erid=" in str(getattr(one, "url", "")).lower() for one in message.entities or ())


def _is_foreign(message: Any, own_id: int) -> bool:
    origin = message.fwd_from
    return origin is not None and getattr(origin.from_id, "channel_id", None) != own_id
