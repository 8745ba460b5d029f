"""What breaks: a table whose titles nobody knows is asked about with buttons, and asked about once."""

from datetime import datetime

import pytest

from bot.demo.client import Sandbox
from tests.conversations.sent_files import TITLES, numbers, own_words


async def _answer(asked, *labels):
    """Press one button after another of a message; what it became."""
    for label in labels:
        asked = await (await asked.press(label)).edited(timeout_s=120)
    return asked


async def test_columns_are_shown_once_and_known_from_then_on(ann, drop, kept):
    asked = await drop(ann, own_words(), "Отчёт за сентябрь.csv")
    assert "Отчёт за сентябрь.csv" in asked.text
    assert "просмотры" in asked.text  # the dates speak for themselves
    assert asked.labels == ["Глянули · 1000", "Плюсики · 40", "Нет такого столбца", "Отмена"]
    asked = await _answer(asked, "Глянули")
    assert "реакции" in asked.text
    assert asked.labels[0] == "Плюсики · 40"
    shown = await _answer(asked, "Плюсики")
    rows = [line for line in shown.text.replace("\xa0", " ").splitlines() if line.startswith("•")]
    assert rows[0] == "• 2 сент 2026, 10:30 — просмотры 1 000, реакции 40"
    assert len(rows) == 3
    assert kept.channels(ann.id) == []
    told = await _answer(shown, "Верно")
    assert "Новых постов: 12" in told.text
    assert "просмотры — «Глянули», реакции — «Плюсики»" in told.text
    [channel] = kept.channels(ann.id)
    figures = "SELECT views, reactions FROM post WHERE channel_id = ? ORDER BY published_at LIMIT 1"
    assert kept.rows(figures, channel) == [(1000, 40)]

    again = await drop(ann, own_words(titles=TITLES.upper()), "Отчёт за октябрь.csv")
    assert again.labels[0].startswith("Отчёт за сентябрь")  # whose it is, and no word of columns
    told = await _answer(again, "Отчёт за сентябрь")
    assert "просмотры — «ГЛЯНУЛИ»" in told.text
    assert "Поправить столбцы" in " ".join(told.labels)


async def test_a_wrong_answer_is_taken_back_before_and_after(ann, drop, kept):
    asked = await drop(ann, own_words(), "свой.csv")
    shown = await _answer(asked, "Плюсики", "Глянули")
    assert "просмотры 40" in shown.text
    asked = await _answer(shown, "Заново")
    assert "просмотры" in asked.text
    told = await _answer(asked, "Плюсики", "Нет такого", "Верно")
    views = "SELECT views FROM post ORDER BY id DESC LIMIT 1"
    assert kept.rows(views) == [(51,)]
    await told.press("Поправить столбцы")
    chooser = await ann.wait_for("Какой поправить", timeout_s=40)
    assert kept.rows(views) == [(51,)]  # nothing has changed yet
    told = await _answer(chooser, "Глянули", "просмотры")
    assert kept.rows(views) == [(1011,)]
    undone = await _answer(told, "Отменить")
    assert "отменена" in undone.text
    assert kept.channels(ann.id) == []


async def test_without_a_counter_it_says_why_and_nothing_is_remembered(ann, drop, kept):
    asked = await drop(ann, own_words(), "свой.csv")
    refused = await _answer(asked, "Нет такого", "Нет такого")
    assert refused.labels == ["🔁 Заново", "Отмена"]
    refused = await _answer(refused, "Заново", "Нет такого", "Нет такого")
    assert "считать нечего" in refused.text
    forged = await ann.press(refused, data=refused.button("Заново").data.removesuffix("0") + "1")
    assert (await forged.message.refreshed()).labels == ["🔁 Заново", "Отмена"]
    dropped = await _answer(await refused.refreshed(), "Отмена")
    assert "не загружен" in dropped.text
    assert kept.rows("SELECT count(*) FROM column_choice WHERE workspace_id = ?", kept.workspace(ann.id)) == [
        (0,)
    ]
    assert kept.channels(ann.id) == []


async def test_a_button_pressed_twice_answers_once(ann, drop):
    asked = await drop(ann, own_words(), "свой.csv")
    first = asked.button("Глянули").data
    asked = await _answer(asked, "Глянули")
    late = await (await ann.press(asked, data=first)).answer()
    assert "уже ответили" in late.text
    assert (await asked.refreshed()).text == asked.text
    shown = await _answer(asked, "Плюсики")
    right = shown.button("Верно").data
    await _answer(shown, "Верно")
    late = await (await ann.press(shown, data=right)).answer(timeout_s=40)
    assert "уже ответили" in late.text
    assert "Новых постов: 12" in (await shown.refreshed()).text


