"""What breaks: a setting that a press does not set, one that a member changes, a place understood as another."""

import time
from datetime import UTC, datetime

import pytest

from storage.workspace.schedules import WORKDAYS


async def _shown(person, command):
    await person.send(command)
    return await person.wait_for_answer()


async def _press(message, label):
    """The message after it changed."""
    press = await message.press(label)
    return await press.edited()


@pytest.fixture
def schedule(kept):
    def find(chat_id, kind="digest", columns="is_on, at_minute, frequency, weekdays, thread_id"):
        query = f"SELECT {columns} FROM schedule WHERE workspace_id = ? AND kind = ?"
        [row] = kept.rows(query, kept.workspace(chat_id), kind)
        return row

    return find


async def test_a_summary_is_set_up_on_one_message(ann, with_channel, schedule):
    await with_channel(ann, "Каждое утро")
    shown = await _shown(ann, "/digest")
    assert "Выключена" in shown.text
    on = await _press(shown, "Присылать каждое утро")
    assert "Каждый день в 09:00" in on.text
    assert "Москва, UTC+3" in on.text
    assert "Следующая: " in on.text
    hours = await _press(on, "09:00")
    assert [label for label in hours.labels if "•" in label] == ["• 09:00 •"]
    assert len([label for label in hours.labels if ":00" in label]) == 17
    later = await _press(hours, "20:00")
    assert "Каждый день в 20:00" in later.text
    days = await _press(later, "Каждый день")
    work = await _press(days, "Только будни")
    back = await _press(work, "Назад")
    assert "По будням в 20:00" in back.text
    assert schedule(ann.id) == (1, 1200, "daily", WORKDAYS, None)
    weekly = await _press(await _press(back, "Каждый день"), "Раз в неделю")
    monday = await _press(weekly, "пт")
    main = await _press(monday, "Назад")
    assert "пт в 20:00" in main.text
    assert main.id == shown.id
    off = await _press(main, "Выключить")
    assert "Выключена" in off.text
    assert schedule(ann.id, columns="is_on, next_due_at") == (0, None)


async def test_a_routine_is_set_in_words_and_a_summary_is_shown_before_it_is_switched_on(
    ann, with_channel, schedule
):
    await with_channel(ann, "Сразу видно", posts=40, newest_days_ago=1)
    shown = await _shown(ann, "/digest")
    await shown.press("Показать сейчас")
    assert "Сразу видно" in (await ann.wait_for("#сводка")).text
    assert "неделя" in (await _shown(ann, "сводка за неделю")).text
    alerts = await _shown(ann, "/alerts")
    await alerts.press("Показать сейчас")
    assert "👀" in (await ann.wait_for_answer(timeout_s=40)).text
    assert "По будням в 10:00" in (await _shown(ann, "/digest 10:00 пн-пт")).text
    assert schedule(ann.id) == (1, 600, "daily", WORKDAYS, None)
    assert "/digest 10:00" in (await _shown(ann, "/digest как-нибудь")).text
    refused = (await _shown(ann, "/alerts как-нибудь")).text
    assert "/alerts 12:00" in refused
    assert "/digest" not in refused
    assert "Раньше 7:00" in (await _shown(ann, "/digest 5:00")).text
    assert schedule(ann.id) == (1, 600, "daily", WORKDAYS, None)
    assert "Выключена" in (await _shown(ann, "/digest off")).text
    assert schedule(ann.id, columns="is_on, next_due_at") == (0, None)


async def test_alerts_show_what_each_sensitivity_would_have_brought(ann, with_channel, schedule):
    await with_channel(ann, "Чуткий")
    on = await _press(await _shown(ann, "/alerts"), "Включить предупреждения")
    assert "Чувствительность: обычная; порог 20 %" in on.text
    sense = await _press(on, "Чувствительность")
    told = sense
    while "мало истории" not in told.text:
        told = await told.wait_for_edit()
    calm = await _press(told, "спокойная")
    assert "Чувствительность: спокойная" in calm.text
    gate = await _press(await _press(calm, "Порог"), "30\xa0%")
    quiet = await _press(await _press(gate, "Тихие часы"), "22:00–08:00")
    assert "порог 30 %" in quiet.text
    assert "Тихие часы: 22:00–08:00" in quiet.text
    paused = await _press(quiet, "7 дней")
    assert "Молчу до" in paused.text
    assert "Молчу до" not in (await _press(paused, "Снять паузу")).text
    columns = "sensitivity, gate_percent, quiet_from_minute, quiet_to_minute, muted_until"
    assert schedule(ann.id, "alerts", columns) == ("calm", 30, 1320, 480, None)


async def test_a_city_that_is_typed_and_one_that_nobody_knows(ann, with_channel, kept):
    await with_channel(ann, "Восток")
    on = await _press(await _shown(ann, "/digest"), "Присылать каждое утро")
    zones = await _press(on, "Москва")
    assert "Екатеринбург" in " ".join(zones.labels)
    await zones.press("Другой город")
    asked = await ann.wait_for("Напишите город")
    assert [button.text for button in asked.keyboard] == ["📍 Отправить геопозицию", "Отмена"]
    await ann.send("Урюпинск-на-Марсе")
    assert "Не знаю города" in (await ann.wait_for_answer()).text
    await ann.send("хабаровск")
    assert "Владивосток, UTC+10" in (await ann.wait_for("Часовой пояс")).text
    changed = await zones.refreshed()
    assert "Владивосток" in changed.text
    assert kept.rows("SELECT zone FROM workspace WHERE chat_id = ?", ann.id) == [("Asia/Vladivostok",)]


