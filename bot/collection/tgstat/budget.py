"""How often a channel is read, so that what the tariff has left lasts until it is renewed. Pure."""

from metrics.durations import DAY_S, HOUR_S
from storage.workspace.keys import Tariff

SHARE = 0.8  # of what is left: the rest is for whatever else its owner does with the key
SHORTEST_S = HOUR_S
LONGEST_S = 3 * DAY_S
USUAL_S = 6 * HOUR_S  # where the tariff says nothing


def pause_s(tariff: Tariff, now: int, *, channels: int, cost: int) -> int:
    """Seconds until a channel is read again, where one reading takes `cost` requests and so many channels share them."""
    if tariff.requests_left is None or tariff.expires_at is None or tariff.expires_at <= now:
        return USUAL_S
    readings = max(tariff.requests_left * SHARE / max(cost, 1) / max(channels, 1), 1e-6)
    return int(min(max((tariff.expires_at - now) / readings, SHORTEST_S), LONGEST_S))
