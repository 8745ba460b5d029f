"""How often one person may ask: a burst, then a steady rate; counted in this process."""

from enum import Enum

from throttled.asyncio import MemoryStore, RateLimiterType, Throttled

PER_MINUTE = 60
BURST = 30  # a person drops a folder of exports at once
KNOWN_PEOPLE = 10_000  # counted at the same time; the longest silent one is forgotten first


class Verdict(Enum):
    WELCOME = "welcome"
    WARN = "warn"
    IGNORE = "ignore"


class Throttle:
    def __init__(self, *, per_minute: int = PER_MINUTE, burst: int = BURST) -> None:
        self._limit = Throttled(
            using=RateLimiterType.GCRA.value,
            quota=f"{per_minute}/m burst {burst}",
            store=MemoryStore(options={"MAX_SIZE": KNOWN_PEOPLE}),
            timeout=-1,
        )
        self._warned: set[int] = set()

    async def admit(self, person: int) -> Verdict:
        """Whoever is too fast is told so once, until they are welcome again."""
        result = await self._limit.limit(str(person))
        if not result.limited:
            self._warned.discard(person)
            return Verdict.WELCOME
        if person in self._warned:
            return Verdict.IGNORE
        if len(self._warned) >= KNOWN_PEOPLE:
            self._warned.clear()
        self._warned.add(person)
        return Verdict.WARN
