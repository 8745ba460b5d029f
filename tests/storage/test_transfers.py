"""What breaks: a channel that goes to another chat loses figures on the way, or leaves a door to them open behind it."""

from datetime import date

import pytest
from sqlalchemy import func, insert, select, update

from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.system import rights
from storage.tables import (
    channel,
    channel_access,
    delivery,
    episode,
    metadata,
    network_channel,
    proof,
)
from storage.workspace import (
    audience,
    channels,
    episodes,
    goals,
    imports,
    notes,
    placements,
    placements_people,
    posts,
    schedules,
    standing,
    transfers,
    workspaces,
)
from tests.storage.places import (
    A_DROP,
    DAY,
    MARK,
    NOW,
    _open_episode,
    _plan,
    a_post,
    enqueue,
    everything,
    rows_of,
    settle_two,
    undo,
)

MOVER = MARK  # of whom the second place has a proof
ON_THE_CHANNEL = {
    "post", "reading", "audience", "live_message", "thread", "comment", "member_event", "gap", "repost",
    "collection", "follow", "thinning", "tgstat_channel", "exact_channel", "network_channel", "proof",
}  # fmt: skip


@pytest.fixture
async def moving(conn):
    """A place with something in every table, and an empty group for its channel."""
    _, place = await settle_two(conn)
    there = await workspaces.ensure(
        conn, chat_id=-30, kind="group", title="Команда", language="en", zone="Asia/Tokyo", now=NOW
    )
    await rights.prove(conn, place.channel_id, MOVER, NOW)
    return place, there.id


async def move(conn, place, to, back=False):
    ways = (to, place.workspace_id) if back else (place.workspace_id, to)
    return await transfers.transfer(
        conn,
        ways[0],
        place.channel_id,
        to_workspace_id=ways[1],
        person=MOVER,
        is_channel_admin=True,
        now=NOW + DAY,
    )


async def counts(conn):
    return {
        table.name: (await conn.execute(select(func.count()).select_from(table))).scalar_one()
        for table in metadata.sorted_tables
    }


async def figures(conn, workspace_id, channel_id):
    """What every rate is counted from, as a workspace reads it."""
    return (
        await posts.window(conn, workspace_id, channel_id, 0, NOW + DAY),
        await audience.window(conn, workspace_id, channel_id, 0, NOW + DAY),
    )


async def read_and_plan_there(conn, place, to):
    """The group has been shown the channel, and has goals, notes, a drop and silence of its own about it."""
    assert await channels.grant(conn, place.workspace_id, place.channel_id, reader_workspace_id=to)
    await _plan(conn, to, place.channel_id, "у них", 3)
    await _open_episode(conn, to, place.channel_id, 4)
    await schedules.mute(conn, to, place.channel_id, NOW + DAY)
    await standing.renew(conn, to, [f"silent/{place.channel_id}"])


def test_every_table_that_names_a_workspace_is_chosen_for():
    handled = {
        *(table.name for table in transfers.GOES),
        *transfers.STAYS,
        *("channel", "channel_access", "import", "placement", "placement_reading", "delivery", "standing"),
    }
    assert {table.name for table in metadata.sorted_tables if "workspace_id" in table.c} == handled
    assert not handled & ON_THE_CHANNEL
    hung = {table.name for table in metadata.sorted_tables if {"channel_id", "post_id"} & set(table.c.keys())}
    assert hung - handled == ON_THE_CHANNEL


@pytest.mark.parametrize("is_shown", [False, True])
async def test_nothing_is_lost_on_the_way_there_and_back(conn, moving, is_shown):
    place, to = moving
    if is_shown:
        await read_and_plan_there(conn, place, to)
    await standing.renew(conn, place.workspace_id, [f"silent/{place.channel_id}", "common/views"])
    shown, kept = await figures(conn, place.workspace_id, place.channel_id), await counts(conn)
    rows, before = await everything(conn), await channels.get(conn, place.workspace_id, place.channel_id)
    moved = await move(conn, place, to)
    assert (moved.workspace_id, moved.level, moved.posts) == (to, "own", before.posts)
    assert await figures(conn, to, place.channel_id) == shown
    assert await figures(conn, place.workspace_id, place.channel_id) == ([], [])
    after = await counts(conn)
    assert after == {**kept, "channel_access": kept["channel_access"] - is_shown}
    for name in ON_THE_CHANNEL - {"network_channel", "exact_channel", "proof", "reading", "audience"}:
        assert (await everything(conn))[name] == rows[name], name
    await move(conn, place, to, back=True)
    assert await counts(conn) == after
    assert await figures(conn, place.workspace_id, place.channel_id) == shown
    if is_shown:  # what the group had noted and was told is the channel's by now, and comes along
        return
    for name in ("goal", "note", "episode", "drop_fit", "track", "standing", "mute", "import", "schedule"):
        assert (await everything(conn))[name] == rows[name], name


