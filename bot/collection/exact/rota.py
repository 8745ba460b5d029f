"""Whose turn it is: one request a second for everybody, posts at their ages before histories, and nobody left out.

Pure. A sweep is late by as long as the queue before it is; of histories each workspace reads one window after another
workspace's, and each of its channels after its other ones, however many anybody has.
"""

from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from storage.system.exact import DueHistory, DueSweep

HISTORY_EVERY = 4  # with sweeps waiting, so many turns have one of a history among them
HISTORY_A_DAY = 20_000  # requests: four million numbers; a quarter of what a day has


class Rota:
    """Gives the turns of channels within one run.

    `history_left`: requests for histories that the day still allows.
    """

    def __init__(
        self, sweeps: Iterable[DueSweep], histories: Iterable[DueHistory], history_left: int
    ) -> None:
        self._sweeps = sorted(sweeps, key=lambda one: (-one.sweep_at, -one.chat_id))
        self._history_left = history_left
        self._turns = 0
        self._waiting: dict[int, list[tuple[int, int]]] = defaultdict(list)
        served: dict[int, int] = {}
        for one in histories:
            served[one.workspace_id] = one.workspace_served
            self._waiting[one.workspace_id].append((one.served, one.channel_id))
        for channels in self._waiting.values():
            heapify(channels)
        self._workspaces = [(last, workspace_id) for workspace_id, last in served.items()]
        heapify(self._workspaces)

    def next(self) -> DueSweep | DueHistory | None:
        """Returns the next turn; None: nothing waits, or what waits is for another day."""
        self._turns += 1
        may_read_history = self._history_left > 0 and bool(self._workspaces)
        if may_read_history and (not self._sweeps or self._turns % HISTORY_EVERY == 0):
            self._history_left -= 1
            return self._next_history()
        return self._sweeps.pop() if self._sweeps else None

    def settle(self, history: DueHistory, served: int, *, is_done: bool) -> None:
        """Ends a turn; `served` is the request that it was."""
        waiting = self._waiting[history.workspace_id]
        if not is_done:
            heappush(waiting, (served, history.channel_id))
        if waiting:
            heappush(self._workspaces, (served, history.workspace_id))

    def _next_history(self) -> DueHistory:
        workspace_served, workspace_id = heappop(self._workspaces)
        served, channel_id = heappop(self._waiting[workspace_id])
        return DueHistory(channel_id, workspace_id, served, workspace_served)
