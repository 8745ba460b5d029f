"""VK over the sandbox's stand-in. What breaks: a wall read wrongly, a post counted twice or lost, a trouble that is not told."""

import pytest

from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink
from tests.networks.conftest import NOW, a_post

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
