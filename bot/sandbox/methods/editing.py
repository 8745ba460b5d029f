"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.content import caption_content, inline_markup, text_content
from bot.sandbox.destinations import own_message
from bot.sandbox.limits import NOT_MODIFIED, bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.albums import item_content
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World

TEXT = ("text", "entities")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
MEDIA = ("photo", "document")


@method("editMessageText")
def edit_text(world: World, params: Params) -> Json:
    chat, stored = own_message(world, params)
    content = text_content(params)
    if "text" not in stored.raw:
        raise bad_request("there is no text in the message to edit")
    return _become(world, chat, stored, params, (*TEXT, "reply_markup"), content)


@method("editMessageCaption")
def edit_caption(world: World, params: Params) -> Json:
    chat, stored = own_message(world, params)
    if not any(kind in stored.raw for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    content = caption_content(
        params.text("caption"), params.text("parse_mode"), params.items("caption_entities")
    )
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _become(world, chat, stored, params, (*CAPTION, "reply_markup"), content)


@method("editMessageMedia")
def edit_media(world: World, params: Params) -> Json:
    chat, stored = own_message(world, params)
    item = params.table("media")
    if item is None:
        raise bad_request("input media is not specified")
    content = item_content(world, item, params)
    return _become(world, chat, stored, params, (*TEXT, *CAPTION, *MEDIA, "reply_markup"), content)


@method("editMessageReplyMarkup")
def edit_markup(world: World, params: Params) -> Json:
    chat, stored = own_message(world, params)
    return _become(world, chat, stored, params, ("reply_markup",), {})


def _become(
    world: World, chat: Chat, stored: StoredMessage, params: Params, replaced: tuple[str, ...], content: Json
) -> Json:
    """Replaces those fields by `content` and the new inline keyboard, if that changes anything."""
    markup = inline_markup(params)
    if markup:
        content = {**content, "reply_markup": markup}
    if content == {name: stored.raw[name] for name in replaced if name in stored.raw}:
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in stored.raw.items() if name not in replaced}
    # Changing buttons alone is no edit to a reader.
    only_buttons = replaced == ("reply_markup",)
    edited = {} if only_buttons else {"edit_date": world.clock.unix()}
    return world.replace(chat, stored, {**kept, **edited, **content}).raw
