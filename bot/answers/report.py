"""What a report gives back: the same numbers as a sentence, a picture and data."""

from dataclasses import dataclass, field
from typing import Any

from metrics.verdict import Fell


@dataclass(frozen=True, slots=True)
class Report:
    """`text` is HTML for Telegram, at most 1 024 UTF-16 units after entities when there is a picture.

    `picture` is None when there is nothing to draw; `data` is the JSON the command line prints; `wants` names what
    a person could tell or give the bot to get more out of it ("subscribers", "views"); `fell`: what lies below its own.
    """

    text: str
    picture: bytes | None = None
    data: dict[str, Any] = field(default_factory=dict)
    wants: tuple[str, ...] = ()
    fell: Fell | None = None
    document: tuple[str, bytes] | None = None  # name, content
