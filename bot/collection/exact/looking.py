"""Whether the source gives what it is there for: posts that are old enough to have been seen, and their counters."""

from bot.collection.source import COUNTED, Answer, State

OLD_S = 3600
ENOUGH = 3
NO_VIEWS = "no_views"  # why the source is off


class FirstLook:
    """Tells which counters came with the first posts that one life of the program sees.

    The first three over an hour old settle it.
    """

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._told: set[str] = set()
        self.is_settled = False

    def look(self, chat_id: int, answer: Answer[int]) -> str | None:
        """Returns what came, blank-separated in the order of `COUNTED`, once settled.

        None before and after.
        """
        if self.is_settled:
            return None
        for one in answer.counters:
            is_old = one.published_at is not None and answer.observed_at - one.published_at > OLD_S
            if one.state == State.THERE and is_old:
                self._seen.add((chat_id, one.id))
                self._told |= one.told
        self.is_settled = len(self._seen) >= ENOUGH
        return " ".join(name for name in COUNTED if name in self._told) if self.is_settled else None
