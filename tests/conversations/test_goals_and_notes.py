"""What breaks: a goal or a note is set for another channel, is not shown where it was promised, or can't be taken back."""

import time
from datetime import UTC, datetime

import pytest

DAY_S = 86_400


def flat(message) -> str:
    return message.text.replace("\xa0", " ")


async def test_a_goal_is_set_changed_shown_in_the_card_and_deleted(ann, with_channel):
    await with_channel(ann, "Кофе и код", newest_days_ago=2, posts=20)
    await ann.send("/goal")
    assert "Целей пока нет" in flat(await ann.wait_for_answer())
    await ann.send("цель 20 000 подписчиков к 1 марта")
    said = flat(await ann.wait_for_answer())
    assert "🎯 20 000 подписчиков к 1 мар" in said
    assert "сейчас 5 000 (25 %)" in said
    assert "в день" in said
    await ann.send("/goal ER 50% к 1 марта")
    assert "🎯 ER 50,0 % к 1 мар" in flat(await ann.wait_for_answer())
    await ann.send("/goal ER 40% к 1 марта")
    assert "Раньше было: ER 50,0 % к 1 мар" in flat(await ann.wait_for_answer())
    await ann.send("/er 30d")
    card = flat(await ann.wait_for_answer())
    assert "🎯 ER 40,0 % к 1 мар" in card
    assert "🎯 20 000 подписчиков" in card
    await ann.send("/goal удалить")
    listed = await ann.wait_for_answer()
    assert flat(listed).count("🎯") == 2
    press = await listed.press("🗑 ER")
    assert await press.answer()
    assert "Цель удалена: ER 40,0 %" in flat(await ann.wait_for_answer())
    again = await listed.press("🗑 ER")
    assert "Этой цели уже нет" in ((await again.answer()).text or "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ER 300%", "от 0 до 100 %"),
        ("ER 3% к 1 ноября 2020", "уже прошло"),
        ("ER 3% к дедлайну", "Не понял срок"),
        ("поднять продажи", "Не понял, какая цель"),
        ("Другой ER 3%", "Канала «другой» здесь нет"),
    ],
)
async def test_a_bad_goal_is_told_truthfully(ann, with_channel, typed, says):
    await with_channel(ann, "Кофе")
    await ann.send(f"/goal {typed}")
    assert says in flat(await ann.wait_for_answer())
    await ann.send("/goal")
    assert "Целей пока нет" in flat(await ann.wait_for_answer())


async def test_of_several_channels_the_goal_asks_which(ann, with_channel):
    await with_channel(ann, "Кофе", posts=20, newest_days_ago=2)
    await with_channel(ann, "Чай", posts=20, newest_days_ago=2)
    await ann.send("/goal 1% ER к 1 марта")
    asked = await ann.wait_for_answer()
    await asked.press("Чай")
    said = flat(await ann.wait_for_answer())
    assert said.startswith("Чай")
    assert "🎯 ER 1,0 % к 1 мар" in said
    assert ": достигнута, сейчас " in said
    assert "Можно поставить выше" in said


async def test_a_note_is_dated_listed_marked_in_the_card_and_deleted(ann, with_channel):
    await with_channel(ann, "Кофе", posts=20, newest_days_ago=2)
    await with_channel(ann, "Чай", posts=20, newest_days_ago=2)
    day = datetime.fromtimestamp(time.time() - 5 * DAY_S, UTC)
    await ann.send(f"/note {day:%d.%m} чай: запустили розыгрыш")
    written = await ann.wait_for_answer()
    assert "Чай — запустили розыгрыш" in flat(written)
    await ann.send("заметка: сменили <аватар>")
    assert "все каналы — сменили <аватар>" in flat(await ann.wait_for_answer())
    await ann.send("/er чай 30d")
    assert "запустили розыгрыш" in flat(await ann.wait_for_answer())
    await ann.send("/er кофе 30d")
    card = flat(await ann.wait_for_answer())
    assert "запустили розыгрыш" not in card
    await written.press("🗑")
    assert "Заметка удалена" in flat(await ann.wait_for_answer())
    await ann.send("/note удалить")
    listed = flat(await ann.wait_for_answer())
    assert "розыгрыш" in listed.partition("Новая:")[2]
    assert "Чай" not in listed


@pytest.mark.parametrize(
    ("typed", "says"),
    [("25.12.2099 розыгрыш", "ещё не наступило"), ("вчера", "нет текста"), ("а" * 200, "Напишите короче")],
)
async def test_a_bad_note_is_told_truthfully(ann, with_channel, typed, says):
    await with_channel(ann, "Кофе")
    await ann.send(f"/note {typed}")
    assert says in flat(await ann.wait_for_answer())
