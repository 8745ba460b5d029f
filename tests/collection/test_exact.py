"""Exact counters read from the sandbox's own server of messages: history, ages, deletions, rights, and what goes wrong."""

import shutil

import pytest

from bot.app import make_bot
from bot.collection.exact.opened import open_reading
from bot.collection.exact.reading import Reading
from bot.core.settings import read_settings
from storage.engine import open_database
from storage.system import exact_account, rights
from storage.upgrade import upgrade
from storage.workspace import channels, deletions, exact_progress, gaps, live, posts, workspaces
from storage.workspace.news import Message, News
from tests.collection.conftest import START
from tests.sandbox.conftest import png

HOUR, DAY = 3600, 86_400
NOW = int(START.timestamp())


@pytest.fixture
def settings(box, tmp_path, monkeypatch):
    env = {
        "BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "API_ID": "17",
        "API_HASH": "0123456789abcdef0123456789abcdef",
        "MTPROTO_URL": box.mtproto.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
    }
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in env.items()), "utf-8")
    for name in env:
        monkeypatch.delenv(name, raising=False)
    return read_settings(file)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("exact") / "otklik.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
async def database(settings, template, tmp_path):
    shutil.copy(template, tmp_path / "otklik.db")
    database = open_database(settings.storage.database_url.get_secret_value())
    yield database
    await database.close()


@pytest.fixture
async def start(settings, database, clock):
    """A life of the program: each call is another one."""
    bots = []

    def begin() -> Reading:
        bots.append(make_bot(settings.telegram))
        return open_reading(settings, bots[-1], database, clock)

    yield begin
    for bot in bots:
        await bot.session.close()


