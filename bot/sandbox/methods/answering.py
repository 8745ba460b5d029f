"""answerCallbackQuery, answerInlineQuery, getFile."""

import json

from bot.sandbox import inline
from bot.sandbox.limits import (
    CALLBACK_LIFE_S,
    CALLBACK_TEXT_UTF16,
    DOWNLOAD_BYTES,
    QUERY_TOO_OLD,
    bad_request,
    utf16_length,
)
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World


@method("answerCallbackQuery")
def answer_callback(world: World, params: Params) -> bool:
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    if world.clock.unix() - query.pressed_at > CALLBACK_LIFE_S:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if utf16_length(text) > CALLBACK_TEXT_UTF16:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {
        "text": text or None,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url") or None,
    }
    world.revision += 1
    world.changed.beat()
    return True


@method("answerInlineQuery")
def answer_inline(world: World, params: Params) -> bool:
    query = world.inline_queries.get(params.text("inline_query_id"))
    if query is None or query.answer is not None or world.clock.unix() - query.asked_at > inline.LIFE_S:
        raise bad_request(QUERY_TOO_OLD)
    results = params.items("results") or []
    inline.check(world, results)
    query.answer = {
        "results": results,
        "button": _button(params.values.get("button")),
        "is_personal": params.flag("is_personal"),
        "cache_time": params.integer("cache_time"),
    }
    world.revision += 1
    world.changed.beat()
    return True


def _button(value: object) -> Json | None:
    """Returns a button given as an object.

    Elsewhere it is the label of one, so that a form's words are left as they are.
    """
    found = json.loads(value) if isinstance(value, str) and value else value
    if found is not None and not isinstance(found, dict):
        raise bad_request("object expected as button")
    return found


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": params.text("file_id"),
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
