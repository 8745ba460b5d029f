"""What breaks: a picture drawn again that Telegram has, one drawn ahead in vain, half a message after a failure."""

import os
import time

from bot.notifications import pictures
from bot.notifications.ahead import AHEAD_S, DrawAhead
from bot.notifications.kind import Kind
from storage.retention import DRAWN_S
from storage.workspace import pictures as remembered
from storage.workspace import schedules
from tests.bot.delivery.composers import png
from tests.bot.delivery.conftest import NOW
from tests.storage.places import a_schedule


async def _uploads(box) -> int:
    """How many pictures were sent as bytes."""
    return sum(str(call["params"]["photo"]).startswith("attach:") for call in await box.calls("sendPhoto"))


async def test_a_picture_is_uploaded_once(box, door, ann, settle, enqueue):
    workspace = await settle(ann.id)
    await enqueue(workspace, side=30)
    await door.drained()
    await enqueue(workspace, "again", side=30)
    await door.drained()
    first, second = [message for message in await ann.messages() if message.is_from_bot]
    assert (first.photo_size, second.photo_size) == ((30, 30), (30, 30))
    assert (await first.file_bytes()) == (await second.file_bytes())
    assert await _uploads(box) == 1


async def test_a_picture_telegram_does_not_know_any_more_is_drawn_again(
    door, ann, settle, enqueue, said, row, database
):
    workspace = await settle(ann.id)
    async with database.begin() as conn:
        await remembered.remember(conn, workspace.id, "square/30", "of another bot", NOW)
    number = await enqueue(workspace, side=30)
    await door.drained()
    assert await said(ann) == ["hello"]
    assert (await row(number)).attempts == 0
    async with database.read() as conn:
        assert await remembered.recall(conn, workspace.id, "square/30") != "of another bot"


async def test_one_drawn_ahead_is_sent_and_then_gone(services, door, ann, settle, enqueue):
    workspace = await settle(ann.id)
    await services.pictures.keep(workspace.id, "square/30", png(44, 44))
    assert await services.pictures.is_kept(workspace.id, "square/30")
    await enqueue(workspace, side=30)
    await door.drained()
    (shown,) = [message for message in await ann.messages() if message.is_from_bot]
    assert shown.photo_size == (44, 44)
    assert [path for path in services.settings.storage.data_dir.rglob("*") if path.is_file()] == []
    assert await services.pictures.is_kept(workspace.id, "square/30")


async def test_what_comes_soon_is_drawn_once(services, settle, database):
    drawn = []

    async def ahead(services, schedule):
        drawn.append((schedule.workspace_id, schedule.next_due_at))

    kinds = {"digest": Kind(prepare=ahead), "alerts": Kind()}
    soon, next_hour, tomorrow = [(await settle(chat)).id for chat in (1, 2, 3)]
    due = {soon: NOW + 60, next_hour: NOW + AHEAD_S, tomorrow: NOW + AHEAD_S + 1}
    async with database.begin() as conn:
        for workspace_id, moment in due.items():
            await schedules.save(conn, workspace_id, a_schedule(next_due_at=moment))
            await schedules.save(conn, workspace_id, a_schedule("alerts", next_due_at=moment))
    draw_ahead = DrawAhead(services, kinds)
    await draw_ahead()
    await draw_ahead()
    assert drawn == [(soon, NOW + 60), (next_hour, NOW + AHEAD_S)]


async def test_a_picture_that_can_not_be_drawn_ahead_holds_up_no_other(services, settle, database):
    drawn = []

    async def ahead(services, schedule):
        drawn.append(schedule.workspace_id)
        raise RuntimeError("no ink")

    kinds = {"digest": Kind(prepare=ahead), "alerts": Kind()}
    for chat in (1, 2):
        workspace = await settle(chat)
        async with database.begin() as conn:
            await schedules.save(conn, workspace.id, a_schedule(next_due_at=NOW + 60))
    await DrawAhead(services, kinds)()
    assert len(drawn) == 2


async def test_pictures_nobody_sent_are_swept(services, settle):
    workspace = await settle(1)
    for name, age_s in (("old", DRAWN_S + 60), ("new", 60)):
        await services.pictures.keep(workspace.id, name, b"picture")
        path = services.pictures._path(workspace.id, name)
        os.utime(path, (time.time() - age_s,) * 2)
    pictures.sweep(services.settings.storage.data_dir)
    assert not await services.pictures.is_kept(workspace.id, "old")
    assert await services.pictures.is_kept(workspace.id, "new")
    pictures.forget(services.settings.storage.data_dir, workspace.id)
    assert not await services.pictures.is_kept(workspace.id, "new")


async def test_a_document_follows_its_message(door, ann, settle, enqueue):
    await enqueue(await settle(ann.id), side=30, document="a,b")
    await door.drained()
    shown, rows = [message for message in await ann.messages() if message.is_from_bot]
    assert shown.text == "hello"
    assert rows.raw["reply_to_message"]["message_id"] == shown.id
    assert await rows.file_bytes() == b"a,b"


async def test_a_document_that_failed_comes_without_its_message_again(
    box, door, ann, settle, enqueue, clock, said
):
    await enqueue(await settle(ann.id), document="a,b")
    await box.fault("sendDocument", status=500)
    await door.drained()
    assert await said(ann) == ["hello"]
    clock.moment = clock.moment.replace(second=30)
    await door.drained()
    assert await said(ann) == ["hello", ""]
    assert len(await box.calls("sendMessage")) == 1
