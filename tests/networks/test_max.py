"""MAX over the sandbox's stand-in. What breaks: another's channel shown, a history cut short, a removed post still counted."""

import asyncio

import pytest

from bot.collection.networks.max_updates import MaxUpdates
from bot.core.network_settings import NetworkSettings
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink, read_owner_link
from tests.networks.conftest import DAY, NOW, Life, a_post

TOKEN = "max-KEEP-ME-SECRET-AS-WELL"
NEWS = OwnerLink("max", "coffee")


@pytest.fixture
def settings(box):
    return NetworkSettings(_env_file=None, max_bot_token=TOKEN, max_url=box.max.url)


@pytest.fixture
def life(settings, database, clock):
    return Life(settings, database, clock)


@pytest.fixture
def updates(life, settings, database, clock):
    return MaxUpdates(database, clock, life.opened["max"], settings.urls["max"])


@pytest.fixture
async def channel(box):
    """250 posts, one in 12 hours; the oldest two came out in the same moment."""
    made = await box.max.channel("-100", "coffee", "Кофейня", subscribers=1_000)
    posts = [
        a_post(f"mid.{n}", hours_ago=12 * (251 - n), views=2_500 + n, text=f"пост {n}") for n in range(2, 251)
    ]
    await made.put(*posts, {**posts[0], "id": "mid.1", "kind": "album"})
    return made


async def test_history_comes_page_by_page_with_views_and_the_token_is_in_no_address(
    channel, life, home, kept, box
):
    workspace = await home()
    followed = await life.networks.follow(workspace, NEWS, person=5)
    place = workspace, followed.channel.id
    assert (followed.channel.platform, followed.channel.handle, followed.channel.external_id) == (
        "max",
        "coffee",
        "-100",
    )
    assert not followed.is_whole
    await life.run()
    shown = await kept.posts(*place)
    assert len(shown) == 250
    newest = shown["mid.250"]
    assert (newest.views, newest.reactions, newest.comments, newest.link) == (
        2_750, None, None, "https://max.ru/coffee/mid.250",
    )  # fmt: skip
    assert shown["mid.1"].format == "album"
    assert (await kept.progress(*place)).done_at == NOW
    assert (await kept.subscribers(*place)).subscribers == 1_000
    asked = await box.max.asked()
    assert not any(one["is_key_in_address"] for one in asked)
    assert TOKEN not in str(asked)


async def test_a_new_post_is_seen_at_once_and_a_removed_one_leaves_every_figure(
    channel, life, home, kept, updates, pass_time
):
    workspace = await home()
    followed = await life.networks.follow(workspace, NEWS, person=5)
    place = workspace, followed.channel.id
    await life.run()
    await updates.poll(timeout_s=0)  # what was told of the posts above
    await life.run()
    now = await pass_time(minutes=10)
    await channel.put({"id": "mid.new", "published_at": now - 60, "views": 9})
    await channel.delete("mid.249")
    await updates.poll(timeout_s=0)
    await life.run()
    assert (await kept.posts(*place))["mid.new"].views == 9
    assert await kept.deleted(*place) == ["mid.249"]
    for hours, views in ((1.5, 900), (2, 1_400), (3, 2_000)):
        await channel.count("mid.new", views=views)
        await pass_time(hours=hours)
        await life.run()
    ages = dict(await kept.readings(*place, "mid.new"))
    assert ages[6] == 2_000
    assert ages[1] == 900


async def test_a_bot_that_is_taken_out_reads_no_more_and_goes_on_when_it_is_back(
    channel, life, home, kept, updates, pass_time
):
    workspace = await home()
    followed = await life.networks.follow(workspace, NEWS, person=5)
    place = workspace, followed.channel.id
    await life.run()
    await channel.change(state="foreign")
    await updates.poll(timeout_s=0)
    await life.run()
    assert (await kept.progress(*place)).refusal == "not_admin"
    assert len(await kept.posts(*place)) == 250
    await channel.change(state="open")
    await pass_time(minutes=1)
    await updates.poll(timeout_s=0)
    await life.run()
    assert (await kept.progress(*place)).refusal is None


