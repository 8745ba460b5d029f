"""A channel's discussion group: every post is copied there by Telegram itself, and comments are replies to the copy."""

from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.deliver import tell_message
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.copying import content_of
from bot.sandbox.world import World

TELEGRAM = User(777_000, "Telegram")


def link(channel: Chat, group: Chat) -> None:
    if channel.type != "channel" or group.type != "supergroup":
        raise bad_request("a channel is linked to a supergroup")
    channel.linked_id, group.linked_id = group.id, channel.id


def copy_post(world: World, channel: Chat, post: StoredMessage) -> None:
    """Copies a post into the discussion group, where there is one."""
    if channel.linked_id is None:
        return
    group = world.chat(channel.linked_id)
    origin = {"type": "channel", "chat": channel.body(), "message_id": post.id, "date": post.raw["date"]}
    head: Json = {"sender_chat": channel.body(), "is_automatic_forward": True, "forward_origin": origin}
    if "media_group_id" in post.raw:
        head["media_group_id"] = post.raw["media_group_id"]
    tell_message(world, group, world.store(group, TELEGRAM, {**head, **content_of(post)}))


def copy_of(group: Chat, message_id: int) -> StoredMessage:
    """Returns the copy of a post, on which comments hang. Raises ApiError."""
    for stored in group.messages.values():
        origin = stored.raw.get("forward_origin", {})
        if stored.raw.get("is_automatic_forward") and origin.get("message_id") == message_id:
            return stored
    raise bad_request("this post has no copy in the discussion group")


def thread_of(answered: StoredMessage) -> Json:
    """Returns what an answer carries of the thread it belongs to."""
    if answered.raw.get("is_automatic_forward"):
        return {"message_thread_id": answered.id}
    thread_id = answered.raw.get("message_thread_id")
    if thread_id is None or answered.raw.get("is_topic_message"):
        return {}
    return {"message_thread_id": thread_id}
