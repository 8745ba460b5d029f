"""deleteMessage, deleteMessages, pinChatMessage, unpinChatMessage."""

from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.deliver import tell_message
from bot.sandbox.destinations import bot_member, is_own, joined_chat
from bot.sandbox.limits import DELETE_WITHIN_S, bad_request
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    stored = chat.messages.get(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, chat, stored):
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, stored.id)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    """Deletes those that can be found and skips the others, as Telegram does."""
    chat = joined_chat(world, params)
    wanted = params.items("message_ids") or []
    if not 1 <= len(wanted) <= 100:
        raise bad_request(
            "message identifiers are not specified"
            if not wanted
            else "too many message identifiers specified"
        )
    for number in wanted:
        stored = chat.messages.get(int(number))
        if stored is not None and _may_delete(world, chat, stored):
            world.remove(chat, stored.id)
    return True


@method("pinChatMessage")
def pin(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    stored = chat.messages.get(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to pin not found")
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    if not chat.is_private and not bot_member(world, chat).can(right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(stored.id)
    if chat.type != "channel":
        service = world.store(chat, world.bot.user, {"pinned_message": stored.raw})
        tell_message(world, chat, service)
    return True


@method("unpinChatMessage")
def unpin(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def _may_delete(world: World, chat: Chat, stored: StoredMessage) -> bool:
    me = bot_member(world, chat)
    is_recent = world.clock.unix() - int(stored.raw["date"]) <= DELETE_WITHIN_S
    if me.can("can_delete_messages"):
        return True
    return is_recent and (chat.is_private or is_own(world, stored))
