"""What breaks: a person asks for more than their share, by another chat or by waiting for a restart; or never gets it back."""

import pytest
from sqlalchemy import delete

from metrics.errors import DomainError
from storage.retention import SPENT_S
from storage.system import housekeeping
from storage.tables import quota
from storage.workspace import channels, follows, quotas, workspaces

NOW = 1_760_000_000


async def test_an_hour_is_counted_over_every_chat_of_a_person_and_given_back_after_it(conn, two):
    mine, group = two

    async def spend(place, cost, now, person=9):
        return await quotas.spend(conn, place.workspace_id, person, "check", cost, an_hour=10, now=now)

    assert await spend(mine, 6, NOW)
    assert not await spend(group, 5, NOW + 60)
    assert await spend(group, 4, NOW + 60)
    assert await spend(group, 10, NOW + 60, person=8)
    assert not await spend(mine, 1, NOW + 3599)
    assert await spend(mine, 6, NOW + 3600)


async def test_a_chat_that_is_gone_follows_nothing_and_others_go_on(conn, two):
    ours, theirs = two
    for place in two:
        made = await channels.add(
            conn, place.workspace_id, platform="telegram", title="A", handle="same_name", now=NOW
        )
        await follows.begin(conn, place.workspace_id, made.id, handle="same_name", next_at=NOW)
    before = await follows.count(conn, theirs.workspace_id)
    assert before
    assert await follows.end_all(conn, ours.workspace_id)
    assert await follows.count(conn, ours.workspace_id) == 0
    assert await follows.count(conn, theirs.workspace_id) == before


async def test_deleting_everything_gives_nobody_a_second_helping(conn, two):
    mine, other = two

    async def spend(place, cost):
        return await quotas.spend(conn, place.workspace_id, 9, "check", cost, an_hour=10, now=NOW)

    assert await spend(mine, 10)
    await workspaces.delete_everything(conn, mine.workspace_id)
    assert not await spend(other, 1)
    await conn.execute(delete(quota).where(housekeeping.SPENT.old(NOW + SPENT_S + 1)))
    assert await spend(other, 10)


async def test_a_chat_has_no_more_channels_than_may_be_kept_and_those_it_has_stay(conn, two):
    ours, _ = two

    async def add(number):
        return await channels.add(
            conn, ours.workspace_id, platform="telegram", title=f"C{number}", handle=f"name_{number}", now=NOW
        )

    has = sum(one.level == "own" for one in await channels.visible(conn, ours.workspace_id, watched=True))
    made = [await add(number) for number in range(channels.MOST - has)]
    with pytest.raises(DomainError, match=r"limit\.channels"):
        await add(channels.MOST)
    assert (await add(0)).id == made[0].id
    await channels.remove(conn, ours.workspace_id, made[0].id)
    assert await add(channels.MOST)
