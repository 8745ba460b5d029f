"""Who is told that a source is lost: every chat that has the channel, once each, and nobody who was told at once."""

import json

import pytest
from sqlalchemy import select

from storage.system import rights
from storage.tables import delivery, workspace
from storage.workspace import channels, workspaces
from tests.storage.places import NOW

CHAT, OWNER, BOB, GROUP, READER = -1001, 10, 20, -30, -40


@pytest.fixture
def stage(conn):
    """The channel in two private chats and a group, and shown by the owner to another group: `handle` where public."""

    async def make(handle: str | None = None):
        homes = {}
        for chat_id in (OWNER, BOB, GROUP, READER):
            kind = "group" if chat_id < 0 else "private"
            homes[chat_id] = await workspaces.ensure(
                conn, chat_id=chat_id, kind=kind, title=None, language="ru", zone="UTC", now=NOW
            )
        rows = {}
        for chat_id in (OWNER, BOB, GROUP):
            person = BOB if chat_id == GROUP else chat_id
            added = await channels.add(
                conn,
                homes[chat_id].id,
                platform="telegram",
                title="Чай",
                handle=handle,
                chat_id=CHAT,
                added_by=person,
                bot_is_admin=True,
                now=NOW,
            )
            await rights.prove(conn, added.id, person, NOW)
            rows[chat_id] = added.id
        for reader in (READER, GROUP):  # one of them has a row of its own
            await channels.grant(conn, homes[OWNER].id, rows[OWNER], reader_workspace_id=homes[reader].id)
        return rows

    return make


async def _told(conn):
    query = select(workspace.c.chat_id, delivery.c.payload, delivery.c.due_at).join_from(delivery, workspace)
    rows = (await conn.execute(query.order_by(delivery.c.id))).all()
    return [(chat_id, json.loads(payload)["because"], at - NOW) for chat_id, payload, at in rows]


@pytest.mark.parametrize(
    ("handle", "by", "told"),
    [
        ("tea", OWNER, {BOB, GROUP, READER}),
        ("tea", BOB, {OWNER, GROUP, READER}),
        ("tea", 99, {OWNER, BOB, GROUP, READER}),  # an admin who does not use the bot
        (None, OWNER, {BOB, GROUP}),  # the reader hears of it when a private channel leaves
    ],
)
async def test_everybody_hears_once_that_the_bot_was_put_out(conn, stage, handle, by, told):
    await stage(handle)
    for _ in range(2):  # an update that a crash has run again
        await rights.lose(conn, CHAT, NOW + 1, by=by)
    found = await _told(conn)
    assert sorted(found) == sorted((one, "bot", 1) for one in told)


async def test_a_person_who_is_no_admin_any_more_is_told_and_the_bots_end_is_not_told_to_him_again(
    conn, stage
):
    await stage(None)
    await rights.lose(conn, CHAT, NOW + 1, person=BOB)
    assert sorted(await _told(conn)) == [(GROUP, "person", 1), (BOB, "person", 1)]
    await rights.lose(conn, CHAT, NOW + 2)
    assert (await _told(conn))[2:] == [(OWNER, "bot", 2)]
    await rights.regain(conn, CHAT, NOW + 3, person=OWNER)
    await rights.lose(conn, CHAT, NOW + 4)
    assert (await _told(conn))[3:] == [(OWNER, "bot", 4)]  # another loss


async def test_what_is_in_no_list_is_told_to_nobody(conn, stage):
    rows = await stage("tea")
    for chat_id, channel_id in rows.items():
        home = await workspaces.find(conn, chat_id)
        await channels.archive(conn, home.id, channel_id, NOW)
    await rights.lose(conn, CHAT, NOW + 1)
    assert await _told(conn) == []
