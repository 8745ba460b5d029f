"""The sandbox's time: real until somebody sets it, then standing where it was put."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.pulse import Pulse

ACKNOWLEDGEMENT_S = 30.0
LONGEST_POLL_S = 25.0


class SandboxClock:
    """A clock with a version: whoever follows it long-polls for the next version and acknowledges it."""

    def __init__(self, now: datetime | None = None) -> None:
        self._stands_at = now.astimezone(UTC) if now else None
        self.version = 0
        self._acknowledged: dict[str, int] = {}
        self._changed = Pulse()

    @property
    def followers(self) -> frozenset[str]:
        """Names of those who follow the clock."""
        return frozenset(self._acknowledged)

    def now(self) -> datetime:
        return self._stands_at or datetime.now(UTC)

    def unix(self) -> int:
        return int(self.now().timestamp())

    def put(self, now: datetime) -> None:
        """Stops the clock at `now`."""
        self._stands_at = now.astimezone(UTC)
        self._tell()

    def advance(self, seconds: float) -> None:
        """Stops the clock `seconds` after this moment."""
        self.put(self.now() + timedelta(seconds=seconds))

    def release(self) -> None:
        """Lets real time flow again."""
        self._stands_at = None
        self._tell()

    def state(self) -> dict[str, object]:
        return {"now": self.now().isoformat(), "version": self.version, "flows": self._stands_at is None}

    async def follow(self, client: str, after: int, timeout_s: float) -> None:
        """Holds until the version is past `after`. A client cut off while it waits is forgotten."""
        self._acknowledged.setdefault(client, after)
        timeout_s = min(timeout_s, LONGEST_POLL_S)
        try:
            await self._changed.until(lambda: self.version > after, timeout_s)
        except BaseException:
            self._acknowledged.pop(client, None)
            self._changed.beat()
            raise

    def acknowledge(self, client: str, version: int) -> None:
        self._acknowledged[client] = max(version, self._acknowledged.get(client, 0))
        self._changed.beat()

    async def acknowledged(self, version: int) -> bool:
        """Tells whether every follower acknowledged `version` within half a minute."""
        return await self._changed.until(
            lambda: all(seen >= version for seen in self._acknowledged.values()), ACKNOWLEDGEMENT_S
        )

    def _tell(self) -> None:
        self.version += 1
        self._changed.beat()
