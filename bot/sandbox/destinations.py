"""Where the bot may write, and whom it finds there."""

from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.limits import CHAT_NOT_FOUND, bad_request, forbidden, upgraded
from bot.sandbox.membership import Member
from bot.sandbox.params import Params
from bot.sandbox.world import World

KIND = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def chat_named(world: World, reference: object) -> Chat:
    """Returns the chat of a `chat_id`: a number or @username. Raises ApiError."""
    if reference is None or reference == "":
        raise bad_request("chat_id is empty")
    if isinstance(reference, str) and reference.startswith("@"):
        found = world.named(reference[1:])
    else:
        try:
            found = world.chats.get(int(str(reference)))
        except ValueError:
            found = None
    if found is None:
        raise bad_request(CHAT_NOT_FOUND)
    if found.migrated_to is not None:
        raise upgraded(found.migrated_to)
    return found


def bot_member(world: World, chat: Chat) -> Member:
    return chat.member(world.bot.user.id)


def known_chat(world: World, params: Params) -> Chat:
    """Returns a chat the bot can see: its own, or a public one. Raises ApiError."""
    chat = chat_named(world, params.values.get("chat_id"))
    if chat.is_private:
        return chat
    me = bot_member(world, chat)
    if not me.is_inside and not chat.username:
        if me.status == "kicked":
            raise forbidden(f"bot was kicked from the {KIND[chat.type]}")
        raise bad_request(CHAT_NOT_FOUND)
    return chat


def joined_chat(world: World, params: Params) -> Chat:
    """Returns a chat the bot is in. Raises ApiError."""
    chat = chat_named(world, params.values.get("chat_id"))
    if chat.is_private:
        _must_be_open(chat)
        return chat
    me = bot_member(world, chat)
    if me.status == "kicked":
        raise forbidden(f"bot was kicked from the {KIND[chat.type]}")
    if not me.is_inside:
        if world.bot.user.id not in chat.members and not chat.username:
            raise bad_request(CHAT_NOT_FOUND)
        raise forbidden(f"bot is not a member of the {KIND[chat.type]}")
    return chat


def writable_chat(world: World, params: Params, what: str = "text messages") -> Chat:
    """Returns a chat the bot may send `what` to, and an existing topic in it. Raises ApiError."""
    chat = joined_chat(world, params)
    me = bot_member(world, chat)
    if chat.type == "channel" and not me.can("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if chat.is_muted and not me.is_admin:
        raise bad_request(f"not enough rights to send {what} to the chat")
    thread = params.integer("message_thread_id")
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return chat


def own_message(
    world: World, params: Params, missing: str = "message to edit not found"
) -> tuple[Chat, StoredMessage]:
    """Returns a message the bot may edit, and its chat. Raises ApiError."""
    chat = joined_chat(world, params)
    stored = chat.messages.get(params.integer("message_id"))
    if stored is None:
        raise bad_request(missing)
    me = bot_member(world, chat)
    if not is_own(world, stored) and not (chat.type == "channel" and me.can("can_edit_messages")):
        raise bad_request("message can't be edited")
    return chat, stored


def is_own(world: World, stored: StoredMessage) -> bool:
    return stored.author_id == world.bot.user.id


def _must_be_open(chat: Chat) -> None:
    if chat.is_blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.is_started:
        raise forbidden("bot can't initiate conversation with a user")
