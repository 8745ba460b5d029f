"""What breaks: a channel checked before money is spent, by every way to name it, and what is said where it can't be."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from bot.answers.wording import units
from bot.features.check.keyboards import TOPICS
from metrics.audit.price import NORMS


async def test_buttons_offer_the_topics_that_have_a_usual_price():
    assert tuple(NORMS) == TOPICS


async def test_looking_becomes_the_card_with_its_picture_reasons_and_price(ann, public):
    await public("seller_one", "Продавец")
    await ann.send("/check @seller_one 15 000 руб 1/24")
    looking = await ann.wait_for_answer()
    card = looking if looking.photo_size else await looking.wait_for_edit()
    assert card.id == looking.id
    assert card.photo_size == (1280, 720)
    assert units(card.text) <= 1024
    said = card.text.replace("\xa0", " ")
    assert "Известных признаков накрутки нет. Это не значит, что аудитория живая" in said
    assert "Подписчиков 23 456" in said
    assert re.search(r"Цена 15 000 ₽: CPM [\d ]+–[\d ]+ ₽\.", said)
    assert "реестре РКН" in said or "Не проверено" in said
    await card.press("Все причины")
    full = await ann.wait_for_answer()
    assert "Не проверено" in full.text
    assert "с 1 января 2025 года" in full.text
    await card.press("Выгрузить")
    sent = await ann.wait_for(lambda shown: shown.document_name is not None)
    book = CalamineWorkbook.from_filelike(io.BytesIO(await sent.file_bytes()))
    assert book.sheet_names == ["признаки", "не проверено", "посты"]
    assert len(book.get_sheet_by_name("посты").to_python()) == 46


async def test_a_topic_named_compares_the_price_with_what_is_usual(ann, public):
    await public("seller_two", "Бизнес-канал")
    await ann.send("/check t.me/seller_two 9000 ₽")
    card = await ann.wait_for(lambda shown: shown.photo_size is not None)
    await card.press("Обычная цена темы")
    asked = await ann.wait_for("О чём канал")
    press = await asked.press("Бизнес")
    answer = await press.edited()
    said = answer.text.replace("\xa0", " ")
    assert "Обычный CPM темы: 500–1 000 ₽ (marketing_uma 2025)" in said
    assert "Цена 9 000 ₽" in said


async def test_several_are_put_in_order_with_what_speaks_against_them(ann, public):
    await public("seller_cheap", "Дешёвый")
    await public("seller_dear", "Дорогой")
    await ann.send("/check @seller_dear 30000 @seller_cheap 3000")
    table = await ann.wait_for("Сначала выгоднее")
    assert table.text.index("Дешёвый") < table.text.index("Дорогой")
    assert "CPM" in table.text
    assert "CPE" in table.text
    assert "без цены" not in table.text
    await table.press("Дорогой: 30")
    await ann.wait_for("Сколько просят за пост в @seller_dear?")
    await ann.send("1000 ₽")
    cheaper = await ann.wait_for("Сначала выгоднее")
    assert cheaper.text.index("Дорогой") < cheaper.text.index("Дешёвый")


async def test_prices_that_are_missing_are_said_by_a_button_all_at_once_or_one_by_one(ann, public, kept):
    for number, title in enumerate(("Первый", "Второй", "Третий"), start=1):
        await public(f"seller_of_three_{number}", title)
    await ann.send("/check @seller_of_three_1 @seller_of_three_2 8000 @seller_of_three_3")
    table = await ann.wait_for("Сначала лучше")
    assert "нет цены 2 каналов" in table.text.replace("\u00a0", " ")
    assert table.text.count("цена не названа") == 2
    assert "💰 8 000 · CPM" in table.text.replace("\u00a0", " ")
    await table.press("Третий: назвать цену")
    await ann.wait_for("в этом порядке: @seller_of_three_3, @seller_of_three_1")
    for wrong in ("много", "0", "1, 2, 3"):
        await ann.send(wrong)
        await ann.wait_for_answer()
    await ann.send("3000, 20000")
    ordered = (await ann.wait_for("Сначала выгоднее")).text
    assert ordered.index("Третий") < ordered.index("Второй") < ordered.index("Первый")
    assert "не названа" not in ordered
    assert kept.rows("SELECT count(*) FROM question WHERE user_id = ?", ann.id) == [(0,)]


async def test_in_english_the_price_of_one_channel_is_said_after_its_check(box, public):
    kate = await box.person("Kate", language="en")
    await public("seller_unpriced", "Unpriced")
    await kate.send("/check @seller_unpriced")
    card = await kate.wait_for(lambda shown: shown.photo_id is not None)
    await card.press("Add the price")
    await kate.wait_for("What does a post in @seller_unpriced cost?")
    await kate.send("$150")
    priced = await kate.wait_for(lambda shown: shown.photo_id is not None)
    assert "Price $150: CPM $" in priced.text
    assert not any("Add the price" in label for label in priced.labels)


async def test_a_forwarded_post_is_a_question_too(box, ann, public):
    channel = await public("seller_three", "Переслан")
    (post,) = await channel.post("Реклама у нас недорого")
    await ann.forward(post if hasattr(post, "id") else await ann.at(channel).message(post))
    card = await ann.wait_for(lambda shown: shown.photo_size is not None)
    assert "Переслан" in card.text


async def test_without_a_name_it_asks_and_takes_the_next_words(ann, public):
    await public("seller_four", "Четвёртый")
    await ann.send("/check")
    assert "перешлите пост" in (await ann.wait_for_answer()).text
    await ann.send("@seller_four 5000")
    card = await ann.wait_for(lambda shown: shown.photo_size is not None)
    assert "Четвёртый" in card.text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("@nobody_is_here_1", "никем не занято"),
        ("@seller_x много", "нет"),
        ("@seller_x 0", "не цена"),
        ("a@b.example/../etc", "не похоже"),
    ],
)
async def test_what_cannot_be_looked_at_is_said_with_what_to_do(ann, asked, says):
    await ann.send(f"/check {asked}")
    answer = await ann.wait_for(lambda shown: shown.is_from_bot and not shown.text.startswith("Смотрю"))
    assert says in answer.text or "канал" in answer.text


async def test_a_watched_channel_is_in_no_list_until_it_is_added(ann, public):
    await public("seller_five", "Пятый")
    await ann.send("/check @seller_five")
    card = await ann.wait_for(lambda shown: shown.photo_size is not None)
    await card.press("Наблюдать 48 часов")
    watching = await ann.wait_for("Отчёт пришлю сам")
    await ann.send("/channels")
    assert "Пятый" not in (await ann.wait_for_answer()).text
    press = await watching.press("Не наблюдать")
    assert "Больше не наблюдаю" in (await press.edited()).text
    await ann.send("/check @seller_five")
    again = await ann.wait_for(lambda shown: shown.photo_size is not None and shown.id > watching.id)
    await again.press("Наблюдать 48 часов")
    await ann.wait_for(lambda shown: shown.text.startswith("Наблюдаю") and shown.id > again.id)
    await ann.send("/add @seller_five")
    await ann.wait_for(lambda shown: "добавлен" in shown.text)
    await ann.send("/channels")
    assert "Пятый" in (await ann.wait_for_answer()).text
