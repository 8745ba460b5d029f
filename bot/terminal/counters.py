"""`otklik counters CHANNEL MESSAGE`: one post asked for by its number, and what of it came, in words."""

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.collection.source import COUNTED, Answer, ClosedError, Place, SourceError, State
from bot.core.clock import SystemClock
from bot.core.locales import Translator
from bot.core.logs import set_up_logs
from bot.core.settings import Settings, read_settings
from bot.terminal.talk import refuse, speaker
from metrics.errors import DomainError
from storage.engine import Database, StorageError, open_database
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.system import exact as everywhere_exact
from storage.system import exact_account

if TYPE_CHECKING:
    from bot.collection.exact.session import Sessions
LEASE_TRIES, LEASE_WAIT_S = 40, 1.0  # the running bot is connected for less than a minute at a time


def counters(*, channel: str, message: int, language: str | None) -> int:
    """Returns the exit code, 0: views came; 1: they did not."""
    t = speaker(language)
    try:
        settings = _settings()
        set_up_logs("CRITICAL", as_json=False, secrets=settings.secrets)
        return asyncio.run(_ask(settings, channel, message, t))
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except StorageError as error:
        return refuse(DomainError("database.not_ready", reason=str(error)), t, as_json=False)


def _settings() -> Settings:
    """Returns the settings.

    Raises DomainError("settings.invalid"), ("exact.off"), ("exact.no_library").
    """
    settings = read_settings()
    if not settings.exact.is_on:
        raise DomainError("exact.off")
    if not settings.exact.is_installed():
        raise DomainError("exact.no_library")
    return settings


async def _ask(settings: Settings, channel: str, message: int, t: Translator) -> int:
    from bot.collection.exact.opened import open_sealing  # noqa: PLC0415 - a library of 28 MB
    from bot.collection.exact.session import Sessions  # noqa: PLC0415 - with it

    database = open_database(settings.storage.database_url.get_secret_value())
    try:
        place = await _find(database, channel)
        sessions = Sessions(database, open_sealing(settings), SystemClock())
        await _take_turn(sessions)
        try:
            answer = await _read(settings, sessions, place, message)
        finally:
            await sessions.release()
    finally:
        await database.close()
    return _tell(answer, channel, message, t)


async def _find(database: Database, channel: str) -> Place[int]:
    """Finds a channel by Telegram's id, with or without -100, or by the name of one that the bot collects."""
    text = channel.strip().removeprefix("https://t.me/").lstrip("@")
    if text.lstrip("-").isdecimal():
        number = int(text)
        return Place(number if number < 0 else TELEGRAM_CHANNEL_BASE - number)
    async with database.read() as conn:
        chat_id = await everywhere_exact.chat_named(conn, text.lower())
    if chat_id is None:
        raise DomainError("exact.not_collected", name=text[:40])
    return Place(chat_id, text)


async def _take_turn(sessions: "Sessions") -> None:
    """Takes the turn to be connected, one process's at a time.

    Raises DomainError("exact.busy"), ("exact.wait").
    """
    now = int(sessions.clock.now().timestamp())
    async with sessions.database.read() as conn:
        not_before = (await exact_account.get(conn)).not_before
    if not_before > now:
        raise DomainError("exact.wait", seconds=not_before - now)
    for _ in range(LEASE_TRIES):
        async with sessions.database.begin() as conn:
            if await sessions.hold(conn):
                return
        await asyncio.sleep(LEASE_WAIT_S)
    raise DomainError("exact.busy")


async def _read(settings: Settings, sessions: "Sessions", place: Place[int], message: int) -> Answer[int]:
    """Returns the answer on a post.

    Raises DomainError("exact.closed"), ("exact.failed"): what Telegram answered instead.
    """
    from bot.collection.exact.opened import open_telegram  # noqa: PLC0415 - a library of 28 MB

    async with sessions.database.begin() as conn:
        await exact_account.count_request(conn, int(sessions.clock.now().timestamp()), history=False)
        account = await exact_account.get(conn)
    try:
        held = await sessions.load(account)
        async with open_telegram(settings, sessions.clock).connected(held) as source:
            return await source.read(place, [message])
    except ClosedError as error:
        raise DomainError("exact.closed", reason=str(error)) from None
    except SourceError as error:
        await sessions.note_failure(error)
        raise DomainError("exact.failed", reason=str(error)) from None


def _tell(answer: Answer[int], channel: str, message: int, t: Translator) -> int:
    (one,) = answer.counters
    if one.state != State.THERE:
        sys.stdout.write(t.plain(f"counters.{one.state}", channel=channel, message=message) + "\n")
        return 1
    lines = [t.plain("counters.heading", channel=channel, message=message)]
    for name in COUNTED:
        count = getattr(one, name)
        told = t.plain("counters.untold") if count is None else t.number(count)
        lines.append(t.plain("counters.line", field=t.plain(f"field.{name}"), told=told))
    lines.append(t.plain("counters.admin" if answer.is_admin else "counters.no_admin"))
    lines.append(t.plain("counters.works" if one.views is not None else "counters.no_views"))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if one.views is not None else 1
