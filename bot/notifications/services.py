"""The mechanisms the program is made of, opened once; features are built upon them."""

from dataclasses import dataclass, field

from aiogram import Bot

from bot.collection.opened import open_pages
from bot.collection.pages import Pages
from bot.core.clock import Clock
from bot.core.deadline import Deadline
from bot.core.settings import Settings
from bot.core.tasks import Tasks
from bot.core.workers import Workers
from bot.notifications.pictures import Pictures
from bot.telegram.answering import Answering
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    bot: Bot
    database: Database
    clock: Clock
    workers: Workers
    pages: Pages  # one for all: it keeps the pace of asking
    pictures: Pictures
    tasks: Tasks
    stopping: Deadline  # one for all that is closed
    answering: Answering = field(default_factory=Answering)


def make_services(
    settings: Settings,
    bot: Bot,
    database: Database,
    clock: Clock,
    workers: Workers,
    stopping: Deadline | None = None,
) -> Services:
    """Puts together what is open already; nothing is asked of anybody yet."""
    return Services(
        settings=settings,
        bot=bot,
        database=database,
        clock=clock,
        workers=workers,
        pages=open_pages(settings.pages, bot, workers, clock),
        pictures=Pictures(database, settings.storage.data_dir),
        tasks=Tasks(),
        stopping=stopping or Deadline(),
    )
