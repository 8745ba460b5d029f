"""What happens to groups: made, joined, left, topics opened, grown into supergroups; and who the bot is in them."""

from collections.abc import Iterable

from bot.sandbox.chats import Chat, User
from bot.sandbox.deliver import tell_member, tell_message
from bot.sandbox.limits import bad_request, forbidden
from bot.sandbox.membership import Json, Member, rights_of
from bot.sandbox.world import World

STATUSES = frozenset({"administrator", "member", "left", "kicked"})
TOPIC_COLOR = 7322096


def new_chat(
    world: World,
    kind: str,
    title: str,
    owner: User,
    *,
    username: str | None = None,
    members: Iterable[int] = (),
    is_forum: bool = False,
    subscribers: int | None = None,
) -> Chat:
    """Makes a group, supergroup or channel with creator and first members. The bot is not in it."""
    if kind not in ("group", "supergroup", "channel"):
        raise bad_request(f"unknown chat type {kind!r}")
    if username and world.named(username):
        raise bad_request("this username is taken")
    number = world.next_number("group" if kind == "group" else "channel")
    chat = Chat(number, kind, title, username, is_forum=is_forum, subscribers=subscribers)
    chat.members = {user_id: Member("member") for user_id in members}
    chat.members[owner.id] = Member("creator")
    world.chats[chat.id] = chat
    world.touch(chat)
    return chat


def set_bot(
    world: World, chat: Chat, by: User, status: str, rights: Iterable[str] | Json | None = None
) -> None:
    """Sets what the bot is in a chat: my_chat_member, and a service line in groups.

    A person adds, promotes, demotes or removes it.
    """
    set_member(world, chat, world.bot.user, by, status, rights)


def set_member(
    world: World,
    chat: Chat,
    user: User,
    by: User,
    status: str,
    rights: Iterable[str] | Json | None = None,
    invite_link: str | None = None,
) -> None:
    """Changes who somebody is in the chat, if `by` may."""
    if status not in STATUSES:
        raise bad_request(f"unknown status {status!r}")
    _must_be_allowed(chat, user, by, status)
    before = chat.member(user.id)
    granted = rights_of(rights, chat.type) if status == "administrator" else frozenset()
    link = chat.links.get(invite_link) if invite_link else None
    if invite_link and link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    after = Member(status, granted)
    tell_member(world, chat, user, after, by, link.body() if link else None)
    if not user.is_bot:
        _count(chat, before, after)
    _say_so(world, chat, user, by, before, after)


def _must_be_allowed(chat: Chat, user: User, by: User, status: str) -> None:
    actor = chat.member(by.id)
    if by.id == user.id and status in ("member", "left"):
        return
    needed = {"administrator": "can_promote_members", "kicked": "can_restrict_members"}
    right = needed.get(status, "can_invite_users")
    if chat.type != "channel" and status == "member" and actor.is_inside:
        return
    if not actor.can(right):
        raise forbidden(f"this person may not do that: {right} is missing")


def _count(chat: Chat, before: Member, after: Member) -> None:
    if chat.subscribers is not None:
        chat.subscribers += int(after.is_inside) - int(before.is_inside)


def _say_so(world: World, chat: Chat, user: User, by: User, before: Member, after: Member) -> None:
    if chat.type == "channel" or before.is_inside == after.is_inside:
        return
    service = {"new_chat_members": [user.body()]} if after.is_inside else {"left_chat_member": user.body()}
    tell_message(world, chat, world.store(chat, by, service))


def open_topic(world: World, chat: Chat, by: User, name: str) -> int:
    """Opens a topic; its message_thread_id is the id of the service message that opened it."""
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    stored = world.store(
        chat, by, {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOR}, "is_topic_message": True}
    )
    stored.raw["message_thread_id"] = stored.id
    chat.topics[stored.id] = name
    tell_message(world, chat, stored)
    return stored.id


def migrate(world: World, chat: Chat) -> Chat:
    """Makes a group a supergroup: a service message in each, and the old id is refused from now on."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise bad_request("only a group that was not upgraded yet becomes a supergroup")
    new = Chat(world.next_number("channel"), "supergroup", chat.title)
    new.members = dict(chat.members)
    world.chats[new.id] = new
    owner = next(
        world.users[user_id] for user_id, member in chat.members.items() if member.status == "creator"
    )
    tell_message(world, chat, world.store(chat, owner, {"migrate_to_chat_id": new.id}))
    chat.migrated_to = new.id
    tell_message(world, new, world.store(new, owner, {"migrate_from_chat_id": chat.id}))
    return new
