"""Every network that is read with a key of the operator's: one line each."""

from collections.abc import Mapping

from bot.collection.networks.account import Account
from bot.collection.networks.door import Door
from bot.collection.networks.max import Max
from bot.collection.networks.reading import OpenNetwork
from bot.collection.networks.source import NetworkSource
from bot.collection.networks.vk import Vk
from bot.collection.networks.youtube import YouTube
from bot.collection.pace import Pace
from bot.core.clock import Clock
from bot.core.network_settings import NetworkSettings
from storage.engine import Database

SOURCES: Mapping[str, type[NetworkSource]] = {source.network: source for source in (Vk, YouTube, Max)}


def open_networks(settings: NetworkSettings, database: Database, clock: Clock) -> dict[str, OpenNetwork]:
    """Opens the networks whose key is set. Nothing is asked of anybody yet."""
    opened = {}
    for network, made in SOURCES.items():
        key, url = settings.keys.get(network), settings.urls[network]
        if key is not None:
            # A sandbox is nobody's server: who waits for it is a person who tries the bot out.
            every_s = 0.0 if settings.is_sandbox(network) else made.allowance.every_s
            account = Account(network, key, made.allowance, database, clock, Pace(every_s))
            opened[network] = OpenNetwork(made(Door(url, account.spend), key, clock), account)
    return opened