@pytest.mark.parametrize(("pressed", "month"), [("3 апреля", "2026-04-03"), ("4 марта", "2026-03-04")])
async def test_days_and_months_that_nothing_tells_apart_are_asked_and_remembered(
    ann, drop, kept, pressed, month
):
    def either(mark):
        return f"date,views,likes\n03/03/2026,{mark},1\n03/04/2026,10,1\n02/01/2026,9,1\n04/05/2026,8,1\n".encode()

    asked = await drop(ann, either(next(numbers)), "даты.csv")
    assert "03/04/2026" in asked.text
    assert asked.labels == ["3 апреля", "4 марта", "Отмена"]
    told = await _answer(asked, pressed, "Пост")
    assert "так вы сказали" in told.text
    at = datetime.fromisoformat(f"{month}T00:00+03:00").timestamp()
    channel = kept.channels(ann.id)[0]
    assert kept.rows("SELECT published_at FROM post WHERE channel_id = ? AND views = 10", channel) == [(at,)]
    again = await drop(ann, either(next(numbers)), "ещё.csv")
    assert "Чей он" in again.text


async def test_columns_and_dates_may_both_be_asked(ann, drop, kept):
    text = f"Эфир,Глянули,Плюсики\n03/03/2026,{next(numbers)},1\n03/04/2026,10,1\n02/01/2026,9,1\n04/05/2026,8,1\n"
    asked = await drop(ann, text.encode(), "мои.csv")
    asked = await _answer(asked, "Глянули", "Плюсики")
    assert asked.labels[:2] == ["3 апреля", "4 марта"]
    shown = await _answer(asked, "4 марта")
    assert "4 мар" in shown.text
    told = await _answer(shown, "Верно", "Пост")
    assert "Новых постов: 4" in told.text


async def test_a_stranger_and_a_member_answer_for_nobody(box, ann, drop, kept):
    bob = await box.person("Боб", language="ru")
    group = await box.group("Редакция столбцов", owner=ann, members=[bob], bot=False)
    await group.add_bot(rights=["can_invite_users"])
    here = ann.at(group)
    await here.send_file(own_words(), "наш.csv")
    asked = await here.wait_for("Где просмотры")
    refused = await (await bob.at(group).press(asked, "Глянули")).answer()
    assert "администратор" in refused.text
    eve = await box.person("Ева", language="ru")
    await eve.send("/privacy")
    elsewhere = await eve.wait_for(lambda shown: bool(shown.buttons))
    forged = await (await eve.press(elsewhere, data=asked.button("Глянули").data)).answer()
    assert "больше нет" in forged.text
    assert (await asked.refreshed()).text == asked.text
    told = await _answer(asked, "Глянули", "Плюсики", "Верно")
    assert "Новых постов: 12" in told.text
    assert kept.channels(eve.id) == []


async def test_english_asks_in_english(box, drop):
    ann = await box.person("Ann", language="en")
    asked = await drop(ann, own_words(titles="topic;went out;looked;pluses"), "own.csv")
    assert "views" in asked.text
    shown = await _answer(asked, "looked", "pluses")
    assert "Sep 2, 2026, 10:30: views 1,000, reactions 40" in shown.text
    assert "New posts: 12" in (await _answer(shown, "Right")).text


@pytest.mark.timeout(400)
async def test_a_kill_between_a_question_and_its_answer_loses_neither(living, dies, stored):
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        async with living(box) as process:
            await ann.send_file(own_words(), "свой.csv")
            asked = await ann.wait_for("Где просмотры", timeout_s=120)
            process.kill()
        pressed = await asked.press("Глянули")
        async with living(box) as process:
            await dies(box, process, "editMessageText")
        async with living(box) as process:
            asked = await pressed.edited(timeout_s=120)
            assert "реакции" in asked.text
            shown = await _answer(asked, "Плюсики")
            pressed = await shown.press("Верно")
            await dies(box, process, "editMessageText")
        assert stored("SELECT state FROM import") == [("done",)]
        async with living(box):
            told = await pressed.edited(timeout_s=120)
            assert "Новых постов: 12" in told.text
    assert stored("SELECT count(*) FROM post") == [(12,)]
    assert stored("SELECT count(*) FROM column_choice") == [(1,)]
