"""What breaks: a drop told twice or not at all, told as something else, or to somebody who asked for silence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.locales import translator
from bot.features.alerts.critical import CriticalCheck
from bot.features.preferences.service import open_preferences
from bot.telegram.conversation import Conversation
from storage.workspace import episodes, schedules, workspaces
from tests.notifications.played import nine

FALL = {"share": 0.55}


async def _days(stage, playing, count):
    """Day by day at nine: the posts are read, then the alerts run. What was said, with the number of its day."""
    said = []
    for number in range(1, count + 1):
        before, now = stage.clock.moment, nine(stage.clock.moment, 1)
        for played in playing:
            await played.read_between(before, now)
        said += [(number, one) for one in await stage.pass_to(now)]
    return said


async def test_a_drop_is_told_once_and_its_end_in_a_line(stage, play):
    begin = stage.clock.moment + timedelta(days=3)
    played = await play(stage, falls=begin, recovers=begin + timedelta(days=12), **FALL)
    await stage.subscribe("alerts")
    said = await _days(stage, [played], 26)
    assert [kind.kind for kind, _ in stage.told] == ["alert"] * len(said)
    (fell, first), *others = said
    assert 4 <= fell <= 8
    assert first.text.startswith(("⚠️ <b>Кухня по соседству</b>: просмотры", "🔴 <b>Кухня по соседству</b>"))
    assert "через 6 часов" in first.text
    assert "не в свежих постах" in first.text
    assert first.picture.startswith(b"\x89PNG")
    labels = [button.text for row in first.markup.inline_keyboard for button in row]
    assert labels[1:] == [
        "🔎 Почему просело?",
        "❓ Как посчитано",
        "🔕 1 день",
        "🔕 7 дней",
        "Это новый уровень",
        "🎚 Настроить",
    ]
    recovered = [one for _, one in others if one.text.startswith("✅")]
    assert len(recovered) == 1
    assert "просмотры снова обычные" in recovered[0].text
    assert recovered[0].picture is None
    assert all("просмотры ниже" not in one.text for _, one in others)


async def test_a_calm_channel_is_left_in_peace(stage, play):
    played = await play(stage)
    await stage.subscribe("alerts")
    assert await _days(stage, [played], 14) == []
    async with stage.database.read() as conn:
        tracks = await episodes.tracks(conn, stage.workspace_id)
    assert set(tracks) == {(played.channel_id, "views"), (played.channel_id, "er")}


@pytest.mark.parametrize("how", ["channel", "all"])
async def test_who_asked_for_silence_hears_nothing_and_the_summary_knows(stage, play, how):
    played = await play(stage, falls=stage.clock.moment, **FALL)
    until = stage.now + 30 * 86_400
    paused = {"muted_until": until} if how == "all" else {}
    await stage.subscribe("alerts", **paused)
    if how == "channel":
        async with stage.database.begin() as conn:
            await schedules.mute(conn, stage.workspace_id, played.channel_id, until)
    assert await _days(stage, [played], 10) == []
    async with stage.database.read() as conn:
        [kept, *_] = await episodes.opened(conn, stage.workspace_id)
    assert not kept.is_pushed


async def test_quiet_hours_hold_an_alert_until_they_end(stage, play):
    played = await play(stage, falls=stage.clock.moment, **FALL)
    await stage.subscribe("alerts", at_minute=9 * 60, quiet_from_minute=22 * 60, quiet_to_minute=11 * 60)
    for _ in range(8):
        assert await _days(stage, [played], 1) == []
        if said := await stage.pass_to(stage.clock.moment + timedelta(hours=2)):
            break
    assert len(said) == 1
    assert "просмотры ниже обычного" in said[0].text or "резко упали" in said[0].text


async def test_after_a_change_of_zone_there_is_no_alert_for_a_day(stage, play):
    await play(stage)
    await stage.subscribe("alerts")
    await stage.subscribe("digest")
    async with stage.database.read() as conn:
        workspace = await workspaces.get(conn, stage.workspace_id)
    asking = Conversation(None, stage.database, stage.clock, workspace, 5, translator("ru"), None, None)
    opened = await open_preferences(asking, "alerts")
    moved = await opened.move("Asia/Vladivostok")
    async with stage.database.read() as conn:
        digest = await schedules.get(conn, stage.workspace_id, "digest")
    assert moved.schedule.next_due_at >= stage.now + 86_400
    assert stage.now < digest.next_due_at <= stage.now + 86_400
    for schedule in (moved.schedule, digest):
        local = datetime.fromtimestamp(schedule.next_due_at, ZoneInfo("Asia/Vladivostok"))
        assert (local.hour, local.minute) == (9, 0)


async def test_new_readings_tell_a_sharp_fall_before_its_hour_and_only_once(stage, play):
    """The evaluation of the date is at 21:00; the pages are read in the morning."""
    played = await play(stage, falls=stage.clock.moment, share=0.4)
    await stage.subscribe("alerts", at_minute=21 * 60)
    check, morning = CriticalCheck(stage.services), stage.clock.moment
    for _ in range(7):
        await stage.pass_to(morning + timedelta(hours=12))
        before, morning = morning, nine(morning, 1)
        await played.read_between(before, morning)
        stage.clock.moment = morning
        await check()
        if said := await stage.pass_to(morning):
            break
    assert len(said) == 1
    assert said[0].text.startswith("🔴 <b>Кухня по соседству</b>: ")
    assert said[0].picture.startswith(b"\x89PNG")
    evening = await stage.pass_to(morning + timedelta(hours=12))
    assert all("просмотр" not in one.text.partition("\n")[0] for one in evening)
