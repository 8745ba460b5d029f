"""What breaks: counters that depend on the order updates come in, on one that comes twice, or on where a crash fell."""

import json
import random
import shutil
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.collection.collector import Collector
from bot.core.clock import FixedClock
from storage.engine import open_database
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate
from storage.workspace import channels, live, members, posts, workspaces
from tests.collection.lives import CHANNEL, GROUP, START, make_life, message, totals
from tests.kit.examples import examples

LATER = FixedClock(datetime.fromtimestamp(START + 90 * 86_400, UTC))


@pytest.fixture
def world(migrated, tmp_path):
    """`async with world() as bot:` is a fresh database with one channel."""
    return lambda: World(migrated, tmp_path)


class World:
    def __init__(self, migrated, folder, *, is_admin=True):
        self.path = folder / f"{random.getrandbits(64):x}.db"
        shutil.copy(migrated, self.path)
        self.is_admin = is_admin

    async def __aenter__(self):
        self.database = open_database(f"sqlite+aiosqlite:///{self.path}")
        self.collector = Collector(self.database, LATER, 1, "1:token")
        self.workspace_id, self.channel_id = await self.register(1, is_admin=self.is_admin)
        return self

    async def __aexit__(self, *_):
        await self.database.close()

    async def register(self, chat_id: int, *, is_admin: bool = True) -> tuple[int, int]:
        async with self.database.begin() as conn:
            made = await workspaces.ensure(
                conn, chat_id=chat_id, kind="private", title=None, language="en", zone="UTC", now=START
            )
            channel = await channels.add(
                conn,
                made.id,
                platform="telegram",
                title="Life",
                chat_id=CHANNEL["id"],
                bot_is_admin=is_admin,
                now=START,
            )
            if is_admin:
                await live.begin(
                    conn, made.id, channel.id, live.CollectionTerms(GROUP["id"]), START, person=chat_id
                )
        return made.id, channel.id

    async def deliver(self, updates, *, batch: int = 7) -> None:
        """As the intake does: kept, each known id once, then handed over in batches."""
        rows = [(raw["update_id"], 0, json.dumps(raw, ensure_ascii=False)) for raw in updates]
        async with self.database.begin() as conn:
            new = set(
                await everywhere.keep_updates(conn, list({row[0]: row for row in rows}.values()), START)
            )
        fresh = [KeptUpdate(*row) for row in {row[0]: row for row in rows}.values() if row[0] in new]
        for begin in range(0, len(fresh), batch):
            await self.collector.take(fresh[begin : begin + batch])

    async def posts(self, workspace_id=None, channel_id=None):
        async with self.database.read() as conn:
            return await posts.window(
                conn, workspace_id or self.workspace_id, channel_id or self.channel_id, 0, 2**40
            )

    async def shown(self) -> dict[str, tuple]:
        return {
            one.external_id: (one.reactions, one.stars, one.comments, one.text_length, one.is_ad)
            for one in await self.posts()
        }


def at_end(life) -> dict[str, tuple]:
    return {number: (r, s, c, n, ad) for number, (r, s, c, n, ad) in life.expected.items()}


@pytest.mark.parametrize("seed", range(4))
async def test_a_life_told_in_order_shows_what_happened(world, seed):
    life = make_life(seed)
    async with world() as bot:
        await bot.deliver(life.updates)
        assert await bot.shown() == at_end(life)
        async with bot.database.read() as conn:
            assert await everywhere.unfinished(conn) == []


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 10_000), batch=st.integers(1, 40))
async def test_any_order_and_any_repetition_leave_the_same_counters(world, data, seed, batch):
    life = make_life(seed, posts=4)
    order = data.draw(st.permutations(life.updates))
    repeated = data.draw(st.lists(st.sampled_from(life.updates), max_size=20))
    again = [
        {**raw, "update_id": 100_000 + n} for n, raw in enumerate(repeated)
    ]  # the same, as an update of its own
    async with world() as bot:
        await bot.deliver([*order, *repeated], batch=batch)
        await bot.deliver(again, batch=batch)
        assert await bot.shown() == at_end(life)


async def test_a_batch_that_was_lost_is_delivered_again_whole(world, monkeypatch):
    life = make_life(3)

    async def crash(*_args):
        raise RuntimeError

    async with world() as bot:
        monkeypatch.setattr("bot.collection.collector.everywhere_collection.finish_updates", crash)
        with pytest.raises(RuntimeError):
            await bot.deliver(life.updates, batch=1000)
        assert await bot.posts() == []
        monkeypatch.undo()
        async with bot.database.read() as conn:
            left = await everywhere.unfinished(conn)
        await bot.collector.take(left)
        assert await bot.shown() == at_end(life)


async def test_a_post_has_one_reading_between_two_ages_and_one_at_each_age(world):
    hour = 3600
    async with world() as bot:
        await bot.deliver([{"update_id": 1, "channel_post": message(1, START, text="a")}])
        counts = [(60, 1), (1800, 5), (2 * hour, 9), (2 * hour + 60, 8)]
        await bot.deliver(
            [
                {"update_id": 10 + n, "message_reaction_count": totals(1, START + age, {"👍": count})}
                for n, (age, count) in enumerate(counts)
            ],
            batch=1,
        )
        async with bot.database.begin() as conn:
            await live.come_of_age(conn, bot.workspace_id, bot.channel_id, START + 7 * hour)
        async with bot.database.begin() as conn:
            await live.come_of_age(conn, bot.workspace_id, bot.channel_id, START + 8 * hour)
        (post,) = await bot.posts()
        assert (post.reactions, post.observed_at) == (8, START + 6 * hour)
    import sqlite3

    with sqlite3.connect(bot.path) as kept:
        query = "SELECT observed_at, reactions FROM reading ORDER BY observed_at"
        readings = [(at - START, count) for at, count in kept.execute(query)]
    kept.close()
    assert readings == [(1800, 5), (2 * hour + 60, 8), (6 * hour, 8)]


