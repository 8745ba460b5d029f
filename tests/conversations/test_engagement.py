"""What breaks: `/er` in every way it may be asked, and every way there may be nothing to say."""

import pytest

from bot.reports.wording import units


async def test_without_a_channel_it_says_the_shortest_way_to_one(ann):
    await ann.send("/er")
    answer = await ann.wait_for_answer()
    assert "файл" in answer.text
    assert "/add" in answer.text


async def test_a_channel_without_posts_asks_for_a_file(box, ann):
    await box.channel("Пусто", owner=ann, username="empty_one")
    await ann.send("/add @empty_one")
    await ann.wait_for_answer()
    await ann.send("/er")
    assert "ни одного поста" in (await ann.wait_for_answer()).text


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("30d", "30 дней"),
        ("неделя", "7 дней"),
        ("1.10.2026-31.10.2026", "31 день"),
        ("Кофе 90d", "90 дней"),
        ("кофе", "7 дней"),
    ],
)
async def test_periods_and_names_are_understood(ann, with_channel, asked, days):
    await with_channel(ann, "Кофе и код", newest_days_ago=2)
    await ann.send(f"/er {asked}")
    answer = await ann.wait_for_answer()
    assert days in answer.text.replace("\xa0", " ")
    assert units(answer.text) <= 1024


async def test_words_that_mean_nothing_are_told_so(ann, with_channel):
    await with_channel(ann, "Кофе и код")
    await ann.send("/er позавчерашнее")
    assert "позавчерашнее" in (await ann.wait_for_answer()).text


async def test_nothing_in_the_period_shows_the_last_known_and_says_so(ann, with_channel):
    await with_channel(ann, "Давно", newest_days_ago=40)
    await ann.send("/er 7d")
    assert "постов нет" in (await ann.wait_for_answer()).text
    await with_channel(ann, "Совсем давно", newest_days_ago=400)
    await ann.send("/er совсем")
    assert "последние известные" in (await ann.wait_for_answer()).text


async def test_of_several_channels_a_button_picks_one(ann, with_channel):
    await with_channel(ann, "Первый")
    await with_channel(ann, "Второй")
    await ann.send("/er 30d")
    asked = await ann.wait_for_answer()
    assert set(asked.labels) == {"Первый", "Второй"}
    await asked.press("Второй")
    answer = await ann.wait_for_answer()
    assert "Второй" in answer.text
    assert "30 дней" in answer.text.replace("\xa0", " ")


async def test_no_views_is_a_dash_with_its_reason(ann, with_channel):
    told = await with_channel(ann, "Без просмотров", counters=("reactions", "comments"))
    assert "Просмотров здесь нет" in told.text
    await ann.send("/er 30d")
    answer = await ann.wait_for_answer()
    assert "—" in answer.text
    assert "просмотр" in answer.text


async def test_a_second_answer_uploads_nothing_until_the_data_change(box, ann, with_channel, drop, some_file):
    await with_channel(ann, "Тот же")
    await ann.send("/er 30d")
    first = await ann.wait_for_answer()
    await ann.send("/er 30d")
    second = await ann.wait_for_answer()
    assert second.photo_id == first.photo_id
    await drop(ann, some_file(channel="Тот же", posts=3))
    await ann.send("/er 30d")
    assert (await ann.wait_for_answer()).photo_id != first.photo_id


async def test_a_strangers_title_is_words_and_never_markup(ann, with_channel):
    told = await with_channel(ann, "<b>R&D</b> <script>")
    assert "<b>R&D</b> <script>" in told.text
    await ann.send("/er 30d")
    assert "<b>R&D</b> <script>" in (await ann.wait_for_answer()).text
    await ann.send("/channels")
    assert "<b>R&D</b> <script>" in (await ann.wait_for_answer()).text
