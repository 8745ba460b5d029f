"""VK's `wall.get`: {count, items} bare or under `response`, several pages joined into one list, or the items alone."""

from typing import Any

from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.json_lists import as_dict, as_dicts, message_list
from storage.files.tables.json_tables import table_of_objects
from storage.files.tables.posts import Family, read_posts
from storage.files.upload.notes import Notes

_LOOKED_AT = 50
_FAMILY = Family(
    "vk",
    {
        "id": "id",
        "date": "date",
        "text": "text",
        "views.count": "views",
        "likes.count": "reactions",
        "comments.count": "comments",
        "reposts.count": "forwards",
        "marked_as_ads": "is_ad",
        "is_copied": "is_forwarded",
        "media_kind": "kind",
    },
)


def _items(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("response"), dict | list):
        value = value["response"]
    if isinstance(value, dict):
        value = value.get("items")
    found = message_list(value) if isinstance(value, list) else []
    if not any("items" in page for page in found[:_LOOKED_AT]):
        return found
    pages = [
        item for page in found if isinstance(page.get("items"), list) for item in message_list(page["items"])
    ]
    return pages or found


def recognise(value: Any) -> Recognition | None:
    for item in _items(value)[:_LOOKED_AT]:  # a post may lack its likes, as a deleted one does
        if _owner(item) and isinstance(item.get("likes"), dict):
            return Recognition(0.97, "posts with an owner and likes.count")
    return None


def _owner(item: dict[str, Any]) -> str:
    return str(item.get("owner_id") or item.get("to_id") or "")  # its name until version 5.7


def _groups(value: Any) -> dict[str, dict[str, Any]]:
    """Returns the communities that an extended answer brings along, by id."""
    answer = as_dict(as_dict(value).get("response", value))
    return {str(group.get("id")): group for group in as_dicts(answer.get("groups"))}


def read(value: Any, notes: Notes) -> list[Part]:
    by_owner: dict[str, list[dict[str, Any]]] = {}
    for item in _items(value):
        by_owner.setdefault(_owner(item), []).append(_prepared(item))
    parts, groups = [], _groups(value)
    for owner, items in by_owner.items():
        table = table_of_objects(items)
        if table:
            for part in read_posts(table, _FAMILY, notes):
                group = groups.get(owner.lstrip("-"), {})
                part.channel = channel(
                    "vk",
                    name=group.get("name"),
                    handle=group.get("screen_name"),
                    external_id=owner.lstrip("-") or None,
                )
                parts.append(part)
    return parts


def _prepared(item: dict[str, Any]) -> dict[str, Any]:
    """Returns only what is read of an item, so that a post's nested objects never become columns."""
    kept = {key: item.get(key) for key in ("id", "date", "text", "marked_as_ads")}
    for counter in ("views", "likes", "comments", "reposts"):
        counted = item.get(counter)
        kept[f"{counter}.count"] = counted.get("count") if isinstance(counted, dict) else None
    kept["is_copied"] = 1 if item.get("copy_history") else 0
    kept["media_kind"] = _kind(item.get("attachments") or [])
    return kept


def _kind(attachments: Any) -> str:
    kinds = [attachment.get("type") for attachment in attachments if isinstance(attachment, dict)]
    if not kinds:
        return "text"
    if len(kinds) > 1 and set(kinds) <= {"photo", "video"}:
        return "album"
    return str(kinds[0] or "other")


FORMAT = Format("vk_wall", "json", recognise, read)
