"""What holds for every answer of the bot, whatever was asked: what a walk refuses to write down."""

import re
from collections.abc import Iterator

from docs.tour.steps import Answer, parted

VISIBLE_UNITS, MESSAGE_UNITS, CAPTION_UNITS, NOTICE_UNITS = 500, 4096, 1024, 200
LABEL_CHARS = 40  # of a button: what a phone shows of one in a row of its own
RAW = {
    "a parameter in braces": re.compile(r"\{\w*\}"),
    "an identifier": re.compile(r"(?<![@#/\w.-])[a-z]+_[a-z_]+\b"),
    "a zone's name": re.compile(r"\b(?:Europe|Asia|America|Etc)/[A-Z]\w+"),
    "a value without words": re.compile(r"\b(?:nan|NaN)\b|\b(?:None|True|False)\b(?! \w)"),
    "an id": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-|-100\d{8,}"),
    "two blanks": re.compile(r"\S  \S"),
    "a blank before a mark": re.compile(r"\w [,.;](?:\s|$)"),
    "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
}
FOREIGN = (  # phrases that no native writes
    "am no admin", "data of these days", "It is out", "how was computed", "is computed how", "it’s computed how",
)  # fmt: skip


def faults(answer: Answer) -> Iterator[str]:
    """Yields what is wrong with an answer, in words for whoever made it."""
    shown, fold = parted(answer)
    if answer.notice:
        limit = NOTICE_UNITS
    else:
        limit = CAPTION_UNITS if answer.picture or answer.document else MESSAGE_UNITS
    if units(answer.text) > limit:
        yield f"{units(answer.text)} of {limit} units"
    if units(shown) > VISIBLE_UNITS:
        yield f"{units(shown)} units shown at once"
    for name, pattern in RAW.items():
        if found := pattern.search(without_links(answer.text)):
            yield f"{name}: {found.group()!r}"
    yield from (f"no native writes {phrase!r}" for phrase in FOREIGN if phrase in answer.text)
    for label in answer.labels:
        if len(label) > LABEL_CHARS:
            yield f"a button of {len(label)} letters: {label!r}"
        if "\n" in label or any(pattern.search(label) for pattern in RAW.values()):
            yield f"a button with something raw in it: {label!r}"
    if fold and not shown:
        yield "nothing is to be seen before the fold"


def units(text: str) -> int:
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def without_links(text: str) -> str:
    return re.sub(r"(?:https?://|t\.me/|vk\.com/|youtube\.com/)\S+|«[^»]*»|“[^”]*”", "x", text)
