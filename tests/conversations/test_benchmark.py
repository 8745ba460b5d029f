"""What breaks: channels of another size, of another network or of another chat told as similar ones."""


async def test_channels_of_the_same_size_in_this_chat_stand_beside_it(box, ann, with_channel):
    for title, subscribers in (("Кофе", 5_000), ("Чай", 9_000), ("Какао", 3_000), ("Гигант", 900_000)):
        await with_channel(ann, title, subscribers=subscribers)
    other = await box.person("Чужой", language="ru")
    await with_channel(other, "Чужой кофе", subscribers=5_000)
    await ann.send("/benchmark кофе")
    answer = await ann.wait_for_answer()
    said = answer.text.replace("\xa0", " ")
    assert "(2 канала)" in said
    assert "Гигант" not in said
    assert "Чужой" not in said
    assert "Чай:" in said
    press = await answer.press("90 дней")
    assert "90 дней" in (await press.edited()).text.replace("\xa0", " ")