@pytest.mark.parametrize(
    ("state", "name", "code"),
    [
        ("foreign", "coffee", "network.not_admin"),
        ("person", "coffee", "network.no_channel"),
        ("deleted", "coffee", "network.nobody"),
        ("private", "-100", "network.nobody"),  # whoever knows a number may not read it for that
        ("private", "join/other", "network.not_admin"),
    ],
)
async def test_what_the_bot_may_not_show_is_told_truly_and_nothing_is_kept(
    channel, life, home, kept, state, name, code
):
    await channel.change(state=state)
    with pytest.raises(DomainError) as refused:
        await life.networks.follow(await home(), OwnerLink("max", name), person=5)
    assert refused.value.code == code
    if code == "network.not_admin":
        assert refused.value.params["bot"] == "@otklik_max_bot"


async def test_a_private_channel_comes_by_its_invitation_and_no_foreign_one_is_looked_at(
    box, life, home, kept
):
    made = await box.max.channel("-200", "join/AbC-1", "Закрытый", subscribers=50, state="private")
    await made.put(a_post("mid.p", hours_ago=30, views=70))
    workspace = await home()
    followed = await life.networks.follow(workspace, OwnerLink("max", "join/AbC-1"), person=5)
    assert followed.channel.handle is None
    post = (await kept.posts(workspace, followed.channel.id))["mid.p"]
    assert (post.views, post.link) == (70, None)
    with pytest.raises(DomainError, match=r"network\.own_only"):
        await life.networks.look(OwnerLink("max", "join/AbC-1"))


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (("401",), "network.bad_key"),
        (("429",), "network.wait"),
        (("500",), "network.away"),
        (("nonsense",), "network.away"),
        (("huge",), "network.away"),
        (("moved", "/elsewhere"), "network.away"),
    ],
)
async def test_what_befalls_it_is_a_sentence_without_the_token(channel, life, home, box, trouble, code):
    await box.max.trouble(*trouble)
    with pytest.raises(DomainError) as refused:
        await life.networks.follow(await home(), NEWS, person=5)
    assert refused.value.code == code
    assert TOKEN not in str(refused.value.params)


async def test_updates_go_on_after_a_trouble_and_end_where_the_token_is_refused(
    channel, life, updates, box, home
):
    workspace = await home()
    await life.networks.follow(workspace, NEWS, person=5)
    updates.rest_s = (0.01,)
    await box.max.trouble("broken")
    listening = asyncio.ensure_future(updates.run())
    while not any(one["method"] == "updates" for one in (await box.max.asked())[-1:]):
        await asyncio.sleep(0.01)
    await box.max.rules(keys=["another"])
    await channel.put(a_post("mid.x", hours_ago=1))
    await asyncio.wait_for(listening, 20)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://max.ru/Coffee", "coffee"),
        ("max.ru/coffee/AZqwe-12", "coffee"),
        ("https://max.ru/join/Qw_e-1", "join/Qw_e-1"),
        ("https://web.max.ru/-68123456", "-68123456"),
        ("https://max.ru/c/-68123456/AZx", "-68123456"),
        ("https://max.ru/", None),
    ],
)
def test_whose_an_address_is(text, name):
    found = read_owner_link(text)
    assert (found and found.name) == name
    if found:
        assert read_owner_link(found.address) == found


async def test_views_of_twice_the_subscribers_are_nothing_strange(channel, life, home, kept):
    """No sign of fraud is looked for there, and never Telegram's curve."""
    from metrics.curves import curves
    from metrics.frame import table

    workspace = await home()
    followed = await life.networks.follow(workspace, NEWS, person=5)
    shown = list((await kept.posts(workspace, followed.channel.id)).values())
    assert (
        min(post.views for post in shown)
        > 2 * (await kept.subscribers(workspace, followed.channel.id)).subscribers
    )
    assert curves(table(shown), "max", NOW + DAY).kind == "none"
