"""Raw updates -> what they tell of which channel. Pure; nothing that people wrote goes on but a post's title."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from storage.files.tables.texts import read_text
from storage.workspace.news import Comment, MemberEvent, Message, ReactionTotals, Thread

Raw = Mapping[str, Any]
POSTS = ("channel_post", "edited_channel_post")
KINDS = (*POSTS, "message_reaction_count", "chat_member")
INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
# What a message is, the first that it has.
_FORMATS = {
    "photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "poll": "poll",
    "voice": "voice",
    "audio": "audio",
    "document": "file",
}
_SERVICE = frozenset(
    {
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "pinned_message",
        "channel_chat_created", "group_chat_created", "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id",
        "message_auto_delete_timer_changed", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
        "video_chat_participants_invited", "boost_added", "chat_background_set", "giveaway_created", "giveaway_completed",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfChannel:
    """News of the channel with this chat id. Without a name a channel is private: not everybody may be told."""

    chat_id: int
    is_public: bool
    fact: Message | ReactionTotals | Thread | MemberEvent


@dataclass(frozen=True, slots=True)
class OfDiscussion:
    """News of the channel whose comments are in this group."""

    fact: Comment


Fact = OfChannel | OfDiscussion


def facts_of(raw: Raw, secret: bytes) -> Iterator[Fact]:
    """Yields everything that one update tells; nothing for an update of another kind."""
    for kind in POSTS:
        if kind in raw and _is_content(raw[kind]):
            yield _of_channel(raw[kind]["chat"], _message(raw[kind], raw["update_id"]))
    if "message_reaction_count" in raw:
        counted = raw["message_reaction_count"]
        if counted["chat"]["type"] == "channel":
            yield _of_channel(counted["chat"], _reacted(counted, raw["update_id"]))
    if "chat_member" in raw and raw["chat_member"]["chat"]["type"] == "channel":
        event = _member_event(raw["chat_member"], secret)
        if event is not None:
            yield _of_channel(raw["chat_member"]["chat"], event)
    if "message" in raw:
        yield from _of_group(raw["message"])


def is_of_discussion(message: Raw) -> bool:
    """Tells whether it is the automatic copy of a post, or what may be a comment under one."""
    if message["chat"]["type"] != "supergroup" or not _is_content(message):
        return False
    in_thread = "message_thread_id" in message and not message.get("is_topic_message")
    return in_thread or bool(message.get("is_automatic_forward"))


def _of_group(message: Raw) -> Iterator[Fact]:
    """Yields what a group's message tells; a comment also shows the copy that it answers."""
    if not is_of_discussion(message):
        return
    if message.get("is_automatic_forward"):
        yield from _copy(message)
        return
    answered = message.get("reply_to_message", {})
    if answered.get("is_automatic_forward"):
        yield from _copy({**answered, "chat": message["chat"]})
    yield OfDiscussion(
        Comment(
            int(message["chat"]["id"]),
            int(message["message_id"]),
            int(message["message_thread_id"]),
            int(message["date"]),
        )
    )


def _copy(message: Raw) -> Iterator[Fact]:
    origin = message.get("forward_origin", {})
    if origin.get("type") != "channel":
        return
    thread = Thread(int(message["chat"]["id"]), int(message["message_id"]), int(origin["message_id"]))
    yield _of_channel(origin["chat"], thread)


def _of_channel(chat: Raw, fact: Message | ReactionTotals | Thread | MemberEvent) -> OfChannel:
    return OfChannel(int(chat["id"]), bool(chat.get("username")), fact)


def _is_content(message: Raw) -> bool:
    return _SERVICE.isdisjoint(message)


def _message(post: Raw, update_id: int) -> Message:
    published, name = int(post["date"]), post["chat"].get("username")
    text = read_text(str(post.get("text") or post.get("caption") or ""))
    return Message(
        message_id=int(post["message_id"]),
        published_at=published,
        album=post.get("media_group_id"),
        version_at=int(post.get("edit_date") or published),
        version_update=update_id,
        format=_format(post),
        text_length=text.length,
        hashtags=text.hashtags,
        is_ad=text.is_ad or _has_ad_link(post) or bool(post.get("is_paid_post")),
        is_forwarded=_is_foreign(post),
        title=text.title,
        link=f"https://t.me/{name}/{post['message_id']}" if name else None,
    )


def _format(post: Raw) -> str:
    known = next((kind for name, kind in _FORMATS.items() if name in post), None)
    if known is not None:
        return known
    if "text" not in post:
        return "other"
    is_link = post.get("link_preview_options", {}).get("url") is not None
    return "link" if is_link else "text"


def _has_ad_link(post: Raw) -> bool:
    """Tells whether the token of an advertisement hides in the address behind a word."""
    marks = post.get("entities") or post.get("caption_entities") or []
    return any("erid=" in str(mark.get("url", "")).lower() for mark in marks)


def _is_foreign(post: Raw) -> bool:
    """Tells whether a post was forwarded in; a channel that forwards its own post measures itself."""
    origin = post.get("forward_origin")
    return origin is not None and origin.get("chat", {}).get("id") != post["chat"]["id"]


def _reacted(counted: Raw, update_id: int) -> ReactionTotals:
    """Returns totals; what can't be read makes its own unknown, so that stars don't hide the reactions."""
    stars: int | None = 0
    reactions: int | None = 0
    for one in counted["reactions"]:
        count = _count(one)
        if _is_paid(one):
            stars = None if stars is None or count is None else stars + count
        else:
            reactions = None if reactions is None or count is None else reactions + count
    return ReactionTotals(int(counted["message_id"]), int(counted["date"]), update_id, reactions, stars)


def _is_paid(one: Any) -> bool:
    kind = one.get("type") if isinstance(one, dict) else None
    return isinstance(kind, dict) and kind.get("type") == "paid"


def _count(one: Any) -> int | None:
    count = one.get("total_count") if isinstance(one, dict) else None
    return count if isinstance(count, int) and count >= 0 else None


def _member_event(changed: Raw, secret: bytes) -> MemberEvent | None:
    """Returns who came or left; None: who was inside stays inside, with other rights."""
    before, after = (_is_inside(changed[name]) for name in ("old_chat_member", "new_chat_member"))
    if before == after:
        return None
    link = changed.get("invite_link") or {}
    person = f"{changed['chat']['id']}:{changed['new_chat_member']['user']['id']}"
    return MemberEvent(
        person=hmac.new(secret, person.encode(), hashlib.sha256).hexdigest()[:32],
        happened_at=int(changed["date"]),
        is_join=after,
        link=link.get("invite_link"),
        link_name=link.get("name"),
    )


def _is_inside(member: Raw) -> bool:
    return member["status"] in INSIDE and member.get("is_member", True)
