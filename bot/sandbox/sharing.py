"""The chooser behind KeyboardButtonRequestChat: which chats fit, and what sharing one does."""

from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.deliver import tell_message
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json, Member, rights_of
from bot.sandbox.places import set_bot
from bot.sandbox.world import World


def request_button(chat: Chat, label: str | None) -> Json:
    """Returns the request_chat of the button `label` (or the first such) of the keyboard last shown."""
    for stored in reversed(chat.messages.values()):
        if stored.keyboard is not None:
            break
    else:
        raise bad_request("no keyboard is shown in this chat")
    for row in stored.keyboard.get("keyboard", []):
        for button in row:
            if isinstance(button, dict) and "request_chat" in button and label in (None, button["text"]):
                return {**button["request_chat"], "text": button["text"]}
    raise bad_request("no button of the keyboard asks for a chat")


def refusal(world: World, user: User, wanted: Json, chat: Chat) -> str | None:
    """Tells why the chooser would not list `chat`; None when it fits."""
    member = chat.member(user.id)
    if chat.is_private or chat.migrated_to is not None or not member.is_inside:
        return "the person is not in it"
    if (chat.type == "channel") != bool(wanted["chat_is_channel"]):
        return "it is of the wrong kind"
    flags = {"chat_is_forum": chat.is_forum, "chat_has_username": bool(chat.username)}
    for name, value in flags.items():
        if name in wanted and bool(wanted[name]) != value:
            return f"{name} differs"
    if wanted.get("chat_is_created") and member.status != "creator":
        return "the person did not create it"
    if not _has(member, wanted.get("user_administrator_rights"), chat):
        return "the person lacks rights in it"
    return _bot_refusal(world, member, wanted, chat)


def share(world: World, user: User, private: Chat, wanted: Json, chat: Chat) -> StoredMessage:
    """Adds the bot with the rights it asked for, then sends the chat_shared message."""
    if why := refusal(world, user, wanted, chat):
        raise bad_request(f"this chat can't be shared: {why}")
    asked = wanted.get("bot_administrator_rights")
    me = chat.member(world.bot.user.id)
    if asked and not _has(me, asked, chat):
        set_bot(world, chat, user, "administrator", sorted(rights_of(asked, chat.type) | me.rights))
    elif wanted.get("bot_is_member") and not me.is_inside:
        set_bot(world, chat, user, "member")
    shared: Json = {"request_id": wanted["request_id"], "chat_id": chat.id}
    if wanted.get("request_title"):
        shared["title"] = chat.title
    if wanted.get("request_username") and chat.username:
        shared["username"] = chat.username
    stored = world.store(private, user, {"chat_shared": shared})
    tell_message(world, private, stored)
    return stored


def _has(member: Member, rights: Json | None, chat: Chat) -> bool:
    if not rights:
        return True
    return member.is_admin and all(member.can(right) for right in rights_of(rights, chat.type))


def _bot_refusal(world: World, member: Member, wanted: Json, chat: Chat) -> str | None:
    """Tells why not for the bot: it is not there, and the person can't put it there; None when it fits."""
    me = chat.member(world.bot.user.id)
    asked = wanted.get("bot_administrator_rights")
    if asked and not _has(me, asked, chat) and not member.can("can_promote_members"):
        return "the person can't promote the bot"
    if wanted.get("bot_is_member") and not me.is_inside and not asked and chat.type == "channel":
        return "the bot is not in it"
    return None
