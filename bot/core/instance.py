"""Which process this is among equal ones: its pulse is looked for under a number of its own."""

import hashlib
import socket

from bot.core.roles import Role
from bot.core.settings import Settings
from storage.system.everywhere import INSTANCES

MOST = 2**31 - INSTANCES


def ticker_of(settings: Settings, role: Role) -> int:
    """Returns the number under which this process's own ticks are recorded, the same in every life of it.

    It is told by the machine's name and the ports: two processes on one machine can't listen on the same.
    """
    ports = (settings.webhook.webhook_port, settings.health.health_port)
    name = f"{socket.gethostname()}:{role.ticker}:{ports}"
    return INSTANCES + int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % MOST
