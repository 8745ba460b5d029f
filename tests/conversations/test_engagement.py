"""What breaks: `/er` in every way it may be asked, and every way there may be nothing to say."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.answers.wording import units


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


async def test_dates_are_a_period_too(ann, with_channel):
    await with_channel(ann, "Кофе и код", newest_days_ago=2)
    first, last = (datetime.now(UTC) - timedelta(days=days) for days in (33, 3))
    await ann.send(f"/er {first:%d.%m}-{last:%d.%m}")
    assert "31 день" in (await ann.wait_for_answer()).text.replace("\xa0", " ")


async def test_how_in_reply_to_an_answer_and_the_button_under_it_tell_its_own_sums(ann, with_channel):
    await with_channel(ann, "Кофе и код", newest_days_ago=2, posts=40)
    await ann.send("/er 30d")
    answer = await ann.wait_for_answer()
    headline = re.search(r"ER по просмотрам: (≈?[\d,]+)", answer.text)[1]
    await answer.press("Как посчитано")
    pressed = (await ann.wait_for("Как посчитано: Кофе и код")).text.replace("\xa0", " ")
    assert f"(просмотры) = {headline} %" in pressed
    assert "30 дней" in pressed
    await ann.send("Как посчитано?", reply_to=answer)
    asked = await ann.wait_for(lambda shown: "(просмотры) = " in shown.text)
    assert asked.text.replace("\xa0", " ") == pressed
    await answer.press("Посты")
    await ann.wait_for("Лучшие")
    await answer.press("Выгрузить")
    await ann.wait_for(lambda shown: "document" in shown.raw)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("запрошлогоднее", "такого канала здесь нет"),
        ("2026-10-31..2026-10-01", "раньше, чем начинается"),
        ("9999d", "Слишком длинный"),
        ("Другой 7d", "Канала «Другой» здесь нет"),
    ],
)
async def test_words_that_mean_nothing_are_told_so(ann, with_channel, asked, says):
    await with_channel(ann, "Кофе и код")
    await ann.send(f"/er {asked}")
    assert says in (await ann.wait_for_answer()).text


async def test_a_period_before_the_first_post_is_told_with_what_there_is(ann, with_channel):
    await with_channel(ann, "Молодой")
    await ann.send("/er 2020-01-01..2020-01-31")
    answer = await ann.wait_for_answer()
    assert "данные с" in answer.text
    assert answer.photo_id is None


async def test_nothing_in_the_period_shows_the_last_known_and_says_so(ann, with_channel):
    await with_channel(ann, "Давно", newest_days_ago=40)
    await ann.send("/er 7d")
    answer = await ann.wait_for_answer()
    assert "За эти дни данных нет. Ниже — последние 5 постов, по " in answer.text.replace("\xa0", " ")
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


async def test_without_views_the_best_rate_there_is_comes_first_and_the_lack_is_named(ann, with_channel):
    told = await with_channel(ann, "Без просмотров", counters=("reactions", "comments"))
    assert "нет просмотров" in told.text
    await ann.send("/er 30d")
    answer = await ann.wait_for_answer()
    words = answer.text.replace("\xa0", " ")
    assert "ER по подписчикам: " in words
    assert "= (реакции + комментарии) ÷ подписчики · 12 постов" in words
    assert "Нет в данных: просмотры" in words


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


async def test_a_picture_that_telegram_has_forgotten_is_drawn_again(ann, with_channel, kept):
    await with_channel(ann, "Забытый")
    await ann.send("/er 30d")
    first = await ann.wait_for_answer()
    await _forget_pictures(ann, kept)
    await ann.send("/er 30d")
    again = await ann.wait_for_answer()
    assert (again.text, again.photo_size) == (first.text, (1280, 720))
    await _forget_pictures(ann, kept)
    pressed = await ann.press(first, "30 дней")
    assert (await pressed.edited()).photo_id not in (first.photo_id, None)


async def _forget_pictures(ann, kept):
    """Spoils the id of every picture, once the last answer's is written down.

    It is written after the answer is sent, and a chat's updates are handled in turn: an answer to the next one says it is.
    """
    await ann.send("/help")
    await ann.wait_for_answer()
    await kept.change("UPDATE picture SET file_id = 'gone' WHERE workspace_id = ?", kept.workspace(ann.id))


@pytest.mark.parametrize(
    "title", ["Кофе ☕️👩‍💻🇷🇺 и код", "Очень длинное название " * 20], ids=["emoji", "460 signs"]
)
async def test_titles_of_any_kind_fit_into_every_answer(ann, with_channel, title):
    await with_channel(ann, title.strip())
    await ann.send("/er 30d")
    answer = await ann.wait_for_answer()
    assert answer.text.startswith(title[:50])
    assert "Данные на" in answer.text
    for command in ("/channels", "/subs"):
        await ann.send(command)
        assert title[:100] in (await ann.wait_for_answer()).text


async def test_a_strangers_title_is_words_and_never_markup(ann, with_channel):
    told = await with_channel(ann, "<b>R&D</b> <script>")
    assert "<b>R&D</b> <script>" in told.text
    await ann.send("/er 30d")
    assert "<b>R&D</b> <script>" in (await ann.wait_for_answer()).text
    await ann.send("/channels")
    assert "<b>R&D</b> <script>" in (await ann.wait_for_answer()).text


async def test_a_young_post_has_its_forecast(ann, drop):
    """Read every 3 hours: 4 100 views at 6 hours of age, 5 700 at 24; the last post is 6 hours old."""
    now = datetime.now(UTC).replace(microsecond=0)
    ages, views = (0, 6, 12, 24, 48), (0, 4100, 4700, 5700, 7000)
    lines = ["channel,post_id,date,timestamp,views,reactions"]
    for number in range(31):
        posted = now - timedelta(days=30 - number, hours=6)
        for age_h in range(3, 7 if number == 30 else 49, 3):
            read = posted + timedelta(hours=age_h)
            lines.append(
                f"Утро,{number},{posted.isoformat()},{read.isoformat()},{_at(age_h, ages, views)},50"
            )
    await drop(ann, "\n".join(lines).encode(), "утро.csv")
    question = await ann.wait_for_answer()
    await question.press(row=0)
    await question.wait_for_edit()
    await ann.send("/er Утро")
    said = (await ann.wait_for_answer()).text.replace("\xa0", " ")
    assert "Свежий пост идёт как обычно: просмотры 4 100 за 6 часов, к 24 ч ≈5 700 (4 400–7 400)." in said


def _at(age_h, ages, views):
    [(left, right)] = [pair for pair in pairwise(range(len(ages))) if ages[pair[0]] < age_h <= ages[pair[1]]]
    share = (age_h - ages[left]) / (ages[right] - ages[left])
    return round(views[left] + share * (views[right] - views[left]))
