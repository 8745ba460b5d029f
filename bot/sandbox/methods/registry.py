"""The one table of Bot API methods."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World

# Returns the `result`, or an awaitable of it; raises ApiError.
Handler = Callable[[World, Params], Any]

# By lower-case name: Telegram ignores the case of a method.
METHODS: dict[str, tuple[str, Handler]] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Returns a decorator that enters a handler under its Bot API name."""

    def enter(handler: Handler) -> Handler:
        METHODS[name.lower()] = (name, handler)
        return handler

    return enter
