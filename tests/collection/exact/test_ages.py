"""What breaks: a post that is not read at its age, or twice, or for somebody else; one that is gone and stays, or stays away."""

from storage.workspace import deletions, exact_progress, live
from storage.workspace.news import News
from tests.collection.exact.conftest import DAY, HOUR, NOW, a_message
from tests.sandbox.conftest import png


async def test_posts_are_read_at_their_ages_in_one_request(
    box, closed, register, start, shown, pass_time, database
):
    place = await register(closed, newest=623)
    reading = start()
    await reading.run()
    (first,) = await closed.post("young")
    (second,) = await closed.post("younger")
    async with database.begin() as conn:
        told = News(messages=[a_message(first, NOW), a_message(second, NOW)])
        await live.store(conn, *place, told, NOW)
    before = len(await box.mtproto.asked("GetMessages"))
    for hours, age in ((1, 1), (2, 3), (3, 6), (6, 12)):
        now = await pass_time(hours=hours)
        await closed.set_views(first, 100 * age)
        await closed.set_views(second, 10 * age, forwards=age)
        await reading.run()
        found = await shown(place)
        assert (found[str(first)].views, found[str(first)].observed_at) == (100 * age, now)
        assert (found[str(second)].views, found[str(second)].forwards) == (10 * age, age)
    assert len(await box.mtproto.asked("GetMessages")) == before + 4
    await reading.run()
    assert len(await box.mtproto.asked("GetMessages")) == before + 4


async def test_a_deleted_post_leaves_the_figures_after_two_looks_and_comes_back_when_it_is_seen(
    box, closed, register, start, shown, pass_time, database
):
    place = await register(closed, newest=623)
    reading = start()
    await reading.run()
    await closed.delete(617)  # two days old: at 72 hours it is asked for
    await pass_time(hours=24)
    await reading.run()
    assert "617" in await shown(place)  # once is a doubt
    await pass_time(minutes=30)
    await reading.run()
    assert "617" in await shown(place)
    now = await pass_time(minutes=31)
    await reading.run()
    assert "617" not in await shown(place)
    async with database.read() as conn:
        assert [one.external_id for one in await deletions.window(conn, *place, 0, now)] == ["617"]
    async with database.begin() as conn:
        await live.store(conn, *place, News(messages=[a_message(617, NOW - 2 * DAY)]), now)
    assert "617" in await shown(place)


async def test_an_answer_of_which_much_is_empty_deletes_nothing(
    box, closed, register, start, shown, pass_time
):
    place = await register(closed, newest=623)
    reading = start()
    await reading.run()
    before = set(await shown(place))
    for number in range(600, 620):
        await closed.delete(number)
    for _ in range(4):
        await pass_time(hours=24)
        await reading.run()
    assert before <= set(await shown(place))


async def test_every_workspace_of_an_admin_has_its_own_rows_and_a_sweep_is_one_request(
    box, closed, register, start, shown, pass_time, database, ann
):
    bob = await box.person("Bob")
    await closed.add(bob, admin=True)
    first = await register(closed, newest=623)
    second = await register(closed, newest=623, person=bob)
    reading = start()
    await reading.run()
    assert set(await shown(first)) == set(await shown(second))
    before = len(await box.mtproto.asked("GetMessages"))
    await pass_time(hours=1)
    await reading.run()
    assert len(await box.mtproto.asked("GetMessages")) == before + 1
    async with database.read() as conn:
        for place in (first, second):
            assert (await exact_progress.get(conn, *place)).swept_at == NOW + HOUR


async def test_pictures_of_a_live_album_are_one_post_when_they_are_read(
    box, closed, register, start, shown, pass_time, database
):
    place = await register(closed, newest=623)
    reading = start()
    await reading.run()
    pictures = await closed.post("three", photos=[png(8, 8)] * 3)
    parts = [a_message(number, NOW)._replace(album="g", format="photo") for number in pictures]
    async with database.begin() as conn:
        await live.store(conn, *place, News(messages=parts), NOW)
    for number in pictures:
        await closed.set_views(number, 40 + number)
    await closed.delete(pictures[0])  # its others stand
    await pass_time(hours=1)
    await reading.run()
    found = await shown(place)
    assert [name for name in found if int(name) >= pictures[0]] == [str(pictures[0])]
    assert found[str(pictures[0])].views == 40 + pictures[2]
    await pass_time(hours=2)
    await reading.run()
    assert str(pictures[0]) in await shown(place)


async def test_kinds_of_posts_are_those_of_other_sources(box, ann, register, start, shown):
    channel = await box.channel("Kinds", owner=ann, subscribers=10)
    await channel.add_bot()
    kinds = {1: "text", 2: "photo", 3: "video", 4: "link", 5: "poll"}
    await channel.change_page(
        posts=[
            {"id": number, "published_at": NOW - number * DAY, "views": 9, "kind": kind,
             "photos": int(kind == "photo"), "text": f"#Реклама {kind}"}
            for number, kind in kinds.items()
        ]
        + [{"id": 6, "published_at": NOW - 9 * DAY, "views": 9, "forwarded_from": "Others", "text": "чужой пост"}]
    )  # fmt: skip
    place = await register(channel, newest=7)
    await start().run()
    found = await shown(place)
    assert {int(name): post.format for name, post in found.items() if int(name) < 6} == kinds
    assert [found["3"].is_ad, found["3"].hashtags, found["3"].title] == [True, "реклама", "#Реклама video"]
    assert [found["6"].is_forwarded, found["6"].is_ad, found["6"].text_length] == [True, False, 10]


async def test_an_edit_of_a_post_older_than_the_bot_does_not_say_that_nobody_reacted(
    box, closed, register, start, shown, database, pass_time
):
    """Two days old, edited, and then three: an update tells best of reactions, where it tells of them."""
    place = await register(closed, newest=623)
    await start().run()
    now = await pass_time(hours=2)
    edited = a_message(617, NOW - 2 * DAY)._replace(version_at=now)
    async with database.begin() as conn:
        await live.store(conn, *place, News(messages=[edited]), now)
    now = await pass_time(hours=22)
    async with database.begin() as conn:
        await live.come_of_age(conn, *place, now)
    await start().run()
    found = (await shown(place))["617"]
    assert (found.reactions, found.views, found.observed_at) == (617 % 9, 1_617, now)
