"""What breaks: a message lost or doubled in the outbox, one that overtakes another of its chat, two senders at once."""

import pytest
from sqlalchemy import select, text

from storage.system import leases, outbox
from storage.tables import delivery
from storage.workspace import deliveries
from tests.storage.places import NOW, enqueue, settle


@pytest.fixture
async def place(conn):
    """A workspace whose outbox is empty."""
    settled = await settle(conn, chat_id=10, word="наш", number=100)
    await conn.execute(delivery.delete())
    return settled


async def _states(conn) -> dict[int, str]:
    return {row.id: row.state for row in await conn.execute(select(delivery.c.id, delivery.c.state))}


async def _taken(conn, now: int = NOW, limit: int = 10) -> list[int]:
    return [one.id for one in await outbox.take(conn, now, limit)]


async def test_the_same_is_enqueued_once(conn, place):
    assert await enqueue(conn, place.workspace_id)
    assert await enqueue(conn, place.workspace_id) is None
    assert await enqueue(conn, place.workspace_id, due_at=NOW + 1)
    assert await enqueue(conn, place.workspace_id, subject="week")


async def test_what_is_taken_comes_as_it_was_put(conn, place):
    came_of = deliveries.CAUSE.set("u:17")
    number = await enqueue(conn, place.workspace_id, payload={"с": [1, None, "я"]}, not_before=NOW - 5)
    deliveries.CAUSE.reset(came_of)
    (taken,) = await outbox.take(conn, NOW, 10)
    assert taken == deliveries.Delivery(
        id=number,
        workspace_id=place.workspace_id,
        kind="digest",
        subject="day",
        due_at=NOW,
        payload={"с": [1, None, "я"]},
        thread_id=3,
        not_before=NOW - 5,
        attempts=0,
        created_at=NOW,
        message_id=None,
        cause="u:17",
    )
    assert await _taken(conn) == []


async def test_nothing_leaves_before_its_time(conn, place):
    number = await enqueue(conn, place.workspace_id, not_before=NOW + 60)
    assert await _taken(conn, NOW + 59) == []
    assert await _taken(conn, NOW + 60) == [number]


async def test_one_of_a_workspace_at_a_time_in_order(conn, place):
    first, second = [await enqueue(conn, place.workspace_id, subject=word) for word in ("a", "b")]
    assert await _taken(conn) == [first]
    assert await _taken(conn) == []
    await outbox.finish(conn, first, 77, NOW)
    assert await _taken(conn) == [second]


async def test_what_waits_to_be_tried_again_holds_back_its_own_chat_only(conn, place):
    other = await settle(conn, chat_id=20, word="другой", number=1)
    await conn.execute(delivery.delete())
    first, second = [await enqueue(conn, place.workspace_id, subject=word) for word in ("a", "b")]
    theirs = await enqueue(conn, other.workspace_id)
    assert await _taken(conn) == [first, theirs]
    await outbox.put_back(conn, first, next_try_at=NOW + 300, failed=True, error="502")
    assert await _taken(conn, NOW + 299) == []
    (again,) = await outbox.take(conn, NOW + 300, 10)
    assert (again.id, again.attempts) == (first, 1)
    await outbox.fail(conn, first, "too long")
    assert await _taken(conn, NOW + 300) == [second]


async def test_what_is_held_by_quiet_hours_lets_the_morning_summary_pass(conn, place):
    held = await enqueue(conn, place.workspace_id, subject="alert", not_before=NOW + 3600)
    digest = await enqueue(conn, place.workspace_id, not_before=NOW + 60)
    assert await _taken(conn, NOW + 60) == [digest]
    await outbox.finish(conn, digest, 1, NOW + 60)
    assert await _taken(conn, NOW + 3600) == [held]


async def test_what_a_dead_sender_had_begun_is_sent_again(conn, place):
    number = await enqueue(conn, place.workspace_id)
    assert await _taken(conn) == [number]
    assert await outbox.reclaim(conn) == 1
    assert await _taken(conn) == [number]


async def test_a_message_whose_document_is_still_to_come_is_known(conn, place):
    number = await enqueue(conn, place.workspace_id)
    await _taken(conn)
    await outbox.note_message(conn, number, 77)
    await outbox.reclaim(conn)
    (again,) = await outbox.take(conn, NOW, 10)
    assert again.message_id == 77


