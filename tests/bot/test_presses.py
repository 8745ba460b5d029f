"""What breaks: a pressed button behind which something fails, and the person is left in silence, or told twice."""

import shutil
from contextlib import asynccontextmanager

import pytest
import structlog
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Update

from bot.app import make_dispatcher
from bot.core.clock import SystemClock
from bot.core.parsing.periods import PeriodChoice
from bot.core.workers import WorkerDiedError
from bot.notifications.services import make_services
from bot.opening import make_bot
from bot.telegram.polling import GetRawUpdates
from bot.wiring import make_routers
from storage.engine import Database, UnavailableError, open_database
from tests.bot.pressed_buttons import buttons
from tests.bot.routes import route_name
from tests.kit.examples import is_thorough
from tests.storage.places import settle

FAILED = ("Номер ошибки", "База данных сейчас не отвечает")
SPOKEN = ("send", "edit")  # methods that show something
MOST_STEPS = 40
PARTS = 6  # of the handlers, a test each: all of them take longer than one test may on a busy machine
PERIOD = PeriodChoice(days=90).code


class Trouble:
    """Fails the n-th step of what a press sets going: a transaction, a worker's call, a call of Telegram."""

    def __init__(self) -> None:
        self.left: int | None = None

    def fires(self) -> bool:
        if self.left is None:
            return False
        self.left -= 1
        if self.left:
            return False
        self.left = None
        return True


class Shaky(Database):
    trouble: Trouble

    @asynccontextmanager
    async def begin(self, *, at_once=False):
        self._fail()
        async with super().begin(at_once=at_once) as conn:
            yield conn

    @asynccontextmanager
    async def read(self):
        self._fail()
        async with super().read() as conn:
            yield conn

    def _fail(self) -> None:
        if self.trouble.fires():
            raise UnavailableError("locked")


class ShakyWorkers:
    def __init__(self, workers, trouble: Trouble) -> None:
        self._workers, self._trouble = workers, trouble

    async def run(self, *args, **how):
        if self._trouble.fires():
            raise WorkerDiedError("f")
        return await self._workers.run(*args, **how)


class ShakyCalls(BaseRequestMiddleware):
    def __init__(self, trouble: Trouble) -> None:
        self._trouble, self.shown = trouble, 0

    async def __call__(self, make_request, bot, method):
        name = method.__api_method__
        if name not in ("answerCallbackQuery", "getUpdates") and self._trouble.fires():
            raise TelegramBadRequest(method, "Bad Request: something nobody expected")
        try:
            response = await make_request(bot, method)
        except TelegramBadRequest as error:
            self.shown += "not modified" in error.message  # it stands there since an earlier press
            raise
        self.shown += name.startswith(SPOKEN) and name != "sendChatAction"
        return response


class Pressing:
    """A person, a message of the bot, and a bot behind it whose n-th step fails."""

    def __init__(self, settings, workers, tmp_path, ann, message) -> None:
        self._folder = tmp_path
        self._ann, self._message = ann, message
        self._trouble = Trouble()
        self._workers = ShakyWorkers(workers, self._trouble)
        self._calls = ShakyCalls(self._trouble)
        self.bot = make_bot(settings.telegram)
        self.bot.session.middleware(self._calls)
        self._offset = 0
        self._database = Shaky(None, None, writes_at_once=1)
        self._database.trouble = self._trouble
        self._services = make_services(settings, self.bot, self._database, SystemClock(), self._workers)
        self._routers = make_routers(self._services)

    @asynccontextmanager
    async def _dispatcher(self):
        """Everything as it was before any press."""
        shutil.copy(self._folder / "seeded.db", self._folder / "pressed.db")
        real = open_database(f"sqlite+aiosqlite:///{self._folder / 'pressed.db'}")
        self._database._writers, self._database._readers = real._writers, real._readers
        for router in self._routers:
            router._parent_router = None  # of the dispatcher of the last press
        try:
            yield make_dispatcher(self._services, self._routers)
        finally:
            await self._services.tasks.finish(timeout_s=5)
            await real.close()

    async def press(self, data: str, fails_at: int):
        """(whether anything was to fail, failures, sentences about them, what else was shown, the answer)."""
        before, self._calls.shown = await self._said(), 0
        async with self._dispatcher() as dispatcher:
            press = await self._ann.press(self._message, data=data)
            raw = (await self.bot(GetRawUpdates(offset=self._offset, timeout=1)))[-1]
            self._offset = raw["update_id"] + 1
            update = Update.model_validate(raw, context={"bot": self.bot})
            self._trouble.left = fails_at
            with structlog.testing.capture_logs() as logs:
                await dispatcher.feed_update(self.bot, update)
            has_fired, self._trouble.left = self._trouble.left is None, None
            failed = [entry for entry in logs if entry["event"] in ("failed", "unexpected error")]
        answer = await press.answer()
        told = await self._said() - before + _told(answer.text or "")
        return has_fired, len(failed), told, self._calls.shown, answer.text

    async def _said(self) -> int:
        return sum(_told(shown.text) for shown in await self._ann.messages())


def _steps(number: int) -> range:
    return range(1, MOST_STEPS) if is_thorough() else range(1 + number % 3, MOST_STEPS, 3)


def _told(text: str) -> int:
    return any(sentence in text for sentence in FAILED)


@pytest.fixture
async def pressing(box, settings, workers, database, database_url, tmp_path, public_page):
    ann = await box.person("Аня", language="ru")
    await ann.start()
    bot = make_bot(settings.telegram)
    await bot(GetRawUpdates(offset=0, timeout=1))
    sent = await bot.send_message(ann.id, "под этим кнопки")
    await bot.session.close()
    async with database.begin() as conn:
        place = await settle(conn, chat_id=ann.id, word="shown", number=100)
    await database.close()
    shutil.copy(database_url.partition(":///")[2], tmp_path / "seeded.db")
    message = next(shown for shown in await ann.messages() if shown.id == sent.message_id)
    presses = Pressing(settings, workers, tmp_path, ann, message)
    yield place, presses
    await presses.bot.session.close()


@pytest.fixture
async def public_page(box):
    owner = await box.person("Хозяин")
    return await box.channel("Показанный", owner=owner, username="shown", subscribers=1000)


async def test_every_handler_of_a_press_is_tried(pressing, settings, workers, database):
    place, _ = pressing
    services = make_services(settings, make_bot(settings.telegram), database, SystemClock(), workers)
    handlers = [
        handler.callback
        for router in make_dispatcher(services, make_routers(services)).chain_tail
        for handler in router.callback_query.handlers
    ]
    await services.bot.session.close()
    names = [route_name(one) for one in handlers]
    assert sorted(names) == sorted(buttons(place))


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
async def test_whatever_fails_behind_a_press_is_told_in_one_sentence(pressing, part):
    """Each handler again and again, with its first step failing, its second, and so on to its end.

    In `make test` every third step, and of the next handler the ones after them.
    """
    place, presses = pressing
    tried = list(buttons(place).items())[part::PARTS]
    wrong, steps = [], 0
    for number, (name, button) in enumerate(tried):
        data = button if isinstance(button, str) else button.pack()
        for step in _steps(number):
            has_fired, failed, told, shown, answer = await presses.press(data, step)
            if told != min(failed, 1) or not (told or shown or answer):
                wrong.append((name, step, failed, told, shown, answer))
            if not has_fired:
                break
            steps += 1
    assert wrong == [], "\n".join(map(str, wrong))
    assert steps > len(tried)
