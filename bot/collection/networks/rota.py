"""Whose turn it is at a network: channels that are due before histories, and of each the workspace served longest ago.

Pure. However many channels a workspace follows, another one's are read between any two of them.
"""

from collections import deque
from collections.abc import Iterable

from storage.system.networks import Turn

HISTORY_EVERY = 4  # with sweeps waiting, so many turns have one of a history among them


class Rota:
    """Gives the turns of channels within one run.

    A channel that several workspaces follow is looked at once for all of them.
    """

    def __init__(self, sweeps: Iterable[Turn], histories: Iterable[Turn]) -> None:
        self._sweeps, self._histories = _Round(sweeps), _Round(histories)
        self._turns = 0
        self._looked_at: set[str] = set()

    def next(self, *, histories: bool = True) -> tuple[Turn, bool] | None:
        """Returns the turn, and whether it is a history's; None: nothing waits.

        Without `histories` those do not count.
        """
        self._turns += 1
        if histories and self._turns % HISTORY_EVERY == 0 and (turn := self._histories.pop()):
            return turn, True
        while (turn := self._sweeps.pop()) is not None:
            if turn.place not in self._looked_at:
                self._looked_at.add(turn.place)
                return turn, False
        turn = self._histories.pop() if histories else None
        return (turn, True) if turn is not None else None

    def settle(self, turn: Turn, served: int, *, goes_on: bool) -> None:
        """Ends a turn, whose last request was `served`; a history that goes on waits for the next."""
        self._sweeps.move(turn.workspace_id, served)
        self._histories.move(turn.workspace_id, served)
        if goes_on:
            self._histories.add(turn._replace(workspace_served=served))


class _Round:
    """Turns by workspace, the one served longest ago first; within it in their order."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._waiting: dict[int, deque[Turn]] = {}
        self._served: dict[int, int] = {}
        for turn in turns:
            self.add(turn)

    def pop(self) -> Turn | None:
        waiting = (workspace_id for workspace_id, turns in self._waiting.items() if turns)
        chosen = min(waiting, key=lambda one: (self._served[one], one), default=None)
        return None if chosen is None else self._waiting[chosen].popleft()

    def add(self, turn: Turn) -> None:
        self._waiting.setdefault(turn.workspace_id, deque()).append(turn)
        self._served[turn.workspace_id] = turn.workspace_served

    def move(self, workspace_id: int, served: int) -> None:
        self._served[workspace_id] = served
