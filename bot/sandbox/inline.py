"""Inline mode as a person sees it: a query in any chat, what the bot offers, and the one that is chosen."""

from typing import Any

from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.content import caption_content, formatted_text, media_content
from bot.sandbox.deliver import tell_message
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.world import InlineQuery, World

LIFE_S = 10  # Telegram waits no longer for an answer
RESULTS = 50
QUERY_CHARS = 256


def ask(world: World, user: User, text: str) -> InlineQuery:
    """Asks what somebody types behind the bot's name: inline_query."""
    query = InlineQuery(str(5_000_000_000_000_000 + world.next_number()), world.clock.unix())
    world.inline_queries[query.id] = query
    body: Json = {
        "id": query.id,
        "from": user.body(),
        "query": text[:QUERY_CHARS],
        "offset": "",
        "chat_type": "group",
    }
    world.updates.push("inline_query", body)
    return query


def choose(world: World, user: User, query: InlineQuery, result_id: str, chat: Chat) -> StoredMessage:
    """Sends the result into the chat in the person's name, as their own message that says which bot it came by."""
    results: list[Any] = (query.answer or {}).get("results", [])
    found = next((one for one in results if one["id"] == result_id), None)
    if found is None:
        raise bad_request("RESULT_ID_INVALID")
    content = _content(world, found)
    stored = world.store(chat, user, {**content, "via_bot": world.bot.user.body()})
    tell_message(world, chat, stored)
    return stored


def check(world: World, results: list[Any]) -> None:
    """Raises ApiError for what Telegram does not take."""
    if len(results) > RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    for one in results:
        if not 1 <= len(str(one["id"]).encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        _content(world, one)


def _content(world: World, result: Json) -> Json:
    if result["type"] == "photo":
        file = world.files.get(str(result.get("photo_file_id", "")))
        if file is None or file.photo is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return media_content("photo", file) | caption_content(
            result.get("caption", ""), result.get("parse_mode") or "", None
        )
    text = result.get("input_message_content", {})
    return formatted_text(text.get("message_text", ""), text.get("parse_mode") or "", None)
