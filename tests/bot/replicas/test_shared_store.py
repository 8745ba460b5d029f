"""What breaks: an update that nobody handles or two do, when processes keep, finish, die and come back at the same moments."""

import asyncio
import random
from collections import Counter, defaultdict

import pytest
from sqlalchemy import select

from bot.telegram.replica import Manner, Replica, why_not
from bot.telegram.shared_store import SharedStore
from metrics.errors import DomainError
from storage.engine import open_database
from storage.system.replicas import Entrant
from storage.tables import chat_claim, inbox

SECRET = "a secret"
SHARED = Manner(fetches=False, shares_limits=True, secret=SECRET)
LIFE_S = 0.6


@pytest.fixture
async def database(database_url):
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def store(database):
    """`await store()`: that of one more process."""
    opened = []

    async def open_store(manner=SHARED, life_s=60.0) -> SharedStore:
        made = SharedStore(database, Replica(database, manner, life_s=life_s))
        await made.open()
        opened.append(made)
        return made

    yield open_store
    for one in opened:
        await one.close()


def _ids(updates):
    return [one.update_id for one in updates]


async def _claims(database) -> int:
    async with database.read() as conn:
        return len((await conn.execute(select(chat_claim.c.chat_id))).all())


async def test_a_chat_is_one_processs_until_nothing_of_it_is_left(store, database):
    one, other = await store(), await store()
    first = await one.keep([(1, 7, "a")], 0)
    assert _ids(first) == [1]
    assert await other.keep([(2, 7, "b")], 0) == []
    assert await other.keep([(2, 7, "b")], 0) == []  # Telegram has come again
    assert await other.left() == []
    assert _ids(await other.keep([(3, 8, "c")], 0)) == [3]
    assert _ids(await one.come()) == [2]
    assert await one.come() == []
    await one.begin(first)
    assert await one.finish(first) == []
    assert await other.keep([(4, 7, "d")], 0) == []
    second = await one.begin(await one.come())
    assert _ids(second) == [4]
    async with database.read() as conn:
        bodies = (await conn.execute(select(inbox.c.body).where(inbox.c.update_id == 1))).scalars().all()
    assert bodies == [None]


async def test_who_finishes_the_last_finds_what_came_meanwhile_and_else_lets_go(store, database):
    one, other = await store(), await store()
    first = await one.keep([(1, 7, "a")], 0)
    await other.keep([(2, 7, "b")], 0)
    more = await one.finish(first)
    assert _ids(more) == [2]
    assert await one.finish(more) == []
    assert await _claims(database) == 0
    assert _ids(await other.keep([(3, 7, "c")], 0)) == [3]


async def test_what_a_dead_process_had_is_taken_up_and_it_begins_nothing_of_it_any_more(store, database):
    """Nor what it is running once more, should the chat come back to it."""
    one = await store(life_s=LIFE_S)
    had = await one.keep([(1, 7, "a"), (2, 7, "b"), (3, 8, "c")], 0)
    running = await one.begin(had[:1])
    other = await store()
    left = []
    while not left:
        await asyncio.sleep(0.05)
        left = await other.left()
    assert _ids(left) == [1, 2, 3]
    replica = one._replica
    await replica._beat(one._forget_all)
    assert await one.begin(had[1:]) == []
    await other.finish(left[2:])
    await other.close()
    assert _ids(await one.left()) == [2]
    assert await one.finish(running) == []
    assert await _claims(database) == 1


async def test_whatever_happens_at_the_same_moments_each_is_handled_once_and_in_order(store, database):
    chance = random.Random(20_261_127)
    stores = [await store() for _ in range(3)]
    handled: dict[int, list[int]] = defaultdict(list)
    working: list[asyncio.Task] = []

    def take(one, updates):
        for chat in dict.fromkeys(update.chat_id for update in updates):
            mine = [update for update in updates if update.chat_id == chat]
            working.append(asyncio.ensure_future(handle(one, mine)))

    async def handle(one, updates):
        for update in await one.begin(updates):
            await asyncio.sleep(chance.uniform(0, 0.004))
            handled[update.chat_id].append(update.update_id)
            take(one, await one.finish([update]))

    async def tell(chat):
        """As Telegram: the next one of a chat when the one before is acknowledged."""
        for number in range(8):
            one = chance.choice(stores)
            take(one, await one.keep([(chat * 100 + number, chat, "{}")], 0))
            await asyncio.sleep(chance.uniform(0, 0.004))

    await asyncio.gather(*(tell(chat) for chat in range(1, 13)))
    while working:
        await asyncio.gather(*working[:])
        working[:] = [task for task in working if not task.done()]
        for one in stores:
            take(one, await one.come())
    assert {chat: Counter(ids) for chat, ids in handled.items()} == {
        chat: Counter(range(chat * 100, chat * 100 + 8)) for chat in range(1, 13)
    }
    assert await _claims(database) == 0
    assert all(not one._known and not one._running for one in stores)


@pytest.mark.parametrize(
    ("me", "other", "code"),
    [
        (SHARED, SHARED, None),
        (Manner(fetches=True, shares_limits=True, secret=SECRET), SHARED, "replicas.fetch"),
        (SHARED, Manner(fetches=True, shares_limits=True, secret=SECRET), "replicas.fetch"),
        (SHARED, Manner(fetches=False, shares_limits=False, secret=SECRET), "replicas.no_limits"),
        (Manner(fetches=False, shares_limits=False, secret=SECRET), SHARED, "replicas.no_limits"),
        (SHARED, Manner(fetches=False, shares_limits=True, secret="another"), "replicas.other_secret"),
    ],
)
def test_what_must_agree_between_two_that_answer(me, other, code):
    shown = [Entrant("x", one.fetches, one.shares_limits, one.secret_mark) for one in (me, other)]
    assert why_not(*shown) == code
    assert SECRET not in shown[0].secret_mark


async def test_a_former_life_that_was_killed_is_waited_for_and_one_that_goes_on_is_not(store):
    """Started again at once, a bot must not be refused because of itself."""
    alone = Manner(fetches=True, shares_limits=False, secret=SECRET)
    killed = await store(alone, life_s=LIFE_S)
    await killed._tasks.finish(timeout_s=0)
    await store(alone)
    with pytest.raises(DomainError, match=r"replicas\.fetch"):
        await store(alone, life_s=0.0)