async def test_everyone_who_registered_the_channel_has_rows_of_their_own(world):
    life = make_life(5)
    async with world() as bot:
        other = await bot.register(2)
        await bot.deliver(life.updates)
        assert {post.external_id: post.reactions for post in await bot.posts(*other)} == {
            number: expected[0] for number, expected in life.expected.items()
        }


async def test_what_a_private_channel_publishes_is_told_to_its_admins_only(world):
    private = {name: value for name, value in CHANNEL.items() if name != "username"}
    async with world() as bot:
        stranger = await bot.register(2, is_admin=False)
        for number, chat in ((1, private), (2, CHANNEL)):
            post = {**message(number, START, text="a"), "chat": chat}
            await bot.deliver([{"update_id": number, "channel_post": post}])
        assert [post.external_id for post in await bot.posts(*stranger)] == ["2"]
        assert len(await bot.posts()) == 2


def member_changed(person: int, at: int, before: str, after: str, link: str | None = None) -> dict:
    user = {"id": person, "is_bot": False, "first_name": "Somebody"}
    return {
        "chat": CHANNEL, "from": user, "date": at, "old_chat_member": {"user": user, "status": before},
        "new_chat_member": {"user": user, "status": after},
        **({"invite_link": {"invite_link": link, "name": "Ad 7", "creator": user}} if link else {}),
    }  # fmt: skip


async def test_who_joined_by_a_link_and_left_is_counted_without_knowing_who(world):
    link, day = "https://t.me/+AdSeven", 86_400
    events = [
        *(member_changed(n, START, "left", "member", link) for n in range(4)),
        member_changed(0, START + 3600, "member", "left"),
        member_changed(1, START + 3 * day, "member", "kicked"),
        member_changed(2, START + 20 * day, "member", "left"),
        member_changed(9, START + 60, "left", "member"),
        member_changed(3, START + 60, "member", "administrator"),
    ]
    updates = [{"update_id": n + 1, "chat_member": event} for n, event in enumerate(events)]
    async with world() as bot:
        await bot.deliver([*updates[::-1], *updates])
        async with bot.database.read() as conn:
            by_link = await members.by_link(conn, bot.workspace_id, bot.channel_id, 0, 2**40)
            assert await members.counts(conn, bot.workspace_id, bot.channel_id, 0, 2**40) == (5, 3)
    (ad, direct) = by_link
    assert (ad.link, ad.link_name) == (link, "Ad 7")
    assert (ad.joined, ad.left, ad.left_within_day, ad.left_within_week) == (4, 3, 1, 2)
    assert (direct.link, direct.joined, direct.left) == (None, 1, 0)
    kept = bot.path.read_bytes()
    assert b"Somebody" not in kept


@pytest.mark.parametrize("batch", [1, 7])
async def test_whoever_is_thrown_out_of_a_private_channel_keeps_what_was_and_gets_nothing_newer(world, batch):
    bob, owner = 1, 2
    private = {name: value for name, value in CHANNEL.items() if name != "username"}
    said = [message(n, START + n * 60, text="Secret", chat=private, sender_chat=private) for n in range(1, 4)]
    kicked = member_changed(bob, START + 90, "administrator", "kicked") | {"chat": private}
    back = member_changed(bob, START + 170, "left", "administrator") | {"chat": private}
    async with world() as bot:
        others = await bot.register(owner)
        told = [{"channel_post": said[0]}, {"chat_member": kicked}, {"channel_post": said[1]}]
        await bot.deliver([{"update_id": n, **one} for n, one in enumerate(told, 1)], batch=batch)
        assert [post.external_id for post in await bot.posts()] == ["1"]
        await bot.deliver([{"update_id": 4, "chat_member": back}, {"update_id": 5, "channel_post": said[2]}])
        assert [post.external_id for post in await bot.posts()] == ["1", "3"]
        assert [post.external_id for post in await bot.posts(*others)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 5}},
        {"channel_post": None},
        {"message_reaction_count": {"chat": {"id": 1, "type": "channel"}}},
        {"chat_member": {"chat": {"type": "channel"}}},
        {"message": {"chat": {"type": "supergroup"}, "message_thread_id": "x"}},
    ],
)
async def test_a_shape_that_nobody_knows_is_finished_and_spoils_nothing(world, update):
    life = make_life(1, posts=2)
    async with world() as bot:
        await bot.deliver([*life.updates, {"update_id": 999, **update}], batch=1000)
        assert await bot.shown() == at_end(life)
        async with bot.database.read() as conn:
            assert await everywhere.unfinished(conn) == []


@pytest.mark.parametrize(
    ("unread", "shown"),
    [
        ({"type": {"type": "emoji", "emoji": "🔥"}, "total_count": "many"}, (None, 3)),
        ({"type": {"type": "emoji", "emoji": "🔥"}}, (None, 3)),
        ("a kind of tomorrow", (None, 3)),
        ({"type": {"type": "paid"}, "total_count": None}, (7, None)),
        ({"type": {"type": "of tomorrow"}, "total_count": 2}, (9, 3)),
    ],
)
async def test_totals_that_can_be_read_in_part_are_known_in_part(world, unread, shown):
    told = totals(10, START + 60, {"👍": 7, "paid": 3} if shown[1] else {"👍": 7})
    told["reactions"].append(unread)
    async with world() as bot:
        await bot.deliver(
            [
                {"update_id": 1, "channel_post": message(10, START, text="пост")},
                {"update_id": 2, "message_reaction_count": told},
            ]
        )
        [post] = await bot.posts()
        assert (post.reactions, post.stars) == shown
