"""What the program is made of, opened once; handlers name the parts they need as parameters, jobs get the whole."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot

from bot.clock import Clock
from bot.engagement import Engagement
from bot.incoming import Incoming
from bot.settings import Settings
from bot.tasks import Tasks
from bot.workers import Workers
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    bot: Bot
    database: Database
    clock: Clock
    workers: Workers
    tasks: Tasks

    def for_handlers(self) -> dict[str, Any]:
        """By parameter name; aiogram itself adds `bot`."""
        return {
            "engagement": Engagement(self.database, self.workers, self.clock),
            "incoming": Incoming(self.bot, self.database, self.workers, self.clock, self.settings),
            "settings": self.settings,
            "database": self.database,
            "clock": self.clock,
            "workers": self.workers,
            "tasks": self.tasks,
        }
