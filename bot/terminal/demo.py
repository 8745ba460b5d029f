"""`otklik demo`: the sandbox, an example team with a year of data, and the bot as its own process."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.core.locales import Translator
from bot.core.settings import ExactSettings
from bot.core.tasks import unless_stopped
from bot.demo import ExampleChannel, generate_team
from bot.demo.client import Channel, Group, Person, Sandbox
from bot.demo.people import people_of
from bot.demo.plans import BOOKS
from bot.demo.team import album_size, generate_channel
from bot.demo.texts import text_of_post
from bot.terminal.demo_networks import KEYS, follow_networks, make_networks
from bot.terminal.talk import refuse, speaker
from metrics.errors import DomainError
from storage.engine import Connection, open_database
from storage.upgrade import upgrade
from storage.workspace import audience, channels, exact_progress, live, members, posts, workspaces

ZONE = "Europe/Moscow"
STOP_S = 15
CHUNK_ROWS = 500
PAGE_POSTS = 120
NEIGHBOUR = "city_walks"
ELSEWHERE = "Соседний канал"
NEWCOMERS = (("Книги на выходные", "knigi_primer"), ("Weekend Books", "weekend_books"))
READS_EXACT = ExactSettings.is_installed()
EXACT = {"API_ID": "1", "API_HASH": "a-hash-of-nobody"}


@dataclass(frozen=True, slots=True)
class Team:
    """The example people. Anna owns the channels, Boris is a member of the group, Kate reads English.

    Boris and Kate have not opened the bot yet; each has a channel of their own, whose views fell last week.

    The first channel is public. The second has no name: its posts come by their numbers, where the libraries for that
    are installed.
    """

    anna: Person
    boris: Person
    kate: Person
    group: Group
    channels: tuple[tuple[Channel, ExampleChannel], ...]


def demo(*, port: int, record: Path | None) -> int:
    t = speaker(None)
    try:
        asyncio.run(_run(port, record, t))
    except DomainError as error:
        return refuse(error, t, as_json=False)
    except KeyboardInterrupt:
        return 0
    return 0


async def _run(port: int, record: Path | None, t: Translator) -> None:
    """Runs the demo until it is stopped.

    A stop may be asked for at any moment, also while the team is being made: no process is left behind.
    """
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await unless_stopped(stop, _play(port, record, t))


async def _play(port: int, record: Path | None, t: Translator) -> None:
    with tempfile.TemporaryDirectory(prefix="otklik-demo-", ignore_cleanup_errors=True) as folder:
        async with _sandbox(port, record) as box:
            team = await make_team(box, int(time.time()))
            url = f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}"
            await asyncio.to_thread(upgrade, url)
            await fill(url, team, int(time.time()))
            async with bot_process(box, url, Path(folder)) as bot:
                await greet(team)
                sys.stdout.write(t.plain("demo.ready", url=box.url, neighbour=NEIGHBOUR) + "\n")
                sys.stdout.flush()
                await bot.wait()


@asynccontextmanager
async def _sandbox(port: int, record: Path | None) -> AsyncIterator[Sandbox]:
    """Starts a sandbox for the block. Raises DomainError("demo.port_taken")."""
    try:
        async with Sandbox.started(port=port, record=record) as box:
            yield box
    except OSError as error:
        if "address already in use" in str(error).lower():
            raise DomainError("demo.port_taken", port=port) from None
        raise


async def make_team(box: Sandbox, as_of: int) -> Team:
    """Makes people, a group with the bot, and two channels; the bot's process does not run yet."""
    anna = await box.person("Анна", language="ru", username="anna")
    boris = await box.person("Борис", language="ru", username="boris")
    kate = await box.person("Kate", language="en", username="kate")
    public, private = generate_team(as_of)
    made = [
        (await _channel(box, anna, public, username=public.handle), public),
        (await _channel(box, anna, private, username=None), private),
    ]
    await show_page(made[0][0], public)
    await show_history(made[1][0], private)
    await made[1][0].add_bot(rights=["can_invite_users"])
    await make_neighbour(box, as_of)
    await make_newcomers(box, (boris, kate), as_of)
    await make_networks(box, as_of)
    group = await box.group("Команда", owner=anna, members=[boris, kate])
    return Team(anna, boris, kate, group, tuple(made))


async def _channel(box: Sandbox, owner: Person, example: ExampleChannel, *, username: str | None) -> Channel:
    subscribers = example.audience[-1].subscribers
    return await box.channel(example.title, owner=owner, username=username, subscribers=subscribers)


async def make_neighbour(box: Sandbox, as_of: int) -> None:
    """Makes a public channel of somebody else: nothing of it is known until it is asked about."""
    owner = await box.person("Вера", language="ru", username="vera")
    example = generate_team(as_of, seed=2)[0]
    subscribers = example.audience[-1].subscribers
    channel = await box.channel(
        "Городские прогулки", owner=owner, username=NEIGHBOUR, subscribers=subscribers
    )
    await show_page(channel, example)