async def test_goals_notes_drops_and_ads_are_there_and_gone_here(conn, moving):
    place, to = moving
    bought = (await placements.all_of(conn, place.workspace_id))[0]
    people = await placements_people.people(conn, place.workspace_id, [bought], NOW)
    about = {"channel": place.channel_id, "because": "page"}
    await enqueue(conn, place.workspace_id, kind="source_lost", subject=str(place.channel_id), payload=about)
    report = {"placement": bought.id, "age_h": 24}
    await enqueue(conn, place.workspace_id, kind="placement", subject=f"{bought.id}/24", payload=report)
    told = {"told": [{"episode": place.episode_id, "event": "opened"}], "common": [], "missing": []}
    await enqueue(conn, place.workspace_id, kind="alerts", payload=told)
    await conn.execute(update(network_channel).values(told_in=7))
    await move(conn, place, to)
    day = date(2026, 11, 20)
    for asked, is_there in ((to, True), (place.workspace_id, False)):
        of = place.channel_id
        assert [one.id for one in await goals.all_of(conn, asked)] == [place.goal_id] * is_there
        assert [one.id for one in await notes.window(conn, asked, of, day, day)] == [place.note_id] * is_there
        assert [one.id for one in await episodes.opened(conn, asked)] == [place.episode_id] * is_there
        assert [one.id for one in await placements.all_of(conn, asked)] == [bought.id] * is_there
        assert list(await placements.readings(conn, asked)) == [bought.id] * is_there
    assert await placements_people.people(conn, to, [bought], NOW) == people
    waiting = select(delivery.c.kind, delivery.c.workspace_id, delivery.c.thread_id)
    of_place = {place.workspace_id, to}
    rows = await conn.execute(waiting.where(delivery.c.workspace_id.in_(of_place)).order_by(delivery.c.kind))
    assert rows.all() == [
        ("alerts", place.workspace_id, 3),
        ("digest", place.workspace_id, 3),
        ("placement", to, None),
        ("source_lost", to, None),
    ]
    [pushed] = (await conn.execute(select(episode.c.is_pushed).where(episode.c.id == place.episode_id))).one()
    assert not pushed  # the alert that was to tell it stays behind and leaves it out
    told_in = select(network_channel.c.told_in).where(network_channel.c.channel_id == place.channel_id)
    assert (await conn.execute(told_in)).scalar_one() is None


async def test_what_the_group_has_of_its_own_stands_and_what_would_stand_twice_waits(conn, moving):
    place, to = moving
    await read_and_plan_there(conn, place, to)
    await move(conn, place, to)
    [aimed] = await goals.of_channel(conn, to, place.channel_id)
    assert aimed.target == 3
    assert await goals.of_channel(conn, place.workspace_id, place.channel_id) == []
    open_now = await episodes.tracked(conn, to, place.channel_id, "views")
    assert open_now.kept.episode.n == 4
    day = A_DROP.opened
    assert len(await notes.window(conn, to, place.channel_id, day, day)) == 2
    assert await channels.readers(conn, to) == []


async def test_the_same_channel_there_refuses_and_changes_nothing(conn, moving):
    place, to = moving
    await channels.add(conn, to, platform="telegram", title="Та же", chat_id=-1001, now=NOW)
    before = await everything(conn)
    with pytest.raises(DomainError, match=r"channel\.there_already"):
        await move(conn, place, to)
    with pytest.raises(DomainError, match=r"channel\.gone"):
        await move(conn, place, to, back=True)
    assert await everything(conn) == before


async def test_a_channel_is_not_moved_from_under_a_file_that_is_being_stored(conn, moving):
    place, to = moving
    await imports.begin_undo(conn, place.workspace_id, place.import_id, NOW)
    before = await everything(conn)
    with pytest.raises(DomainError, match=r"channel\.busy"):
        await move(conn, place, to)
    assert await everything(conn) == before


async def test_a_file_of_this_channel_alone_goes_along_and_can_be_taken_back_there_only(conn, moving):
    place, to = moving
    await move(conn, place, to)
    assert await imports.get(conn, place.workspace_id, place.import_id) is None
    assert await undo(conn, place.workspace_id, place.import_id, NOW) is None
    undone = await undo(conn, to, place.import_id, NOW)
    assert undone.posts + undone.restored > 0