@pytest.fixture
async def closed(box, ann):
    """A private channel of 620 posts, two a day, with one album; the bot is its admin."""
    await ann.start()
    channel = await box.channel("Closed", owner=ann, subscribers=10_000)
    await channel.add_bot()
    await channel.change_page(
        posts=[
            {"id": number, "published_at": NOW - (621 - number) * DAY // 2, "text": f"post {number}",
             "views": 1_000 + number, "forwards": number % 7, "comments": number % 5, "reactions": {"🔥": number % 9}}
            for number in range(1, 620)
        ]
        + [{"id": 620, "published_at": NOW - DAY // 2, "views": 1_620, "photos": 3, "forwards": 2, "comments": 1}]
    )  # fmt: skip
    assert await channel.post("fresh") == [623]
    await channel.set_views(623, 40)
    return channel


@pytest.fixture
def register(database, clock, ann):
    """The channel as a person's who proved to be its admin; `newest`: the number of a post that came as an update."""

    async def make(channel, *, newest: int | None = None, person=ann, title="Closed"):
        now = int(clock.now().timestamp())
        async with database.begin() as conn:
            home = await workspaces.ensure(
                conn, chat_id=person.id, kind="private", title=None, language="ru", zone="UTC", now=now
            )
            added = await channels.add(
                conn,
                home.id,
                platform="telegram",
                title=title,
                chat_id=channel.id,
                bot_is_admin=True,
                now=now,
            )
            await live.begin(conn, home.id, added.id, live.Collected(), now, person=person.id)
            if newest is not None:
                await live.store(conn, home.id, added.id, News(messages=[a_message(newest, now)]), now)
        return home.id, added.id

    return make


def a_message(number: int, at: int) -> Message:
    return Message(number, at, None, at, number, "text", 4, None, False, False, "post", None)


@pytest.fixture
def shown(database):
    async def read(place, start=0, end=2**40):
        async with database.read() as conn:
            found = await posts.window(conn, *place, start, end)
        return {post.external_id: post for post in found}

    return read


@pytest.fixture
def progress(database):
    async def read(place):
        async with database.read() as conn:
            return await exact_progress.get(conn, *place)

    return read


@pytest.fixture
def account(database):
    async def read():
        async with database.read() as conn:
            return await exact_account.get(conn)

    return read


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


async def test_lost_rights_leave_a_gap_and_history_goes_on_when_they_are_back(
    box, closed, register, start, pass_time, database, progress, ann
):
    place = await register(closed, newest=623)
    await closed.remove_bot()
    reading = start()
    await reading.run()
    now = await pass_time(days=3)
    await reading.run()
    async with database.read() as conn:
        found = await gaps.window(conn, *place, 0, now, now)
    assert [(gap.reason, gap.ended_at) for gap in found] == [("rights", None)]
    asked = len(await box.mtproto.asked())
    await pass_time(hours=1)
    await reading.run()
    assert len(await box.mtproto.asked()) == asked
    await closed.add_bot()
    async with database.begin() as conn:
        await rights.regain(conn, closed.id, now, person=ann.id)
    await reading.run()
    assert (await progress(place)).done_at is not None


async def test_a_channel_closed_to_the_session_alone_is_left_for_hours_and_loses_nothing(
    box, closed, register, start, pass_time, database, progress, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("error", "400 CHANNEL_INVALID", method="GetMessages")
    reading = start()
    await reading.run()
    await reading.run()
    assert len(await box.mtproto.asked("GetMessages")) == 1
    async with database.read() as conn:
        assert await gaps.window(conn, *place, 0, NOW + DAY, NOW + 5 * DAY) == []
    await pass_time(hours=7)
    await reading.run()
    assert len(await shown(place)) == 621


async def test_told_to_wait_nothing_is_asked_until_then_not_even_by_the_next_life(
    box, closed, register, start, pass_time, account, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("flood", "900", method="GetMessages", skip=2)
    await start().run()
    assert (await account()).not_before == NOW + 900
    connections = await box.mtproto.connections()
    await pass_time(seconds=899)
    await start().run()
    assert await box.mtproto.connections() == connections
    await pass_time(seconds=1)
    await start().run()
    assert len(await shown(place)) == 621
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("close", {}),
        ("drop", {"method": "GetMessages"}),
        ("drop", {"method": "ImportBotAuthorization"}),
        ("error", {"detail": "500 INTERNAL", "method": "GetMessages", "times": 2}),
    ],
)
async def test_a_failing_server_is_asked_again_a_minute_later_and_nothing_is_lost_or_doubled(
    box, closed, register, start, pass_time, account, shown, kind, how
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble(kind, **how)
    await start().run()
    told = await account()
    assert (told.failures, told.not_before) == (1, NOW + 60)
    assert await box.mtproto.connections() <= 2
    await pass_time(seconds=60)
    await start().run()
    assert len(await shown(place)) == 621
    assert (await account()).failures == 0


async def test_a_server_that_never_answers_is_left_after_a_while(box, closed, register, start, account):
    await register(closed, newest=623)
    reading = start()
    object.__setattr__(reading.connector, "answer_s", 0.3)
    await box.mtproto.trouble("silent", method="GetMessages")
    await reading.run()
    assert (await account()).failures == 1


async def test_views_withheld_switch_the_source_off_until_the_next_start(
    box, closed, register, start, account, shown, ann, pass_time
):
    place = await register(closed, newest=623)
    await box.mtproto.hide("views")
    reading = start()
    await reading.run()
    assert (await account()).refusal == "no_views"
    assert list(await shown(place)) == ["623"]
    asked = len(await box.mtproto.asked())
    await pass_time(hours=1)
    await reading.run()
    assert len(await box.mtproto.asked()) == asked
    await box.mtproto.hide("reactions")
    await start().run()
    told = await account()
    assert (told.refusal, told.fields) == (None, "views forwards comments")
    found = await shown(place)
    assert (len(found), found["7"].views, found["7"].reactions) == (621, 1_007, None)


async def test_the_session_is_begun_once_and_anew_only_when_it_ended_or_the_token_changed(
    box, closed, register, start, account, pass_time, settings
):
    await register(closed, newest=623)
    await start().run()
    (await account()).session.encode("ascii")
    await closed.change_page(posts=[])
    await box.mtproto.forget()
    await pass_time(hours=13)  # posts came to an age
    await start().run()
    assert (await account()).session is None  # it ended
    await start().run()
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 2
    assert (await account()).logged_in_at is not None


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


async def test_a_key_that_telegram_does_not_take_is_shown_once_an_hour_at_most(
    box, closed, register, start, account, pass_time, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("error", "400 API_ID_INVALID", method="ImportBotAuthorization")
    await start().run()
    told = await account()
    assert (told.refusal, told.not_before) == ("ApiIdInvalid", NOW + HOUR)
    for _ in range(3):  # a container that is started again and again
        await start().run()
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    await pass_time(hours=1)
    await start().run()
    assert len(await shown(place)) == 621


async def test_a_channel_named_by_an_ended_session_is_asked_for_without_its_name(
    box, closed, register, start, pass_time, progress, shown
):
    place = await register(closed, newest=623)
    await start().run()
    assert (await progress(place)).access_hash != 0
    await box.mtproto.trouble("error", "400 CHANNEL_INVALID", method="GetMessages")
    await pass_time(hours=1)
    reading = start()
    await reading.run()
    assert (await progress(place)).access_hash == 0
    now = await pass_time(seconds=1)
    await reading.run()
    assert (await progress(place)).swept_at == now
    assert (await shown(place))["623"].views == 40


async def test_where_nothing_is_due_nobody_connects(box, start, database):
    reading = start()
    for _ in range(3):
        await reading.run()
    assert await box.mtproto.connections() == 0


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
