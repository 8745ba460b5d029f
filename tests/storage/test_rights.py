"""Rights in a channel end and come back for the person concerned, never for another who once registered it."""

import pytest
from sqlalchemy import select

from storage.system import collection as everywhere_collection
from storage.system import rights
from storage.tables import channel, gap
from storage.workspace import channels, live, workspaces
from tests.storage.places import NOW

CHAT, OWNER, BOB, GROUP = -1001, 10, 20, -30


@pytest.fixture
async def rows(conn):
    """The channel in two private chats and in a group, where Bob added it."""
    found = {}
    for chat_id, added_by in ((OWNER, OWNER), (BOB, BOB), (GROUP, BOB)):
        kind = "group" if chat_id == GROUP else "private"
        made = await workspaces.ensure(
            conn, chat_id=chat_id, kind=kind, title=None, language="ru", zone="UTC", now=NOW
        )
        added = await channels.add(
            conn,
            made.id,
            platform="telegram",
            title="Чай",
            chat_id=CHAT,
            added_by=added_by,
            bot_is_admin=True,
            now=NOW,
        )
        await rights.prove(conn, added.id, added_by, NOW)
        found[added.id] = chat_id
    return found


async def _collecting(conn, rows):
    """Whose rows take what the channel publishes."""
    found = await conn.execute(select(channel.c.id).where(channel.c.bot_is_admin))
    return {rows[channel_id] for channel_id in found.scalars()}


async def test_a_person_who_is_no_admin_any_more_loses_every_row_of_his_and_nobody_elses(conn, rows):
    await rights.lose(conn, CHAT, NOW + 1, person=BOB)
    assert await _collecting(conn, rows) == {OWNER}
    gaps = (await conn.execute(select(gap.c.channel_id, gap.c.started_at))).all()
    assert {(rows[channel_id], at) for channel_id, at in gaps} == {(BOB, NOW + 1), (GROUP, NOW + 1)}


async def test_the_bots_return_wakes_only_the_rows_of_who_promoted_it(conn, rows):
    await rights.lose(conn, CHAT, NOW + 1)
    assert await _collecting(conn, rows) == set()
    await rights.regain(conn, CHAT, NOW + 2, person=OWNER)
    assert await _collecting(conn, rows) == {OWNER}
    await rights.regain(conn, CHAT, NOW + 3, person=BOB)
    assert await _collecting(conn, rows) == {OWNER, BOB, GROUP}


async def test_an_admin_who_adds_the_channel_again_collects_it_and_the_gap_ends(conn, rows):
    await rights.lose(conn, CHAT, NOW + 1)
    bobs = next(channel_id for channel_id, chat_id in rows.items() if chat_id == BOB)
    his = await workspaces.find(conn, BOB)
    await live.begin(conn, his.id, bobs, live.CollectionTerms(), NOW + 5, person=BOB)
    ends = dict((await conn.execute(select(gap.c.channel_id, gap.c.ended_at))).all())
    assert {rows[channel_id]: end for channel_id, end in ends.items()} == {
        OWNER: None,
        BOB: NOW + 5,
        GROUP: None,
    }
    assert await everywhere_collection.claim_count(conn, NOW + 5) is None  # until the bot is its admin again
    await channels.add(
        conn, his.id, platform="telegram", title="Чай", chat_id=CHAT, bot_is_admin=True, now=NOW + 5
    )
    assert await everywhere_collection.claim_count(conn, NOW + 5) == CHAT