async def test_a_file_of_several_channels_stays_and_neither_its_undo_nor_the_end_of_the_chat_reaches_the_moved_one(
    conn, moving
):
    place, to = moving
    beside = await channels.add(
        conn, place.workspace_id, platform="telegram", title="Второй", handle="second",
        import_id=place.import_id, now=NOW,
    )  # fmt: skip
    await conn.execute(update(channel).values(added_by_import=place.import_id))
    origin = {"import_id": place.import_id, "source": "file", "now": NOW}
    await posts.store(conn, place.workspace_id, beside.id, [a_post("1")], **origin)
    shown = await figures(conn, place.workspace_id, place.channel_id)
    await move(conn, place, to)
    undone = await undo(conn, place.workspace_id, place.import_id, NOW)
    assert (undone.posts, undone.channels) == (1, (beside.id,))
    assert await figures(conn, to, place.channel_id) == shown
    await workspaces.delete_everything(conn, place.workspace_id)
    assert await figures(conn, to, place.channel_id) == shown
    moved = await channels.get(conn, to, place.channel_id)
    assert moved is not None


async def test_a_file_that_the_other_chat_has_read_itself_stays_behind(conn, moving):
    place, to = moving
    same = await imports.begin(
        conn, to, requested_by=5, chat_id=-30, message_id=1, file_ids=["a"], file_names=["a"], now=NOW
    )
    await imports.finish(conn, to, same.id, sha256="same", format="csv", understood={}, now=NOW)
    await move(conn, place, to)
    assert await imports.get(conn, place.workspace_id, place.import_id) is not None
    assert (await imports.find_same(conn, to, "same")).id == same.id


async def test_rights_of_others_end_and_the_movers_goes_along(conn, moving):
    place, to = moving
    reader = await workspaces.ensure(
        conn, chat_id=-40, kind="group", title="Третьи", language="ru", zone="UTC", now=NOW
    )
    await channels.grant(conn, place.workspace_id, place.channel_id, reader_workspace_id=reader.id)
    await conn.execute(
        insert(proof).values(channel_id=place.channel_id, person=99, proved_at=NOW, check_at=NOW)
    )
    await move(conn, place, to)
    assert await rights.persons(conn, place.channel_id) == [MOVER]
    access = select(channel_access.c.workspace_id, channel_access.c.level)
    rows = await conn.execute(access.where(channel_access.c.channel_id == place.channel_id))
    assert rows.all() == [(to, "own")]
    assert await figures(conn, reader.id, place.channel_id) == ([], [])


async def test_the_other_place_with_the_same_channel_is_left_alone(conn):
    ours, theirs = await settle_two(conn)
    to = await workspaces.ensure(
        conn, chat_id=-30, kind="group", title=None, language="en", zone="UTC", now=NOW
    )
    before = await rows_of(conn, ours)
    await move(conn, theirs, to.id)
    assert await rows_of(conn, ours) == before


async def test_who_writes_the_channels_data_in_the_old_name_is_told_that_it_is_gone(conn, moving):
    place, to = moving
    await move(conn, place, to)
    with pytest.raises(DomainError, match=r"channel\.gone"):
        await audience.store(
            conn, place.workspace_id, place.channel_id, [AudienceReading(NOW, 1, 0)], source="bot", now=NOW
        )


async def test_groups_a_person_has_traces_in_come_before_newer_ones(conn, moving):
    place, to = moving
    for number in (1, 2):
        await workspaces.ensure(
            conn, chat_id=-50 - number, kind="group", title=f"Новая {number}", language="ru", zone="UTC",
            now=NOW + number,
        )  # fmt: skip
    await channels.grant(conn, place.workspace_id, place.channel_id, reader_workspace_id=to)
    found = await workspaces.groups_for(conn, place.chat_id, 2)
    assert [one.title for one in found] == ["Команда", "Новая 2"]
    strangers = await workspaces.groups_for(conn, 12345, 10)
    assert [one.title for one in strangers] == ["Новая 2", "Новая 1", "Команда"]


async def test_ads_bought_twice_for_one_post_stay_apart(conn, moving):
    place, to = moving
    [mine] = await placements.all_of(conn, place.workspace_id)
    await placements.add(conn, to, {"link": mine.link, "price": 1.0, "added_by": 5, "created_at": NOW})
    await move(conn, place, to)
    assert [one.id for one in await placements.all_of(conn, place.workspace_id)] == [mine.id]
    assert await placements_people.people(conn, place.workspace_id, [mine], NOW) == {}  # unknown, not nobody
    assert [one.link for one in await placements.all_of(conn, to)] == [mine.link]
