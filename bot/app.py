"""The program: its parts opened, put together, run until it is told to stop, closed in order."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import structlog
from aiogram import Dispatcher, Router
from aiogram.methods import Response
from aiogram.types import Message, Update

from bot.collection.collector import Collector
from bot.core.deadline import AFTER_HANDLERS_S, Deadline
from bot.core.roles import Role
from bot.core.settings import Settings
from bot.features.uploads import taking_back
from bot.notifications.courier import Courier
from bot.notifications.kind import Kinds
from bot.notifications.lease import Lease
from bot.notifications.pace import (
    ANSWERS_MOST,
    JOBS_MOST,
    OVERALL_MOST,
    TOGETHER,
    CountAnswers,
    KeepShare,
    Pace,
)
from bot.notifications.sender import Sender
from bot.notifications.services import Services
from bot.opening import make_bot, opened
from bot.telegram import errors
from bot.telegram.answer_times import AnswerTimes, AskedFor
from bot.telegram.commands import publish_profile
from bot.telegram.hiding import Hiding
from bot.telegram.inbox import Inbox, Patience
from bot.telegram.middlewares import Presses, TooFast, WhoAsks
from bot.telegram.polling import Polling
from bot.telegram.retries import Retries
from bot.telegram.stores import opened_store
from bot.telegram.throttle import Throttle
from bot.telegram.understanding import CorrectedCommands, Understanding
from bot.telegram.update_store import UpdateStore
from bot.ticking import ticking
from bot.wiring import KINDS, make_routers

if TYPE_CHECKING:
    from bot.health.watch import Watch
    from bot.telegram.webhook import Webhook

LAST_RESORT_S = 0.5  # before the deadline
COLLECTED_AFTER = 10_000  # objects: rows come and go by thousands, and none of them refers back
# pydantic forgets a model that nobody holds, and making one again at an answer of Telegram takes milliseconds.
RESPONSES = (Response[Message], Response[bool], Response[list[Update]])
log = structlog.stdlib.get_logger(__name__)


async def run(settings: Settings, role: Role = Role.ALL, patience: Patience | None = None) -> None:
    """Serves until SIGTERM or SIGINT. Raises DomainError where the settings can't work."""
    stop, stopping = asyncio.Event(), Deadline()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _tell_to_stop, stop, stopping)
    async with opened(settings, stopping) as services:
        _spare_collections()
        await serve(services, stop, role=role, patience=patience)