async def test_what_left_stays_away(conn, place):
    sent, failed, dropped = [await enqueue(conn, place.workspace_id, subject=word) for word in "abc"]
    await outbox.finish(conn, sent, 77, NOW + 1)
    await outbox.fail(conn, failed, "too long")
    await outbox.drop(conn, dropped)
    await outbox.put_back(conn, sent, next_try_at=NOW, failed=False, error=None)
    assert await _states(conn) == {sent: "sent", failed: "failed", dropped: "folded"}
    assert await outbox.reclaim(conn) == 0
    row = (await conn.execute(select(delivery).where(delivery.c.id == sent))).one()
    assert (row.message_id, row.sent_at) == (77, NOW + 1)


async def test_a_successor_takes_the_place_of_what_has_not_left(conn, place):
    moving = await enqueue(conn, place.workspace_id, due_at=NOW - 3)
    assert await _taken(conn) == [moving]
    older = [await enqueue(conn, place.workspace_id, due_at=NOW - back) for back in (1, 2)]
    alert = await enqueue(conn, place.workspace_id, kind="alert")
    folded = await deliveries.fold(conn, place.workspace_id, "digest", before=NOW)
    assert [one.due_at for one in folded] == [NOW - 2, NOW - 1]
    assert {one.id for one in folded} == set(older)
    assert await _states(conn) == {moving: "sending", alert: "new", **dict.fromkeys(older, "folded")}


async def test_a_chat_that_is_gone_is_given_up(conn, place):
    number = await enqueue(conn, place.workspace_id)
    await deliveries.give_up(conn, place.workspace_id, "kicked")
    assert await _states(conn) == {number: "failed"}


async def test_a_removed_topic_sends_to_the_chat(conn, place):
    await enqueue(conn, place.workspace_id)
    other = await enqueue(conn, place.workspace_id, subject="b", thread_id=4)
    await deliveries.forget_thread(conn, place.workspace_id, 3)
    (first,) = await outbox.take(conn, NOW, 10)
    assert first.thread_id is None
    await outbox.finish(conn, first.id, 1, NOW)
    (second,) = await outbox.take(conn, NOW, 10)
    assert (second.id, second.thread_id) == (other, 4)


async def test_the_backlog_counts_what_could_have_left(conn, place):
    assert await outbox.backlog(conn, NOW) == outbox.Backlog(0, None)
    await enqueue(conn, place.workspace_id, not_before=NOW - 50)
    await enqueue(conn, place.workspace_id, subject="b", not_before=NOW + 50)
    assert await outbox.backlog(conn, NOW) == outbox.Backlog(1, NOW - 50)


async def test_a_lease_has_one_holder_until_it_lapses(conn):
    assert await leases.held_until(conn, "sender") is None
    assert await leases.take(conn, "sender", "a", NOW, NOW + 15)
    assert not await leases.take(conn, "sender", "b", NOW + 15, NOW + 30)
    assert await leases.take(conn, "sender", "a", NOW + 5, NOW + 20)
    assert not await leases.take(conn, "sender", "b", NOW + 20, NOW + 35)
    assert await leases.take(conn, "sender", "b", NOW + 21, NOW + 36)
    assert not await leases.take(conn, "sender", "a", NOW + 22, NOW + 37)
    assert await leases.held_until(conn, "sender") == NOW + 36


async def test_a_lease_given_back_is_free_at_once(conn):
    assert await leases.take(conn, "sender", "a", NOW, NOW + 15)
    await leases.release(conn, "sender", "b")
    assert not await leases.take(conn, "sender", "b", NOW, NOW + 15)
    await leases.release(conn, "sender", "a")
    assert await leases.take(conn, "sender", "b", NOW, NOW + 15)


async def test_what_is_due_and_what_may_leave_is_found_by_index(conn, engine_name):
    """A tick with 100 000 schedules of which none is due reads none of them."""
    if engine_name == "postgresql":
        await conn.execute(text("SET LOCAL enable_seqscan = off"))
    plan = "EXPLAIN QUERY PLAN " if engine_name == "sqlite" else "EXPLAIN "
    for query, index in (
        ("SELECT id FROM schedule WHERE next_due_at >= 0 AND next_due_at <= 5", "ix_schedule_due"),
        ("SELECT id FROM delivery WHERE state = 'new' AND next_try_at <= 5", "ix_delivery_new"),
        (
            "SELECT id FROM delivery WHERE state IN ('new', 'sending') AND workspace_id = 5",
            "ix_delivery_open",
        ),
    ):
        lines = [str(row) for row in await conn.execute(text(plan + query))]
        assert any(index in line for line in lines), lines
