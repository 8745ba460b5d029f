"""What breaks: views that stay rounded, reposts that are lost, a tariff spent in a day, a key that is tried for ever."""

import pytest

from metrics.reposts import counts_by_post, gains
from storage.workspace import keys, posts, reposts
from tests.collection.tgstat.conftest import DAY, KEY

HOUR = 3600


async def test_posts_have_exact_views_and_a_repost_what_it_brought(place, box, news, database, rows):
    await box.tgstat.key(KEY, requests_most=10_000)
    listed = await rows("SELECT count(*) FROM post")
    published = place.now - 5 * DAY
    await news.change_page(
        posts=[
            {
                "id": 900,
                "published_at": published,
                "text": "Хит",
                "views": 7_400,
                "forwards": 31,
                "comments": 4,
            }
        ]
    )
    quiet = [round(300 * 0.9**hour) for hour in range(5 * 24)]
    loud = [grew + (1_500 if hour in (30, 31, 32) else 0) for hour, grew in enumerate(quiet)]
    await box.tgstat.refer(
        news, 900, by="big_news", at=published + 30 * HOUR, title="Big news", members=90_000, hours=loud
    )
    await box.tgstat.refer(news, None, by="friend", at=published + 2 * HOUR, kind="mention")
    await place.read()
    assert listed == [(0,)]
    shown = await rows("SELECT views, steps, forwards, comments FROM post WHERE external_id = '900'")
    assert shown == [(7_400, None, 31, 4)]
    assert (await rows("SELECT count(*) FROM post"))[0][0] > 40
    assert await rows("SELECT DISTINCT source FROM reading") == [("tgstat",)]
    assert await rows("SELECT subscribers, step, source FROM audience") == [(12_345, 0, "tgstat")]
    async with database.read() as conn:
        named = await reposts.window(conn, place.workspace_id, place.channel_id, 0, place.now)
        read = await posts.early_readings(
            conn, place.workspace_id, place.channel_id, 0, place.now, (0, 40 * DAY)
        )
    assert [(one.kind, one.external_id, one.handle, one.members) for one in named] == [
        ("mention", None, "friend", None),
        ("forward", "900", "big_news", 90_000),
    ]
    [gain] = gains(named[1:], counts_by_post(read, {"900"})["900"])
    assert gain.views is not None
    assert 4_000 <= gain.views <= 4_500


async def test_it_is_read_again_in_its_time_and_asks_who_reposts_once_a_day(place, box, pass_time, rows):
    await box.tgstat.key(KEY)
    await place.read()
    first = len(await box.tgstat.asked())
    await place.read()
    assert len(await box.tgstat.asked()) == first  # nothing is due
    await pass_time(hours=7)
    await place.read()
    again = (await box.tgstat.asked())[first:]
    assert {one["method"] for one in again} == {"usage/stat", "channels/posts"}
    await pass_time(hours=30)
    await place.read()
    assert len(await box.tgstat.asked("channels/forwards")) == 2
    known = await rows("SELECT requests_left, requests_most, state FROM workspace_key")
    spent = [one for one in await box.tgstat.asked() if one["method"] != "usage/stat"]
    assert known == [(10_000 - len(spent), 10_000, "works")]
    assert KEY not in str(await box.tgstat.asked())


@pytest.mark.parametrize(
    ("trouble", "state", "problem"),
    [
        (("error", "token_invalid"), "refused", "refused"),
        (("error", "quota_requests_reached"), "spent", "spent"),
        (("error", "flood_control_60"), "away", "wait"),
        (("error", "no such thing"), "away", "away"),
        (("broken", ""), "away", "away"),
        (("busy", ""), "away", "wait"),
        (("huge", ""), "away", "away"),
        (("moved", ""), "away", "away"),
    ],
)
async def test_what_befalls_it_is_told_and_waited_for(place, box, pass_time, rows, trouble, state, problem):
    await box.tgstat.key(KEY)
    await box.tgstat.trouble(*trouble)
    await place.read()
    assert await rows("SELECT state FROM workspace_key") == [(state,)]
    assert await rows("SELECT problem FROM tgstat_channel") == [(problem,)]
    assert len(place.told) == (state == "refused")
    await place.read()
    assert len(await box.tgstat.asked()) == 1  # not before its time
    await pass_time(hours=7)
    await place.read()
    is_refused = state == "refused"
    assert await rows("SELECT problem FROM tgstat_channel") == [("refused" if is_refused else None,)]
    assert (len(await box.tgstat.asked()) == 1) == is_refused


async def test_a_channel_tgstat_does_not_know_harms_no_other_and_a_removed_key_is_used_no_more(
    place, box, database, rows, pass_time
):
    await box.tgstat.key(KEY, channels_most=1)
    other = "INSERT INTO channel (workspace_id, platform, handle, title, created_at, changed_at) VALUES"
    async with database.begin() as conn:
        await conn.exec_driver_sql(f"{other} ({place.workspace_id}, 'telegram', 'nobody_there', 'X', 1, 1)")
    await place.read()
    assert await rows("SELECT problem FROM tgstat_channel ORDER BY channel_id") == [
        (None,),
        ("unknown_channel",),
    ]
    async with database.begin() as conn:
        assert await keys.remove(conn, place.workspace_id, "tgstat")
    asked = len(await box.tgstat.asked())
    await pass_time(days=3)
    await place.read()
    assert len(await box.tgstat.asked()) == asked
    assert await rows("SELECT * FROM tgstat_channel") == []
    assert (await rows("SELECT count(*) FROM post"))[0][0] > 40  # what was read stays


async def test_under_another_secret_a_key_is_neither_used_nor_lost(place, box, rows):
    from bot.core.sealing import Sealing

    await box.tgstat.key(KEY)
    place.reading.sealing = Sealing("another secret of the same length", "key")
    await place.read()
    assert await box.tgstat.asked() == []
    assert await rows("SELECT problem FROM tgstat_channel") == [("sealed",)]
    assert len(await rows("SELECT sealed FROM workspace_key")) == 1
