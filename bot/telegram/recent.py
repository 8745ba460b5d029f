"""The command that somebody's last question was, for as long as the next one may lean on it.

It lives in this process alone: after a restart, or where another process answers the chat, a question that leans on nothing is
read by itself.
"""

from collections import OrderedDict

MOST_PEOPLE = 10_000
FRESH_S = 1800


class Recent:
    def __init__(self) -> None:
        self._lines: OrderedDict[tuple[int, int], tuple[str, int]] = OrderedDict()

    def keep(self, chat: int, person: int, line: str, now: int) -> None:
        self._lines[chat, person] = (line, now)
        self._lines.move_to_end((chat, person))
        if len(self._lines) > MOST_PEOPLE:
            self._lines.popitem(last=False)

    def get(self, chat: int, person: int, now: int) -> str | None:
        """Returns the last line; None where there is none, or an old one."""
        line, at = self._lines.get((chat, person), ("", 0))
        return line if line and now - at <= FRESH_S else None
