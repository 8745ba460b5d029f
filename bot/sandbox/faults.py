"""Failures on request: 429, 5xx, slow answers, answers that never come."""

from dataclasses import dataclass

from bot.sandbox.limits import ApiError, too_many
from bot.sandbox.membership import Json

REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """See `Sandbox.fault` for what each field does."""

    method: str | None = None
    chat_id: int | None = None
    status: int = 500
    retry_after: int | None = None
    description: str | None = None
    times: int = 1
    skip: int = 0
    delay_s: float = 0.0
    drop: bool = False
    done: bool = False

    @property
    def is_only_slow(self) -> bool:
        return self.status == 200 and not self.drop and self.retry_after is None

    def error(self) -> ApiError:
        if self.retry_after is not None:
            return too_many(self.retry_after)
        return ApiError(self.status, self.description or REASONS.get(self.status, "Error"))


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def count(self) -> int:
        return len(self._faults)

    def next(self, method: str, params: Json) -> Fault | None:
        """Returns the fault this call meets, or None. Without a method, a fault spares getUpdates."""
        for fault in self._faults:
            if fault.method != method and (fault.method is not None or method == "getUpdates"):
                continue
            if fault.chat_id is not None and params.get("chat_id") != fault.chat_id:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
            return fault
        return None
