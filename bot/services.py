"""What the program is made of, opened once; handlers name the parts they need as parameters, jobs get the whole."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aiogram import Bot

from bot.checks.looking import Checks
from bot.checks.watching import Watching
from bot.clock import Clock
from bot.collect.collector import Collector
from bot.collect.counting import Counting
from bot.collect.due_pages import DuePages
from bot.collect.following import Following
from bot.collect.opened import open_pages
from bot.collect.pages import Pages
from bot.collect.proving import Proving
from bot.deadline import Deadline
from bot.engagement import Engagement
from bot.exporting import Exporting
from bot.intake.answering import Answering
from bot.lookups import Lookups
from bot.pictures import Pictures
from bot.placements.placing import Placing
from bot.settings import Settings
from bot.tasks import Tasks
from bot.uploads.dialogue import UploadDialogue
from bot.welcoming import Welcoming
from bot.workers import Workers
from storage.engine import Database

if TYPE_CHECKING:
    from bot.collect.exact.reading import Reading


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    bot: Bot
    database: Database
    clock: Clock
    workers: Workers
    tasks: Tasks
    stopping: Deadline = field(default_factory=Deadline)  # one for all that is closed
    answering: Answering = field(init=False, default_factory=Answering)
    pages: Pages = field(init=False)  # one for all: it keeps the pace of asking
    exact: "Reading | None" = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.settings.exact.is_on:  # a library of 28 MB, for who asked for it
            opened = import_module("bot.collect.exact.opened")
            reading = opened.open_reading(self.settings, self.bot, self.database, self.clock)
            object.__setattr__(self, "exact", reading)
        pages = open_pages(self.settings.pages, self.bot, self.workers, self.clock)
        object.__setattr__(self, "pages", pages)

    @property
    def following(self) -> Following:
        return Following(self.database, self.pages)

    @property
    def collector(self) -> Collector:
        token = self.settings.telegram.bot_token.get_secret_value()
        return Collector(self.database, self.clock, self.bot.id, token)

    @property
    def counting(self) -> Counting:
        return Counting(self.bot, self.database, self.clock)

    @property
    def proving(self) -> Proving:
        return Proving(self.bot, self.database, self.clock)

    @property
    def due_pages(self) -> DuePages:
        return DuePages(self.database, self.pages, self.clock)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self.database, self.settings.storage.data_dir)

    @property
    def checks(self) -> Checks:
        return Checks(self.database, self.workers, self.clock, self.pages)

    @property
    def placing(self) -> Placing:
        return Placing(self.bot, self.database, self.clock, self.pages)

    @property
    def welcoming(self) -> Welcoming:
        reads_exact = self.settings.exact.is_on
        return Welcoming(
            self.bot, self.database, self.clock, self.following, self.lookups, reads_exact=reads_exact
        )

    @property
    def lookups(self) -> Lookups:
        return Lookups(self.database, self.clock, self.pages)

    def for_handlers(self) -> dict[str, Any]:
        """By parameter name; aiogram itself adds `bot`."""
        return {
            "engagement": Engagement(self.database, self.workers, self.clock, offers_pages=self.pages.is_on),
            "exporting": Exporting(self.database, self.workers, self.clock, self.settings, self.proving),
            "dialogue": UploadDialogue(self.bot, self.database, self.workers, self.clock, self.settings),
            "pages": self.pages,
            "placing": self.placing,
            "proving": self.proving,
            "following": self.following,
            "lookups": self.lookups,
            "checks": self.checks,
            "welcoming": self.welcoming,
            "watching": Watching(self.database, self.following, self.clock),
            "settings": self.settings,
            "database": self.database,
            "clock": self.clock,
            "workers": self.workers,
            "tasks": self.tasks,
        }
