"""What breaks: a summary lost to a hiccup, a bot that waits because one chat must, a person not told that it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.engine import UnavailableError
from storage.system import outbox
from storage.workspace import schedules, workspaces
from tests.bot.delivery.conftest import NOW
from tests.storage.places import a_schedule

HOUR = 3600


@pytest.fixture
def later(clock, door):
    """The clock moves on, and what may leave by then leaves."""

    async def move(seconds: int) -> None:
        clock.moment += timedelta(seconds=seconds)
        await door.drained()

    return move


@pytest.fixture
def scheduled(database):
    """The workspace's digest is on, set up by a person."""

    async def set_up(workspace, set_by: int, **fields):
        async with database.begin() as conn:
            await schedules.save(
                conn, workspace.id, a_schedule(next_due_at=NOW + HOUR, set_by=set_by, **fields)
            )

    return set_up


@pytest.fixture
def digest_of(database):
    async def read(workspace):
        async with database.read() as conn:
            return await schedules.get(conn, workspace.id, "digest")

    return read


async def test_what_is_enqueued_arrives_once(door, ann, settle, enqueue, row, said):
    number = await enqueue(await settle(ann.id), "good morning")
    await door.drained()
    await door.drained()
    assert await said(ann) == ["good morning"]
    sent = await row(number)
    assert (sent.state, sent.sent_at) == ("sent", NOW)
    assert sent.message_id == (await ann.messages())[-1].id


async def test_order_within_a_chat_is_kept(door, ann, settle, enqueue, said):
    workspace = await settle(ann.id)
    for word in ("one", "two", "three"):
        await enqueue(workspace, word)
    await door.drained()
    assert await said(ann) == ["one", "two", "three"]


async def test_what_has_nothing_left_to_say_is_not_sent(door, ann, settle, enqueue, row, said):
    number = await enqueue(await settle(ann.id), nothing=True)
    await door.drained()
    assert await said(ann) == []
    assert (await row(number)).state == "folded"


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"status": 502}, {"drop": True}, {"status": 401}],
    ids=["500", "502", "broken connection", "token revoked for a while"],
)
async def test_passing_trouble_is_waited_out(box, door, ann, settle, enqueue, row, said, later, fault):
    number = await enqueue(await settle(ann.id))
    await box.fault("sendMessage", times=2, **fault)
    await door.drained()
    assert ((await row(number)).state, (await row(number)).next_try_at) == ("new", NOW + 5)
    await later(5)
    assert ((await row(number)).attempts, (await row(number)).next_try_at) == (2, NOW + 20)
    assert await said(ann) == []
    await later(15)
    assert await said(ann) == ["hello"]


async def test_a_slow_answer_is_waited_for(box, door, ann, settle, enqueue, said):
    await enqueue(await settle(ann.id))
    await box.fault("sendMessage", status=200, delay_s=0.3)
    await door.drained()
    assert await said(ann) == ["hello"]
    assert len(await box.calls("sendMessage")) == 1


async def test_after_a_day_of_trouble_it_is_given_up(box, door, ann, settle, enqueue, row, later):
    number = await enqueue(await settle(ann.id))
    await box.fault("sendMessage", status=500, times=100)
    await door.drained()
    await later(24 * HOUR - 1)
    assert (await row(number)).state == "new"
    await later(HOUR)
    given_up = await row(number)
    assert given_up.state == "failed"
    assert "Internal Server Error" in given_up.error


async def test_told_to_wait_one_chat_waits_and_the_others_do_not(
    box, door, ann, settle, enqueue, row, said, later
):
    bob = await box.person("Bob")
    await bob.start()
    first, second = await settle(ann.id), await settle(bob.id)
    await box.fault("sendMessage", retry_after_s=600, chat_id=ann.id)
    held = await enqueue(first, "one")
    await enqueue(first, "two")
    await enqueue(second, "bob's")
    await door.drained()
    assert await said(bob) == ["bob's"]
    assert ((await row(held)).next_try_at, (await row(held)).attempts) == (NOW + 600, 0)
    await later(599)
    assert await said(ann) == []
    await later(1)
    assert await said(ann) == ["one", "two"]
    assert len([call for call in await box.calls("sendMessage") if call["status"] == 429]) == 1


async def test_a_person_who_blocked_the_bot_is_left_alone(
    box, door, ann, settle, enqueue, row, scheduled, digest_of
):
    workspace = await settle(ann.id)
    await scheduled(workspace, ann.id)
    await ann.block()
    first, second = await enqueue(workspace), await enqueue(workspace)
    await door.drained()
    assert [(await row(number)).state for number in (first, second)] == ["failed", "failed"]
    off = await digest_of(workspace)
    assert (off.is_on, off.off_because, off.next_due_at) == (False, "blocked", None)
    assert len(await box.calls("sendMessage")) == 1


