"""The inbox keeps each update once and to its end; the tick and live updates span workspaces."""

from sqlalchemy import select

from storage.system import everywhere
from storage.system.everywhere import KeptUpdate, RegisteredChannel
from storage.tables import inbox
from storage.workspace import channels, workspaces
from tests.storage.places import NOW

UPDATES = [(7, 10, '{"update_id": 7}'), (8, None, '{"update_id": 8}'), (9, 10, '{"update_id": 9}')]


async def test_an_update_is_kept_once(conn):
    assert await everywhere.keep_updates(conn, [], NOW) == []
    assert await everywhere.keep_updates(conn, UPDATES[:2], NOW) == [7, 8]
    assert await everywhere.keep_updates(conn, UPDATES, NOW) == [9]
    assert await everywhere.unfinished(conn) == [KeptUpdate(*update) for update in UPDATES]


async def test_only_runs_that_began_are_counted(conn):
    await everywhere.keep_updates(conn, UPDATES[:2], NOW)
    await everywhere.begin_again(conn, 7)
    await everywhere.begin_again(conn, 7)
    assert [kept.attempts for kept in await everywhere.unfinished(conn)] == [2, 0]


async def test_a_handled_update_is_emptied_and_not_taken_again(conn):
    await everywhere.keep_updates(conn, UPDATES, NOW)
    await everywhere.finish_update(conn, 7)
    assert [kept.update_id for kept in await everywhere.unfinished(conn)] == [8, 9]
    assert await everywhere.keep_updates(conn, UPDATES[:1], NOW) == []
    emptied = (await conn.execute(select(inbox).where(inbox.c.update_id == 7))).one()
    assert (emptied.chat_id, emptied.body) == (None, None)


async def test_a_large_update_id_and_a_large_chat_id(conn):
    update = (2**40, -1_009_999_999_999, "{}")
    assert await everywhere.keep_updates(conn, [update], NOW) == [2**40]
    assert await everywhere.unfinished(conn) == [KeptUpdate(*update)]


async def test_the_last_tick(conn):
    assert await everywhere.last_tick(conn) is None
    await everywhere.record_tick(conn, NOW)
    await everywhere.record_tick(conn, NOW + 60)
    assert await everywhere.last_tick(conn) == NOW + 60


async def test_a_channels_updates_go_wherever_it_is_registered(conn):
    expected = []
    for chat_id in (10, 20, 30):
        made = await workspaces.ensure(
            conn, chat_id=chat_id, kind="private", title=None, language="ru", zone="UTC", now=NOW
        )
        added = await channels.add(
            conn, made.id, platform="telegram", title=str(chat_id), chat_id=-1001 - chat_id // 30, now=NOW
        )
        expected.append(RegisteredChannel(made.id, added.id, str(chat_id), None, False))
    assert await everywhere.workspaces_of_channel_chat(conn, -1001) == expected[:2]
    assert await everywhere.workspaces_of_channel_chat(conn, -1002) == expected[2:]
    assert await everywhere.workspaces_of_channel_chat(conn, -1003) == []