async def make_newcomers(box: Sandbox, people: tuple[Person, Person], as_of: int) -> None:
    """Makes a public channel for each person who is to try the first steps: the bot knows none of them."""
    example = generate_channel(BOOKS, as_of)
    for person, (title, handle) in zip(people, NEWCOMERS, strict=True):
        subscribers = example.audience[-1].subscribers
        channel = await box.channel(title, owner=person, username=handle, subscribers=subscribers)
        await show_page(channel, example)


async def show_page(channel: Channel, example: ExampleChannel) -> None:
    """Shows the newest of the example's posts on the channel's public page."""
    await channel.change_page(
        posts=[
            {
                "id": int(post.external_id),
                "published_at": post.published_at,
                "views": post.views,
                "reactions": {"👍": post.reactions or 0},
                "photos": {"photo": 1, "album": 2}.get(post.format or "", 0),
            }
            for post in example.posts[-PAGE_POSTS:]
        ]
    )


async def show_history(channel: Channel, example: ExampleChannel) -> None:
    """Shows all of the example's posts, as the channel's admins see them."""
    await channel.change_page(
        posts=[
            {
                "id": int(post.external_id),
                "published_at": post.published_at,
                "text": text_of_post(post),
                "views": post.views,
                "forwards": post.forwards,
                "comments": post.comments,
                "reactions": {"👍": post.reactions or 0},
                "photos": {"photo": 1, "album": album_size(post.external_id)}.get(post.format or "", 0),
                "kind": post.format,
                "forwarded_from": ELSEWHERE if post.is_forwarded else None,
            }
            for post in example.posts
        ]
    )


async def fill(url: str, team: Team, now: int) -> None:
    """Fills in what the team would have after a year: Anna's channels, which her group reads."""
    database = open_database(url)
    try:
        async with database.begin() as conn:
            own = await _workspace(conn, team.anna, now)
            shared = await workspaces.ensure(
                conn, chat_id=team.group.id, kind="group", title="Команда", language="ru", zone=ZONE, now=now
            )
            for channel, example in team.channels:
                channel_id = await _fill_channel(conn, own, channel, example, team.anna.id, now)
                if channel.username is None:
                    await _read_by_number(conn, own, channel_id, example, team.anna.id, now)
                await channels.grant(conn, own, channel_id, reader_workspace_id=shared.id)
            await follow_networks(conn, own, team.anna.id, now)
    finally:
        await database.close()


async def _workspace(conn: Connection, person: Person, now: int) -> int:
    made = await workspaces.ensure(
        conn, chat_id=person.id, kind="private", title=None, language="ru", zone=ZONE, now=now
    )
    return made.id


async def _fill_channel(
    conn: Connection, workspace_id: int, channel: Channel, example: ExampleChannel, owner_id: int, now: int
) -> int:
    added = await channels.add(
        conn,
        workspace_id,
        platform="telegram",
        title=example.title,
        handle=channel.username,
        chat_id=channel.id,
        added_by=owner_id,
        bot_is_admin=channel.username is None,
        now=now,
    )
    if channel.username is None and READS_EXACT:
        await audience.store(conn, workspace_id, added.id, example.audience, source="bot", now=now)
        return added.id
    for start in range(0, len(example.posts), CHUNK_ROWS):
        chunk = example.posts[start : start + CHUNK_ROWS]
        await posts.store(conn, workspace_id, added.id, chunk, import_id=None, source="file", now=now)
    await audience.store(conn, workspace_id, added.id, example.audience, source="bot", now=now)
    return added.id


async def _read_by_number(
    conn: Connection, workspace_id: int, channel_id: int, example: ExampleChannel, owner_id: int, now: int
) -> None:
    """Notes that the owner made the bot an admin and showed it the newest post."""
    await live.begin(conn, workspace_id, channel_id, live.CollectionTerms(), now, person=owner_id)
    await members.store(conn, workspace_id, channel_id, people_of(example), now)
    if READS_EXACT:
        await exact_progress.begin(conn, workspace_id, channel_id, now)
        await exact_progress.show(conn, workspace_id, channel_id, int(example.posts[-1].external_id))


@asynccontextmanager
async def bot_process(box: Sandbox, url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Runs the unmodified bot against the sandbox; asked to stop at the end, and made to if it does not."""
    settings = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "CLOCK_URL": f"{box.url}/sandbox/clock",
        "PUBLIC_PAGES": "on",
        "PUBLIC_PAGES_URL": f"{box.url}/public",
        "VK_URL": box.vk.url,
        "YOUTUBE_URL": box.youtube.url,
        **KEYS,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        **(EXACT | {"MTPROTO_URL": box.mtproto.url} if READS_EXACT else dict.fromkeys(EXACT, "")),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env={**os.environ, **settings}, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_S)
        except TimeoutError:
            process.kill()


async def greet(team: Team) -> None:
    """Greets, so that the chat opens with the bot's first words, not empty."""
    await team.anna.start()
    await team.anna.wait_for_answer(timeout_s=60)
