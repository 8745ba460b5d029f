"""Fifty people who each ask once a minute, at moments of their own: what each of them waits, beside one who asks alone."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.bot import Scene, open_scene
from benchmarks.measure import Measurement, percentile
from bot.demo.client import Person
from storage.workspace import channels, posts, workspaces

PEOPLE, MINUTE_S, MINUTES = 50, 60.0, 2
POSTS = 400  # of each person's channel: five months
ALONE = 20  # questions of each kind, one after the other
SEED = 20_261_123
LONG_S = 120.0
# What is answered in words alone and what is drawn; each with the most that a crowd may multiply its wait by.
QUESTIONS = {"words": ("/top 30d", 3.0), "pictures": ("/er 30d", 5.0)}


@dataclass(frozen=True, slots=True)
class Waited:
    kind: str
    taken_ms: float


def measure() -> Iterator[Measurement]:
    alone, crowd = asyncio.run(_alone_and_in_a_crowd())
    for kind, (question, most) in QUESTIONS.items():
        mine, theirs = ([one.taken_ms for one in some if one.kind == kind] for some in (alone, crowd))
        name = f"{PEOPLE} people, each once a minute: {question} ({kind}, {len(theirs)} answers), p95"
        yield Measurement(name, percentile(theirs, 95), "ms", floor=percentile(mine, 95), at_most_ratio=most)


async def _alone_and_in_a_crowd() -> tuple[list[Waited], list[Waited]]:
    async with open_scene(POSTS) as scene:
        people = await _crowd(scene)
        await _ask(people[0], "pictures")  # the worker is warm afterwards
        alone = [await _ask(people[0], kind) for _ in range(ALONE) for kind in QUESTIONS]
        chance = Random(SEED)
        told = await asyncio.gather(*(_live(person, Random(chance.random())) for person in people))
    return alone, [one for some in told for one in some]


async def _crowd(scene: Scene) -> list[Person]:
    """Each has a chat and a channel of their own, with as many posts as the scene's."""
    people = [await scene.box.person(f"P{number}", language="en") for number in range(PEOPLE)]
    async with scene.database.read() as conn:
        rows = await posts.window(conn, scene.workspace.id, scene.channel.id, 0, scene.as_of + 1)
    for person in people:
        async with scene.database.begin() as conn:
            place = await workspaces.ensure(
                conn,
                chat_id=person.id,
                kind="private",
                title=None,
                language="en",
                zone="UTC",
                now=scene.as_of,
            )
            channel = await channels.add(
                conn, place.id, platform="telegram", title=person.name, now=scene.as_of
            )
            await posts.store(
                conn, place.id, channel.id, rows, import_id=None, source="file", now=scene.as_of
            )
    return people


async def _live(person: Person, chance: Random) -> Sequence[Waited]:
    """One question in each minute, at a moment that nobody else knows of."""
    begun, found = time.perf_counter(), []
    for minute in range(MINUTES):
        moment = begun + minute * MINUTE_S + chance.uniform(0, MINUTE_S)
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        found.append(await _ask(person, chance.choice(list(QUESTIONS))))
    return found


async def _ask(person: Person, kind: str) -> Waited:
    start = time.perf_counter()
    await person.send(QUESTIONS[kind][0])
    answer = await person.wait_for_answer(timeout_s=LONG_S)
    taken_ms = (time.perf_counter() - start) * 1000
    if (answer.photo_id is None) == (kind == "pictures"):
        raise RuntimeError(f"not what was asked for: {answer.text}")
    return Waited(kind, taken_ms)
