"""Channels and groups as their owner sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.demo.client_wire import Json, Wire

if TYPE_CHECKING:
    from bot.demo.client_people import Person


class Place:
    """A chat with members and admins."""

    def __init__(self, wire: Wire, raw: Json, owner_id: int) -> None:
        self.wire = wire
        self.raw = raw
        self.owner_id = owner_id

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def title(self) -> str:
        return str(self.raw["title"])

    @property
    def username(self) -> str | None:
        return self.raw.get("username")

    async def add_bot(self, *, by: Person | None = None, rights: Sequence[str] | None = None) -> None:
        """Adds the bot, or changes what it may: an admin in a channel or with named `rights`, else a member.

        Right names are Telegram's with or without `can_`; my_chat_member follows.
        """
        is_admin = rights is not None or self.raw["type"] == "channel"
        await self._bot("administrator" if is_admin else "member", by, rights)

    async def demote_bot(self, *, by: Person | None = None) -> None:
        await self._bot("member", by, None)

    async def remove_bot(self, *, by: Person | None = None) -> None:
        """Removes the bot: `kicked`."""
        await self._bot("kicked", by, None)

    async def add(self, person: Person, *, admin: bool = False, rights: Sequence[str] | None = None) -> None:
        """Makes somebody a member or an admin (all rights by default)."""
        status = "administrator" if admin or rights is not None else "member"
        await self.wire.post(
            f"/sandbox/chats/{self.id}/members",
            user_id=person.id,
            by=self.owner_id,
            status=status,
            rights=list(rights) if rights is not None else None,
        )

    async def remove(self, person: Person) -> None:
        await self.wire.post(
            f"/sandbox/chats/{self.id}/members", user_id=person.id, by=self.owner_id, status="kicked"
        )

    async def _bot(self, status: str, by: Person | None, rights: Sequence[str] | None) -> None:
        await self.wire.post(
            f"/sandbox/chats/{self.id}/bot",
            by=by.id if by else self.owner_id,
            status=status,
            rights=list(rights) if rights is not None else None,
        )


class Channel(Place):
    """A channel and what is published in it."""

    async def post(
        self, text: str = "", *, photos: Sequence[bytes] = (), forward_from: Channel | None = None
    ) -> list[int]:
        """Publishes and returns the message ids; several photos make an album of as many messages."""
        fields = {"text": text, "forward_from": forward_from.id if forward_from else None}
        files = {f"photo{number}.jpg": data for number, data in enumerate(photos)}
        published = await self.wire.upload(f"/sandbox/chats/{self.id}/posts", fields, files)
        return [int(number) for number in published["message_ids"]]

    async def edit(self, message_id: int, text: str) -> None:
        await self.wire.post(f"/sandbox/chats/{self.id}/posts/{message_id}", text=text)

    async def link(self, group: Group) -> None:
        """Makes the supergroup this channel's discussion: posts are copied there from now on."""
        await self.wire.post(f"/sandbox/chats/{self.id}", discussion=group.id)

    async def comment(self, message_id: int, text: str, *, by: Person, reply_to: int | None = None) -> int:
        """Comments on a post, or answers a comment; returns the comment's id in the group."""
        said = await self.wire.post(
            f"/sandbox/chats/{self.id}/posts/{message_id}/comments", by=by.id, text=text, reply_to=reply_to
        )
        return int(said["message"]["message_id"])

    async def delete(self, message_id: int) -> None:
        """Deletes a post: Telegram tells the bot nothing."""
        await self.wire.delete(f"/sandbox/chats/{self.id}/messages/{message_id}")

    async def react(self, message_id: int, totals: Mapping[str, int], *, late: bool = False) -> None:
        """Sets a post's reaction totals (emoji -> count, or `paid`): message_reaction_count.

        `late`: an edited_channel_post without an edit comes first, as at the first reaction to an old post.
        """
        await self.wire.post(
            f"/sandbox/chats/{self.id}/reactions", message_id=message_id, totals=dict(totals), late=late
        )

    async def set_views(self, message_id: int, views: int, forwards: int | None = None) -> None:
        """Sets what the public page shows for a post, rounded, and MTProto as it is."""
        await self.wire.post(
            f"/sandbox/chats/{self.id}/views", message_id=message_id, views=views, forwards=forwards
        )

    async def change_page(
        self, *, posts: Sequence[Json] = (), preview: bool | None = None, old: bool | None = None
    ) -> None:
        """Changes the public page: `posts` of another time (`PagePost` fields), no preview, old markup.

        The old markup is that of before 2022.
        """
        await self.wire.post(
            f"/sandbox/chats/{self.id}/page", posts=list(posts) or None, preview=preview, old=old
        )

    async def set_subscribers(self, count: int) -> None:
        """Sets what getChatMemberCount answers from now on."""
        await self.wire.post(f"/sandbox/chats/{self.id}", subscribers=count)


class Group(Place):
    """A group or supergroup, perhaps with topics."""

    async def topic(self, name: str) -> int:
        """Opens a topic; returns its message_thread_id."""
        opened = await self.wire.post(f"/sandbox/chats/{self.id}/topics", name=name, by=self.owner_id)
        return int(opened["message_thread_id"])

    async def migrate(self) -> Group:
        """Turns the group into a supergroup; the old id answers migrate_to_chat_id from now on."""
        raw = await self.wire.post(f"/sandbox/chats/{self.id}/migrate")
        return Group(self.wire, raw, self.owner_id)
