"""What breaks: a public channel that is not read whole, a stranger's answer that costs, moves or fools the bot."""

import asyncio

import pytest

from bot.collection.fetching import FRESH_S, Fetcher
from bot.collection.pages import Pages
from bot.collection.turns import Turns
from metrics.errors import DomainError


async def test_three_pages_are_one_channel_with_its_exact_audience(pages, news):
    seen = await pages.read("The_News", depth=3)
    assert [int(post.external_id) for post in seen.posts] == list(range(1, 51))
    assert (seen.handle, seen.title, seen.chat_id) == ("the_news", "News", news.id)
    assert seen.subscribers == (seen.read_at, 12_345, 0)
    assert len((await pages.read("the_news")).posts) == 20


async def test_posts_before_a_number_are_read_by_themselves(pages, news):
    assert [int(post.external_id) for post in await pages.before("the_news", 11)] == list(range(1, 11))


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ann_the_person", "page.is_person"),
        ("otklik_sandbox_bot", "page.is_bot"),
        ("the_chat", "page.is_group"),
        ("no_such_name", "page.nobody"),
        ("the_hidden", "page.no_preview"),
    ],
)
async def test_what_is_no_readable_channel_is_told_apart(box, ann, pages, name, code):
    group = await box.group("Chat", owner=ann)
    hidden = await box.channel("Hidden", owner=ann, username="the_hidden")
    await hidden.change_page(preview=False)
    await box.wire.post(f"/sandbox/chats/{group.id}", username="the_chat")
    with pytest.raises(DomainError) as refused:
        await pages.read(name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "name",
    [
        "", "abc", "../bot", "a/b/c", "name?x=1", "name#x", "name@evil.example", "имя_канала", "//evil.example", "a" * 33, "na me",
        "name\n", "1name", "%2e%2e", "evil.example", "name\\x", "t.me/name", "http://evil.example/", "nаme_with_cyrillic",
    ],
)  # fmt: skip
async def test_a_hostile_name_never_gets_into_an_address(box, pages, name):
    with pytest.raises(DomainError) as refused:
        await pages.read(name)
    assert refused.value.code == "channel.bad_name"
    assert await box.page_requests() == []


async def test_a_page_is_asked_for_once_in_a_quarter_of_an_hour_and_then_only_if_it_changed(
    box, fetcher, news, pass_time
):
    first = await fetcher.page("s/the_news")
    assert await fetcher.page("s/the_news") == first
    assert len(await box.page_requests()) == 1
    await pass_time(seconds=FRESH_S + 1)
    assert await fetcher.page("s/the_news") == first  # 304: the second it was made differs
    assert len(await box.page_requests()) == 2
    await news.change_page(posts=[{"id": 60, "published_at": 1, "views": 5}])
    await pass_time(seconds=FRESH_S + 1)
    assert await fetcher.page("s/the_news") != first


@pytest.mark.usefixtures("news")
async def test_many_who_ask_at_once_are_served_by_one_request(box, fetcher):
    pages = await asyncio.gather(*(fetcher.page("s/the_news") for _ in range(20)))
    assert len(set(pages)) == 1
    assert len(await box.page_requests()) == 1


@pytest.mark.usefixtures("news")
async def test_requests_keep_their_pace(box, clock):
    waited: list[float] = []

    def at_once(delay_s, call):
        waited.append(delay_s)
        asyncio.get_running_loop().call_soon(call)

    fetcher = Fetcher(f"{box.url}/public", clock)
    fetcher.turns = Turns(3600, later=at_once)
    for before in (10, 20, 30):
        await fetcher.page(f"s/the_news?before={before}")
    assert waited[0] == 0
    assert all(3000 < delay_s <= 3600 for delay_s in waited[1:])
    assert len(waited) == 3


@pytest.mark.usefixtures("news")
async def test_a_429_is_obeyed_by_everybody(box, fetcher):
    await box.page_trouble("busy", "120")
    for path in ("s/the_news", "s/other_name"):
        with pytest.raises(DomainError) as refused:
            await fetcher.page(path)
        assert (refused.value.code, refused.value.params) == ("page.busy", {"minutes": 2})
    assert len(await box.page_requests()) == 1


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("broken", "page.away"),
        ("slow", "page.away"),
        ("huge", "page.unreadable"),
        ("packed", "page.unreadable"),
        ("nested", "page.unreadable"),
    ],
)
async def test_what_a_server_may_do_is_told_and_forgotten(box, pages, kind, code):
    await box.page_trouble(kind)
    with pytest.raises(DomainError) as refused:
        await pages.read("the_news")
    assert refused.value.code == code
    if kind != "nested":  # that page itself was well delivered, and is kept for its quarter of an hour
        assert (await pages.read("the_news")).posts


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/", "/sandbox/people", "//evil.example/s/the_news", "file:///etc/passwd"]
)
async def test_a_redirect_is_an_answer_and_never_a_way(box, fetcher, target):
    await box.page_trouble("moved", target)
    assert await fetcher.page("s/the_news") is None
    assert await box.page_requests() == ["/public/s/the_news"]


async def test_pages_that_are_switched_off_ask_nobody(workers, clock):
    async def never(_handle: str) -> None:
        raise AssertionError

    with pytest.raises(DomainError) as refused:
        await Pages(None, workers, clock, never).read("the_news")
    assert refused.value.code == "page.off"
