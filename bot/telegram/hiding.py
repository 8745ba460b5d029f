"""Updates in which somebody may have written a key of theirs are kept encrypted until they are handled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.core.sealing import Sealing

HIDDEN = "sealed:"  # before what is no JSON
_LIKE_A_KEY = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}", re.ASCII)
_MESSAGES = ("message", "edited_message")
_TEXTS = ("text", "caption")


@dataclass(frozen=True, slots=True)
class Hiding:
    sealing: Sealing

    def hide(self, body: str) -> str:
        return HIDDEN + self.sealing.seal(body)

    def show(self, body: str) -> str | None:
        """Returns what was hidden, or the body as it is; None for what was hidden with another key."""
        return self.sealing.open(body.removeprefix(HIDDEN)) if body.startswith(HIDDEN) else body


def may_hold_key(raw: dict[str, Any]) -> bool:
    """Tells whether a message, or the one it replies to, has a long word of letters and digits.

    Links are hidden in vain.
    """
    return any(_LIKE_A_KEY.search(text) for text in _texts(raw))


def _texts(raw: dict[str, Any]) -> Iterator[str]:
    waiting = [raw.get(name) for name in _MESSAGES]
    while waiting:
        message = waiting.pop()
        if isinstance(message, dict):
            yield from (text for name in _TEXTS if isinstance(text := message.get(name), str))
            waiting.append(message.get("reply_to_message"))
