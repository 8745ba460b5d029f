"""Updates waiting for the bot: what it asked for, in order, until confirmed or a day old."""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.limits import POLLER_WITH_WEBHOOK, TWO_POLLERS, UPDATE_LIFE_S, ApiError
from bot.sandbox.membership import Json
from bot.sandbox.pulse import Pulse
from bot.sandbox.recorder import Recorder

# What an empty allowed_updates leaves out.
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_UPDATE = 1
LONGEST_POLL_S = 50


class UpdateQueue:
    def __init__(self, clock: SandboxClock, recorder: Recorder) -> None:
        self._clock = clock
        self._recorder = recorder
        self._waiting: dict[int, tuple[int, Json]] = {}
        self._next_id = FIRST_UPDATE
        self._poller: object | None = None
        self.allowed: frozenset[str] = frozenset()
        self.webhook_url = ""
        self.changed = Pulse()

    def push(self, kind: str, body: Json) -> int | None:
        """Queues an update; None when the bot did not ask for its kind."""
        if not self.wants(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        update = {"update_id": update_id, kind: body}
        self._waiting[update_id] = (self._clock.unix(), update)
        self._recorder.update(update)
        self.changed.beat()
        return update_id

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_NAMED

    def allow(self, kinds: list[str] | None) -> None:
        """Allows kinds of updates; None keeps the former choice.

        An empty list is everything but the kinds that must be named.
        """
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def waiting(self) -> list[Json]:
        """Returns every update still to be taken, oldest first; older than a day are gone."""
        oldest = self._clock.unix() - UPDATE_LIFE_S
        for update_id in [number for number, (at, _) in self._waiting.items() if at < oldest]:
            del self._waiting[update_id]
        return [update for _, update in self._waiting.values()]

    @property
    def newest_id(self) -> int:
        """The id last given out; 0 before the first."""
        return self._next_id - 1

    async def wait_past(self, update_id: int) -> None:
        """Holds until a newer update than `update_id` was queued (or an hour)."""
        await self.changed.until(lambda: self.newest_id > update_id, 3600)

    def count(self) -> int:
        return len(self._waiting)

    def confirm(self, update_id: int) -> None:
        if self._waiting.pop(update_id, None) is not None:
            self.changed.beat()

    def drop_all(self) -> None:
        self._waiting.clear()
        self.changed.beat()

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Returns what getUpdates answers.

        Raises 409 in the poll that another one replaces, and while a webhook is set.
        """
        self._must_have_no_webhook()
        me = object()
        self._poller = me
        self.changed.beat()
        self._confirm_before(offset)
        await self.changed.until(
            lambda: bool(self._waiting) or self._poller is not me or bool(self.webhook_url),
            min(timeout_s, LONGEST_POLL_S),
        )
        self._must_have_no_webhook()
        if self._poller is not me:
            raise ApiError(409, TWO_POLLERS)
        self._poller = None
        return self.waiting()[: min(max(limit, 1), 100)]

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            offset = next(reversed([*self._waiting][:offset]), 0) + 1
        for update_id in [number for number in self._waiting if number < offset]:
            self.confirm(update_id)

    def _must_have_no_webhook(self) -> None:
        if self.webhook_url:
            raise ApiError(409, POLLER_WITH_WEBHOOK)
