"""What breaks: channels side by side, by name, by button, with those that have nothing to show."""


async def test_all_channels_are_put_in_order_and_the_figure_and_period_are_switched(ann, with_channel):
    await with_channel(ann, "Кофе", posts=30)
    await with_channel(ann, "Чай", posts=30, subscribers=None)
    await ann.send("/compare")
    answer = await ann.wait_for_answer()
    said = answer.text.replace("\xa0", " ")
    assert "1. " in said
    assert "2. " in said
    assert "÷ просмотры" in said
    assert "Средний канал (медиана)" in said
    press = await answer.press("ERR")
    swapped = await press.edited()
    assert "не знаю числа подписчиков" in swapped.text
    again = await swapped.press("90 дней")
    assert "за 90 дней" in (await again.edited()).text.replace("\xa0", " ")


async def test_channels_are_named_one_by_one_or_between_commas(ann, with_channel):
    await with_channel(ann, "Кофе и код", posts=12)
    await with_channel(ann, "Чай", posts=12)
    await with_channel(ann, "Вода", posts=12)
    await ann.send("/compare Кофе и код, вода 90d")
    said = (await ann.wait_for_answer()).text
    assert "Кофе и код" in said
    assert "Вода" in said
    assert "Чай" not in said
    await ann.send("/compare чай вода")
    said = (await ann.wait_for_answer()).text
    assert "Кофе и код" not in said
    await ann.send("/compare чай квас")
    assert "квас" in (await ann.wait_for_answer()).text


async def test_a_stranger_who_presses_sees_nothing_of_it(box, ann, with_channel):
    await with_channel(ann, "Кофе", posts=12)
    await ann.send("/compare")
    data = (await ann.wait_for_answer()).buttons[0].data
    bob = await box.person("Боб", language="ru")
    await bob.start()
    press = await bob.press(await bob.wait_for_answer(), data=data)
    assert (await press.answer()).is_alert
    assert not [shown for shown in await bob.messages() if "Кофе" in shown.text]
