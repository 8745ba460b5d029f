"""Which tag becomes which entity."""

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
# A tag's own argument, and attributes that may stand without a value.
ARGUMENTS = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "tg-time": "unix"}
_MENTION = re.compile(r"tg://user\?id=(\d+)$")


@dataclass(slots=True)
class OpenTag:
    tag: str
    begins_at_byte: int
    offset: int
    argument: str
    bare: set[str] = field(default_factory=set)


def entity_of(opened: OpenTag, length: int, inner: str) -> Entity | None:
    kind = TAGS[opened.tag]
    entity: Entity = {"type": kind, "offset": opened.offset, "length": length}
    if person := _MENTION.match(opened.argument):
        named = {"id": int(person[1]), "is_bot": False, "first_name": inner}
        return {**entity, "type": "text_mention", "user": named}
    if kind == "text_link":
        url = opened.argument or inner
        if not re.match(r"(https?|tg|ton|mailto|tel)://?\S|[\w-]+(\.[\w-]+)+", url):
            return None
        entity["url"] = url
    elif kind == "custom_emoji":
        entity["custom_emoji_id"] = opened.argument
    elif kind == "date_time":
        entity["unix_time"] = int(opened.argument)
    elif kind == "blockquote" and "expandable" in opened.bare:
        entity["type"] = "expandable_blockquote"
    elif kind == "code" and opened.argument:
        entity["language"] = opened.argument
    return entity


def with_languages(entities: list[Entity]) -> list[Entity]:
    """Returns entities with <pre><code class="language-x"> as one `pre` with a language.

    A lone code has no language.
    """
    spans = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept = []
    for entity in entities:
        language = entity.pop("language", None) if entity["type"] == "code" else None
        block = spans.get((entity["offset"], entity["length"])) if entity["type"] == "code" else None
        if block is None:
            kept.append(entity)
        elif language:
            block["language"] = language
    return kept
