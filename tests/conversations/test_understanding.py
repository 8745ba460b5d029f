"""What breaks: people who write no command get «не понял», or a group's talk is taken for one."""

import pytest

from bot.demo.client import Sandbox

WORDS = {
    "ru": {
        "статистика за неделю": "ER",
        "/ER": "ER",
        "/ук": "ER",
        "покажи вовлеченность за 30 дней": "30 дней",
        "кухню за всё время": "Кухня",
        "сводка": "Сводка",
        "/digst": "Сводка",
        "помощь": "Что я умею",
        "чем ER отличается от ERR": "какая доля подписчиков видит пост",
        "лучшие посты": "Лучшие",
        "сравни с прошлым месяцем": "за 30 дней",
        "мои каналы": "Кухня",
        "cpm 15000 45000": "333",
    },
    "en": {
        "stats for 7 days": "ER",
        "/Stats": "ER",
        "what is my er": "ER",
        "kitchn 30d": "Kitchen",
        "daily summary": "ummary",
        "help": "What I can do",
        "what does CPM mean": "thousand views",
        "top posts": "Best",
        "compare with last month": "30 days",
        "my channels": "Kitchen",
        "cpm 150 45000": "3.33",
    },
}
TITLES = {"ru": "🍳 Кухня без спешки", "en": "🍳 Kitchen without haste"}


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_plain_words_are_answered_like_the_command_in_private(box: Sandbox, with_channel, language):
    ann = await box.person("Ann", language=language)
    await with_channel(ann, TITLES[language], posts=30)
    for words, said in WORDS[language].items():
        await ann.send(words)
        answer = await ann.wait_for_answer(timeout_s=40)
        assert said in answer.text.replace("\xa0", " "), words


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [("ru", "статистика за неделю", "Кухня"), ("en", "stats for 7 days", "Kitchen")],
)
async def test_a_group_is_understood_where_the_bot_is_spoken_to_and_nowhere_else(
    box: Sandbox, with_channel, running_bot, language, asked, said
):
    ann = await box.person("Ann", language=language)
    await with_channel(ann, TITLES[language])
    group = await box.group("Team", owner=ann, bot=False)
    await group.add_bot(rights=["can_invite_users"])
    here = ann.at(group)
    await here.send("/add")
    offer = await here.wait_for(lambda shown: bool(shown.buttons))
    await (await here.press(offer, TITLES[language])).edited()
    name = (await running_bot.bot.me()).username
    before = len([shown for shown in await here.messages() if shown.is_from_bot])
    for talk in (asked, "топ", "help", "12500", "@durov", "/digst"):
        await here.send(talk)
    await here.send(f"@{name} {asked}")
    answer = await here.wait_for(said)
    assert len([shown for shown in await here.messages() if shown.is_from_bot]) == before + 1
    await here.send("помощь" if language == "ru" else "help", reply_to=answer)
    assert "/er" in (await here.wait_for_answer()).text
    await here.send("/LANG")
    assert (await here.wait_for_answer()).buttons


async def test_a_name_shows_ones_own_channel_a_link_and_a_forwarded_post_the_posts_card_and_foreign_ones_the_check(
    box, ann, public, kept, eventually
):
    await public("neighbour_one")
    await ann.start()
    await ann.wait_for_answer()
    own = await box.channel("Своя Кухня", owner=ann, username="own_kitchen", subscribers=5_000)
    await own.add_bot(rights=["can_invite_users"])
    await ann.wait_for("Своя Кухня")
    [post] = await own.post("Пост о кухне")
    await eventually(
        lambda: kept.rows("SELECT count(*) FROM post WHERE channel_id = ?", kept.channels(ann.id)[0]), [(1,)]
    )

    def is_its_card(shown) -> bool:
        """What its page gave may be told at any moment after it was added."""
        return "Своя Кухня" in shown.text and "ER" in shown.text

    await ann.send("@own_kitchen")
    await ann.wait_for(is_its_card)

    def is_the_posts(shown) -> bool:
        return "Своя Кухня · пост" in shown.text and "Пост о кухне" in shown.text and "ER" in shown.text

    await ann.send("https://t.me/own_kitchen/1")
    card = await ann.wait_for(is_the_posts)
    assert card.labels[:2] == ["🧮 Как посчитано", "↗️ Открыть пост"]
    await ann.press(card, "Как посчитано")
    await ann.wait_for("Как посчитано")
    await ann.forward(await ann.at(own).message(post))
    card = await ann.wait_for(is_the_posts)
    assert "накрут" not in card.text.lower()
    await ann.send("https://t.me/own_kitchen/77")
    unknown = await ann.wait_for("в данных нет")
    assert any("ER" in label for label in unknown.labels)
    await ann.send("/post")
    await ann.press(await ann.wait_for("Пришлите ссылку на пост"), "Пост о кухне")
    await ann.wait_for(is_the_posts)
    for no_link in ("/post 5", "/post вчерашний"):
        await ann.send(no_link)
        offered = await ann.wait_for_answer()
        assert "Это не ссылка на пост" in offered.text
        assert offered.labels
    await ann.send("/post t.me/neighbour_one/5")
    assert "не из ваших каналов" in (await ann.wait_for_answer()).text
    for written in ("@neighbour_one", "t.me/neighbour_one", "https://t.me/neighbour_one/7"):
        await ann.send(written)
        assert await ann.wait_for(
            lambda shown: "neighbour_one" in shown.text or "Соседний" in shown.text, timeout_s=40
        )