async def test_a_place_on_the_map_is_a_zone(box, ann, with_channel, kept):
    await with_channel(ann, "Карта")
    on = await _press(await _shown(ann, "/digest"), "Присылать каждое утро")
    await (await _press(on, "Москва")).press("Другой город")
    asked = await ann.wait_for("Напишите город")
    where = {"latitude": 27.7, "longitude": 85.3}
    person = {"id": ann.id, "is_bot": False, "first_name": "Аня", "language_code": "ru"}
    chat = {"id": ann.id, "type": "private", "first_name": "Аня"}
    message = {"message_id": asked.id + 1, "date": 1, "chat": chat, "from": person, "location": where}
    await box.inject({"message": message})
    assert "UTC+5:45" in (await ann.wait_for("Часовой пояс")).text
    assert kept.rows("SELECT zone FROM workspace WHERE chat_id = ?", ann.id) == [("Asia/Kathmandu",)]


async def test_a_member_reads_the_settings_and_an_admin_changes_them(box, ann, with_channel, kept, schedule):
    await with_channel(ann, "Общий")
    bob = await box.person("Боб", language="ru")
    group = await box.group("Редакция", owner=ann, members=[bob], topics=True)
    await bob.at(group).send("/digest")
    shown = await bob.at(group).wait_for("Выключена")
    refused = await (await bob.at(group).press(shown, "Присылать каждое утро")).answer()
    assert refused.is_alert
    assert "администратор" in refused.text
    assert kept.rows("SELECT 1 FROM schedule WHERE workspace_id = ?", kept.workspace(group.id)) == []
    topic = await group.topic("Сводки")
    there = ann.at(group, thread_id=topic)
    await there.send("/digest")
    in_topic = await there.wait_for_answer()
    on = await (await there.press(in_topic, "Присылать каждое утро")).edited()
    assert "в тему" in on.text
    assert schedule(group.id)[4] == topic
    hour = await (await bob.at(group, thread_id=topic).press(on, "09:00")).edited()
    assert "Во сколько" in hour.text
    refused = await (await bob.at(group, thread_id=topic).press(hour, "10:00")).answer()
    assert "администратор" in refused.text
    assert schedule(group.id)[1] == 540


async def test_a_file_offers_a_summary_every_morning_by_one_press(ann, with_channel, schedule):
    told = await with_channel(ann, "Утро")
    assert "☀️ Присылать сводку каждое утро" in told.labels
    await told.press("Присылать сводку")
    assert "Каждый день в 09:00" in (await ann.wait_for("Сводка")).text
    assert schedule(ann.id)[:2] == (1, 540)
    again = await with_channel(ann, "Второй")
    assert "☀️ Присылать сводку каждое утро" not in again.labels


async def test_a_made_up_press_changes_nothing(ann, with_channel, kept):
    await with_channel(ann, "Выдумка")
    shown = await _shown(ann, "/digest")
    on = await _press(shown, "Присылать каждое утро")
    before = kept.rows("SELECT * FROM schedule WHERE workspace_id = ?", kept.workspace(ann.id))
    forged = (
        "set:digest:hour:3",
        "set:digest:zone:../etc/passwd",
        "set:digest:weather:1",
        "set:other:on:1",
        "al:accept:99999:0",
        "al:explain:99999:0",
        "al:mute:99999:7",
        "pause:digest:365",
    )
    answers = [await (await ann.press(on, data=data)).answer() for data in forged]
    assert all(answer.is_alert for answer in answers)
    assert kept.rows("SELECT * FROM schedule WHERE workspace_id = ?", kept.workspace(ann.id)) == before


@pytest.mark.parametrize("share", [1.0, 0.4])
async def test_a_drop_that_a_file_shows_is_told_in_its_answer(ann, drop, share):
    """Three posts a day for two months, the latest of eight days ago; of the last eleven days at `share` of the views."""
    now = int(time.time())
    rows = ["id,date,channel,views,reactions"]
    for number in range(180):
        days_ago = 8 + (179 - number) // 3
        views = 1000 + number * 37 % 90
        at = datetime.fromtimestamp(now - days_ago * 86_400, UTC).isoformat()
        rows.append(
            f"{number + 1},{at},Просевший {share},{round(views * (share if days_ago < 19 else 1))},30"
        )
    told = await drop(ann, "\n".join(rows).encode())
    assert ("просмотры ниже обычного, −" in told.text) == (share < 1)


async def test_a_city_in_words_is_a_zone_and_one_that_nobody_knows_changes_nothing(ann, with_channel, kept):
    await with_channel(ann, "Часы")
    assert "Екатеринбург" in (await _shown(ann, "мой город Екатеринбург")).text
    await _shown(ann, "/digest пояс Нигденбург")
    assert kept.rows("SELECT zone FROM workspace WHERE chat_id = ?", ann.id) == [("Asia/Yekaterinburg",)]
