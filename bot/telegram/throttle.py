"""How often one person may ask: a burst, then a steady rate."""

from enum import Enum

from bot.core.limiting import Limits

PER_MINUTE = 60
BURST = 30  # a person drops a folder of exports at once


class Verdict(Enum):
    WELCOME = "welcome"
    WARN = "warn"
    IGNORE = "ignore"


class Throttle:
    """Tells whether a person may ask now; who is too fast is told so once in a minute, whatever passes between."""

    def __init__(
        self, limits: Limits | None = None, *, per_minute: int = PER_MINUTE, burst: int = BURST
    ) -> None:
        limits = limits or Limits()
        self._questions = limits.make("questions", f"{per_minute}/m burst {burst}")
        self._warnings = limits.make("warnings", "1/m burst 1")

    async def admit(self, person: int) -> Verdict:
        if not await self._questions.wait_s(str(person)):
            return Verdict.WELCOME
        if await self._warnings.wait_s(str(person)):
            return Verdict.IGNORE
        return Verdict.WARN
