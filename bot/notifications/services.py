"""The mechanisms the program is made of, opened once; features are built upon them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from aiogram import Bot
from pydantic import SecretStr

from bot.collection.networks.following import Networks
from bot.collection.networks.max import Max
from bot.collection.networks.max_updates import MaxUpdates
from bot.collection.networks.reading import NetworkReading, OpenNetwork
from bot.collection.networks.registry import open_networks
from bot.collection.opened import open_pages
from bot.collection.pages import Pages
from bot.collection.telling import Telling
from bot.collection.tgstat.reading import TgstatReading
from bot.core.clock import Clock
from bot.core.deadline import Deadline
from bot.core.limiting import Limits
from bot.core.sealing import Sealing
from bot.core.secret_key import read_or_make
from bot.core.settings import Settings
from bot.core.tasks import Tasks
from bot.core.workers import Workers
from bot.notifications.pictures import Pictures
from bot.telegram.answering import Answering
from storage.engine import Database
from storage.system import networks

if TYPE_CHECKING:
    from bot.collection.exact.reading import Reading
    from bot.core.instruments import Instruments

KEYS = "key"  # what people's keys are sealed for


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    bot: Bot
    database: Database
    clock: Clock
    workers: Workers
    pages: Pages  # one for all: it keeps the pace of asking
    networks: Networks
    network_reading: NetworkReading
    pictures: Pictures
    tasks: Tasks
    stopping: Deadline  # one for all that is closed
    tgstat: TgstatReading
    max_updates: MaxUpdates | None  # where a token of MAX is set
    secret: SecretStr  # SECRET_KEY, given or made
    limits: Limits  # shared with other processes where there is a Redis
    exact: "Reading | None" = None
    answering: Answering = field(default_factory=Answering)
    instruments: "Instruments | None" = None  # where HEALTH_PORT is set

    def sealing(self, purpose: str) -> Sealing:
        """Gives what encrypts for this purpose with SECRET_KEY."""
        return Sealing(self.secret.get_secret_value(), purpose)


def make_services(
    settings: Settings,
    bot: Bot,
    database: Database,
    clock: Clock,
    workers: Workers,
    stopping: Deadline | None = None,
    instruments: "Instruments | None" = None,
    page_every_s: float | None = None,
) -> Services:
    """Puts together what is open already; nothing is asked of anybody yet. Raises DomainError("secret.unusable").

    `page_every_s`: between two requests for public pages, in place of the careful pace.
    """
    exact = None
    if settings.exact.is_on:  # a library of 28 MB, for who asked for it
        exact = import_module("bot.collection.exact.opened").open_reading(settings, bot, database, clock)
    secret = read_or_make(settings.storage)
    keys = Sealing(secret, KEYS)
    limits = Limits(settings.sharing.redis_url, owner=str(bot.id))
    opened = open_networks(settings.networks, database, clock)
    return Services(
        settings=settings,
        bot=bot,
        database=database,
        clock=clock,
        workers=workers,
        pages=open_pages(settings.pages, bot, workers, clock, limits, page_every_s),
        networks=Networks(database, clock, opened),
        network_reading=NetworkReading(database, clock, opened, Telling(bot, database, networks.note_told)),
        pictures=Pictures(database, settings.storage.data_dir),
        tasks=Tasks(),
        stopping=stopping or Deadline(),
        tgstat=TgstatReading(bot, database, clock, keys, str(settings.services.tgstat_url)),
        max_updates=_max_updates(settings, database, clock, opened),
        secret=SecretStr(secret),
        limits=limits,
        exact=exact,
        instruments=instruments,
    )


def _max_updates(
    settings: Settings, database: Database, clock: Clock, opened: Mapping[str, OpenNetwork]
) -> MaxUpdates | None:
    mine = opened.get(Max.network)
    return None if mine is None else MaxUpdates(database, clock, mine, settings.networks.urls[Max.network])
