"""In which ways TGStat gives nothing. The texts are codes of ours: what TGStat wrote may quote what it was sent."""

import re

QUIET_S = 60  # where it says to wait and names no time
STALE_S = 15 * 60  # how long it gathers what it does not have yet

_FLOOD = re.compile(r"flood_control_(\d{1,5})")
_PARTS: tuple[tuple[str, str], ...] = (
    ("token", "refused"),
    ("quota", "spent"),
    ("tariff", "not_in_tariff"),
    ("subscription", "not_in_tariff"),
    ("access", "not_in_tariff"),
    ("channel", "unknown_channel"),
    ("peer", "unknown_channel"),
    ("post", "unknown_post"),
)


class TgstatError(Exception):
    """`code`: refused, spent, no_more_channels, not_in_tariff, unknown_channel, unknown_post, wait (for `wait_s`) or away."""

    def __init__(self, code: str, wait_s: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.wait_s = wait_s


def error_of(said: str) -> TgstatError:
    """Returns what the `error` of an answer means."""
    low = said.lower()
    if flood := _FLOOD.search(low):
        return TgstatError("wait", max(1, int(flood[1])))
    if "flood" in low:
        return TgstatError("wait", QUIET_S)
    if "outdated" in low or "pending" in low:
        return TgstatError("wait", STALE_S)
    if "quota" in low and "channel" in low:
        return TgstatError("no_more_channels")
    return TgstatError(next((code for part, code in _PARTS if part in low), "away"))


def error_of_status(status: int) -> TgstatError:
    """Returns what the HTTP status of an answer without a body of TGStat's means."""
    if status in (401, 403):
        return TgstatError("refused")
    return TgstatError("wait", QUIET_S) if status == 429 else TgstatError("away")
