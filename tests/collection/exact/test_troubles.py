"""What breaks: a server in trouble that is asked too soon, or that loses or doubles what was read."""

import pytest

from storage.system import rights
from storage.workspace import gaps
from tests.collection.exact.conftest import DAY, HOUR, NOW


async def test_lost_rights_leave_a_gap_and_history_goes_on_when_they_are_back(
    box, closed, register, start, pass_time, database, progress, ann
):
    place = await register(closed, newest=623)
    await closed.remove_bot()
    reading = start()
    await reading.run()
    now = await pass_time(days=3)
    await reading.run()
    async with database.read() as conn:
        found = await gaps.window(conn, *place, 0, now, now)
    assert [(gap.reason, gap.ended_at) for gap in found] == [("rights", None)]
    asked = len(await box.mtproto.asked())
    await pass_time(hours=1)
    await reading.run()
    assert len(await box.mtproto.asked()) == asked
    await closed.add_bot()
    async with database.begin() as conn:
        await rights.regain(conn, closed.id, now, person=ann.id)
    await reading.run()
    assert (await progress(place)).done_at is not None


async def test_a_channel_closed_to_the_session_alone_is_left_for_hours_and_loses_nothing(
    box, closed, register, start, pass_time, database, progress, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("error", "400 CHANNEL_INVALID", method="GetMessages")
    reading = start()
    await reading.run()
    await reading.run()
    assert len(await box.mtproto.asked("GetMessages")) == 1
    async with database.read() as conn:
        assert await gaps.window(conn, *place, 0, NOW + DAY, NOW + 5 * DAY) == []
    await pass_time(hours=7)
    await reading.run()
    assert len(await shown(place)) == 621


async def test_told_to_wait_nothing_is_asked_until_then_not_even_by_the_next_life(
    box, closed, register, start, pass_time, account, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("flood", "900", method="GetMessages", skip=2)
    await start().run()
    assert (await account()).not_before == NOW + 900
    connections = await box.mtproto.connections()
    await pass_time(seconds=899)
    await start().run()
    assert await box.mtproto.connections() == connections
    await pass_time(seconds=1)
    await start().run()
    assert len(await shown(place)) == 621
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("close", {}),
        ("drop", {"method": "GetMessages"}),
        ("drop", {"method": "ImportBotAuthorization"}),
        ("error", {"detail": "500 INTERNAL", "method": "GetMessages", "times": 2}),
    ],
)
async def test_a_failing_server_is_asked_again_a_minute_later_and_nothing_is_lost_or_doubled(
    box, closed, register, start, pass_time, account, shown, kind, how
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble(kind, **how)
    await start().run()
    told = await account()
    assert (told.failures, told.not_before) == (1, NOW + 60)
    assert await box.mtproto.connections() <= 2
    await pass_time(seconds=60)
    await start().run()
    assert len(await shown(place)) == 621
    assert (await account()).failures == 0


async def test_a_server_that_never_answers_is_left_after_a_while(box, closed, register, start, account):
    await register(closed, newest=623)
    reading = start()
    object.__setattr__(reading.connector, "answer_s", 0.3)
    await box.mtproto.trouble("silent", method="GetMessages")
    await reading.run()
    assert (await account()).failures == 1


async def test_views_withheld_switch_the_source_off_until_the_next_start(
    box, closed, register, start, account, shown, ann, pass_time
):
    place = await register(closed, newest=623)
    await box.mtproto.hide("views")
    reading = start()
    await reading.run()
    assert (await account()).refusal == "no_views"
    assert list(await shown(place)) == ["623"]
    asked = len(await box.mtproto.asked())
    await pass_time(hours=1)
    await reading.run()
    assert len(await box.mtproto.asked()) == asked
    await box.mtproto.hide("reactions")
    await start().run()
    told = await account()
    assert (told.refusal, told.fields) == (None, "views forwards comments")
    found = await shown(place)
    assert (len(found), found["7"].views, found["7"].reactions) == (621, 1_007, None)


async def test_the_session_is_begun_once_and_anew_only_when_it_ended_or_the_token_changed(
    box, closed, register, start, account, pass_time, settings
):
    await register(closed, newest=623)
    await start().run()
    (await account()).session.encode("ascii")
    await closed.change_page(posts=[])
    await box.mtproto.forget()
    await pass_time(hours=13)  # posts came to an age
    await start().run()
    assert (await account()).session is None  # it ended
    await start().run()
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 2
    assert (await account()).logged_in_at is not None


async def test_a_key_that_telegram_does_not_take_is_shown_once_an_hour_at_most(
    box, closed, register, start, account, pass_time, shown
):
    place = await register(closed, newest=623)
    await box.mtproto.trouble("error", "400 API_ID_INVALID", method="ImportBotAuthorization")
    await start().run()
    told = await account()
    assert (told.refusal, told.not_before) == ("ApiIdInvalid", NOW + HOUR)
    for _ in range(3):  # a container that is started again and again
        await start().run()
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    await pass_time(hours=1)
    await start().run()
    assert len(await shown(place)) == 621


async def test_a_channel_named_by_an_ended_session_is_asked_for_without_its_name(
    box, closed, register, start, pass_time, progress, shown
):
    place = await register(closed, newest=623)
    await start().run()
    assert (await progress(place)).access_hash != 0
    await box.mtproto.trouble("error", "400 CHANNEL_INVALID", method="GetMessages")
    await pass_time(hours=1)
    reading = start()
    await reading.run()
    assert (await progress(place)).access_hash == 0
    now = await pass_time(seconds=1)
    await reading.run()
    assert (await progress(place)).swept_at == now
    assert (await shown(place))["623"].views == 40


async def test_where_nothing_is_due_nobody_connects(box, start, database):
    reading = start()
    for _ in range(3):
        await reading.run()
    assert await box.mtproto.connections() == 0
