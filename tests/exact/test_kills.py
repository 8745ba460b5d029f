"""What breaks: the bot is killed (-9) in a login, a history, a sweep: a second login, a post that is lost or counted twice."""

import asyncio
import sqlite3

import pytest

from tests.exact.conftest import START

pytestmark = pytest.mark.timeout(300)
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
    box, registered, living, dies, lapsed, eventually
):
    async with living() as process:
        await dies(process, "GetMessages", 2)
    async with living():
        for _ in range(2):  # the first look is over when the second one begins
            await box.advance(1)
            await eventually("SELECT at FROM tick WHERE id = 1", (int((await box.now()).timestamp()),))
        asked = await box.mtproto.asked("GetMessages")
        assert len(asked) == 2  # the dead one may be alive, as far as anybody knows
        lapsed()
        await box.advance(1)
        await eventually("SELECT found, cursor FROM exact_channel", (1_001, 0))


async def test_killed_while_a_deletion_is_in_doubt_and_while_a_gap_is_read_nothing_is_lost_doubled_or_marked_in_vain(
    box, ann, private, living, dies, lapsed, eventually, rows
):
    """Each answer is carried out and never written down: the next life asks for it again, and no look counts twice."""
    channel = await private(ann, posts=30)
    doubted = "SELECT external_id FROM post WHERE absent_since IS NOT NULL AND deleted_at IS NULL"
    deleted = "SELECT external_id FROM post WHERE deleted_at IS NOT NULL"
    async with living() as process:
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("добавлен", timeout_s=90)
        fresh = [(await channel.post(f"свежий {n}"))[0] for n in range(6)]
        await box.wait_until_read()
        await box.advance(1, wait=True)
        await eventually("SELECT found, cursor FROM exact_channel", (36, 0))
        gone = fresh[2]
        await channel.delete(gone)
        await box.advance(3_601)  # the age has come for all six, one of them is empty
        await dies(process, "GetMessages", done=True)
    assert rows(doubted) == []
    lapsed()
    async with living() as process:
        await eventually(doubted, (str(gone),))
        assert rows(deleted) == []
        await box.advance(3_601)  # the second look
        await dies(process, "GetMessages", done=True)
    assert (rows(doubted), rows(deleted)) == ([(str(gone),)], [])
    lapsed()
    async with living() as process:
        await eventually(deleted, (str(gone),))
        await channel.remove_bot()
        await ann.wait_for("Меня убрали", timeout_s=60)
        missed = [(await channel.post(f"без меня {n}"))[0] for n in range(3)]
        await box.advance(2 * 86_400, wait=True)
        await channel.add_bot(rights=["can_invite_users"])
        missed += await channel.post("снова при мне")
        await box.wait_until_read()
        await box.advance(1)  # what came out in the gap is read from the newest number down
        await dies(process, "GetMessages", done=True)
    lapsed()
    async with living():
        await eventually(
            f"SELECT count(*) FROM post WHERE external_id IN {(*map(str, missed),)} AND views IS NOT NULL",
            (4,),
        )
        await ann.wait_for("уже здесь", timeout_s=60)
        await box.advance(60, wait=True)
    assert rows(deleted) == [(str(gone),)]
    assert rows("SELECT count(*), count(DISTINCT external_id) FROM post") == [(40, 40)]
    assert rows("SELECT reason, ended_at IS NULL FROM gap") == [("rights", 0)]
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
