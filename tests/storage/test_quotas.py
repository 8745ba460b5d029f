"""What breaks: a person asks for more than their share, by another chat or by waiting for a restart; or never gets it back."""

from storage import channels, follows, quotas

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
