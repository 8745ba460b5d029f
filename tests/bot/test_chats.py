"""What breaks: a team that loses its figures when its group grows, a group asked about its admins at every message."""

import pytest

from storage.workspace import channels, workspaces

pytestmark = pytest.mark.usefixtures("running")


async def test_a_group_that_becomes_a_supergroup_keeps_its_channels(box, database, settled):
    ann = await box.person("Ann", language="en")
    group = await box.group("Team", owner=ann, kind="group")
    await ann.at(group).wait_for_answer()
    async with database.begin() as conn:
        before = await workspaces.find(conn, group.id)
        await channels.add(conn, before.id, platform="telegram", title="Coffee", handle="coffee", now=1)
    grown = await group.migrate()
    await ann.at(grown).send("/channels")
    assert "Coffee" in (await ann.at(grown).wait_for_answer()).text
    await settled()
    async with database.read() as conn:
        assert await workspaces.find(conn, group.id) is None
        assert (await workspaces.find(conn, grown.id)).id == before.id


async def test_a_new_title_of_a_group_is_kept_and_its_language_stays(box, database):
    ann, bob = await box.person("Ann", language="ru"), await box.person("Bob", language="en")
    group = await box.group("Команда", owner=ann, members=[bob])
    await ann.at(group).wait_for_answer()
    await bob.at(group).send("/help")
    await bob.at(group).wait_for("Что я умею")
    async with database.read() as conn:
        workspace = await workspaces.find(conn, group.id)
    assert (workspace.kind, workspace.title, workspace.language) == ("group", "Команда", "ru")


async def test_telegram_is_asked_who_is_admin_only_where_it_matters(box):
    ann = await box.person("Ann", language="en")
    group = await box.group("Team", owner=ann)
    await ann.at(group).send("/help")
    await ann.at(group).wait_for("What I can do")
    assert await box.calls("getChatMember") == []


async def test_a_channels_posts_make_no_workspace(box, database, settled):
    ann = await box.person("Ann")
    channel = await box.channel("Coffee", owner=ann)
    await channel.add_bot(rights=["invite_users"])
    await channel.post("hello")
    await settled()
    async with database.read() as conn:
        assert await workspaces.find(conn, channel.id) is None
        assert (await workspaces.find(conn, ann.id)).kind == "private"
