"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from bot.sandbox.chats import Chat
from bot.sandbox.content import caption_content, markups, media_content, media_file, text_content
from bot.sandbox.destinations import joined_chat, writable_chat
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendMessage")
def send_message(world: World, params: Params) -> Json:
    chat = writable_chat(world, params)
    return put(world, params, chat, text_content(params))


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Json:
    return _send_media(world, params, "photo")


@method("sendDocument")
def send_document(world: World, params: Params) -> Json:
    return _send_media(world, params, "document")


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action = (params.text("action"), world.clock.unix())
    world.touch(chat)
    return True


def _send_media(world: World, params: Params, kind: str) -> Json:
    chat = writable_chat(world, params, f"{kind}s")
    file = media_file(world, kind, params.values.get(kind), params)
    caption = caption_content(
        params.text("caption"), params.text("parse_mode"), params.items("caption_entities")
    )
    above = {"show_caption_above_media": True} if params.flag("show_caption_above_media") else {}
    return put(world, params, chat, {**media_content(kind, file), **caption, **above})


def put(world: World, params: Params, chat: Chat, content: Json) -> Json:
    """Puts the bot's message into the chat with what every sending method takes."""
    inline, keyboard = markups(params, chat)
    head = {**thread_of(params), **replied(chat, params)}
    if params.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    if inline:
        content = {**content, "reply_markup": inline}
    chat.action = None
    return world.store(chat, world.bot.user, {**head, **content}, keyboard).raw


def thread_of(params: Params) -> Json:
    thread = params.integer("message_thread_id")
    return {"message_thread_id": thread, "is_topic_message": True} if thread else {}


def replied(chat: Chat, params: Params) -> Json:
    """Returns `reply_to_message` of what reply_parameters (or the older parameter) name."""
    wanted = params.table("reply_parameters") or {}
    message_id = wanted.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return {}
    stored = chat.messages.get(int(message_id))
    if stored is None:
        if wanted.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    # A reply shows one level: the replied message comes without its own reply.
    shown = {name: value for name, value in stored.raw.items() if name != "reply_to_message"}
    return {"reply_to_message": shown}
