"""A channel's messages as MTProto shows them: those published in the sandbox, and those of another time on its page."""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from telethon.tl import types

from bot.sandbox.chats import Chat
from bot.sandbox.membership import Json
from bot.sandbox.mtproto.troubles import Troubles
from bot.sandbox.public.content import PagePost
from bot.sandbox.world import World

CHANNEL_BASE = -(10**12)
ALBUM_BASE, ALBUM_MOST = 15_000_000_000, 10


def channel_id(chat: Chat) -> int:
    return CHANNEL_BASE - chat.id


def access_hash(chat: Chat) -> int:
    """Returns the access hash, the same at every asking, as an account's own is."""
    return int.from_bytes(struct.pack("<q", chat.id * 6_364_136_223_846_793_005 % 2**62), "little")


def channel(chat: Chat, *, is_admin: bool) -> Any:
    return types.Channel(
        id=channel_id(chat),
        title=chat.title,
        photo=types.ChatPhotoEmpty(),
        date=datetime.fromtimestamp(0, UTC),
        broadcast=True,
        access_hash=access_hash(chat),
        username=chat.username,
        admin_rights=types.ChatAdminRights(invite_users=True) if is_admin else None,
    )


def messages_of(world: World, chat: Chat, ids: list[int], troubles: Troubles) -> list[Any]:
    """Returns a message for each number asked for, in that order; an empty one where nothing is."""
    low, high = min(ids, default=0) - ALBUM_MOST, max(ids, default=0)
    near = (_page_post(values) for values in chat.page.posts if low < values["id"] <= high)
    put = {number: (post, place) for post in near for number, place in _parts(post)}
    found = []
    for number in ids:
        if number in chat.messages:
            found.append(_stored(world, chat, chat.messages[number].raw, troubles))
        elif number in put:
            found.append(_put(chat, number, *put[number], troubles))
        else:
            found.append(types.MessageEmpty(id=number, peer_id=types.PeerChannel(channel_id(chat))))
    return found


def _page_post(values: Json) -> PagePost:
    return PagePost(**values)


def _parts(post: PagePost) -> Iterator[tuple[int, int]]:
    return ((post.id + place, place) for place in range(max(1, post.photos)))


def _stored(world: World, chat: Chat, raw: Json, troubles: Troubles) -> Any:
    number, page = int(raw["message_id"]), chat.page
    origin = raw.get("forward_origin")
    return _message(
        chat,
        troubles,
        id=number,
        date=_moment(int(raw["date"])),
        message=str(raw.get("text") or raw.get("caption") or ""),
        media=types.MessageMediaPhoto() if "photo" in raw else _document(raw),
        grouped_id=int(raw["media_group_id"]) if "media_group_id" in raw else None,
        edit_date=_moment(int(raw["edit_date"])) if "edit_date" in raw else None,
        fwd_from=_forwarded(str(origin["chat"]["title"]), int(origin["date"])) if origin else None,
        views=page.views.get(number, 0),
        forwards=page.forwards.get(number, 0),
        comments=_comments(world, chat, number),
        reactions=page.reactions.get(number, {}),
    )


def _put(chat: Chat, number: int, post: PagePost, place: int, troubles: Troubles) -> Any:
    if post.is_service:
        return types.MessageService(
            id=number,
            peer_id=types.PeerChannel(channel_id(chat)),
            date=_moment(post.published_at),
            action=types.MessageActionPinMessage(),
        )
    return _message(
        chat,
        troubles,
        id=number,
        date=_moment(post.published_at),
        message=post.text if place == 0 else "",
        media=types.MessageMediaPhoto() if post.photos else _media(post.kind),
        grouped_id=ALBUM_BASE + post.id if post.photos > 1 else None,
        fwd_from=_forwarded(post.forwarded_from, post.published_at) if post.forwarded_from else None,
        views=chat.page.views.get(number, post.views),
        forwards=chat.page.forwards.get(number, post.forwards or 0),
        comments=post.comments if place == 0 else None,
        reactions=post.reactions if place == 0 else {},
    )


def _message(
    chat: Chat,
    troubles: Troubles,
    *,
    views: int | None,
    forwards: int,
    comments: int | None,
    reactions: Mapping[str, int],
    **said: Any,
) -> Any:
    """Builds a message; Telegram sends views and forwards together or neither."""
    shows_views = views is not None and "views" not in troubles.hidden
    shows_replies = comments is not None and "replies" not in troubles.hidden
    shows_reactions = any(reactions.values()) and "reactions" not in troubles.hidden
    return types.Message(
        peer_id=types.PeerChannel(channel_id(chat)),
        post=True,
        views=views if shows_views else None,
        forwards=forwards if shows_views else None,
        replies=_replies(comments) if shows_replies else None,
        reactions=_reactions(reactions) if shows_reactions else None,
        **said,
    )


def _replies(count: int | None) -> Any:
    return types.MessageReplies(replies=count or 0, replies_pts=0, comments=True, channel_id=1)


def _reactions(totals: Mapping[str, int]) -> Any:
    counts = [
        types.ReactionCount(reaction=_kind(name), count=count) for name, count in totals.items() if count
    ]
    return types.MessageReactions(results=counts)


def _kind(name: str) -> Any:
    if name == "paid":
        return types.ReactionPaid()
    return types.ReactionCustomEmoji(int(name)) if name.isdigit() else types.ReactionEmoji(name)


def _forwarded(name: str, at: int) -> Any:
    return types.MessageFwdHeader(date=_moment(at), from_name=name)


def _media(kind: str | None) -> Any:
    """Returns media that a page does not tell apart: as much of it as names its kind."""
    if kind == "link":
        return types.MessageMediaWebPage(webpage=types.WebPageEmpty(1))
    if kind == "poll":
        question = types.TextWithEntities("?", [])
        poll = types.Poll(id=1, question=question, answers=[], hash=0)
        return types.MessageMediaPoll(poll=poll, results=types.PollResults())
    if kind == "video":
        return types.MessageMediaDocument(
            document=types.Document(
                id=1,
                access_hash=1,
                file_reference=b"",
                date=_moment(0),
                mime_type="video/mp4",
                size=1,
                dc_id=2,
                attributes=[],
            )
        )
    return None


def _document(raw: Json) -> Any:
    return types.MessageMediaDocument() if "document" in raw else None


def _comments(world: World, chat: Chat, number: int) -> int | None:
    """Counts comments under the copy of a post in the discussion group; None without a group or a copy."""
    group = world.chats.get(chat.linked_id) if chat.linked_id is not None else None
    if group is None:
        return None
    copies = {
        message.id
        for message in group.messages.values()
        if message.raw.get("is_automatic_forward")
        and message.raw.get("forward_origin", {}).get("message_id") == number
    }
    if not copies:
        return None
    return sum(message.raw.get("message_thread_id") in copies for message in group.messages.values())


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
