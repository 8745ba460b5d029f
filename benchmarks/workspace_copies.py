"""A database of many workspaces: one that has lived for a year with the product's own code, and copies of its rows.

A copy is the same rows under other ids, and belongs to another chat. Retention, thresholds and drops were worked out by the
product for the first; a thousand times that would be hours.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from sqlalchemy import Column, Table, Text, insert

from benchmarks.housekeeping import readings_of_post
from benchmarks.stage import Stage, open_stage
from bot.answers.drops.judging import judge_workspace, settle
from bot.core.clock import FixedClock
from bot.features.alerts.fitting import fit_next
from bot.features.summaries.running import UNHEARD
from bot.notifications.housekeeping import keep_house
from bot.notifications.services import Services
from bot.telegram.answering import Answering
from metrics.durations import DAY_S, HOUR_S
from metrics.posts import COLUMNS, AudienceReading, Post
from storage.engine import Connection, Database
from storage.retention import PERSONS_S
from storage.system import outbox
from storage.system.collection import forget_persons
from storage.tables import collection, follow, metadata, proof
from storage.workspace import audience, channels, deliveries, members, pictures, posts, schedules, workspaces
from storage.workspace.news import MemberEvent
from storage.workspace.schedules import Schedule

CHANNELS = ("Кухня дома", "Город и люди", "Новости дня")
POSTS_A_DAY, DAYS = 2, 365
JOINS_A_DAY, PICTURES_A_DAY = 4, 3
COUNT_EVERY_H = 4
DELIVERED_DAYS, PICTURED_DAYS = 90, 60
FAR_S = 30 * DAY_S  # Telegram and pages are not asked meanwhile: what is measured here is the database
COPIES_AT_ONCE = 25
FAST = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=MEMORY")
PEOPLE = frozenset(
    {"added_by", "set_by", "person"}
)  # columns with the id of whoever the private chat is with


@dataclass(frozen=True, slots=True)
class First:
    """The workspace that is copied."""

    chat_id: int
    zone: str
    now: int


async def fill(file: Path, chats: Sequence[int], zone: str) -> None:
    """Makes a SQLite file with a workspace for each of these private chats, whose ids follow each other.

    Raises ValueError where they do not.
    """
    if list(chats) != list(range(chats[0], chats[0] + len(chats))):
        raise ValueError("the chats' ids do not follow each other")
    async with open_stage() as stage:
        await _live(stage, First(chats[0], zone, int(time.time())))
        await asyncio.to_thread(_back_up, stage.folder / "otklik.db", file)
    await asyncio.to_thread(_copy, file, len(chats))


async def _live(stage: Stage, first: First) -> None:
    """A year of the first workspace: what was collected, what housekeeping left of it, what was judged of it."""
    database = stage.database
    async with database.begin() as conn:
        made = await workspaces.ensure(
            conn,
            chat_id=first.chat_id,
            kind="private",
            title=None,
            language="ru",
            zone=first.zone,
            now=first.now - DAYS * DAY_S,
        )
    for number, title in enumerate(CHANNELS):
        await _collect(database, made.id, first, number, title)
    async with database.begin() as conn:
        await _send(conn, made.id, first.now)
        for kind in ("digest", "alerts"):
            far = Schedule(
                kind=kind, set_by=first.chat_id, next_due_at=first.now + FAR_S, changed_at=first.now
            )
            await schedules.save(conn, made.id, far)
    async with database.begin() as conn:
        await forget_persons(conn, first.now - PERSONS_S)
    while not await keep_house(database, FixedClock(datetime.fromtimestamp(first.now, UTC))):
        pass
    await _judge(stage, made.id, first.now)


async def _collect(database: Database, workspace_id: int, first: First, number: int, title: str) -> None:
    """A channel that the bot is in, but the last, which is followed by its page."""
    is_page, chance = number == len(CHANNELS) - 1, random.Random(number)
    source = "page" if is_page else "bot"
    readings = [
        [post for post in _readings(chance, at, place) if post.observed_at <= first.now]
        for place, at in enumerate(_moments(first.now, number))
    ]
    async with database.begin() as conn:
        added = await channels.add(
            conn,
            workspace_id,
            platform="telegram",
            title=title,
            handle=f"example_{number}_" if is_page else None,
            chat_id=None if is_page else -1_001_000_000_000 - number,
            added_by=first.chat_id,
            bot_is_admin=not is_page,
            now=first.now - DAYS * DAY_S,
        )
        first_looks = [one[0] for one in readings]
        later = sorted((post for one in readings for post in one[1:]), key=lambda post: post.observed_at)
        for read in (first_looks, later):
            await posts.store(
                conn, workspace_id, added.id, read, import_id=None, source=source, now=first.now
            )
        counts = [
            AudienceReading(at, 9_000 + (at - first.now) // 40_000 + at % 7, 0)
            for at in range(first.now - DAYS * DAY_S, first.now, COUNT_EVERY_H * HOUR_S)
        ]
        await audience.store(conn, workspace_id, added.id, counts, source=source, now=first.now)
        if is_page:
            row = {"channel_id": added.id, "handle": f"example_{number}_", "next_at": first.now + FAR_S}
            await conn.execute(insert(follow).values(row | {"read_at": first.now}))
        else:
            await _administer(conn, workspace_id, added.id, first, chance)


async def _administer(
    conn: Connection, workspace_id: int, channel_id: int, first: First, chance: random.Random
) -> None:
    far = first.now + FAR_S
    await conn.execute(insert(collection).values(channel_id=channel_id, count_at=far))
    shown = {"person": first.chat_id, "proved_at": first.now - DAYS * DAY_S, "check_at": far}
    await conn.execute(insert(proof).values(channel_id=channel_id, **shown))
    events = [
        MemberEvent(f"{number:032x}", at, is_join=bool(chance.randrange(3)), link=None, link_name=None)
        for number, at in enumerate(range(first.now - DAYS * DAY_S, first.now, DAY_S // JOINS_A_DAY))
    ]
    await members.store(conn, workspace_id, channel_id, events, first.now)


def _moments(now: int, number: int) -> Iterator[int]:
    every_s = DAY_S // POSTS_A_DAY
    yield from range(now - DAYS * DAY_S + number * HOUR_S, now - HOUR_S, every_s)


def _readings(chance: random.Random, published_at: int, number: int) -> Iterator[Post]:
    empty = Post._make([None] * len(COLUMNS))
    for one in readings_of_post(chance, published_at):
        yield empty._replace(external_id=str(number + 1), **one)


async def _send(conn: Connection, workspace_id: int, now: int) -> None:
    """What left in the last months, as far as it is remembered."""
    told = {"frequency": "daily", "first": "2026-01-01", "last": "2026-01-01", "missed_since": None}
    for day in range(DELIVERED_DAYS, 0, -1):
        at = now - day * DAY_S
        sent = await deliveries.enqueue(
            conn, workspace_id, kind="digest", subject="daily", due_at=at, payload=told, not_before=at, now=at
        )
        assert sent is not None
        await outbox.finish(conn, sent, message_id=day, now=at)
    for number in range(PICTURED_DAYS * PICTURES_A_DAY):
        at = now - number * DAY_S // PICTURES_A_DAY
        await pictures.remember(conn, workspace_id, f"er/{number}/{'0' * 40}", "AgAC" * 20, at)


async def _judge(stage: Stage, workspace_id: int, now: int) -> None:
    """Yesterday's look at drops, and thresholds fitted this week."""
    for at, work in ((now - DAY_S, "drops"), (now, "thresholds")):
        services = cast(
            "Services",
            SimpleNamespace(
                database=stage.database,
                clock=FixedClock(datetime.fromtimestamp(at, UTC)),
                workers=stage.workers,
                answering=Answering(),
            ),
        )
        if work == "drops":
            done = await judge_workspace(services, workspace_id, None)
            assert done is not None
            async with stage.database.begin() as conn:
                await settle(conn, done, UNHEARD)
        else:
            for _ in CHANNELS:
                await fit_next(services)


