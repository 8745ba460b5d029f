"""VK over the sandbox's stand-in. What breaks: a wall read wrongly, a post counted twice or lost, a trouble that is not told."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.collection.networks.vk import _post
from bot.collection.source import Place
from bot.core.locales import translator
from bot.features.channels import losses
from metrics.errors import DomainError
from metrics.posts import COUNTERS
from storage.files.formats.vk import read as read_file
from storage.files.tables.links import OwnerLink
from storage.files.upload.notes import Notes
from storage.tables import delivery
from storage.workspace import workspaces
from storage.workspace.deliveries import COLUMNS, from_row
from tests.networks.conftest import HOUR, NOW, a_post

COFFEE = OwnerLink("vk", "coffee")


@pytest.fixture
async def wall(box):
    """320 posts, one each 12 hours, and one that is pinned above them."""
    channel = await box.vk.channel("77", "coffee", "Кофейня", subscribers=12_345)
    await channel.put(
        *(
            a_post(
                n,
                hours_ago=12 * (321 - n),
                views=n * 10,
                likes=n,
                comments=n % 5,
                reposts=n % 3,
                text=f"пост {n}",
            )
            for n in range(1, 321)
        ),
        a_post(900, hours_ago=24 * 200, views=5, is_pinned=True, text="закреп"),
    )
    return channel


async def test_a_channel_is_added_with_its_newest_posts_and_its_year_is_read_back_once(
    wall, start, home, kept, box
):
    life, workspace = start(), await home()
    followed = await life.networks.follow(workspace, COFFEE, person=5)
    place = workspace, followed.channel.id
    assert (followed.channel.title, followed.channel.platform, followed.channel.external_id) == (
        "Кофейня",
        "vk",
        "77",
    )
    assert (await kept.subscribers(*place)).subscribers == 12_345
    assert not followed.is_whole
    assert len(await kept.posts(*place)) == 100
    await life.run()
    shown = await kept.posts(*place)
    assert len(shown) == 321
    newest = shown["320"]
    assert (newest.views, newest.reactions, newest.comments, newest.forwards) == (3200, 320, 0, 2)
    assert newest.steps is None
    assert newest.link == "https://vk.com/wall-77_320"
    done = await kept.progress(*place)
    assert (done.done_at, done.found, done.oldest_at) == (
        NOW,
        321,
        min(one.published_at for one in shown.values()),
    )
    walls = len(await box.vk.asked("wall.get"))
    await life.run()
    assert len(await box.vk.asked("wall.get")) == walls  # nothing is due


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("private", "network.private"),
        ("deleted", "network.gone"),
        ("blocked", "network.blocked"),
        ("person", "network.person"),
    ],
)
async def test_what_can_not_be_read_is_told_and_registers_nothing(box, start, home, state, code):
    await box.vk.channel("5", "nope", "Нет", state=state)
    with pytest.raises(DomainError) as told:
        await start().networks.follow(await home(), OwnerLink("vk", "nope"), person=5)
    assert told.value.code == code


async def test_posts_are_read_at_their_ages_new_ones_are_seen_and_deleted_ones_are_found(
    wall, start, home, kept, pass_time, box
):
    life, workspace = start(), await home()
    place = workspace, (await life.networks.follow(workspace, COFFEE, person=5)).channel.id
    await life.run()
    fresh = NOW + HOUR // 2
    await wall.put({"id": "500", "published_at": fresh, "views": 1, "text": "свежий"})
    for hour in range(1, 26):
        await wall.count("500", views=hour * 100)
        await pass_time(hours=1)
        await life.run()
    ages = [age for age, _ in await kept.readings(*place, "500")]
    assert {3, 6, 12, 24} <= set(ages)  # seen first after a quarter of the usual pause between posts
    assert (await kept.posts(*place))["500"].views == 2500
    await wall.delete("500")
    await pass_time(hours=5)
    await life.run()
    assert await kept.deleted(*place) == []  # a doubt so far
    await pass_time(hours=5)
    await life.run()
    assert await kept.deleted(*place) == ["500"]
    assert "500" not in await kept.posts(*place)


async def test_reposts_ads_missing_counters_and_formats_are_told_as_the_network_tells_them(
    box, start, home, kept
):
    channel = await box.vk.channel("8", "mixed", "Разное", subscribers=None)
    await channel.put(
        a_post(1, hours_ago=9, is_repost=True),
        a_post(2, hours_ago=8, is_ad=True, kind="photo"),
        a_post(3, hours_ago=7, views=None, likes=None, comments=None, reposts=None),
        a_post(4, hours_ago=6, text="Купите. Реклама. ООО «Ромашка» erid: abc #чай", kind="album"),
        a_post(5, hours_ago=5, kind="market"),
        a_post(6, hours_ago=24 * 500),
    )
    workspace = await home()
    followed = await start().networks.follow(workspace, OwnerLink("vk", "club8"), person=5)
    shown = await kept.posts(workspace, followed.channel.id)
    assert followed.is_whole
    assert followed.seen.subscribers is None
    assert {name: (one.is_forwarded, one.is_ad, one.format) for name, one in shown.items()} == {
        "1": (True, False, "text"),
        "2": (False, True, "photo"),
        "3": (False, False, "text"),
        "4": (False, True, "album"),
        "5": (False, False, "other"),
    }
    bare = shown["3"]
    assert (bare.views, bare.reactions, bare.comments, bare.forwards, bare.title) == (None,) * 5
    assert shown["4"].hashtags == "чай"


@pytest.mark.parametrize(
    ("trouble", "code", "waits_s"),
    [
        ("5", "network.bad_key", None),
        ("27", "network.wrong_key", None),
        ("9", "network.wait", 600),
        ("14", "network.wait", 3600),
        ("29", "network.spent", None),
        ("10", "network.away", 30),
        ("18", "network.gone", 0),
        ("19", "network.blocked", 0),
        ("30", "network.private", 0),
        ("203", "network.private", 0),
        ("15", "network.private", 0),
        ("broken", "network.away", 30),
        ("nonsense", "network.away", 30),
        ("huge", "network.away", 30),
        ("moved", "network.away", 30),
        ("cut", "network.away", 30),
        ("busy", "network.wait", 600),
    ],
)
async def test_each_trouble_is_a_sentence_and_the_key_rests_as_long_as_it_takes(
    wall, box, start, home, kept, trouble, code, waits_s
):
    life = start()
    await box.vk.trouble(trouble)
    with pytest.raises(DomainError) as told:
        await life.networks.follow(await home(), COFFEE, person=5)
    assert told.value.code == code
    for language in ("ru", "en"):
        assert "VK" in translator(language).plain(f"error.{code}", **told.value.params) or "vk.com" in str(
            told.value.params
        )
    state = await kept.key(life.opened["vk"])
    if waits_s is not None:
        assert max(0, state.not_before - NOW) == waits_s
    asked = len(await box.vk.asked())
    if code in ("network.bad_key", "network.wrong_key", "network.wait", "network.spent"):
        with pytest.raises(DomainError, match=code.replace(".", r"\.")):
            await start().networks.follow(await home(), COFFEE, person=5)  # another life of the program
        assert len(await box.vk.asked()) == asked  # nobody was asked


async def test_too_many_a_second_is_asked_again_at_once(wall, box, start, home):
    await box.vk.trouble("6", times=2)
    followed = await start().networks.follow(await home(), COFFEE, person=5)
    assert followed.channel.title == "Кофейня"


@pytest.fixture
def told(database):
    """What was to be said of lost sources, as it would be said now."""

    async def read(workspace_id: int):
        async with database.read() as conn:
            rows = (await conn.execute(select(*COLUMNS).order_by(delivery.c.id))).all()
            workspace = await workspaces.get(conn, workspace_id)
        services = SimpleNamespace(database=database)
        return [await losses.compose(services, workspace, from_row(row)) for row in rows]

    return read


async def test_a_channel_that_closed_is_asked_for_ever_less_often_and_comes_back(
    wall, start, home, kept, pass_time, box, told
):
    life, workspace = start(), await home()
    place = workspace, (await life.networks.follow(workspace, COFFEE, person=5)).channel.id
    await life.run()
    await wall.change(state="private")
    await pass_time(hours=5)
    asked = []
    for _ in range(8):
        before = len(await box.vk.asked("wall.get"))
        await life.run()
        asked.append(len(await box.vk.asked("wall.get")) - before)
        await pass_time(minutes=30)
    assert sum(asked) == 4  # at once, after 15 and 30 minutes, after an hour
    assert (await kept.progress(*place)).refusal == "private"
    (said,) = await told(workspace)  # once, however long it stays closed
    assert said.text.startswith("Канал <b>Кофейня</b> закрыли: VK его больше не показывает")
    assert "Всё собранное осталось" in said.text
    await wall.change(state="open")
    await pass_time(days=1)
    await life.run()
    assert (await kept.progress(*place)).refusal is None
    assert await told(workspace) == [None]  # it is back: nothing is left to say


def test_a_wall_in_a_file_and_the_same_wall_by_key_are_the_same_posts():
    items = [
        {"id": 7, "owner_id": -77, "date": NOW - 9 * HOUR, "text": "Чай #вечер erid", "marked_as_ads": 0,
         "views": {"count": 90}, "likes": {"count": 9}, "comments": {"count": 0}, "reposts": {"count": 2},
         "attachments": [{"type": "photo"}, {"type": "photo"}]},
        {"id": 8, "owner_id": -77, "date": NOW - 8 * HOUR, "text": "", "marked_as_ads": 1,
         "likes": {"count": 1}, "comments": {"count": 0}, "reposts": {"count": 0}, "copy_history": [{}]},
    ]  # fmt: skip
    (part,) = read_file({"response": {"items": items}}, Notes(ZoneInfo("UTC"), NOW))
    by_key = [_post(item, Place("77"), NOW) for item in items]
    same = (
        "external_id",
        "published_at",
        "is_ad",
        "is_forwarded",
        "format",
        "text_length",
        "hashtags",
        "title",
        *COUNTERS,
    )
    assert [[getattr(one, name) for name in same] for one in part.posts] == [
        [getattr(one, name) for name in same] for one in by_key if one is not None
    ]
    assert part.channel.external_id == "77"
