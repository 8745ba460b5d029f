"""What breaks: a history that is read twice, stops, or begins before somebody shows a post."""

import pytest

from storage.system import collection, rights
from storage.workspace import exact_progress
from tests.collection.exact.conftest import DAY, NOW


async def test_a_history_is_read_downwards_and_told_in_one_message(
    box, ann, closed, register, start, shown, progress
):
    place = await register(closed, newest=623)
    await start().run()
    found = await shown(place)
    assert len(found) == 621
    assert [found["7"].views, found["7"].forwards, found["7"].comments, found["7"].reactions] == [
        1007,
        0,
        2,
        7,
    ]
    assert (found["620"].format, found["620"].views, found["620"].comments) == ("album", 1_620, 1)
    assert found["7"].steps is None
    done = await progress(place)
    assert (done.found, done.cursor, done.done_at) == (621, 0, NOW)
    told = await ann.wait_for("история загружена")
    assert "621" in told.text
    assert len(await box.mtproto.asked("GetMessages")) == 5  # one upwards, four down
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    assert all(one["no_updates"] for one in await box.mtproto.asked())


async def test_a_history_ends_at_four_hundred_days(box, closed, register, start, shown):
    await closed.change_page(posts=[{"id": 700, "published_at": NOW - 401 * DAY, "views": 1}])
    place = await register(closed, newest=701)
    await start().run()
    assert "700" not in await shown(place)
    assert len(await box.mtproto.asked("GetMessages")) == 2


async def test_nothing_is_asked_before_somebody_shows_a_post(box, closed, register, start, database, shown):
    place = await register(closed)
    reading = start()
    await reading.run()
    assert await box.mtproto.connections() == 0
    async with database.begin() as conn:
        assert await exact_progress.show(conn, *place, 300)
        assert not await exact_progress.show(conn, *place, 10)
    await reading.run()
    assert len(await shown(place)) == 621  # those above the one that was shown as well


async def test_an_album_that_a_window_cuts_through_is_one_post(box, ann, register, start, shown):
    channel = await box.channel("Albums", owner=ann, subscribers=10)
    await channel.add_bot()
    await channel.change_page(
        posts=[
            {"id": 1 + 7 * n, "published_at": NOW - (90 - n) * DAY, "views": n, "photos": 7, "reactions": {"👍": n}}
            for n in range(80)
        ]
    )  # fmt: skip
    place = await register(channel, newest=561)
    await start().run()
    found = await shown(place)
    assert sorted(int(name) for name in found if name != "561") == [1 + 7 * n for n in range(80)]
    assert {post.format for name, post in found.items() if name != "561"} == {"album"}


@pytest.mark.parametrize("kind", ["rights", "away"])
async def test_what_came_out_in_a_gap_is_read_when_it_ends_and_no_history_twice(
    box, ann, closed, register, start, shown, progress, database, pass_time, kind
):
    place = await register(closed, newest=623)
    reading = start()
    await reading.run()
    await ann.wait_for("история загружена")
    before, asked = await progress(place), len(await box.mtproto.asked("GetMessages"))
    if kind == "rights":
        async with database.begin() as conn:
            await rights.lose(conn, closed.id, NOW)
    unheard = []
    for _ in range(3):
        now = await pass_time(hours=11)
        unheard += await closed.post("nobody heard of it")
    async with database.begin() as conn:
        if kind == "rights":
            await rights.regain(conn, closed.id, now, person=ann.id)
        else:
            await collection.mark_away(conn, NOW, now)
    await reading.run()
    assert {str(number) for number in unheard} <= set(await shown(place))
    numbers = [one["numbers"] for one in await box.mtproto.asked("GetMessages")][asked:]
    assert sum(numbers) <= 3 * 200 + 20  # upwards twice, one window down, and what came to an age
    after = await progress(place)
    assert (after.found, after.oldest_at, after.told_in) == (before.found, before.oldest_at, before.told_in)
    assert (after.done_at, after.is_read_again) == (now, False)
    asked = len(await box.mtproto.asked("GetMessages"))
    await reading.run()
    assert len(await box.mtproto.asked("GetMessages")) == asked