def _back_up(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def _copy(file: Path, count: int) -> None:
    """Copies the rows of the one workspace until there are so many."""
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        for pragma in FAST:
            conn.execute(f"PRAGMA {pragma}")
        filled = [table for table in metadata.sorted_tables if _is_of_workspaces(table)]
        strides = {
            table.name: conn.execute(f'SELECT coalesce(max(id), 0) FROM "{table.name}"').fetchone()[0]
            for table in filled
            if "id" in table.c
        }
        conn.execute("CREATE TEMP TABLE copies (k INTEGER PRIMARY KEY)")
        for table in filled:
            conn.execute(f'CREATE TEMP TABLE "first_{table.name}" AS SELECT * FROM "{table.name}"')
        for begin in range(1, count, COPIES_AT_ONCE):
            some = range(begin, min(count, begin + COPIES_AT_ONCE))
            conn.execute("BEGIN")
            conn.execute("DELETE FROM copies")
            conn.executemany("INSERT INTO copies VALUES (?)", ((k,) for k in some))
            for table in filled:
                conn.execute(_copying(table, strides))
            conn.execute("COMMIT")
        conn.execute("PRAGMA journal_mode=WAL")


def _is_of_workspaces(table: Table) -> bool:
    return table.name == "workspace" or any(
        key.column.table.name in {"workspace", "channel", "post"} for key in table.foreign_keys
    )


def _copying(table: Table, strides: dict[str, int]) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_copied(column, strides) for column in table.columns)
    # A cross join keeps this order, so that rows come by their ids.
    return f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM copies CROSS JOIN "first_{table.name}"'


def _copied(column: Column[object], strides: dict[str, int]) -> str:
    name = f'"{column.name}"'
    if column.name == "id":
        return f"{name} + k * {strides[column.table.name]}"
    for key in column.foreign_keys:
        return f"{name} + k * {strides[key.column.table.name]}"
    is_person = column.name in PEOPLE and not isinstance(column.type, Text)  # of who joined there is a hash
    if is_person or (column.table.name, column.name) == ("workspace", "chat_id"):
        return f"{name} + k"
    if column.name == "chat_id":
        return f"{name} - k * {len(CHANNELS)}"
    return f"{name} || k" if column.name == "handle" else name