async def test_what_nobody_understands_gets_the_three_likeliest_buttons(ann, with_channel):
    await ann.send("съешь ещё этих мягких булок")
    empty = await ann.wait_for_answer()
    assert len(empty.labels) == 3
    assert "Добавить" in empty.labels[0]
    await with_channel(ann, "Булки", posts=20)
    await ann.send("съешь ещё этих мягких булок")
    hint = await ann.wait_for_answer()
    assert hint.labels == ["📈 ER канала", "🗞 Сводка", "⚖️ Сравнить"]
    for label, said in (("ER", "Булки"), ("Сводка", "Сводка"), ("Сравнить", "Булки")):
        await ann.press(hint, label)
        await ann.wait_for(said)
    for said, told in (
        ("почему упали просмотры у чайника?", ("/why", "«чайника»", "/channels")),
        ("заметка сменили <шапку>", ("/note сменили <шапку>",)),
    ):
        await ann.send(said)
        nearly = await ann.wait_for_answer()
        assert all(part in nearly.text for part in told), nearly.text
        assert len(nearly.labels) == 3


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("ru", "график охвата картинкой для презентации директору", "выгрузить"),
        ("en", "make me a nice slide of the reach for my client", "export"),
    ],
)
async def test_what_is_understood_in_part_gets_commands_that_may_be_meant(
    box: Sandbox, with_channel, language, asked, told
):
    ann = await box.person("Ann", language=language)
    await with_channel(ann, TITLES[language], posts=20)
    await ann.send(asked)
    hint = await ann.wait_for_answer()
    assert "/export" in hint.text
    assert told in hint.text
    assert hint.labels[0].startswith("📈")
    await ann.press(hint, hint.labels[0])
    await ann.wait_for(TITLES[language])


async def test_a_question_may_lean_on_the_one_before(ann, with_channel):
    await with_channel(ann, "Кухня", posts=20)
    await with_channel(ann, "Маршрут", posts=20)
    await ann.send("рост кухни за 30 дней")
    assert "Кухня" in (await ann.wait_for_answer()).text
    await ann.send("а у второго?")
    other = (await ann.wait_for_answer()).text.replace("\xa0", " ")
    assert "Маршрут" in other
    assert "30 дней" in other
    await ann.send("подробнее")
    more = await ann.wait_for("серый блок")
    assert "• 30 дней •" in more.labels
    await ann.send("а топ?")
    top = await ann.wait_for_answer()
    assert "Маршрут" in top.text
    assert "👍 5" not in top.labels
    await ann.send("ещё")
    assert "👍 5" in (await ann.wait_for_answer()).labels
    await ann.send("/growth")
    await ann.press(await ann.wait_for_answer(), "Кухня")
    await ann.send("а за 90 дней?")
    pressed = await ann.wait_for("90 дней")
    assert "Кухня" in pressed.text


async def test_a_question_eats_no_command_by_its_russian_name_and_keeps_its_own_answers(
    ann, with_channel, kept
):
    await with_channel(ann, "Топ Кухня")
    await ann.send("/subs")
    await ann.wait_for("Сколько подписчиков")
    for words, said in (
        ("помощь", "Что я умею"),
        ("сводка", "Сводка"),
        ("er за 7 дней", "ER"),
        ("мои каналы", "Топ"),
    ):
        await ann.send(words)
        await ann.wait_for(said)
    await ann.send("7 300 подписчиков")
    assert "7 300" in (await ann.wait_for("Записал")).text.replace("\xa0", " ")
    await ann.send("отмена")
    assert "Отменять нечего" in (await ann.wait_for_answer()).text


async def test_a_corrected_command_is_answered(ann):
    sent = await ann.send("съешь ещё этих мягких булок")
    await ann.wait_for_answer()
    await ann.edit(sent, "/help")
    assert "Что я умею" in (await ann.wait_for("Что я умею")).text


async def test_in_a_group_a_reply_answers_the_question_and_a_named_command_does_not(
    box, ann, with_channel, running_bot
):
    await with_channel(ann, "Общая кухня")
    group = await box.group("Команда", owner=ann, bot=False)
    await group.add_bot(rights=["can_invite_users"])
    here = ann.at(group)
    await here.send("/check")
    question = await here.wait_for("Какой канал")
    await here.send("помощь", reply_to=question)
    assert "Что я умею" in (await here.wait_for_answer()).text
    name = (await running_bot.bot.me()).username
    await here.send(f"@{name} отмена")
    assert "отменил" in (await here.wait_for_answer()).text


async def test_a_workspace_is_understood_by_its_own_channels_alone(box, ann, with_channel):
    await with_channel(ann, "Секретная кухня")
    eve = await box.person("Ева", language="ru")
    await eve.send("секретная кухня")
    assert "Секретная" not in (await eve.wait_for_answer()).text
