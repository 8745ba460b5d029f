"""A workspace is made once, moves with its chat, and goes without a trace."""

import asyncio

import pytest
from sqlalchemy import delete, select

from storage.engine import ConflictError
from storage.retention import SPENT_S
from storage.system import housekeeping
from storage.tables import inbox, metadata, quota
from storage.workspace import channels, imports, pictures, questions, workspaces
from tests.storage.places import NOBODYS, NOW, SECRET, everything, rows_of, settle


async def _ensure(conn, chat_id=10, title="Команда", now=NOW):
    return await workspaces.ensure(
        conn, chat_id=chat_id, kind="group", title=title, language="ru", zone="Europe/Moscow", now=now
    )


async def test_first_contact_happens_once(conn):
    made = await _ensure(conn)
    await workspaces.set_language(conn, made.id, "en")
    await workspaces.set_zone(conn, made.id, "Asia/Tokyo")
    again = await _ensure(conn, title="Команда «Б»", now=NOW + 5)
    assert (again.id, again.language, again.zone, again.created_at) == (made.id, "en", "Asia/Tokyo", NOW)
    assert again.title == "Команда «Б»"
    assert again == await workspaces.find(conn, 10) == await workspaces.get(conn, made.id)
    assert (await _ensure(conn, title=None)).title == "Команда «Б»"
    assert await workspaces.find(conn, 11) is None


async def test_two_first_contacts_at_once(database):
    async def meet():
        async with database.begin() as conn:
            return (await _ensure(conn)).id

    assert len(set(await asyncio.gather(*(meet() for _ in range(5))))) == 1


async def test_delete_everything_leaves_no_row_in_any_table(conn):
    other = await settle(conn, chat_id=10, word="наш", number=1)
    kept = await rows_of(conn, other)
    place = await settle(conn, chat_id=20, word=SECRET, number=777_777)
    await channels.grant(conn, place.workspace_id, place.channel_id, reader_workspace_id=other.workspace_id)
    before = await rows_of(conn, place)
    assert set(before) == {table.name for table in metadata.sorted_tables} - {*NOBODYS}
    assert all(before.values())
    await workspaces.delete_everything(conn, place.workspace_id)
    assert not any((await rows_of(conn, place)).values())
    left = await everything(conn)
    assert SECRET not in repr(left)
    spent = (await conn.execute(select(quota).where(quota.c.person == 777_777))).one()  # kept for its hour
    assert (spent.workspace_id, spent.kind) == (None, "limit.check")
    assert await rows_of(conn, other) == kept
    await conn.execute(delete(quota).where(housekeeping.SPENT.old(spent.at + SPENT_S + 1)))
    assert "777777" not in repr(await everything(conn))
    assert {row.update_id: row.state for row in await conn.execute(select(inbox))}[place.chat_id] == "done"


async def test_deleting_what_is_gone_does_nothing(conn):
    before = await everything(conn)
    await workspaces.delete_everything(conn, 12345)
    assert await everything(conn) == before


async def test_a_group_moves_and_takes_all_with_it(conn):
    place = await settle(conn, chat_id=10, word="наш", number=1)
    await _ensure(conn, chat_id=-10010)  # the supergroup wrote first
    await workspaces.move(conn, place.workspace_id, -10010)
    await workspaces.move(conn, place.workspace_id, -10010)
    assert (await workspaces.find(conn, -10010)).id == place.workspace_id
    assert await workspaces.find(conn, 10) is None
    assert len(await channels.visible(conn, place.workspace_id)) == 1


async def test_a_group_does_not_move_over_a_team_at_work(conn):
    place = await settle(conn, chat_id=10, word="наш", number=1)
    await settle(conn, chat_id=20, word="их", number=1)
    with pytest.raises(ConflictError):
        await workspaces.move(conn, place.workspace_id, 20)


async def test_a_moved_groups_old_messages_are_not_the_new_ones(conn):
    """Message numbers begin anew in a supergroup; an import of the old chat must not answer for a new file."""
    place = await settle(conn, chat_id=10, word="наш", number=1)
    await workspaces.move(conn, place.workspace_id, -10010)
    fresh = await imports.begin(
        conn,
        place.workspace_id,
        requested_by=5,
        chat_id=-10010,
        message_id=place.message_id,
        file_ids=[],
        file_names=[],
        now=NOW,
    )
    assert fresh.id != place.import_id


async def test_a_newer_question_takes_the_place_of_the_older(conn):
    made = await _ensure(conn)
    assert await questions.pending(conn, made.id, 5) is None
    await questions.ask(conn, made.id, 5, "which_channel", {"import": 1}, NOW)
    await questions.ask(conn, made.id, 6, "subscribers", {"канал": 2}, NOW)
    await questions.ask(conn, made.id, 5, "subscribers", {"канал": 3}, NOW + 1)
    assert await questions.pending(conn, made.id, 5) == questions.Question(
        "subscribers", {"канал": 3}, NOW + 1
    )
    assert await questions.settle(conn, made.id, 5)
    assert not await questions.settle(conn, made.id, 5)
    assert await questions.pending(conn, made.id, 6)


async def test_a_picture_is_remembered_under_its_key(conn):
    made = await _ensure(conn)
    await pictures.remember(conn, made.id, "er:1:7d:v5", "file-1", NOW)
    await pictures.remember(conn, made.id, "er:1:7d:v5", "file-2", NOW + 10)
    assert await pictures.recall(conn, made.id, "er:1:7d:v5") == "file-2"
    assert await pictures.recall(conn, made.id, "er:1:7d:v6") is None
