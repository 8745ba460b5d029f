"""What the bot asked, for tests to read."""

from collections import Counter, deque
from typing import Any

from bot.sandbox.membership import Json
from bot.sandbox.pulse import Pulse

KEPT = 20_000


class CallLog:
    """The last calls, getUpdates left out."""

    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT)
        self._counts: Counter[str | None] = Counter()
        self.changed = Pulse()

    def add(self, method: str, params: Json, status: int, body: Json, at: str) -> None:
        if method == "getUpdates":
            return
        self._counts[method] += 1
        self._counts[None] += 1
        call: dict[str, Any] = {
            "n": self._counts[None],
            "method": method,
            "params": params,
            "status": status,
            "error": body.get("description"),
            "at": at,
        }
        self._calls.append(call)
        self.changed.beat()

    def of(self, method: str | None) -> list[Json]:
        return [call for call in self._calls if method is None or call["method"] == method]

    async def wait(self, method: str | None, count: int, timeout_s: float) -> list[Json]:
        await self.changed.until(lambda: self._counts[method] >= count, timeout_s)
        return self.of(method)
