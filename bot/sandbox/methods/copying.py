"""copyMessage, forwardMessage."""

from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.content import caption_content
from bot.sandbox.destinations import chat_named, writable_chat
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import put, thread_of
from bot.sandbox.params import Params
from bot.sandbox.world import World

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "show_caption_above_media",
)


@method("copyMessage")
def copy_message(world: World, params: Params) -> Json:
    chat, _, original = _original(world, params, "copy")
    content = content_of(original)
    if "caption" in params.values:
        caption = caption_content(
            params.text("caption"), params.text("parse_mode"), params.items("caption_entities")
        )
        content = {name: value for name, value in content.items() if not name.startswith("caption")} | caption
    return {"message_id": put(world, params, chat, content)["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Json:
    chat, source, original = _original(world, params, "forward")
    content = {"forward_origin": origin_of(source, original), **content_of(original)}
    return world.store(chat, world.bot.user, {**thread_of(params), **content}).raw


def content_of(stored: StoredMessage) -> Json:
    return {name: stored.raw[name] for name in CONTENT if name in stored.raw}


def origin_of(source: Chat, stored: StoredMessage) -> Json:
    """Returns the MessageOrigin of a forward: a forwarded forward keeps the first one."""
    if first := stored.raw.get("forward_origin"):
        return dict(first)
    date = stored.raw["date"]
    if source.type == "channel":
        return {"type": "channel", "chat": source.body(), "message_id": stored.id, "date": date}
    return {"type": "user", "sender_user": stored.raw["from"], "date": date}


def _original(world: World, params: Params, verb: str) -> tuple[Chat, Chat, StoredMessage]:
    chat = writable_chat(world, params)
    source = chat_named(world, params.values.get("from_chat_id"))
    stored = source.messages.get(params.integer("message_id"))
    if stored is None or not content_of(stored):
        raise bad_request(f"message to {verb} not found")
    if stored.raw.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return chat, source, stored
