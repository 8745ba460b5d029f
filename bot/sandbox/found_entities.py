"""Entities Telegram's servers find by themselves: commands, links, names, hashtags, addresses."""

import re

from bot.sandbox.entity_kinds import Entity
from bot.sandbox.limits import utf16_length

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


def find_entities(text: str, written: list[Entity]) -> list[Entity]:
    """`written` and what is found in the text outside of literal entities, in order."""
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
    """Telegram cuts blank ends off; entities move and shrink with them."""
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
