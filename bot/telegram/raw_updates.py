"""Updates as Telegram sends them: which ones are asked for, and whose order they belong to."""

from typing import Any

# Named always: Telegram leaves out changes of members and reactions unless they are.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
    "channel_post",
    "edited_channel_post",
    "message_reaction_count",
)


def chat_of(raw: dict[str, Any]) -> int | None:
    """Returns the chat whose order an update belongs to, or the person; None for an unknown shape.

    It is the person for what happens in no chat.
    """
    event = next((value for value in raw.values() if isinstance(value, dict)), {})
    message = event.get("message")
    beside = message.get("chat") if isinstance(message, dict) else None
    for place in (event.get("chat"), beside, event.get("from")):
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return int(place["id"])
    return None
