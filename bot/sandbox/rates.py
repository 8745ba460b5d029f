"""Telegram's sending rates, enforced when asked: 429 with the seconds to wait.

30 messages a second overall, 1 a second per chat with short bursts, 20 a minute per group
(core.telegram.org/bots/faq). Real time counts, whatever the sandbox's clock says.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.limits import too_many
from bot.sandbox.membership import Json

OVERALL_PER_S = 30
GROUP_PER_MIN = 20
CHAT_BURST = 5


class Rates:
    def __init__(self, *, enforce: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.enforce = enforce
        self._clock = clock
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        # Per chat: tokens left and when they were counted.
        self._chats: dict[int, tuple[float, float]] = {}

    def check(self, method: str, params: Json) -> None:
        """Counts a sending call.

        Raises ApiError 429 when it comes too soon; a refused call is not counted.
        """
        chat_id = params.get("chat_id")
        if not self.enforce or not isinstance(chat_id, int) or not _sends(method):
            return
        items = len(params["media"]) if isinstance(params.get("media"), list) else 1
        now = self._clock()
        wait_s = max(
            _window_wait(self._overall, now, 1.0, OVERALL_PER_S, items),
            self._chat_wait(chat_id, now, items),
            self._group_wait(chat_id, now, items),
        )
        if wait_s > 0:
            raise too_many(max(1, math.ceil(wait_s)))
        self._take(chat_id, now, items)

    def _chat_wait(self, chat_id: int, now: float, items: int) -> float:
        return min(items, CHAT_BURST) - self._tokens(chat_id, now)

    def _group_wait(self, chat_id: int, now: float, items: int) -> float:
        if chat_id > 0:
            return 0.0
        return _window_wait(self._groups.setdefault(chat_id, deque()), now, 60.0, GROUP_PER_MIN, items)

    def _tokens(self, chat_id: int, now: float) -> float:
        tokens, counted_at = self._chats.get(chat_id, (float(CHAT_BURST), now))
        return min(CHAT_BURST, tokens + now - counted_at)

    def _take(self, chat_id: int, now: float, items: int) -> None:
        self._chats[chat_id] = (self._tokens(chat_id, now) - items, now)
        self._overall.extend([now] * items)
        if chat_id < 0:
            self._groups[chat_id].extend([now] * items)


def _sends(method: str) -> bool:
    return method.startswith(("send", "copy", "forward", "editMessage")) and method != "sendChatAction"


def _window_wait(sent: deque[float], now: float, window_s: float, most: int, items: int) -> float:
    """Returns the seconds until `items` more fit into the last `window_s`; 0 when they do now."""
    while sent and sent[0] <= now - window_s:
        sent.popleft()
    excess = len(sent) + items - most
    if excess <= 0 or not sent:
        return 0.0
    return sent[min(excess, len(sent)) - 1] + window_s - now
