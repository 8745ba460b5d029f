"""YouTube over the sandbox's stand-in. What breaks: a hidden counter that becomes 0, a broadcast counted while it runs,
a quota that is asked beyond its end.
"""

import pytest

from bot.collection.networks.source import Allowance
from bot.collection.networks.youtube import YouTube
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink, read_owner_link
from tests.networks.conftest import HOUR, NOW, UC, a_post

COFFEE = OwnerLink("youtube", "@coffee")


def video(number: int, **how):
    return a_post(f"video-{number:05}", text=f"Видео {number}\nОписание #чай", **how)


@pytest.fixture
async def tube(box):
    """130 videos, one a day."""
    channel = await box.youtube.channel(UC, "Coffee", "Кофейня", subscribers=123_456)
    await channel.put(
        *(video(n, hours_ago=24 * (131 - n), views=n * 10, likes=n, comments=n % 5) for n in range(1, 131))
    )
    return channel


async def test_a_channel_is_added_and_its_uploads_are_read_back_in_two_units_a_page(
    tube, start, home, kept, box
):
    life, workspace = start(), await home()
    followed = await life.networks.follow(workspace, COFFEE, person=5)
    place = workspace, followed.channel.id
    assert (followed.channel.external_id, followed.channel.handle, followed.channel.title) == (
        UC,
        "coffee",
        "Кофейня",
    )
    counted = await kept.subscribers(*place)
    assert (counted.subscribers, counted.step) == (123_000, 1000)
    await life.run()
    shown = await kept.posts(*place)
    assert len(shown) == 130
    newest = shown["video-00130"]
    assert (newest.views, newest.reactions, newest.comments, newest.forwards, newest.dislikes) == (
        1300,
        130,
        0,
        None,
        None,
    )
    assert (newest.title, newest.hashtags, newest.format) == ("Видео 130", "чай", "video")
    assert newest.link == "https://www.youtube.com/watch?v=video-00130"
    progress = await kept.progress(*place)
    assert (progress.done_at, progress.found) == (NOW, 130)
    asked = await box.youtube.asked()
    assert (
        (await kept.key(life.opened["youtube"])).spent == len(asked) == 1 + 3 * 2
    )  # the channel, three pages
    assert not any(one["is_key_in_address"] or "search" in one["method"] for one in asked)


async def test_what_is_hidden_is_unknown_and_a_broadcast_counts_from_its_beginning_once_it_is_over(
    box, start, home, kept, pass_time
):
    channel = await box.youtube.channel(UC, "shy", "Тихоня")
    await channel.put(
        video(1, hours_ago=50, views=None, likes=None, comments=None),
        video(2, hours_ago=2, views=70, kind="live"),
        video(3, hours_ago=1, views=0, kind="upcoming"),
    )
    life, workspace = start(), await home()
    followed = await life.networks.follow(workspace, OwnerLink("youtube", UC), person=5)
    place = workspace, followed.channel.id
    assert followed.seen.subscribers is None
    shown = await kept.posts(*place)
    assert set(shown) == {"video-00001"}
    assert (shown["video-00001"].views, shown["video-00001"].reactions, shown["video-00001"].comments) == (
        None,
    ) * 3
    await channel.count("video-00002", views=900, kind="video", started_at=NOW - HOUR)
    await pass_time(hours=5)
    await life.run()
    over = (await kept.posts(*place))["video-00002"]
    assert (over.views, over.published_at) == (900, NOW - HOUR)
    assert await kept.deleted(*place) == []


@pytest.mark.parametrize(
    "address",
    [
        "youtube.com/@coffee",
        f"https://www.youtube.com/channel/{UC}/videos",
        "https://youtu.be/video-00130",
        "https://m.youtube.com/watch?v=video-00130&t=5",
        "youtube.com/shorts/video-00130",
        "youtube.com/c/coffee",
    ],
)
async def test_any_address_of_the_channel_or_of_a_video_leads_to_it(tube, start, address):
    link = read_owner_link(address)
    assert (await start().networks.look(link)).external_id == UC
    assert read_owner_link(link.address) == link


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("quotaExceeded", "network.spent"),
        ("rateLimitExceeded", "network.wait"),
        ("busy", "network.wait"),
        ("keyInvalid", "network.bad_key"),
        ("accessNotConfigured", "network.bad_key"),
        ("channelNotFound", "network.nobody"),
        ("backendError", "network.away"),
        ("broken", "network.away"),
        ("nonsense", "network.away"),
    ],
)
async def test_each_trouble_is_a_sentence_and_an_end_is_not_asked_beyond(
    tube, box, start, home, trouble, code
):
    await box.youtube.trouble(trouble)
    with pytest.raises(DomainError) as told:
        await start().networks.follow(await home(), COFFEE, person=5)
    assert told.value.code == code
    asked = len(await box.youtube.asked())
    if code != "network.nobody":
        with pytest.raises(DomainError):
            await start().networks.follow(await home(), COFFEE, person=5)
        assert len(await box.youtube.asked()) == asked


async def test_a_day_ends_at_midnight_pacific_and_a_restart_gives_nothing_back(
    tube, start, kept, pass_time, monkeypatch
):
    monkeypatch.setattr(YouTube, "allowance", Allowance(units=10, zone="America/Los_Angeles", every_s=0))
    for _ in range(3):  # each in another life of the program; a look is three units
        await start().networks.look(COFFEE)
    with pytest.raises(DomainError, match=r"network\.spent") as told:
        await start().networks.look(COFFEE)
    assert told.value.params["hours"] == 19  # 12:00 UTC is 5:00 there
    assert (await kept.key(start().opened["youtube"])).spent == 10
    await pass_time(hours=18, minutes=59)
    with pytest.raises(DomainError, match=r"network\.spent"):
        await start().networks.look(COFFEE)
    await pass_time(minutes=2)
    assert (await start().networks.look(COFFEE)).external_id == UC


async def test_histories_leave_what_posts_at_their_ages_need_and_both_leave_what_people_need(
    tube, start, home, kept, monkeypatch
):
    monkeypatch.setattr(YouTube, "allowance", Allowance(units=8, zone="America/Los_Angeles", every_s=0))
    workspace = await home()
    place = workspace, (await start().networks.follow(workspace, COFFEE, person=5)).channel.id
    for _ in range(3):
        await start().run()
    state = await kept.key(start().opened["youtube"])
    assert state.spent == 5  # three units of eight are kept from histories
    assert (await kept.progress(*place)).done_at is None
