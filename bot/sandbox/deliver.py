"""Which of what happens the bot is told, and as which kind of update."""

from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.entity_kinds import Entity
from bot.sandbox.membership import Json, Member, chat_member
from bot.sandbox.world import World

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "forum_topic_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
    }
)


def tell_message(world: World, chat: Chat, stored: StoredMessage, *, edited: bool = False) -> int | None:
    """Queues the update of a message that was sent or edited; None when the bot can't see it."""
    if not _is_visible(world, chat, stored.raw):
        return None
    kind = "channel_post" if chat.type == "channel" else "message"
    return world.updates.push(f"edited_{kind}" if edited else kind, stored.raw)


def tell_member(
    world: World, chat: Chat, user: User, new: Member, by: User, invite_link: Json | None = None
) -> None:
    """Changes who `user` is in `chat`, with my_chat_member or chat_member when the bot may know."""
    old = chat.member(user.id)
    bot_before = chat.member(world.bot.user.id)
    chat.members[user.id] = new
    world.touch(chat)
    if old == new:
        return
    is_bot = user.id == world.bot.user.id
    if not is_bot and not bot_before.is_admin:
        return
    body: Json = {
        "chat": chat.body(),
        "from": by.body(),
        "date": world.clock.unix(),
        "old_chat_member": chat_member(user.body(), old, chat.type),
        "new_chat_member": chat_member(user.body(), new, chat.type),
    }
    if invite_link:
        body["invite_link"] = invite_link
    world.updates.push("my_chat_member" if is_bot else "chat_member", body)


def tell_block(world: World, chat: Chat, *, blocked: bool) -> None:
    """Tells the bot that a person stopped it in their private chat, or started it again."""
    user = world.user(chat.id)
    before, after = (Member("member"), Member("kicked")) if blocked else (Member("kicked"), Member("member"))
    chat.is_blocked = blocked
    world.touch(chat)
    me = world.bot.user.body()
    world.updates.push(
        "my_chat_member",
        {
            "chat": chat.body(),
            "from": user.body(),
            "date": world.clock.unix(),
            "old_chat_member": chat_member(me, before, chat.type),
            "new_chat_member": chat_member(me, after, chat.type),
        },
    )


def _is_visible(world: World, chat: Chat, raw: Json) -> bool:
    if chat.is_private:
        return not chat.is_blocked
    me = chat.member(world.bot.user.id)
    if not me.is_inside:
        return False
    if chat.type == "channel" or me.is_admin or world.bot.reads_all_in_groups:
        return True
    return _is_for_bot(world, raw)


def _is_for_bot(world: World, raw: Json) -> bool:
    """Tells whether privacy mode lets a message of a group pass.

    It lets pass commands, replies to the bot, its name, and service messages.
    """
    if not SERVICE.isdisjoint(raw):
        return True
    if raw.get("reply_to_message", {}).get("from", {}).get("id") == world.bot.user.id:
        return True
    text = str(raw.get("text") or raw.get("caption") or "")
    entities: list[Entity] = raw.get("entities") or raw.get("caption_entities") or []
    return any(_names_bot(world, text, entity) for entity in entities)


def _names_bot(world: World, text: str, entity: Entity) -> bool:
    """Tells whether an entity names the bot: a mention anywhere, a command at the beginning.

    Without a name a command is everybody's.
    """
    if entity["type"] != "mention" and (entity["type"] != "bot_command" or entity["offset"]):
        return False
    units = text.encode("utf-16-le")
    begin = entity["offset"] * 2
    words = units[begin : begin + entity["length"] * 2].decode("utf-16-le")
    _, at, name = words.partition("@")
    return name.lower() == (world.bot.user.username or "").lower() if at else True
