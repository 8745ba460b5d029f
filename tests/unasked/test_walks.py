"""What breaks: what a group sees. The real bot in the sandbox's time, over HTTP: a summary, a drop, its buttons, its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.app import make_bot, serve
from bot.remote_clock import RemoteClock
from bot.sandbox.client import Sandbox
from bot.services import Services
from bot.settings import GROUPS, read_settings
from bot.tasks import Tasks
from storage import workspaces
from tests.unasked.conftest import TODAY
from tests.unasked.played import Played, Stage, nine, store_audience

START = nine(TODAY, -40) - timedelta(minutes=1)  # 08:59 in Moscow


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox.started(now=START) as box:
        yield box


@pytest.fixture
def settings(box, tmp_path, monkeypatch):
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    values = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
        "DATA_DIR": str(tmp_path / "data"),
        "PUBLIC_PAGES": "off",
    }
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    return read_settings(file)


@pytest.fixture
async def bot(box, settings, database, workers) -> AsyncIterator[Services]:
    clock = RemoteClock(f"{box.url}/sandbox/clock")
    await clock.set_first()
    services = Services(settings, make_bot(settings.telegram), database, clock, workers, Tasks())
    stop = asyncio.Event()
    serving = asyncio.ensure_future(serve(services, stop))
    yield services
    stop.set()
    await serving
    await services.tasks.finish(timeout_s=1)
    await services.bot.session.close()


class Walk:
    """A group with one channel of the example team; days pass at nine, and what was read by then is there."""

    def __init__(self, box, services, team, ann, bob, group, playing) -> None:
        self.box, self.services, self.team = box, services, team
        self.ann, self.bob, self.group, self.playing = ann, bob, group, playing
        self.here, self.now = ann.at(group), START

    async def until(self, moment: datetime) -> None:
        await self.playing.read_between(self.now, moment)
        self.now = moment
        await self.box.set_clock(moment, wait=True)

    async def days(self, count: int) -> None:
        for _ in range(count):
            await self.until(nine(self.now, 1))

    async def said(self, word: str) -> list:
        return [one for one in await self.here.messages() if one.is_from_bot and word in one.text]

    async def press(self, message, label, by=None):
        return await (by or self.here).press(message, label)


@pytest.fixture
def walk(box, bot, team, database, workers):
    @asynccontextmanager
    async def begin(language="ru", **how) -> AsyncIterator[Walk]:
        ann = await box.person("Anna", language=language)
        bob = await box.person("Bob", language=language)
        await ann.start()
        await ann.wait_for_answer()
        group = await box.group("Team", owner=ann, members=[bob])
        await ann.at(group).send("/lang")
        asked = await ann.at(group).wait_for(lambda shown: "Русский" in shown.labels)
        name = {"ru": "Русский", "en": "English"}[language]
        await (await ann.at(group).press(asked, name)).edited()
        async with database.begin() as conn:
            made = await workspaces.find(conn, group.id)
            await workspaces.set_zone(conn, made.id, "Europe/Moscow")
        stage = Stage(database, workers, bot.clock, made.id, bot.settings)
        channel_id = await stage.add("Кухня" if language == "ru" else "Kitchen")
        await store_audience(stage, channel_id, team[0])
        playing = Played(stage, channel_id, team[0], **how)
        await playing.read_between(nine(START, -90), START)
        yield Walk(box, bot, team, ann, bob, group, playing)

    return begin


@pytest.mark.parametrize(
    ("language", "turn_on", "hashtag"),
    [("ru", "Присылать каждое утро", "#сводка"), ("en", "Send every morning", "#digest")],
)
async def test_a_group_sets_a_summary_for_the_next_minute_and_has_it(walk, language, turn_on, hashtag):
    async with walk(language) as at:
        await at.here.send("/digest")
        shown = await at.here.wait_for(lambda one: any(turn_on in label for label in one.labels))
        await (await at.here.press(shown, turn_on)).edited()
        await at.until(START + timedelta(minutes=1))
        [summary] = await at.said(hashtag)
        assert summary.photo_size == (1280, 720)
        assert summary.text.startswith(f"{hashtag} · ")
        assert await at.said(hashtag) == [summary]
        await at.here.press(summary, "ER · ")
        er = await at.here.wait_for(lambda one: one.photo_id is not None and hashtag not in one.text)
        assert er.photo_size == (1280, 720)
        await at.days(1)
        assert len(await at.said(hashtag)) == 2


async def test_a_drop_comes_with_its_chart_and_its_buttons_and_ends_in_a_line(walk):
    falls = nine(TODAY, -38)
    async with walk("ru", falls=falls, recovers=falls + timedelta(days=10), share=0.5) as at:
        await at.here.send("/alerts")
        shown = await at.here.wait_for("Выключены")
        refused = await (await at.bob.at(at.group).press(shown, "Включить")).answer()
        assert "администратор" in refused.text
        await (await at.here.press(shown, "Включить")).edited()
        for _ in range(10):
            await at.days(1)
            if told := await at.said("просмотры"):
                break
        [alert] = told
        assert alert.photo_size == (1280, 720)
        assert "против" in alert.text
        await at.here.press(alert, "Как посчитано")
        explained = await at.here.wait_for("Как это посчитано")
        assert "Порог предупреждения: 20" in explained.text
        refused = await (await at.bob.at(at.group).press(alert, "7 дней")).answer()
        assert refused.is_alert
        await at.days(14)
        [back] = await at.said("снова обычные")
        assert back.photo_id is None
        assert len([one for one in await at.said("просмотры") if one.photo_id]) == 1


async def test_a_channel_that_is_muted_is_not_heard_of_until_it_is_due_again(walk):
    falls = nine(TODAY, -38)
    async with walk("ru", falls=falls, recovers=falls + timedelta(days=8), share=0.5) as at:
        await at.here.send("/alerts")
        shown = await at.here.wait_for("Выключены")
        await (await at.here.press(shown, "Включить")).edited()
        for _ in range(10):
            await at.days(1)
            if told := await at.said("просмотры"):
                break
        await at.here.press(told[0], "7 дней")
        assert "молчу о падениях до" in (await at.here.wait_for("🔕")).text
        await at.here.press(told[0], "Это новый уровень")
        assert "сравниваю теперь с уровнем" in (await at.here.wait_for("Принято")).text
        again = await (await at.here.press(told[0], "Это новый уровень")).answer()
        assert "уже закрыто" in again.text
        assert again.is_alert


async def test_two_chats_hear_of_their_own_channels_only(walk, box, bot, database, workers, team):
    async with walk("ru") as at:
        eve = await box.person("Eve", language="ru")
        await eve.start()
        await eve.wait_for_answer()
        await eve.send("/digest")
        shown = await eve.wait_for("Выключена")
        await (await eve.press(shown, "Присылать")).edited()
        await at.here.send("/digest")
        mine = await at.here.wait_for("Выключена")
        await (await at.here.press(mine, "Присылать")).edited()
        await at.until(START + timedelta(minutes=1))
        assert len(await at.said("#сводка")) == 1
        assert [one for one in await eve.messages() if "#сводка" in one.text] == []
