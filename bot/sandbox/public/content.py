"""What a channel's page shows: posts put there, and those published in the sandbox, with views and reactions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.chats import Chat
from bot.sandbox.membership import Json

PAGE_POSTS = 20


@dataclass(frozen=True, slots=True)
class PagePost:
    """`reactions`: emoji, custom emoji id or `paid` -> count. `views` None: none are shown.

    An album of `photos` takes as many numbers, from `id` on.
    """

    id: int
    published_at: int
    text: str = ""
    views: int | None = 0
    reactions: Mapping[str, int] = field(default_factory=dict)
    photos: int = 0
    forwarded_from: str | None = None
    is_edited: bool = False
    is_service: bool = False
    forwards: int | None = None  # told over MTProto only, as the comments are
    comments: int | None = None
    kind: str | None = None  # video, link or poll, where it is neither text nor photos


def posts_of(chat: Chat) -> list[PagePost]:
    """Returns posts, oldest first; an album is one post, under the id of its first picture."""
    live: dict[str, PagePost] = {}
    for stored in chat.messages.values():
        raw = stored.raw
        key = str(raw.get("media_group_id") or stored.id)
        if key in live:
            live[key] = _with_picture(live[key], raw)
        else:
            live[key] = _post(chat, raw)
    known = {post.id: post for post in live.values()}
    put = (PagePost(**values) for values in chat.page.posts)
    known |= {post.id: post for post in put}
    return sorted(known.values(), key=lambda post: post.id)


def _post(chat: Chat, raw: Json) -> PagePost:
    number = int(raw["message_id"])
    return PagePost(
        number,
        int(raw["date"]),
        str(raw.get("text") or raw.get("caption") or ""),
        chat.page.views.get(number, 0),
        chat.page.reactions.get(number, {}),
        photos=int("photo" in raw),
        forwarded_from=raw.get("forward_origin", {}).get("chat", {}).get("title"),
        is_edited="edit_date" in raw,
    )


def _with_picture(post: PagePost, raw: Json) -> PagePost:
    return PagePost(
        post.id,
        post.published_at,
        post.text or str(raw.get("caption") or ""),
        post.views,
        post.reactions,
        post.photos + 1,
        post.forwarded_from,
        post.is_edited,
    )