def _spare_collections() -> None:
    """Leaves out of every later collection what stays for good: one over all of aiogram's classes holds up every answer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    gc.enable()


def _tell_to_stop(stop: asyncio.Event, stopping: Deadline) -> None:
    """Tells the program to stop; what does not end by itself ends with it: a kill loses nothing.

    A stop that lasts is a kill, too.
    """
    if not stop.is_set():
        stopping.begin()
        stop.set()
        last_resort = threading.Timer(stopping.left_s(keep_s=LAST_RESORT_S), _end_at_once)
        last_resort.daemon = True
        last_resort.start()


def _end_at_once() -> None:
    log.error("not everything has ended in time: ended as it is")
    os._exit(1)


async def serve(
    services: Services,
    stop: asyncio.Event,
    *,
    role: Role = Role.ALL,
    patience: Patience | None = None,
    lease: Lease | None = None,
    kinds: Kinds = KINDS,
    routers: Sequence[Router] | None = None,
) -> None:
    """Serves until `stop` is set. `routers`: of the features, as `make_routers` makes them."""
    async with AsyncExitStack() as parts:
        store = None
        if role.answers:
            secret = services.secret.get_secret_value()
            store = await parts.enter_async_context(
                opened_store(services.database, services.settings, secret)
            )
        sender = None
        if role.sends:
            pace = _pace_of_sender(services, role)
            sender = await parts.enter_async_context(sending(services, kinds=kinds, lease=lease, pace=pace))
        if role.answers:
            _hold_answers(services, role)
        await parts.enter_async_context(ticking(services, role, sender, kinds))
        watch = None
        if services.instruments is not None:
            health = import_module("bot.health.server")  # a megabyte and a half of web server
            watch = await parts.enter_async_context(health.watched(services, role, sender, stop))
        if store is not None:
            await _answer(services, store, stop, patience, routers or make_routers(services), watch)
        else:
            log.info("ready")
            await stop.wait()
            log.info("stopping")


def _pace_of_sender(services: Services, role: Role) -> Pace:
    if services.limits.are_shared:
        return Pace(overall_most=JOBS_MOST, together=services.limits.make("sends", TOGETHER))
    return Pace(overall_most=OVERALL_MOST if role.answers else JOBS_MOST)


def _hold_answers(services: Services, role: Role) -> None:
    if services.limits.are_shared:
        services.bot.session.middleware(KeepShare(Pace(together=services.limits.make("sends", TOGETHER))))
    elif not role.sends:
        services.bot.session.middleware(KeepShare(Pace(overall_most=ANSWERS_MOST)))


async def _answer(
    services: Services,
    store: UpdateStore,
    stop: asyncio.Event,
    patience: Patience | None,
    routers: Sequence[Router],
    watch: "Watch | None",
) -> None:
    inbox = Inbox(
        services.bot,
        make_dispatcher(services, routers),
        services.database,
        services.clock,
        services.answering,
        patience,
        store=store,
        collector=_collector(services),
        fail_upload=taking_back.fail,
        hiding=Hiding(services.sealing("update")),
    )
    source = _source(services, inbox, patience)
    services.tasks.start(publish_profile(services.bot), name="publish profile")
    log.info("ready")
    try:
        await inbox.resume()
        if watch is not None:
            watch.begin(source if isinstance(source, Polling) else None)
        await source.run(stop)
    finally:
        log.info("stopping")
        if turns := services.pages.turns:
            turns.close()
        await inbox.close(timeout_s=services.stopping.left_s(keep_s=AFTER_HANDLERS_S))


def _source(services: Services, inbox: Inbox, patience: Patience | None) -> "Polling | Webhook":
    """Returns the source of updates; a web server is loaded only where they come by one."""
    settings = services.settings.webhook
    if settings.webhook_url is None:
        return Polling(services.bot, inbox, patience)
    from bot.telegram.webhook import Webhook  # noqa: PLC0415 - a megabyte and a half of web server

    return Webhook(services.bot, inbox, settings)


@asynccontextmanager
async def sending(
    services: Services,
    *,
    kinds: Kinds = KINDS,
    lease: Lease | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[Sender]:
    """Opens the door within the block; it closes when what is on the wire has arrived."""
    lease, pace, stop = lease or Lease(services.database), pace or Pace(), asyncio.Event()
    services.bot.session.middleware(CountAnswers(pace))
    retries = Retries(attempts=1)
    async with make_bot(services.settings.telegram, retries, services.instruments) as bot:
        courier = Courier(services, bot, kinds, pace, lambda: lease.is_held)
        sender = Sender(services, courier, lease)
        await sender.take_lease()
        running = services.tasks.start(sender.run(stop), name="sender")
        try:
            yield sender
        finally:
            stop.set()
            await running


def make_dispatcher(services: Services, routers: Sequence[Router]) -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(AnswerTimes(services.instruments))
    dispatcher.update.outer_middleware(Presses())
    dispatcher.update.outer_middleware(CorrectedCommands())
    dispatcher.update.outer_middleware(WhoAsks(services.database, services.clock, services.settings))
    dispatcher.update.outer_middleware(TooFast(Throttle(services.limits)))
    understanding = Understanding()
    dispatcher.message.outer_middleware(understanding)
    dispatcher.callback_query.outer_middleware(understanding)
    dispatcher.message.outer_middleware(AskedFor())
    dispatcher.errors.register(errors.tell)
    dispatcher.include_routers(*routers)
    return dispatcher


def _collector(services: Services) -> Collector:
    token = services.settings.telegram.bot_token.get_secret_value()
    return Collector(services.database, services.clock, services.bot.id, token)
