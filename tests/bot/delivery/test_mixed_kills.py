"""What breaks: the bot is killed (-9) again and again while people send files, ask, write down what they bought, check and
watch, and their summaries are due. Nothing may be lost, nothing doubled beyond what docs/operations.md says, and nothing
set aside that is not what killed it.
"""

import asyncio
import random
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain

import pytest

from bot.features.check.keyboards import CheckButton

SEED = 20_261_127
PEOPLE = 6
SUMMARIES = 12
ANSWERED_WITHIN_S = 300.0  # what was interrupted twice waits for a life that lasts
DAY_S = 86_400
OWN_POSTS = "SELECT count(*) FROM post JOIN channel ON channel.id = channel_id WHERE NOT is_watched"
LEFT_TO_DO = "SELECT 1 FROM inbox WHERE state = 'new' UNION SELECT 1 FROM delivery WHERE kind = 'digest' AND state <> 'sent'"


@dataclass
class Crowd:
    """People who each do one thing after another, and wait for every answer however long it takes."""

    seller: str
    chance: random.Random
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    done: Counter[str] = field(default_factory=Counter)
    _numbers: int = 0

    async def live(self, person) -> None:
        await self._upload(person)
        acts = [self._upload, self._ask, self._place, self._check]
        for act in self.chance.sample(acts, len(acts)):
            await act(person)
        while not self.is_over.is_set():
            await self.chance.choice(acts)(person)
        await self._watch(person)

    async def _upload(self, who) -> None:
        number = self._next("upload")
        title = f"Канал {number} {who.id}"
        now = int(time.time())
        rows = "".join(
            f"{number * 100 + n},{now - (n + 8) * DAY_S},{title},{1000 + n},{40 + n}\n" for n in range(12)
        )
        await who.send_file(f"id,date,channel,views,reactions\n{rows}".encode(), f"{title}.csv")
        await who.wait_for(lambda shown: title in shown.text and "Новых постов" in shown.text, **_PATIENT)
        await who.wait_for("Сколько подписчиков", **_PATIENT)
        self.done[title] += 1

    async def _ask(self, who) -> None:
        self._next("ask")
        await who.send(f"/er {who.id}")
        await who.wait_for(lambda shown: bool(shown.photo_size or shown.buttons), **_PATIENT)

    async def _place(self, who) -> None:
        number = self._next("place")
        await who.send(f"/placement t.me/c/1234567890/{number} 5000 1/24 3000")
        await who.wait_for(lambda shown: "Записал" in shown.text or "уже" in shown.text, **_PATIENT)

    async def _check(self, who) -> None:
        self._next("check")
        await who.send(f"/check @{self.seller} 15000")
        await who.wait_for(lambda shown: bool(shown.photo_size) or "занят" in shown.text, **_PATIENT)

    async def _watch(self, who) -> None:
        self._next("watch")
        data = CheckButton(act="watch2", target=self.seller).pack()
        await who.press(await who.last(), data=data)
        await who.wait_for("Наблюдаю", **_PATIENT)

    def _next(self, what: str) -> int:
        self._numbers += 1
        self.done[what] += 1
        return self._numbers


_PATIENT = {"timeout_s": ANSWERED_WITHIN_S}


@pytest.mark.parametrize(
    "seconds", [10, pytest.param(60, marks=[pytest.mark.soak, pytest.mark.timeout(600)])]
)
@pytest.mark.timeout(400)
async def test_nothing_is_lost_doubled_or_set_aside_over_kills(lives, box, tmp_path, seconds):
    chance = random.Random(SEED)
    owner = await box.person("Хозяин")
    channel = await box.channel("Продавец", owner=owner, username="seller_of_all", subscribers=23_456)
    now = int(time.time())
    await channel.change_page(
        posts=[
            {"id": n, "published_at": now - (46 - n) * DAY_S // 2, "views": 5_000 + 37 * n}
            for n in range(1, 46)
        ]
    )
    people = [await box.person(f"Аня {number}", language="ru") for number in range(PEOPLE)]
    for person in people:
        await person.start()
    crowd = Crowd("seller_of_all", chance)
    acting = [asyncio.ensure_future(crowd.live(person)) for person in people]
    await lives.make_due(SUMMARIES, now - 60)
    await _kill_again_and_again(lives, chance, seconds, acting)
    crowd.is_over.set()
    async with lives.life("all") as last:
        await asyncio.gather(*acting)
        while _rows(tmp_path, LEFT_TO_DO):
            await asyncio.sleep(0.05)
        assert await last.stop() == 0
    said = {person.id: [shown for shown in await person.messages() if shown.is_from_bot] for person in people}
    _tell(crowd, lives, said)
    texts = [shown.text for shown in chain.from_iterable(said.values())]
    assert [text for text in texts if "Номер ошибки" in text or "отложил" in text] == []
    assert _rows(tmp_path, "SELECT state, count(*) FROM import GROUP BY 1") == [
        ("subscribers", crowd.done["upload"])
    ]
    assert _rows(tmp_path, OWN_POSTS) == [(12 * crowd.done["upload"],)]
    assert _rows(tmp_path, "SELECT count(*) FROM placement") == [(crowd.done["place"],)]
    assert _rows(tmp_path, "SELECT count(*) FROM channel WHERE is_watched") == [(PEOPLE,)]
    accounts = [text for text in texts if "Новых постов" in text]
    assert len(accounts) == crowd.done["upload"]
    for (
        person
    ) in people:  # an answer that was on its way when the bot was killed comes again: one a chat and kill
        repeated = Counter(shown.text for shown in said[person.id] if "Записал" in shown.text)
        assert sum(count - 1 for count in repeated.values()) <= lives.kills


async def _kill_again_and_again(lives, chance, seconds, acting) -> None:
    async with lives.life("all") as life:  # the first takes seconds to load everything
        await lives.arrive(1)
        await lives.kill(life)
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at and not any(one.done() for one in acting):
        async with lives.life("all") as life:
            await asyncio.sleep(chance.uniform(1.5, 4.5))
            await lives.kill(life)


def _rows(folder, query: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "otklik.db", timeout=30)) as conn:
        return conn.execute(query).fetchall()


def _tell(crowd, lives, said) -> None:
    """Shown by `pytest -rP`."""
    acts = {what: crowd.done[what] for what in ("upload", "ask", "place", "check", "watch")}
    answers = sum(map(len, said.values()))
    sys.stdout.write(f"kills {lives.kills}, {acts}, messages {answers}\n")
