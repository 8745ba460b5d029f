"""How long each answer took, by its command: a line in the log, and a figure where somebody counts."""

import asyncio
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message, TelegramObject, Update

from bot.telegram.commands import COMMANDS
from bot.telegram.routing import Handler
from metrics.errors import DomainError

if TYPE_CHECKING:
    from bot.core.instruments import Instruments

UNLISTED = ("start", "cancel")  # commands that stand in no menu
OTHERS = ("press", "inline", "file", "words", "event")  # what is asked without a command
_COMMAND = re.compile(r"/(\w+)")
log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Asked:
    """What an update asks for, as far as it is understood by now."""

    command: str


class AnswerTimes(BaseMiddleware):
    """Of updates. Adds `asked`, in which `AskedFor` says what was understood."""

    def __init__(self, instruments: "Instruments | None") -> None:
        self._instruments = instruments

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        asked = data["asked"] = Asked(command_of(event))
        began, outcome = time.perf_counter(), "failed"
        try:
            result = await handler(event, data)
            outcome = "answered"
        except DomainError:
            outcome = "refused"  # in a sentence
            raise
        finally:
            seconds = time.perf_counter() - began
            log.info("handled", command=asked.command, outcome=outcome, seconds=round(seconds, 3))
            if self._instruments is not None:
                self._instruments.answered(asked.command, outcome, seconds)
        return result


class AskedFor(BaseMiddleware):
    """Of messages, behind those that understand words."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Message):
            data["asked"].command = _of_message(event)
        return await handler(event, data)


class CallOutcomes(BaseRequestMiddleware):
    """What became of every call of the Bot API."""

    def __init__(self, instruments: "Instruments | None") -> None:
        self._instruments = instruments

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        outcome = "failed"
        try:
            response = await make_request(bot, method)
            outcome = "ok"
        except asyncio.CancelledError:
            outcome = "cut_off"  # by an ordered stop
            raise
        except TelegramRetryAfter:
            outcome = "too_many"
            raise
        except (TelegramNetworkError, TelegramServerError):
            outcome = "away"
            raise
        except TelegramAPIError:
            outcome = "refused"
            raise
        finally:
            name = method.__api_method__
            log.debug("called", method=name, outcome=outcome)
            if self._instruments is not None:
                self._instruments.called(name, outcome)
        return response


def command_of(update: Update) -> str:
    """Returns a name of the command table, or one of OTHERS."""
    if update.callback_query:
        return "press"
    if update.inline_query:
        return "inline"
    return _of_message(update.message) if update.message else "event"


def _of_message(message: Message) -> str:
    found = _COMMAND.match(message.text or "")
    if found and found[1] in (*COMMANDS, *UNLISTED):
        return found[1]
    return "file" if message.document else "words"
