"""What breaks: a drop evaluated twice a date and told twice, an episode that comes back otherwise than it was put."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from metrics.drops.episodes import NEW, Step, Track, accept
from storage.workspace import episodes, standing
from tests.storage.places import A_DROP

DAY = date(2026, 12, 1)
OF_ER = replace(A_DROP, metric="er")
OPENED = Step(Track(OF_ER, quiet_until=DAY + timedelta(days=7)), ("opened",))


async def _claimed(conn, place, metric="er", on=DAY):
    return await episodes.claim(conn, place.workspace_id, place.channel_id, metric, on)


async def _moved(conn, place, before, step, **how):
    how = {"is_pushed": False, "facts": {}, **how}
    return await episodes.move(conn, place.workspace_id, place.channel_id, "er", before, step, **how)


async def test_a_date_is_claimed_once_and_never_backwards(conn, two):
    ours, theirs = two
    assert await _claimed(conn, ours) == episodes.TrackState(NEW)
    assert await _claimed(conn, ours) is None
    assert await _claimed(conn, ours, on=DAY - timedelta(days=1)) is None
    assert await _claimed(conn, ours, on=DAY + timedelta(days=1)) is not None
    assert await _claimed(conn, ours, metric="other") is not None
    assert await _claimed(conn, theirs) is not None


async def test_an_episode_comes_back_as_it_was_put(conn, two):
    ours, _ = two
    before = await _claimed(conn, ours)
    made = await _moved(conn, ours, before, OPENED, is_pushed=True, facts={"low_percent": 22.5})
    kept = await episodes.get(conn, ours.workspace_id, made)
    assert kept == episodes.StoredEpisode(
        made, ours.channel_id, OF_ER, is_pushed=True, facts={"low_percent": 22.5}
    )
    tracked = await episodes.tracked(conn, ours.workspace_id, ours.channel_id, "er")
    assert tracked.kept == kept
    assert tracked.track == OPENED.track


async def test_one_drop_of_a_metric_is_open_at_a_time(conn, two):
    ours, _ = two
    before = await _claimed(conn, ours)
    await _moved(conn, ours, before, OPENED)
    savepoint = await conn.begin_nested()
    with pytest.raises(IntegrityError):
        await _moved(conn, ours, before, OPENED)
    await savepoint.rollback()


async def test_what_somebody_closed_is_not_closed_again(conn, two):
    ours, _ = two
    made = await _moved(conn, ours, await _claimed(conn, ours), OPENED)
    before = await episodes.tracked(conn, ours.workspace_id, ours.channel_id, "er")
    step = accept(before.track, DAY)
    assert await _moved(conn, ours, before, step) == made
    assert await _moved(conn, ours, before, step) is None
    after = await episodes.tracked(conn, ours.workspace_id, ours.channel_id, "er")
    assert (after.kept, after.track.since) == (None, A_DROP.window_first)
    closed = await episodes.get(conn, ours.workspace_id, made)
    assert (closed.episode.closed_by, closed.episode.closed) == ("accepted", DAY)


async def test_a_drop_told_of_once_stays_told_of(conn, two):
    ours, _ = two
    await _moved(conn, ours, await _claimed(conn, ours), OPENED, is_pushed=True)
    before = await _claimed(conn, ours, on=DAY + timedelta(days=1))
    deeper = Step(Track(replace(OF_ER, deepest_percent=44.0)))
    assert await _moved(conn, ours, before, deeper) == before.kept.id
    kept = await episodes.get(conn, ours.workspace_id, before.kept.id)
    assert (kept.is_pushed, kept.episode.deepest_percent) == (True, 44.0)


async def test_what_stands_is_news_once_and_its_end_is_news(conn, two):
    ours, _ = two
    await standing.renew(conn, ours.workspace_id, [])
    turned = [
        await standing.renew(conn, ours.workspace_id, now) for now in (["a"], ["a", "b"], ["b"], ["b"], ["a"])
    ]
    assert [(set(step.begun), set(step.ended)) for step in turned] == [
        ({"a"}, set()),
        ({"b"}, set()),
        (set(), {"a"}),
        (set(), set()),
        ({"a"}, {"b"}),
    ]
