"""How fast messages may leave: so many a second overall, one a second to a chat, so many a minute to a group.

Answers to people are counted and never held up: what nobody waits for gives way to them. The seconds are real ones,
whatever the bot's clock says, for Telegram counts those.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.core.limiting import Limit

# core.telegram.org/bots/faq: about 30 a second; one less, for messages don't arrive as evenly as they leave.
OVERALL_MOST, OVERALL_WINDOW_S = 29, 1.0
# Of all processes together where they share a Redis: never 30 within a second, a burst included.
TOGETHER = "26/s burst 3"
# Two processes without one know nothing of each other's sends: each keeps to its share, and the sum is what one may send.
ANSWERS_MOST = 12
JOBS_MOST = OVERALL_MOST - ANSWERS_MOST
APART_S = 1 / 35  # what was held up is caught up with, but not in one burst
CHAT_EVERY_S = 1.0
GROUP_MOST, GROUP_WINDOW_S = 20, 60.0
CHATS_KNOWN = 4_096  # above which those that may be written to at once are forgotten
_SENDS = re.compile("send(?!ChatAction)|copy|forward|editMessage")


class Pace:
    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        chat_every_s: float = CHAT_EVERY_S,
        overall_most: int = OVERALL_MOST,
        together: Limit | None = None,
    ) -> None:
        self._clock = clock
        self._chat_every_s = chat_every_s
        self._together = together
        self._left: deque[float] = deque(maxlen=overall_most)  # the moments of the last ones
        self._turn = asyncio.Lock()
        self._sent: dict[int, deque[float]] = {}  # by chat, the moments of the last ones, some still to come

    async def wait(self, chat_id: int, answered: Callable[[], Awaitable[None]] | None = None) -> None:
        """Waits until a message to this chat may leave, `answered` being over; counts it as left."""
        await asyncio.sleep(self.chat_wait_s(chat_id))
        async with self._turn:
            if answered is not None:
                await answered()
            await self._wait_overall()

    async def wait_for_share(self) -> None:
        """Waits until a message to any chat may leave; counts it as left."""
        async with self._turn:
            await self._wait_overall()

    async def _wait_overall(self) -> None:
        for wait_s in iter(self.overall_wait_s, 0.0):  # an answer may take the place meanwhile
            await asyncio.sleep(wait_s)
        if self._together is not None:
            await self._together.wait()
        self.leave()

    def chat_wait_s(self, chat_id: int) -> float:
        now = self._clock()
        at = max(now, self._chat_free_at(chat_id))
        self._count(chat_id, at)
        return at - now

    def overall_wait_s(self) -> float:
        if not self._left:
            return 0.0
        is_full = len(self._left) == self._left.maxlen
        at = max(self._left[-1] + APART_S, self._left[0] + OVERALL_WINDOW_S if is_full else 0.0)
        return max(0.0, at - self._clock())

    def leave(self) -> None:
        """Counts a message when it leaves, not when it should: a late one would crowd the next."""
        self._left.append(self._clock())

    def note(self, chat_id: int) -> None:
        """Counts a message to this chat that leaves now: an answer to somebody who waits for it."""
        self._count(chat_id, self._clock())
        self.leave()

    def _chat_free_at(self, chat_id: int) -> float:
        sent = self._sent.get(chat_id)
        if not sent:
            return 0.0
        full = chat_id < 0 and len(sent) == GROUP_MOST
        return max(sent[-1] + self._chat_every_s, sent[0] + GROUP_WINDOW_S if full else 0.0)

    def _count(self, chat_id: int, at: float) -> None:
        if len(self._sent) >= CHATS_KNOWN:
            recent = self._clock() - GROUP_WINDOW_S
            self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > recent}
        self._sent.setdefault(chat_id, deque(maxlen=GROUP_MOST)).append(at)


class _PaceMiddleware(BaseRequestMiddleware):
    """Acts before every message that the handlers' own bot sends or changes."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if _SENDS.match(method.__api_method__):
            await self._leaving(getattr(method, "chat_id", None))
        return await make_request(bot, method)

    async def _leaving(self, chat_id: object) -> None:
        raise NotImplementedError


class KeepShare(_PaceMiddleware):
    """Holds answers within the share of this process, or what all processes may send together."""

    async def _leaving(self, chat_id: object) -> None:  # noqa: ARG002 - whichever it is
        await self._pace.wait_for_share()


class CountAnswers(_PaceMiddleware):
    """Counts answers beside what is due."""

    async def _leaving(self, chat_id: object) -> None:
        if isinstance(chat_id, int):
            self._pace.note(chat_id)
