"""What breaks: a summary claimed twice or never, one that comes while it is off, a mute that does not end."""

from dataclasses import replace

import pytest

from metrics.errors import DomainError
from storage.system import due
from storage.workspace import schedules
from tests.storage.places import NOW, a_schedule, settle


@pytest.fixture
async def place(conn):
    return await settle(conn, chat_id=10, word="наш", number=100)


async def test_a_schedule_is_kept_as_it_was_set(conn, place):
    whole = a_schedule(
        "alerts",
        next_due_at=NOW,
        frequency="weekly",
        weekdays=3,
        weekday=6,
        at_minute=1380,
        channels=(1, 2),
        quiet_from_minute=1320,
        quiet_to_minute=480,
        sensitivity="calm",
        gate_percent=35,
        off_because=None,
        muted_until=NOW + 9,
    )
    saved = await schedules.save(conn, place.workspace_id, whole)
    assert saved == replace(whole, id=saved.id, workspace_id=place.workspace_id)
    assert await schedules.get(conn, place.workspace_id, "alerts") == saved
    changed = await schedules.save(conn, place.workspace_id, replace(saved, channels=None, thread_id=None))
    assert changed == replace(saved, channels=None, thread_id=None)


async def test_one_of_each_kind(conn, place):
    first = await schedules.get(conn, place.workspace_id, "digest")
    second = await schedules.save(conn, place.workspace_id, a_schedule(next_due_at=NOW + 5))
    assert second.id == first.id
    assert await schedules.get(conn, place.workspace_id, "alerts") is None


async def test_what_is_off_is_not_due_whatever_is_said(conn, place):
    saved = await schedules.save(conn, place.workspace_id, replace(a_schedule(next_due_at=NOW), is_on=False))
    assert saved.next_due_at is None
    await schedules.set_due(conn, place.workspace_id, "digest", NOW)
    assert await due.due_schedules(conn, NOW, 10) == []


async def test_due_are_those_whose_moment_has_come_the_longest_overdue_first(conn, place):
    other = await settle(conn, chat_id=20, word="другой", number=1)
    await schedules.save(conn, place.workspace_id, a_schedule(next_due_at=NOW))
    await schedules.save(conn, other.workspace_id, a_schedule(next_due_at=NOW - 5))
    await schedules.save(conn, other.workspace_id, a_schedule("alerts", next_due_at=NOW + 60))
    found = [(one.workspace_id, one.kind) for one in await due.due_schedules(conn, NOW, 10)]
    assert found == [(other.workspace_id, "digest"), (place.workspace_id, "digest")]
    assert len(await due.due_schedules(conn, NOW, 1)) == 1
    coming = await due.coming_schedules(conn, NOW, NOW + 60, 10)
    assert [(one.workspace_id, one.kind) for one in coming] == [(other.workspace_id, "alerts")]
    assert await due.count_on(conn) == 3


async def test_a_moment_is_claimed_once(conn, place):
    schedule = await schedules.get(conn, place.workspace_id, "digest")
    assert await due.claim_due(conn, schedule.id, NOW, NOW + 86_400)
    assert not await due.claim_due(conn, schedule.id, NOW, NOW + 86_400)
    moved = await schedules.get(conn, place.workspace_id, "digest")
    assert moved.next_due_at == NOW + 86_400


async def test_what_was_switched_off_meanwhile_is_not_claimed(conn, place):
    schedule = await schedules.get(conn, place.workspace_id, "digest")
    await schedules.switch_off(conn, place.workspace_id, "kicked", NOW + 1)
    assert not await due.claim_due(conn, schedule.id, NOW, NOW + 86_400)


async def test_switching_off_says_why_and_what_was_on(conn, place):
    await schedules.save(conn, place.workspace_id, a_schedule("alerts"))
    were_on = await schedules.switch_off(conn, place.workspace_id, "kicked", NOW + 1)
    assert [(one.kind, one.set_by) for one in were_on] == [("digest", 5)]
    off = await schedules.get(conn, place.workspace_id, "digest")
    assert (off.is_on, off.off_because, off.next_due_at, off.changed_at) == (False, "kicked", None, NOW + 1)
    assert (await schedules.get(conn, place.workspace_id, "alerts")).off_because is None
    assert await schedules.switch_off(conn, place.workspace_id, "kicked", NOW + 2) == []


async def test_a_mute_is_prolonged_and_ends(conn, place):
    await schedules.mute(conn, place.workspace_id, place.channel_id, NOW + 50)
    assert await schedules.muted(conn, place.workspace_id, NOW) == {place.channel_id: NOW + 50}
    assert await schedules.muted(conn, place.workspace_id, NOW + 50) == {}
    await schedules.unmute(conn, place.workspace_id, place.channel_id)
    assert await schedules.muted(conn, place.workspace_id, NOW) == {}


async def test_a_channel_that_is_not_seen_is_not_muted(conn, place):
    with pytest.raises(DomainError, match=r"channel\.gone"):
        await schedules.mute(conn, place.workspace_id, 10**6, NOW)
