"""sendMediaGroup."""

from bot.sandbox.content import caption_content, media_content, media_file
from bot.sandbox.destinations import writable_chat
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import replied, thread_of
from bot.sandbox.params import Params
from bot.sandbox.world import World


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[Json]:
    chat = writable_chat(world, params, "photos")
    items = params.items("media") or []
    if not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= 10:
        raise bad_request(
            "too much messages to send as an album"
            if len(items) > 10
            else "too few messages to send as an album"
        )
    if len({item.get("type") for item in items}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    head = {**thread_of(params), **replied(chat, params)}
    contents = [item_content(world, item, params) for item in items]
    group = {"media_group_id": str(13_000_000_000 + world.next_number())}
    return [world.store(chat, world.bot.user, {**head, **group, **content}).raw for content in contents]


def item_content(world: World, item: Json, params: Params) -> Json:
    """Returns media and caption of an InputMediaPhoto or InputMediaDocument."""
    kind = str(item.get("type", ""))
    if kind not in ("photo", "document"):
        raise bad_request(f"can't parse InputMedia: type {kind!r} is not played by this sandbox")
    file = media_file(world, kind, item.get("media"), params)
    caption = caption_content(
        str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities")
    )
    above = {"show_caption_above_media": True} if item.get("show_caption_above_media") else {}
    return {**media_content(kind, file), **caption, **above}
