"""The parts of exact counters, put together. Loaded only where API_ID is set."""

from aiogram import Bot

from bot.collection.exact.reading import Reading
from bot.collection.exact.session import Sessions
from bot.collection.exact.telegram import Telegram
from bot.collection.pace import EVERY_S, Pace
from bot.collection.telling import Telling
from bot.core.clock import Clock
from bot.core.sealing import Sealing
from bot.core.settings import Settings
from storage.engine import Database
from storage.workspace import exact_channels


def open_reading(settings: Settings, bot: Bot, database: Database, clock: Clock) -> Reading:
    """Opens the reading; nothing is asked of anybody until it runs."""
    return Reading(
        bot=bot,
        database=database,
        clock=clock,
        connector=open_telegram(settings, clock),
        sessions=Sessions(database, open_sealing(settings), clock),
        telling=Telling(bot, database, exact_channels.note_told),
        # A sandbox is nobody's server: who waits for it is a person who tries the bot out.
        pace=Pace(0.0 if settings.exact.mtproto_url else EVERY_S),
    )


def open_telegram(settings: Settings, clock: Clock) -> Telegram:
    exact = settings.exact
    assert exact.api_id is not None
    assert exact.api_hash is not None
    return Telegram(
        api_id=exact.api_id,
        api_hash=exact.api_hash.get_secret_value(),
        token=settings.telegram.bot_token.get_secret_value(),
        clock=clock,
        server_url=str(exact.mtproto_url) if exact.mtproto_url else None,
    )


def open_sealing(settings: Settings) -> Sealing:
    return Sealing(settings.telegram.bot_token.get_secret_value(), "session")
