"""Subscribers at moments: a window brings what is needed to reckon the count at its edges."""

import pytest

from metrics.posts import AudienceReading
from storage.workspace import audience, channels
from tests.storage.places import NOW, settle


@pytest.fixture
async def place(conn):
    settled = await settle(conn, chat_id=10, word="наш", number=1)
    channel = await channels.add(conn, settled.workspace_id, platform="vk", title="пустой", now=NOW)
    return conn, settled.workspace_id, channel.id


async def _store(place, *readings, source="person"):
    await audience.store(*place, [AudienceReading(*reading) for reading in readings], source=source, now=NOW)


async def test_nothing_is_known_yet(place):
    assert await audience.newest(*place) is None
    assert await audience.window(*place, 0, NOW) == []


@pytest.mark.parametrize(
    ("start", "end", "moments"),
    [
        pytest.param(20, 30, [10, 20, 30], id="one inside, one on each side; the end is outside"),
        pytest.param(21, 29, [20, 30], id="none inside"),
        pytest.param(0, 100, [10, 20, 30, 40], id="all inside"),
        pytest.param(50, 60, [40], id="after the last"),
        pytest.param(0, 5, [10], id="before the first"),
    ],
)
async def test_a_window_has_its_neighbours(place, start, end, moments):
    await _store(place, (30, 300, 0), (10, 100, 0), (40, 400, 0), (20, 200, 0))
    found = await audience.window(*place, start, end)
    assert [reading.observed_at for reading in found] == moments
    assert [reading.subscribers for reading in found] == [10 * moment for moment in moments]


async def test_of_one_moment_the_exact_count_stands_else_the_last(place):
    await _store(place, (10, 12_480, 0), (20, 500, 0))
    await _store(place, (10, 12_500, 100), (20, 501, 0), source="page")
    expected = [AudienceReading(10, 12_480, 0), AudienceReading(20, 501, 0)]
    assert await audience.window(*place, 0, 30) == expected
    assert await audience.window(*place, 12, 18) == expected
    assert await audience.newest(*place) == expected[-1]


async def test_a_new_count_makes_drawn_pictures_stale(place):
    before = await channels.get(*place)
    await _store(place, (10, 100, 0))
    assert (await channels.get(*place)).data_version > before.data_version
