"""Chats and the messages in them."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.membership import STRANGER, Json, Member


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def body(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                body[name] = value
        return body


@dataclass(slots=True)
class StoredMessage:
    """A message as the bot sees it, who wrote it, and the reply keyboard it brought, which only people see."""

    raw: Json
    revision: int
    author_id: int
    keyboard: Json | None = None

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])


@dataclass(slots=True)
class InviteLink:
    url: str
    name: str | None
    creator: Json

    def body(self) -> Json:
        body: Json = {
            "invite_link": self.url,
            "creator": self.creator,
            "creates_join_request": False,
            "is_primary": False,
            "is_revoked": False,
        }
        return {**body, "name": self.name} if self.name else body


@dataclass(slots=True)
class ChannelPage:
    """What the public page shows beyond the messages: posts of another time, views and reactions by message."""

    posts: list[Json] = field(default_factory=list)
    views: dict[int, int] = field(default_factory=dict)
    forwards: dict[int, int] = field(default_factory=dict)
    reactions: dict[int, dict[str, int]] = field(default_factory=dict)
    has_preview: bool = True
    is_old: bool = False  # the markup of before 2022


@dataclass(slots=True)
class Chat:
    """`subscribers` is what getChatMemberCount answers when set, else the members are counted."""

    id: int
    type: str
    title: str = ""
    username: str | None = None
    user: User | None = None
    is_forum: bool = False
    is_muted: bool = False
    subscribers: int | None = None
    description: str | None = None
    linked_id: int | None = None  # of a channel its discussion group, of that group the channel
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    deleted: list[tuple[int, int]] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)
    links: dict[str, InviteLink] = field(default_factory=dict)
    reactions: dict[int, dict[int, list[str]]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    page: ChannelPage = field(default_factory=ChannelPage)
    migrated_to: int | None = None
    # A private chat: whether the person ever wrote to the bot, and whether they stopped it.
    is_started: bool = False
    is_blocked: bool = False
    changed_at: int = 0
    action: tuple[str, int] | None = None
    _last_id: int = 0

    @property
    def last_id(self) -> int:
        return self._last_id

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def reserve_ids(self, last: int) -> None:
        """Reserves numbers up to that one for messages of another time."""
        self._last_id = max(self._last_id, last)

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id, STRANGER)

    def count(self) -> int:
        if self.subscribers is not None:
            return self.subscribers
        return sum(member.is_inside for member in self.members.values())

    def body(self) -> Json:
        """Returns the Chat object."""
        body: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            body["first_name"] = self.user.first_name
            for name in ("last_name", "username"):
                if value := getattr(self.user, name):
                    body[name] = value
            return body
        body["title"] = self.title
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body

    def full_body(self) -> Json:
        """Returns the ChatFullInfo object."""
        gifts: dict[str, Any] = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        )
        body = {**self.body(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        if self.description:
            body["description"] = self.description
        if self.linked_id is not None:
            body["linked_chat_id"] = self.linked_id
        if self.pinned and (pinned := self.messages.get(self.pinned[-1])):
            body["pinned_message"] = pinned.raw
        return body
