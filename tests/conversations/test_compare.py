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


async def test_channels_are_ticked_off_in_a_private_chat_and_the_first_line_says_how_many(ann, with_channel):
    for title in ("Кофе", "Чай", "Вода"):
        await with_channel(ann, title)
    await ann.send("/compare")
    answer = await ann.wait_for_answer()
    assert "все 3 канала" in first_line(answer)
    listed = await (await answer.press("Каналы: 3 из 3")).edited()
    assert "Выбрано 3 из 3" in listed.text
    fewer = await (await listed.press("✅ Чай")).edited()
    assert "Выбрано 2 из 3" in fewer.text
    compared = await (await fewer.press("Сравнить: 2")).edited()
    assert "2 из 3 каналов" in first_line(compared)
    assert "Чай" not in compared.text
    longer = await (await compared.press("90 дней")).edited()
    assert "2 из 3 каналов" in first_line(longer)
    assert "Чай" not in longer.text
    none = await (await (await (await longer.press("Каналы")).edited()).press("Выбрать все")).edited()
    none = await (await none.press("Снять все")).edited()
    assert "Выбрано 0 из 3" in none.text
    assert not [one for one in none.buttons if one.text.startswith("Сравнить")]
    await ann.send("/compare чай вода")
    assert "2 из 3 каналов" in first_line(await ann.wait_for_answer())


async def test_a_group_of_many_turns_pages_in_english_and_a_button_of_a_list_that_changed_says_so(
    box, with_channel, kept
):
    kim = await box.person("Kim", language="en")
    await kim.start()
    group = await box.group("Desk", owner=kim, members=[], bot=False)
    await group.add_bot(rights=["can_invite_users"])
    here = kim.at(group)
    await with_channel(here, "Coffee")
    workspace = kept.workspace(group.id)
    for number in range(1, 11):
        await kept.change(
            "INSERT INTO channel (workspace_id, platform, title, bot_is_admin, is_watched, created_at, changed_at,"
            " data_version, posts) VALUES (?, 'telegram', ?, 0, 0, 0, 0, 0, 0)",
            workspace,
            f"Tea {number:02}",
        )
        await kept.change(
            "INSERT INTO channel_access (workspace_id, channel_id, level)"
            " SELECT ?, max(id), 'own' FROM channel WHERE workspace_id = ?",
            workspace,
            workspace,
        )
    await here.send("/compare")
    answer = await here.wait_for("Comparison")
    assert "1 of 11 channels" in first_line(answer)
    listed = await (await here.press(answer, "Channels: 11 of 11")).edited()
    assert not [one for one in listed.buttons if "Tea 10" in one.text]
    onward = await (await here.press(listed, "›")).edited()
    fewer = await (await here.press(onward, "✅ Tea 10")).edited()
    assert "10 of 11 chosen" in fewer.text
    [turned] = [one.text for one in fewer.buttons if "Tea 10" in one.text]
    assert turned.startswith("▫️")
    await kept.change(
        "DELETE FROM channel_access WHERE channel_id = (SELECT min(channel_id) FROM channel_access WHERE workspace_id = ?)",
        workspace,
    )
    refused = await (await here.press(fewer, "Compare: 10")).answer()
    assert "has changed since" in refused.text


def first_line(shown) -> str:
    return shown.text.replace("\xa0", " ").splitlines()[0]
