"""People who ask by words and now and then for a picture, and whether each of their questions was answered once, in order."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from benchmarks.channel import make_posts
from bot.demo.client import Sandbox
from metrics.posts import AudienceReading
from storage.engine import Database
from storage.workspace import audience, channels, posts, schedules, workspaces
from tests.storage.places import a_schedule

PICTURE = -1  # in place of a number: an answer by /er
_NUMBER = re.compile(r"Foo(\d+)")
SUMMARY = "due at"  # how the plainest one begins
POSTS_H = 24 * 40


@dataclass
class Crowd:
    """`asked`: by chat, the numbers of the questions that were sent, in order."""

    box: Sandbox
    people: list = field(default_factory=list)
    asked: dict[int, list[int]] = field(default_factory=dict)
    asked_s: float = 0.0
    summaries_due: int = 0

    async def settle(self, database: Database, count: int, now: int, *, summaries: int = 0) -> None:
        """So many people with a channel each; for so many of them a summary is due."""
        self.summaries_due = summaries
        rows = make_posts(POSTS_H, now)[::12]
        self.people = [await self.box.person(f"P{number}", language="en") for number in range(count)]
        async with database.begin() as conn:
            for number, person in enumerate(self.people):
                self.asked[person.id] = []
                self.box.server.world.chats[person.id].is_started = True
                made = await workspaces.ensure(
                    conn, chat_id=person.id, kind="private", title=None, language="en", zone="UTC", now=now
                )
                added = await channels.add(conn, made.id, platform="telegram", title="Example", now=now)
                await posts.store(conn, made.id, added.id, rows, import_id=None, source="file", now=now)
                counted = [AudienceReading(rows[0].published_at, 10_000, 0)]
                await audience.store(conn, made.id, added.id, counted, source="bot", now=now)
                if number < summaries:
                    await schedules.save(conn, made.id, a_schedule(next_due_at=now - 60, thread_id=None))

    async def ask(self, person, *, picture: bool = False) -> None:
        """A picture is asked for between two numbers."""
        asked = self.asked[person.id]
        number = PICTURE if picture else len(asked)
        asked.append(number)
        await person.send("/er 30d" if picture else f"/er Foo{number}")

    async def ask_steadily(self, per_s: float, seconds: float, *, pictures_every: int) -> None:
        """One after another, each of the people in turn."""
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), 0
        while loop.time() < began + seconds:
            person = self.people[sent % len(self.people)]
            turn = sent // len(self.people)
            is_picture = turn % 2 == 1 and sent % pictures_every == 0
            await self.ask(person, picture=is_picture)
            sent += 1
            await asyncio.sleep(max(0.0, began + sent / per_s - loop.time()))
        self.asked_s = loop.time() - began

    def answers(self, chat_id: int) -> list[int]:
        """Numbers of the answers in a chat, as they came."""
        return [number_of(text) for text in self._said(chat_id) if not text.startswith(SUMMARY)]

    @property
    def summaries(self) -> int:
        return sum(text.startswith(SUMMARY) for chat_id in self.asked for text in self._said(chat_id))

    def _said(self, chat_id: int) -> list[str]:
        world = self.box.server.world
        in_order = sorted(world.chats[chat_id].messages.items())
        return [said.raw.get("text", "") for _, said in in_order if said.author_id == world.bot.user.id]

    @property
    def answered(self) -> int:
        """How many answers there are: all that was said in the chats, but questions and summaries."""
        chats = self.box.server.world.chats
        said = sum(len(chats[chat_id].messages) for chat_id, asked in self.asked.items() if asked)
        return said - self.total - self.summaries_due

    @property
    def total(self) -> int:
        return sum(map(len, self.asked.values()))

    def out_of_order(self) -> dict[int, tuple[list[int], list[int]]]:
        """By chat: what was asked and what came, where that is not the same but for answers that came twice in a row."""
        came = {chat: [number for number, _ in groupby(self.answers(chat))] for chat in self.asked}
        return {chat: (asked, came[chat]) for chat, asked in self.asked.items() if came[chat] != asked}

    def doubled(self) -> int:
        return sum(len(self.answers(chat)) - len(self.asked[chat]) for chat in self.asked)

    def may_come_again(self, unfinished: Iterable[tuple[int, str]]) -> int:
        """Of (chat, body) of what a dead process had not finished: what may have been answered already."""
        numbers = [(chat, number_of(body)) for chat, body in unfinished]
        return sum(number == PICTURE or number in self.answers(chat) for chat, number in numbers)


def number_of(text: str) -> int:
    found = _NUMBER.search(text)
    return int(found[1]) if found else PICTURE
