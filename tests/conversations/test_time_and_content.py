"""What breaks: advice on hours and formats that a press does not lead to, in another language or of another channel."""


async def test_hours_and_formats_are_asked_for_in_words_and_lead_to_each_other(ann, with_channel):
    await with_channel(ann, "Кофе и код", posts=60)
    await ann.send("когда лучше постить?")
    answer = await ann.wait_for_answer()
    said = answer.text.replace("\xa0", " ")
    assert said.startswith("Кофе и код\n90 дней")
    assert "Когда читают, пока не видно: каждый пост снят только один раз." in said
    press = await answer.press("365 дней")
    assert "365 дней" in (await press.edited()).text.replace("\xa0", " ")
    await answer.press("Что заходит")
    content = await ann.wait_for("Сказать наверняка пока нельзя")
    assert "Рост" in content.labels

    await ann.send("/lang")
    await (await ann.wait_for_answer()).press("English")
    await ann.send("what works?")
    english = await ann.wait_for("Too early to be sure")
    assert "When to post" in english.labels