@pytest.mark.parametrize(
    ("happens", "because", "words"),
    [
        ("kicked", "kicked", "I was removed from it"),
        ("unknown", "chat_gone", "Telegram can’t find it"),
        ("muted", "no_rights", "I am not allowed to write there"),
    ],
)
async def test_whoever_set_it_up_is_told_once_when_a_group_is_lost(
    box, door, ann, settle, enqueue, said, scheduled, digest_of, happens, because, words
):
    await settle(ann.id)
    group = await box.group("Team <b>", owner=ann)
    workspace = await settle(-99 if happens == "unknown" else group.id, "group", "Team <b>")
    await scheduled(workspace, ann.id)
    if happens == "kicked":
        await group.remove_bot()
    elif happens == "muted":
        await box.wire.post(f"/sandbox/chats/{group.id}", muted=True)
    await enqueue(workspace)
    await enqueue(workspace)
    await door.drained()
    off = await digest_of(workspace)
    assert (off.is_on, off.off_because) == (False, because)
    (told,) = await said(ann)
    assert words in told
    assert "“Team <b>”" in told


async def test_a_person_who_never_opened_the_bot_can_not_be_told(
    box, door, ann, settle, enqueue, scheduled, digest_of
):
    group = await box.group("Team", owner=ann)
    workspace = await settle(group.id, "group", "Team")
    await scheduled(workspace, set_by=4242)
    await group.remove_bot()
    await enqueue(workspace)
    await door.drained()
    assert (await digest_of(workspace)).off_because == "kicked"
    assert len(await box.calls("sendMessage")) == 1


async def test_a_group_that_became_a_supergroup_gets_it_there(
    box, door, ann, settle, enqueue, said, database
):
    group = await box.group("Team", owner=ann, kind="group")
    workspace = await settle(group.id, "group", "Team")
    await enqueue(workspace, "one")
    await enqueue(workspace, "two")
    moved = await group.migrate()
    await door.drained()
    assert await said(ann.at(moved)) == ["one", "two"]
    async with database.read() as conn:
        assert await workspaces.get(conn, workspace.id) == replace(workspace, chat_id=moved.id)


async def test_a_removed_topic_leads_to_the_group_itself(
    box, door, ann, settle, enqueue, said, scheduled, digest_of
):
    group = await box.group("Team", owner=ann, topics=True)
    workspace = await settle(group.id, "group", "Team")
    topic = await group.topic("Figures")
    await scheduled(workspace, ann.id, thread_id=topic + 1000)
    for word in ("one", "two"):
        await enqueue(workspace, word, thread_id=topic + 1000)
    await enqueue(workspace, "three", thread_id=topic)
    await door.drained()
    assert await said(ann.at(group)) == ["one", "two", "three"]
    assert (await digest_of(workspace)).thread_id is None
    assert len(await box.calls("sendMessage")) == 4
    assert (await box.calls("sendMessage"))[-1]["params"]["message_thread_id"] == topic


async def test_a_message_that_will_never_do_does_not_stand_in_the_way(door, ann, settle, enqueue, row, said):
    workspace = await settle(ann.id)
    refused = await enqueue(workspace, "<b>unclosed")
    await enqueue(workspace, "next")
    await door.drained()
    assert await said(ann) == ["next"]
    assert (await row(refused)).state == "failed"


async def test_what_can_not_be_put_into_words_is_tried_for_minutes(door, ann, settle, enqueue, row, later):
    workspace = await settle(ann.id)
    number, unknown = await enqueue(workspace, fail=True), await enqueue(workspace, kind="of another version")
    await door.drained()
    for seconds in (5, 15, 60, 300) * 2:
        await later(seconds)
    for failed in (number, unknown):
        assert ((await row(failed)).state, (await row(failed)).attempts) == ("failed", 4)
    assert (await row(number)).error == "RuntimeError: it can't be said"


async def test_a_workspace_that_deleted_everything_hears_nothing(
    opening, ann, settle, enqueue, said, database
):
    workspace = await settle(ann.id)
    await enqueue(workspace)
    async with database.begin() as conn:
        await workspaces.delete_everything(conn, workspace.id)
    async with opening() as door:
        await door.drained()
    assert await said(ann) == []


async def test_a_database_that_is_away_for_a_while_loses_nothing(
    door, ann, settle, enqueue, said, monkeypatch
):
    """Neither when the outbox is read, nor when it is to be written down that the message has left."""
    take, finish, failed = outbox.take, outbox.finish, []

    def away_at_first(function):
        async def call(*arguments):
            if function not in failed:
                failed.append(function)
                raise UnavailableError("no route to the database")
            return await function(*arguments)

        return call

    monkeypatch.setattr(outbox, "take", away_at_first(take))
    monkeypatch.setattr(outbox, "finish", away_at_first(finish))
    monkeypatch.setattr("bot.notifications.settling.DATABASE_AGAIN_S", 0.01)
    await enqueue(await settle(ann.id))
    await door.drained()
    assert await said(ann) == ["hello"]
    assert failed == [take, finish]


async def test_what_the_library_can_not_put_on_the_wire_ends_as_failed(
    door, ann, settle, enqueue, row, said, later
):
    workspace = await settle(ann.id)
    number = await enqueue(workspace, text=["no", "text"])
    await enqueue(workspace, "next")
    await door.drained()
    for seconds in (5, 15, 60, 300):
        await later(seconds)
    assert (await row(number)).state == "failed"
    assert await said(ann) == ["next"]
