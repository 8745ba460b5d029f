"""What breaks: people who came by a link and are told of by nobody, a churn that /money does not know, a channel without the bot."""


async def test_people_are_told_with_their_link_and_money_takes_the_churn(
    box, ann, kept, eventually, running_bot
):
    await ann.start()
    await ann.wait_for_answer()
    channel = await box.channel("Растущий", owner=ann, username="the_growing", subscribers=1_000)
    await channel.change_page(preview=False)
    await channel.add_bot(rights=["can_invite_users"])
    await ann.wait_for("Растущий")
    link = await running_bot.bot.create_chat_invite_link(channel.id, name="Реклама 7")
    people = [await box.person(f"Подписчик{number}") for number in range(4)]
    for person in people:
        await person.join(channel, invite_link=link.invite_link)
    await people[0].leave(channel)
    channel_id = kept.channels(ann.id)[0]
    query = "SELECT count(*) FROM member_event WHERE channel_id = ?"
    await eventually(lambda: kept.rows(query, channel_id), [(5,)])
    await kept.change(
        "UPDATE member_event SET happened_at = happened_at - 900000, left_at = left_at - 900000 WHERE channel_id = ?",
        channel_id,
    )
    for days, count in ((40, 990), (31, 1000), (0, 1004)):
        await kept.change(
            "INSERT INTO audience (channel_id, observed_at, subscribers, step, source)"
            " SELECT ?, unixepoch() - ? * 86400, ?, 0, 'bot'", channel_id, days, count,
        )  # fmt: skip

    await ann.send("рост растущий за месяц")
    answer = await ann.wait_for_answer()
    said = answer.text.replace("\xa0", " ")
    assert answer.photo_id
    assert "Пришли 4 · ушли 1" in said
    assert "«Реклама 7»: 4; через 7 дней остались 75 % (30–95) из 4" in said
    press = await answer.press("90 дней")
    assert "90 дней" in (await press.edited()).text.replace("\xa0", " ")

    await ann.send("/money ltv_margin arpu 300 маржа 60")
    asked = await ann.wait_for_answer()
    assert "Растущий: за 30 дней ушли 1 из 1 000, отток 0,10 %" in asked.text.replace("\xa0", " ")
    await asked.press("0,10\xa0% — Растущий")
    assert "LTV" in (await ann.wait_for("LTV по марже")).text


async def test_without_the_bot_as_admin_only_the_net_is_told_and_of_several_one_is_picked(ann, with_channel):
    await with_channel(ann, "Кофе")
    await with_channel(ann, "Чай")
    await ann.send("/growth")
    await (await ann.wait_for_answer()).press("Чай")
    answer = await ann.wait_for("только боту-администратору")
    assert answer.text.startswith("Чай")
    assert "Пришли" not in answer.text


async def test_without_any_count_the_way_to_one_is_told(ann, with_channel):
    await with_channel(ann, "Без числа", subscribers=None)
    await ann.send("/growth")
    assert "/subs 12500" in (await ann.wait_for_answer()).text
