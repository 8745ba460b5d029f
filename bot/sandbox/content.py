"""What a message says: text or caption with entities, buttons, media. Checked as Telegram checks it."""

import re
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.entities import parse_html
from bot.sandbox.entity_kinds import Entity
from bot.sandbox.files import StoredFile
from bot.sandbox.limits import (
    BUTTONS,
    CALLBACK_DATA_BYTES,
    CAPTION_UTF16,
    TEXT_UTF16,
    bad_request,
    utf16_length,
)
from bot.sandbox.membership import Json
from bot.sandbox.params import Params
from bot.sandbox.world import World

ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
PRIVATE_REQUESTS = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_users": "users",
    "request_chat": "chats",
}
FOUND = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@.])(?:t\.me|www\.[\w-]+\.\w+)/?)[^\s<>\"«»]*[^\s<>\"«».,!?;:)\]])"
    r"|(?P<email>(?<![\w.])[\w.+-]+@[\w-]+(?:\.[A-Za-z]{2,})+)"
    r"|(?P<bot_command>(?<![\w/@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{2,31})"
    r"|(?P<hashtag>(?<![\w#&])#(?=\w*[^\W\d])\w{1,256})"
    r"|(?P<cashtag>(?<![\w$])\$[A-Z]{1,8}(?!\w))"
)
# Nothing is looked for inside these.
LITERAL = {"code", "pre", "text_link", "text_mention"}


def text_content(params: Params) -> Json:
    """Returns `text` and `entities` of a message.

    Raises ApiError when empty, too long or badly marked up.
    """
    return formatted_text(params.text("text"), params.text("parse_mode"), params.items("entities"))


def formatted_text(written: str, parse_mode: str, marked: list[Any] | None) -> Json:
    """Returns `text` and `entities` of a text that stands elsewhere than in the parameters."""
    text, entities = _formatted(written, parse_mode, marked)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_UTF16:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(caption: str, parse_mode: str, entities: list[Any] | None) -> Json:
    """Returns `caption` and `caption_entities`; nothing for an empty caption."""
    text, marked = _formatted(caption, parse_mode, entities)
    if utf16_length(text) > CAPTION_UTF16:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": marked} if marked else {"caption": text}


def said_by_person(text: str, *, caption: bool = False) -> Json:
    """Returns what a person typed: clients send it trimmed, the server finds the entities."""
    text, _ = trimmed(text, [])
    entities = find_entities(text, [])
    names = ("caption", "caption_entities") if caption else ("text", "entities")
    return {names[0]: text, **({names[1]: entities} if entities else {})}


def _formatted(text: str, parse_mode: str, entities: list[Any] | None) -> tuple[str, list[Entity]]:
    written: list[Entity] = [dict(entity) for entity in entities or []]
    if parse_mode and not written:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, written = parse_html(text)
    text, written = trimmed(text, written)
    return text, find_entities(text, written)


def inline_markup(params: Params) -> Json | None:
    """Returns the inline keyboard of an edit; None when there is none (which takes the old one away)."""
    markup = params.table("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return _inline(markup)


def markups(params: Params, chat: Chat) -> tuple[Json | None, Json | None]:
    """Returns the inline and the reply keyboard (or its removal) of a new message; at most one is there."""
    markup = params.table("reply_markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return _inline(markup), None
    if not {"keyboard", "remove_keyboard", "force_reply"} & markup.keys():
        raise bad_request("object expected as reply markup")
    if chat.type == "channel":
        raise bad_request("reply markup can't be used in channels")
    for button in _cells(markup.get("keyboard", [])):
        _check_reply_button(button, chat)
    return None, markup


def _inline(markup: Json) -> Json | None:
    buttons = _cells(markup["inline_keyboard"])
    if len(buttons) > BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_inline_button(button)
    rows = [row for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def _cells(rows: Any) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse keyboard: expected an Array of Arrays")
    return [cell for row in rows for cell in row]


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be non-empty')
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not re.match(r"(https?://|tg://|[\w-]+\.)\S+$", str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")
    if "copy_text" in actions and not 1 <= utf16_length(str(button["copy_text"].get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_reply_button(button: Any, chat: Chat) -> None:
    if isinstance(button, str):
        return
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request('can\'t parse keyboard button: field "text" must be non-empty')
    for name, what in PRIVATE_REQUESTS.items():
        if button.get(name) and not chat.is_private:
            raise bad_request(f"{what} can be requested in private chats only")


def media_file(world: World, kind: str, reference: Any, params: Params) -> StoredFile:
    """Returns the file that `photo` or `document` names: an uploaded part, or a file_id known here."""
    named = str(reference or "")
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    if upload := params.upload(named):
        return world.files.add_photo(upload) if kind == "photo" else world.files.add_document(upload)
    if named.startswith("attach://"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    known = world.files.get(named)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind == "photo" and known.photo is None:
        raise bad_request("can't use file of type Document as Photo")
    if kind == "document" and known.photo is not None:
        raise bad_request("can't use file of type Photo as Document")
    return known


def media_content(kind: str, file: StoredFile) -> Json:
    return {"photo": file.as_photo()} if kind == "photo" else {"document": file.as_document()}


def find_entities(text: str, written: list[Entity]) -> list[Entity]:
    """Returns `written` and what is found in the text outside of literal entities, in order."""
    if not any(mark in text for mark in "/@#$.") and "http" not in text:
        return written
    literal = [(e["offset"], e["offset"] + e["length"]) for e in written if e["type"] in LITERAL]
    found = list(written)
    for match in FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(begin < offset + length and offset < end for begin, end in literal):
            found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Returns text and entities without blank ends, as Telegram cuts them off; entities move and shrink."""
    without_end = text.rstrip()
    kept = without_end.lstrip()
    cut = utf16_length(without_end) - utf16_length(kept)
    length = utf16_length(kept)
    moved = []
    for entity in entities:
        begin = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return kept, moved
