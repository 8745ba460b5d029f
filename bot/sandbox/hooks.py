"""A test's own code before and after the n-th call is answered."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.membership import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API call as a hook sees it. `result` is the whole answer, None before it is there."""

    method: str
    params: Json
    result: Json | None = None


class DropConnection(Exception):  # noqa: N818 it names what happens
    """Raised by a hook: the connection is cut instead of answered."""


Hook = Callable[[Call], Awaitable[None] | None]


@dataclass(slots=True)
class _Waiting:
    left: int
    fn: Hook
    method: str | None

    def fires(self, method: str) -> bool:
        counted = method != "getUpdates" if self.method is None else method == self.method
        self.left -= int(counted)
        return counted and self.left == 0


class Hooks:
    """Calls are counted from when a hook is set; without a method, every call but getUpdates."""

    def __init__(self) -> None:
        self._before: list[_Waiting] = []
        self._after: list[_Waiting] = []

    def before(self, n: int, fn: Hook, method: str | None = None) -> None:
        """Runs `fn` when the n-th call has come and nothing was done yet."""
        self._before.append(_Waiting(n, fn, method))

    def after(self, n: int, fn: Hook, method: str | None = None) -> None:
        """Runs `fn` when the n-th call was carried out and its answer was not sent yet."""
        self._after.append(_Waiting(n, fn, method))

    def clear(self) -> None:
        self._before.clear()
        self._after.clear()

    async def run_before(self, call: Call) -> None:
        await _run(self._before, call)

    async def run_after(self, call: Call) -> None:
        await _run(self._after, call)


async def _run(waiting: list[_Waiting], call: Call) -> None:
    if not waiting:
        return
    due = [hook for hook in waiting if hook.fires(call.method)]
    waiting[:] = [hook for hook in waiting if hook.left > 0]
    for hook in due:
        outcome = hook.fn(call)
        if inspect.isawaitable(outcome):
            await outcome
