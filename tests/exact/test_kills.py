"""What breaks: the bot is killed (-9) in a login, a history, a sweep: a second login, a post that is lost or counted twice."""

import asyncio
import sqlite3

import pytest

from tests.exact.conftest import START

pytestmark = pytest.mark.timeout(300)
LEASE_S = 26  # a killed process is thought to be connected for so long
READ = (
    "SELECT count(*), count(DISTINCT post_id) FROM reading JOIN post ON post_id = post.id"
    " WHERE source = 'exact' AND external_id <> '1001'"
)


@pytest.fixture
async def registered(box, ann, private, living, rows):
    """A private channel of 1,000 posts and a fresh one, registered by a life without API_ID."""
    channel = await private(ann, posts=1_000)
    async with living(API_ID="", API_HASH=""):
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("добавлен", timeout_s=90)
        (fresh,) = await channel.post("свежий")
        assert fresh == 1_001
        await box.wait_until_read()
        for _ in range(400):
            if rows("SELECT count(*) FROM post") == [(1,)]:
                break
            await asyncio.sleep(0.05)
    assert await box.mtproto.connections() == 0
    return channel


@pytest.fixture
def lapsed(rows, tmp_path):
    """The lease of the killed process lapses, without the wait."""

    def lapse() -> None:
        with sqlite3.connect(tmp_path / "otklik.db", timeout=30) as conn:
            conn.execute("UPDATE lease SET until = 0 WHERE name = 'exact counters'")

    return lapse


@pytest.mark.parametrize("done", [False, True], ids=["before the token was seen", "before its answer came"])
async def test_killed_in_the_login_it_logs_in_once(box, registered, living, dies, lapsed, eventually, done):
    async with living() as process:
        await dies(process, "ImportBotAuthorization", done=done)
    lapsed()
    async with living():
        await eventually("SELECT found, cursor FROM exact_channel", (1_001, 0))
    granted = await box.mtproto.asked("ImportBotAuthorization")
    assert len(granted) == (1 if done else 2)  # the first was never carried out
    assert len({one["key_id"] for one in await box.mtproto.asked()}) == 1


@pytest.mark.parametrize("n", [1, 3, 6])
async def test_killed_in_a_history_nothing_is_lost_and_nothing_there_twice(
    box, registered, living, dies, lapsed, eventually, rows, n
):
    async with living() as process:
        await dies(process, "GetMessages", n, done=True)
    lapsed()
    async with living():
        await eventually("SELECT found, cursor FROM exact_channel", (1_001, 0))
    assert rows(READ) == [(1_000, 1_000)]
    assert rows("SELECT posts FROM channel") == [(1_001,)]
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1


async def test_killed_in_a_sweep_the_post_is_read_at_that_age_once(
    box, registered, living, dies, lapsed, eventually, rows
):
    async with living():
        await eventually("SELECT found, cursor FROM exact_channel", (1_001, 0))
    await registered.set_views(1_001, 55)
    lapsed()
    await box.advance(3_601)
    async with living() as process:
        await dies(process, "GetMessages", done=True)
    lapsed()
    async with living():
        await eventually("SELECT views FROM post WHERE external_id = '1001'", (55,))
    swept = "SELECT count(*) FROM reading JOIN post ON post_id = post.id WHERE source = 'exact'"
    assert rows(f"{swept} AND external_id = '1001' AND reading.views = 55") == [(1,)]
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    assert (await box.now()) > START


async def test_a_second_process_connects_when_the_first_ones_lease_has_lapsed(
    box, registered, living, dies, eventually, rows
):
    async with living() as process:
        await dies(process, "GetMessages", 2)
    async with living():
        await asyncio.sleep(1)
        asked = await box.mtproto.asked("GetMessages")
        assert len(asked) == 2  # the dead one may be alive, as far as anybody knows
        for _ in range(
            2 * LEASE_S
        ):  # each move of the clock is a look; the one that finds the lease lapsed may come late
            await asyncio.sleep(1)
            await box.advance(1)
            if rows("SELECT found, cursor FROM exact_channel") == [(1_001, 0)]:
                break
        await eventually("SELECT found, cursor FROM exact_channel", (1_001, 0))
