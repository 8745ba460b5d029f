"""A feature's handlers with the parts they name as parameters."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.types import TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Parts(BaseMiddleware):
    """Gives the handlers of one router what its feature was set up with, by parameter name."""

    def __init__(self, parts: Mapping[str, object]) -> None:
        self.parts = parts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        return await handler(event, {**data, **self.parts})


def with_parts(router: Router, **parts: object) -> Router:
    """Makes a router with the same handlers, given `parts`; `router` itself, as its module has it, belongs to nobody.

    A router belongs to one dispatcher, and a process may hold several.
    """
    made = Router(name=router.name)
    for name, observer in router.observers.items():
        made.observers[name].handlers.extend(observer.handlers)
        made.observers[name].outer_middleware(Parts(parts))
    return made
