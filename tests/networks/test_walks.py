"""A channel of another network from its address on: its history, /er with a picture, new posts at their ages, a kill between."""

import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest

from tests.kit.processes import life_of_bot
from tests.networks.conftest import KEYS, START, UC, a_post

READ = "SELECT found, done_at IS NOT NULL, (SELECT count(*) FROM post) FROM network_channel"
WALKS = {
    "ru": (
        "vk",
        "vk.com/coffee",
        "youtube.com/@coffee",
        "Взял 100 записей",
        "история загружена — 250 записей",
        "нет ключа",
    ),
    "en": (
        "youtube",
        "youtube.com/@coffee",
        "vk.com/coffee",
        "I took 50 videos",
        "history is loaded: 250 videos",
        "no key for it",
    ),
}


@pytest.fixture
def living(box, migrated, tmp_path):
    """A life of the whole program, in the sandbox's time, with the key of one network."""
    shutil.copy(migrated, tmp_path / "otklik.db")

    @asynccontextmanager
    async def live(network: str):
        env = {
            "BOT_TOKEN": box.token,
            "TELEGRAM_API_URL": box.url,
            "CLOCK_URL": f"{box.url}/sandbox/clock",
            "PUBLIC_PAGES": "off",
            "VK_URL": box.vk.url,
            "YOUTUBE_URL": box.youtube.url,
            "VK_SERVICE_KEY": KEYS["vk"] if network == "vk" else "",
            "YOUTUBE_API_KEY": KEYS["youtube"] if network == "youtube" else "",
            "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
            "DATA_DIR": str(tmp_path / "data"),
            "LOG_LEVEL": "DEBUG",
            "WORKERS": "1",
        }
        async with life_of_bot(env, tmp_path / "log") as process:
            yield process

    return live


@pytest.fixture
def rows(tmp_path):
    def read(query: str) -> list[tuple]:
        with closing(sqlite3.connect(tmp_path / "otklik.db", timeout=30)) as conn:
            return conn.execute(query).fetchall()

    return read


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["ru", pytest.param("en", marks=pytest.mark.soak)])
async def test_a_channel_is_followed_by_its_address_to_figures_at_their_ages(
    box, living, rows, tmp_path, language
):
    network, address, elsewhere, taken, loaded, lacking = WALKS[language]
    where = box.vk if network == "vk" else box.youtube
    channel = await where.channel("77" if network == "vk" else UC, "coffee", "Кофейня", subscribers=12_345)
    names = [str(n) if network == "vk" else f"video-{n:05}" for n in range(1, 252)]
    await channel.put(
        *(
            a_post(
                name, hours_ago=12 * (250 - n), views=1_000 + n, likes=30, comments=n % 7, text=f"{name}\nчай"
            )
            for n, name in enumerate(names[:250])
        )
    )
    person = await box.person("Ann", language=language)
    await person.start()
    async with living(network) as process:
        await person.send(f"/add {elsewhere}")
        assert lacking in (await person.wait_for(lacking, timeout_s=90)).text
        await person.send(f"/add {address}")
        added = await person.wait_for(taken, timeout_s=60)
        assert "Кофейня" in added.text
        assert ("≈" in added.text) == (network == "youtube")  # subscribers to three digits there
        process.kill()
    async with living(network):
        await box.advance(60, wait=True)
        await person.wait_for(lambda told: loaded in told.text.replace("\xa0", " "), timeout_s=90)
        assert rows(READ) == [(250, 1, 250)]
        await person.send(f"/er {address} 90d")
        answer = await person.wait_for(lambda told: told.photo_size is not None, timeout_s=60)
        assert answer.photo_size == (1280, 720)
        assert answer.text.startswith("Кофейня")
        await channel.put({**a_post(names[250], hours_ago=-0.5), "views": 40})
        for age_h in (3, 6, 12, 24):
            await channel.count(names[250], views=100 * age_h)
            await box.set_clock(START + timedelta(hours=age_h + 0.6), wait=True)
        ages = rows(
            "SELECT (reading.observed_at - reading.published_at) / 3600, reading.views FROM reading"
            f" JOIN post ON post_id = post.id WHERE external_id = '{names[250]}' ORDER BY reading.observed_at"
        )
        assert ages == [(3, 300), (6, 600), (12, 1200), (24, 2400)]
        await person.send(f"/check {address}")
        card = await person.wait_for(
            lambda told: "CPM" in told.text or "Кофейня ·" in told.text, timeout_s=60
        )
        assert address in card.text
    log = (tmp_path / "log").read_text("utf-8")
    assert "Traceback" not in log
    assert KEYS[network] not in log
