"""What breaks: a row lost or told twice where one page ends, another channel's row, too many rows held at once."""

from dataclasses import replace

import pytest

from bot.features.export import gather as export
from bot.features.export.request import POSTS, READINGS
from bot.features.export.spooled import open_spooled
from metrics.errors import DomainError
from storage.workspace import channels, posts, workspaces
from tests.storage.places import NOW, PUBLISHED, a_post, settle

COUNT = 5_000


@pytest.fixture
async def long_channel(database):
    """A workspace and its channel of 5,000 posts, ten of each moment, every fifth read twice."""
    async with database.begin() as conn:
        place = await settle(conn, chat_id=10, word="наш", number=1)
        channel = await channels.add(conn, place.workspace_id, platform="vk", title="длинный", now=NOW)
        written = [a_post(str(n), published_at=PUBLISHED + n // 10, views=n) for n in range(COUNT)]
        again = [one._replace(observed_at=NOW + 1, views=one.views + 1) for one in written[::5]]
        for part in (written, again):
            await posts.store(
                conn, place.workspace_id, channel.id, part, import_id=None, source="page", now=NOW
            )
        workspace = await workspaces.get(conn, place.workspace_id)
        return workspace, await channels.get(conn, place.workspace_id, channel.id)


async def test_spooled_rows_are_those_of_storage(database, long_channel, tmp_path):
    workspace, channel = long_channel
    request = await export.gather(database, *long_channel, "csv", NOW, tmp_path)
    assert (request.posts, request.readings, request.all_readings) == (COUNT, COUNT * 6 // 5, COUNT * 6 // 5)
    async with database.read() as conn:
        held = await posts.window(conn, workspace.id, channel.id, 0, NOW)
    assert list(open_spooled(request).rows(POSTS)) == held
    read = [(row.external_id, row.views) for row in open_spooled(request).rows(READINGS)]
    assert len(read) == len(set(read)) == request.readings
    assert {views - int(of) for of, views in read} == {0, 1}
    chunks = list((tmp_path / POSTS).iterdir())
    assert len(chunks) == -(-COUNT // export.ROWS_AT_ONCE)


async def test_of_many_readings_the_newest_are_spooled(database, long_channel, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "READINGS_AT_MOST", 1_000)
    request = await export.gather(database, *long_channel, "csv", NOW, tmp_path)
    assert request.all_readings == COUNT * 6 // 5
    assert {row.observed_at for row in open_spooled(request).rows(READINGS)} == {NOW + 1}
    assert len(list(open_spooled(request).rows(READINGS))) == 1_000


async def test_a_channel_of_somebody_else_is_not_spooled(database, long_channel, tmp_path):
    workspace, channel = long_channel
    async with database.begin() as conn:
        other = await settle(conn, chat_id=20, word="чужой", number=2)
    stranger = replace(workspace, id=other.workspace_id)
    with pytest.raises(DomainError):
        await export.gather(database, stranger, channel, "csv", NOW, tmp_path / "export")
    assert not (tmp_path / "export").exists()
