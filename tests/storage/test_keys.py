"""What breaks: a channel read twice at once with somebody's key, read without one, or never again."""

from sqlalchemy import select

from metrics.reposts import Repost
from storage.system import networks, tgstat
from storage.tables import network_channel, tgstat_channel
from storage.workspace import channels, keys, network_progress, reposts
from tests.storage.places import NOW, Place

WORKS = {"sealed": "s", "hint": "h", "person": 5, "state": "works", "tariff": keys.Tariff("S", 9, 10, 1, NOW)}


async def _next_at(conn, channel_id: int) -> int:
    query = select(tgstat_channel.c.next_at).where(tgstat_channel.c.channel_id == channel_id)
    return (await conn.execute(query)).scalar_one()


async def test_a_channel_is_claimed_once_put_off_and_read_on(conn, two):
    ours, theirs = two
    await tgstat.enrol(conn, NOW)
    taken = [await tgstat.claim_due(conn, NOW, held_until=NOW + 900) for _ in range(3)]
    claimed = {due.channel_id: due for due in taken if due is not None}
    assert set(claimed) == {ours.channel_id, theirs.channel_id}
    due = claimed[ours.channel_id]
    assert (due.workspace_id, due.handle, due.beside, due.key.state) == (
        ours.workspace_id,
        "news",
        1,
        "works",
    )
    await tgstat.settle(conn, ours.channel_id, next_at=NOW + 50, read_at=NOW, surveyed_at=NOW)
    await tgstat.put_off(conn, theirs.channel_id, next_at=NOW + 60, problem="away")
    assert await _next_at(conn, theirs.channel_id) == NOW + 60
    again = await tgstat.claim_due(conn, NOW + 55, held_until=NOW + 900)
    assert again is not None
    assert (again.channel_id, again.read_at, again.surveyed_at) == (ours.channel_id, NOW, NOW)


async def test_no_key_or_a_refused_one_reads_nothing_and_new_channels_are_taken_up(conn, two):
    ours, theirs = two
    await keys.remove(conn, theirs.workspace_id, keys.TGSTAT)
    await keys.note_state(conn, ours.workspace_id, keys.TGSTAT, "refused", now=NOW)
    await tgstat.enrol(conn, NOW)
    assert await tgstat.claim_due(conn, NOW, held_until=NOW) is None
    await keys.put(conn, ours.workspace_id, keys.TGSTAT, **WORKS, now=NOW)
    await keys.spend(conn, ours.workspace_id, keys.TGSTAT)
    kept = await keys.get(conn, ours.workspace_id, keys.TGSTAT)
    assert kept is not None
    assert kept.tariff.requests_left == 8
    fresh = await channels.add(
        conn, ours.workspace_id, platform="telegram", title="новый", handle="fresh", now=NOW
    )
    await tgstat.enrol(conn, NOW - 5)
    due = await tgstat.claim_due(conn, NOW, held_until=NOW + 900)
    assert due is not None
    assert (due.channel_id, due.beside) == (fresh.id, 2)
    await keys.note_state(conn, ours.workspace_id, keys.TGSTAT, "spent", now=NOW, not_before=NOW + 5)
    assert await tgstat.claim_due(conn, NOW, held_until=NOW) is None


async def test_a_known_repost_is_added_to_and_never_emptied(conn, two):
    ours, _ = two
    place = (ours.workspace_id, ours.channel_id)
    told = Repost("forward", None, "t.me/x/5", NOW, "x", "Икс", 70)
    assert await reposts.store(conn, *place, [told], NOW) == 1
    named = told._replace(external_id="1", title=None, members=None)
    assert await reposts.store(conn, *place, [named], NOW) == 0
    [shown] = [one for one in await reposts.of_posts(conn, *place, 0, NOW) if one.link == told.link]
    assert shown == told._replace(external_id="1")


async def test_news_of_a_network_bring_everybodys_next_look_forward(conn, two):
    async def begin(place: Place, name: str) -> int:
        added = await channels.add(
            conn, place.workspace_id, platform="max", title=name, external_id=name, now=NOW
        )
        begun = {"network": "max", "place": name, "now": NOW + 500}
        await network_progress.begin(conn, place.workspace_id, added.id, **begun)
        return added.id

    ids = [await begin(place, "-1") for place in two] + [await begin(two[0], "-2")]
    await networks.look_now(conn, "max", "-1", NOW)
    query = select(network_channel.c.channel_id, network_channel.c.sweep_at)
    looks = dict(tuple(row) for row in await conn.execute(query.where(network_channel.c.channel_id.in_(ids))))
    assert looks == {ids[0]: NOW, ids[1]: NOW, ids[2]: NOW + 500}
