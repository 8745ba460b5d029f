"""One channel is one row in a workspace, however it was named when it came."""

import pytest

from storage.workspace import channels, workspaces
from tests.storage.places import NOW

TELEGRAM_ID = 1234567890
CHAT_ID = -1001234567890


@pytest.fixture
async def workspace_id(conn):
    made = await workspaces.ensure(
        conn, chat_id=10, kind="group", title=None, language="ru", zone="UTC", now=NOW
    )
    return made.id


@pytest.fixture
def add(conn, workspace_id):
    async def adding(platform="telegram", title="Новости", **named):
        return await channels.add(conn, workspace_id, platform=platform, title=title, now=NOW, **named)

    return adding


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"handle": "news"}, {"handle": "@News"}),
        ({"chat_id": CHAT_ID}, {"chat_id": CHAT_ID, "handle": "news"}),
        ({"handle": "news"}, {"chat_id": CHAT_ID, "handle": "news"}),
        ({"external_id": str(TELEGRAM_ID)}, {"chat_id": CHAT_ID}),
        ({"chat_id": CHAT_ID, "handle": "news"}, {"chat_id": CHAT_ID, "handle": "news_daily"}),
        ({"platform": "vk", "external_id": "77"}, {"platform": "vk", "external_id": "77", "handle": "club"}),
    ],
)
async def test_the_same_channel_is_found_and_completed(add, conn, workspace_id, first, then):
    known, again = await add(**first), await add(**then, added_by=5, bot_is_admin=True)
    assert again.id == known.id
    assert (again.added_by, again.bot_is_admin) == (5, True)
    assert len(await channels.visible(conn, workspace_id)) == 1
    for name, value in then.items():
        shown = value.lstrip("@").lower() if name == "handle" else value
        assert getattr(again, name) == shown


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"handle": "news"}, {"platform": "vk", "handle": "news"}),
        ({"handle": "news"}, {"handle": "news2"}),
        ({}, {}),
        ({"chat_id": CHAT_ID}, {"chat_id": CHAT_ID - 1}),
        ({"platform": "vk", "external_id": "77"}, {"platform": "youtube", "external_id": "77"}),
    ],
)
async def test_another_channel_is_another(add, first, then):
    assert (await add(**first)).id != (await add(**then)).id


async def test_a_handle_passed_on_to_another_channel(add, conn, workspace_id):
    old = await add(chat_id=CHAT_ID, handle="news")
    new = await add(chat_id=CHAT_ID - 1, handle="news")
    assert new.id != old.id
    assert new.handle == "news"
    assert (await channels.get(conn, workspace_id, old.id)).handle is None


async def test_a_handle_that_may_be_the_same_channels_stays_where_it_is(add):
    by_id, by_handle = await add(chat_id=CHAT_ID), await add(handle="news")
    both = await add(chat_id=CHAT_ID, handle="news")
    assert (both.id, both.handle) == (by_id.id, None)
    assert (await add(handle="news")).id == by_handle.id


async def test_finding_by_what_a_person_or_a_file_says(add, conn, workspace_id):
    news = await add(chat_id=CHAT_ID, handle="news", title="Новости дня")
    club = await add(platform="vk", external_id="77", title="Клуб")
    for named, found in (
        ({"handle": "@NEWS"}, news),
        ({"external_id": str(TELEGRAM_ID)}, news),
        ({"title": " новости ДНЯ "}, news),
        ({"external_id": "77", "platform": "vk"}, club),
        ({"external_id": "77"}, club),
        ({"external_id": "77", "platform": "telegram"}, None),
        ({"handle": "new"}, None),
        ({}, None),
    ):
        assert await channels.find(conn, workspace_id, **named) == found, named


async def test_own_channels_come_before_granted_ones(add, conn, workspace_id):
    own = await add(title="Я", handle="news")
    other = await workspaces.ensure(
        conn, chat_id=20, kind="private", title=None, language="ru", zone="UTC", now=NOW
    )
    granted = await channels.add(conn, other.id, platform="telegram", title="А", handle="news", now=NOW)
    assert await channels.grant(conn, other.id, granted.id, reader_workspace_id=workspace_id)
    assert await channels.grant(conn, other.id, granted.id, reader_workspace_id=workspace_id)
    seen = await channels.visible(conn, workspace_id)
    assert [(channel.id, channel.level) for channel in seen] == [(own.id, "own"), (granted.id, "read")]
    assert (await channels.find(conn, workspace_id, handle="news")).id == own.id
    assert await channels.remove(conn, other.id, granted.id)
    assert len(await channels.visible(conn, workspace_id)) == 1


async def test_an_id_is_never_given_twice(add, conn, workspace_id):
    """An old button must not open a channel added later."""
    gone = await add(handle="news")
    await channels.remove(conn, workspace_id, gone.id)
    assert (await add(handle="news")).id != gone.id


async def test_a_channel_is_renamed_and_loses_its_admin(add, conn, workspace_id):
    channel = await add(bot_is_admin=True)
    await channels.rename(conn, workspace_id, channel.id, "Другое имя")
    await channels.set_admin(conn, workspace_id, channel.id, bot_is_admin=False)
    shown = await channels.get(conn, workspace_id, channel.id)
    assert (shown.title, shown.bot_is_admin) == ("Другое имя", False)
