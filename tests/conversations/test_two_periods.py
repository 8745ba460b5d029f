"""What breaks: two periods of one channel come as two answers that everybody has to compare by eye."""

from datetime import UTC, datetime, timedelta

COFFEE = {"newest_days_ago": 8, "posts": 40}


def _span(first: int, last: int) -> str:
    """Days ago as a period to type."""
    days = (datetime.now(UTC).date() - timedelta(days=ago) for ago in (first, last))
    return "-".join(f"{day:%d.%m.%Y}" for day in days)


async def test_both_stand_in_one_message_and_each_opens_with_its_picture(ann, with_channel):
    await with_channel(ann, "Кофе", **COFFEE)
    await ann.send(f"/er кофе {_span(20, 11)} против {_span(40, 21)}")
    answer = await ann.wait_for_answer()
    text = answer.text.replace("\xa0", " ")
    assert text.startswith("Кофе\n10 дней, ")
    assert "\nи 20 дней, " in text
    assert "Постов в расчёте: 10 и 20." in text
    assert "Подписчиков в конце: " in text
    assert "ER по просмотрам: " in text
    assert "Просмотры на пост: " in text
    await answer.press(row=0)
    shown = await ann.wait_for(lambda one: one.photo_size is not None)
    assert "10 дней" in shown.text.replace("\xa0", " ")


async def test_in_words_too(ann, with_channel):
    await with_channel(ann, "Кофе", **COFFEE)
    await ann.send(f"сравни кофе {_span(20, 11)} и {_span(40, 21)}")
    assert "и 20 дней" in (await ann.wait_for_answer()).text.replace("\xa0", " ")


async def test_of_several_channels_it_asks_which(ann, with_channel):
    await with_channel(ann, "Кофе", posts=40)
    await with_channel(ann, "Чай", posts=12)
    await ann.send("сравни прошлую неделю с позапрошлой")
    await (await ann.wait_for("канал")).press("Кофе")
    assert (await ann.wait_for_answer()).text.startswith("Кофе\n7")


async def test_a_period_without_posts_and_one_that_shares_days_are_said(ann, with_channel):
    await with_channel(ann, "Кофе", **COFFEE)
    await ann.send(f"/er кофе {_span(20, 11)} против {_span(6, 1)}")
    text = (await ann.wait_for_answer()).text.replace("\xa0", " ")
    assert "Постов нет: 6 дней" in text
    assert "Постов в расчёте: 10 и 0." in text
    await ann.send(f"/er кофе {_span(20, 11)} против {_span(15, 9)}")
    assert "есть общие дни" in (await ann.wait_for_answer()).text


async def test_before_the_first_post_it_says_since_when_there_are_any(ann, with_channel):
    await with_channel(ann, "Кофе", **COFFEE)
    await ann.send(f"/er кофе {_span(20, 11)} против {_span(400, 391)}")
    assert "данные с" in (await ann.wait_for_answer()).text
