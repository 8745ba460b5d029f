"""Pyrogram's messages as JSON, printed one after another or in a list, and those of the Bot API, which have the same names.

Each has a `chat`; albums share `media_group_id`; printed times carry no zone.
"""

from typing import Any

from metrics.errors import DomainError
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.albums import merge_albums
from storage.files.tables.json_lists import as_count, as_dict, message_list
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.meanings import columns_of
from storage.files.tables.posts import Family, read_posts
from storage.files.upload.notes import Notes

_FAMILY = Family("telegram")
_FORWARDED = ("forward_date", "forward_from", "forward_from_chat", "forward_origin", "forward_sender_name")


def recognise(value: Any) -> Recognition | None:
    for message in _messages(value)[:1]:
        if (
            isinstance(message.get("chat"), dict)
            and "date" in message
            and message.keys() & {"id", "message_id"}
        ):
            return Recognition(0.97, "messages with a chat")
    return None


def _messages(value: Any) -> list[dict[str, Any]]:
    """Returns the messages of a dump; one printed message is a list of one."""
    return [value] if isinstance(value, dict) and "chat" in value else message_list(value)


def read(value: Any, notes: Notes) -> list[Part]:
    """Reads the posts. Raises DomainError("file.chat_export") if there is no channel in it."""
    chats: dict[str, list[dict[str, Any]]] = {}
    owners: dict[str, dict[str, Any]] = {}
    for row, message in enumerate(_messages(value), 1):
        if message.get("service") or message.get("empty"):
            notes.skip("service", row)
            continue
        chat = as_dict(message.get("chat"))
        key = str(chat.get("id") or "")
        owners[key] = chat
        chats.setdefault(key, []).append(_flat(message))
    channels = [key for key, chat in owners.items() if _is_channel(chat)]
    if owners and not channels:
        raise DomainError(
            "file.chat_export", found=", ".join({str(chat.get("type")) for chat in owners.values()})
        )
    notes.skip("chat", count=len(owners) - len(channels))
    return [part for key in channels for part in _read_chat(owners[key], chats[key], notes)]


def _is_channel(chat: dict[str, Any]) -> bool:
    """Tells whether a chat is a channel (`ChatType.CHANNEL`, `channel`); no type counts as one."""
    return str(chat.get("type") or "channel").rpartition(".")[2].casefold() == "channel"


def _read_chat(chat: dict[str, Any], messages: list[dict[str, Any]], notes: Notes) -> list[Part]:
    table = table_of_objects(messages)
    if table is None:
        return []
    parts = read_posts(table, _FAMILY, notes)
    merge_albums(parts, table, columns_of(table), notes)
    for part in parts:
        identity = str(chat.get("id") or "").removeprefix("-100")
        part.channel = channel(
            "telegram", name=chat.get("title"), handle=chat.get("username"), external_id=identity or None
        )
    return parts


def _flat(message: dict[str, Any]) -> dict[str, Any]:
    media = str(message.get("media") or "").rpartition(".")[2].casefold()
    return {
        "message_id": message.get("id") or message.get("message_id"),
        "date": message.get("date"),
        "text": message.get("text") or message.get("caption") or "",
        "views": message.get("views"),
        "forwards": message.get("forwards"),
        "reactions": _reactions(message.get("reactions")),
        "media_group_id": message.get("media_group_id"),
        "media_type": media or "text",
        "is_forwarded": 1 if any(message.get(name) is not None for name in _FORWARDED) else 0,
    }


def _reactions(reactions: Any) -> int | None:
    if isinstance(reactions, dict):
        reactions = reactions.get("reactions")
    if not isinstance(reactions, list):
        return None
    return sum(
        as_count(item.get("count")) for item in reactions if isinstance(item, dict) and not _is_paid(item)
    )


def _is_paid(reaction: dict[str, Any]) -> bool:
    kind = reaction.get("type")
    return bool(reaction.get("is_paid")) or (
        isinstance(kind, dict) and "aid" in str(kind.get("_") or kind.get("type"))
    )


FORMAT = Format("pyrogram", "json", recognise, read)
