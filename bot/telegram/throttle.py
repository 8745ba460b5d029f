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
    """Tells whether a person may ask now; who is too fast is told so once in a minute, whatever passes between."""

    def __init__(self, *, per_minute: int = PER_MINUTE, burst: int = BURST) -> None:
        self._questions = _limit(f"{per_minute}/m burst {burst}")
        self._warnings = _limit("1/m burst 1")

    async def admit(self, person: int) -> Verdict:
        if not (await self._questions.limit(str(person))).limited:
            return Verdict.WELCOME
        if (await self._warnings.limit(str(person))).limited:
            return Verdict.IGNORE
        return Verdict.WARN


def _limit(quota: str) -> Throttled:
    store = MemoryStore(options={"MAX_SIZE": KNOWN_PEOPLE})
    return Throttled(using=RateLimiterType.GCRA.value, quota=quota, store=store, timeout=-1)
