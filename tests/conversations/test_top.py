"""What breaks: the best and the weakest posts, with their reasons, for the period that was asked for."""

from bot.answers.wording import units


async def test_best_and_weakest_are_told_with_reasons_and_the_period_is_switched(ann, with_channel):
    await with_channel(ann, "Кофе и код", posts=40)
    await ann.send("/top")
    answer = await ann.wait_for_answer()
    said = answer.text.replace("\xa0", " ")
    assert "Лучшие" in said
    assert "Слабые" in said
    assert "÷ просмотры" in said
    assert units(answer.text) <= 4096
    press = await answer.press("90 дней")
    assert "90 дней" in (await press.edited()).text.replace("\xa0", " ")
    by_reposts = await (await answer.press("Репосты")).edited()
    assert "Репосты ÷ просмотры" in by_reposts.text
    assert "• Репосты •" in by_reposts.labels
    assert "90 дней" in by_reposts.text.replace("\xa0", " ")
    await ann.send("10 лучших")
    ten = await ann.wait_for(lambda shown: "👍 8" in shown.labels)
    assert "всего 16 постов" in ten.text.replace("\xa0", " ")
    by_reposts = await (await ten.press("Репосты")).edited()
    assert "👍 8" in by_reposts.labels
    await by_reposts.press("👍 1")
    card = await ann.wait_for("Кофе и код · пост")
    assert "обычно" in card.text
    await card.press("Лучшие посты")
    assert "Лучшие" in (await ann.wait_for("Лучшие")).text


async def test_without_reactions_posts_stand_by_their_views(ann, with_channel):
    await with_channel(ann, "Только просмотры", counters=("views",), posts=20)
    await ann.send("/top только 30d")
    assert "По просмотрам." in (await ann.wait_for_answer()).text


async def test_two_posts_are_no_ranking(ann, with_channel):
    await with_channel(ann, "Двое", posts=2)
    await ann.send("/top")
    assert "Меньше трёх постов" in (await ann.wait_for_answer()).text


async def test_several_channels_are_chosen_by_button(ann, with_channel):
    await with_channel(ann, "Кофе", posts=12)
    await with_channel(ann, "Чай", posts=12)
    await ann.send("топ по репостам за 30 дней")
    press = await (await ann.wait_for_answer()).press("Чай")
    ranked = await press.edited()
    assert ranked.text.startswith("Чай")
    assert "• Репосты •" in ranked.labels
