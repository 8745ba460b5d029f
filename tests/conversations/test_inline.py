"""What breaks: in another chat a card is offered that the asker may not see, or tells strangers what the team keeps to itself."""


async def test_a_card_is_shared_with_the_picture_that_telegram_has_and_without_it_in_words(
    box, ann, with_channel, kept
):
    await with_channel(ann, "Кофе и код", posts=20, newest_days_ago=2)
    await ann.send("/goal ER 50%")
    await ann.wait_for("🎯")
    await ann.send("/note тайная заметка")
    await ann.wait_for("тайная")
    offered = await ann.ask_inline("кофе 30")
    assert [one["type"] for one in offered.results] == ["article"]
    assert offered.results[0]["title"].replace("\xa0", " ") == "Кофе и код · 30 дней"
    assert offered.button == "🖼 Нарисовать график в чате с ботом"
    channel = kept.channels(ann.id)[0]
    await ann.send(f"/start er_{channel}_30d")
    await ann.wait_for(lambda shown: bool(shown.photo_id))
    offered = await ann.ask_inline("кофе 30 дней")
    assert [one["type"] for one in offered.results] == ["photo"]
    assert offered.button is None
    elsewhere = await box.group("Отдел", owner=ann)
    shared = await ann.choose(offered, elsewhere)
    assert shared.photo_id
    assert shared.raw["via_bot"]["is_bot"]
    assert "Кофе и код" in shared.text
    assert "🎯" not in shared.text
    assert "тайная" not in shared.text


async def test_nobody_is_offered_what_is_not_theirs_and_strangers_are_shown_the_way(box, ann, with_channel):
    await with_channel(ann, "Кофе и код", posts=20, newest_days_ago=2)
    stranger = await box.person("Петя", language="ru")
    offered = await stranger.ask_inline("кофе")
    assert (offered.results, offered.button) == ([], "Подключить свой канал")
    await with_channel(stranger, "Чай", posts=20, newest_days_ago=2)
    offered = await stranger.ask_inline("кофе")
    assert (offered.results, offered.button) == ([], "Такого канала здесь нет. Подключить?")
    offered = await stranger.ask_inline("")
    assert [one["title"].partition(" · ")[0] for one in offered.results] == ["Чай"]
    offered = await stranger.ask_inline("чай 01.01.2020-31.01.2020")
    assert (offered.results, offered.button) == ([], "Данных за эти дни нет. Открыть бота")
    assert (await stranger.ask_inline("чай " + "а" * 130)).results == []


async def test_another_chats_channel_is_not_drawn_by_a_link(box, ann, with_channel, kept):
    await with_channel(ann, "Кофе и код", posts=20, newest_days_ago=2)
    stranger = await box.person("Петя", language="ru")
    await stranger.send(f"/start er_{kept.channels(ann.id)[0]}_30d")
    assert not (await stranger.wait_for_answer()).photo_id
