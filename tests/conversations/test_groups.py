"""What breaks: who may do what. A member reads, an admin changes, a stranger sees nothing of others."""

import asyncio

import pytest


@pytest.fixture
def team_of(box, ann, with_channel):
    """Ann's group with Bob, a plain member, in which her channel was shown by a button of /add."""

    async def gather(title: str):
        await with_channel(ann, title)
        bob = await box.person("Боб", language="ru")
        group = await box.group("Редакция", owner=ann, members=[bob], bot=False)
        await group.add_bot(rights=["can_invite_users"])  # else Telegram hides files and talk from it
        here = ann.at(group)
        await here.send("/add")
        offer = await here.wait_for("Какой из ваших каналов")
        assert "теперь виден" in (await (await here.press(offer, title)).edited()).text
        return group, bob

    return gather


async def test_a_member_reads_and_changes_nothing(box, ann, team_of, some_file, kept):
    group, bob = await team_of("Общий")
    here = bob.at(group)
    await here.send("/er 30d")
    assert (await here.wait_for("Общий")).photo_size == (1280, 720)
    before = kept.figures(ann.id), kept.rows("SELECT * FROM channel_access")
    for command in ("/add", "/add @durov", "/subs 100"):
        await here.send(command)
        assert "администратор" in (await here.wait_for_answer()).text
    await here.send_file(some_file(channel="Общий"), "чужое.csv")
    assert "администратор" in (await here.wait_for_answer()).text
    await here.send("/channels")
    await here.press(await here.wait_for("Общий"), "⚙️")
    refused = await (await here.press(await here.wait_for("Что сделать"), "🗑")).answer()
    assert refused.is_alert
    assert "администраторы группы: Аня" in refused.text
    assert (kept.figures(ann.id), kept.rows("SELECT * FROM channel_access")) == before


async def test_the_bots_own_name_is_no_channel_that_is_asked_about(ann, team_of, running_bot):
    group, _ = await team_of("Названный")
    name = (await running_bot.bot.me()).username
    await ann.at(group).send(f"@{name} съешь ещё этих мягких булок")
    told = await ann.at(group).wait_for("/help")
    assert "/check" not in told.text
    assert any("ER" in label for label in told.labels)


async def test_a_member_does_not_take_back_what_an_admin_brought(ann, team_of, some_file, kept):
    group, bob = await team_of("Наш")
    await ann.at(group).send_file(some_file(channel="Файловый"), "данные.csv")
    told = await ann.at(group).wait_for("Файловый")
    before = kept.figures(group.id)
    refused = await (await bob.at(group).press(told, "Отменить")).answer()
    assert "администраторы группы: Аня" in refused.text
    assert kept.figures(group.id) == before
    undone = await ann.at(group).press(told, "Отменить")
    assert "отменена" in (await undone.edited()).text
    assert kept.channels(group.id) == []


async def test_the_admin_who_sent_the_file_is_asked_in_the_group_and_answers_by_a_reply(
    ann, team_of, some_file, kept
):
    group, bob = await team_of("Спросят")
    here = ann.at(group)
    await here.send_file(some_file(channel="Новый в группе"), "новый.csv")
    question = await here.wait_for("Сколько подписчиков")
    assert "Ответьте на это сообщение" in question.text
    assert _opens_the_reply_field_of(ann, question)
    await bob.at(group).send("77", reply_to=question)
    talk = await bob.at(group).send("сколько там стульев?")
    await here.send("100", reply_to=talk)  # people answer each other with numbers, too
    await here.send("4 300", reply_to=question)
    assert "4 300" in (await here.wait_for("Записал")).text.replace("\xa0", " ")
    [channel] = kept.channels(group.id)
    assert kept.rows("SELECT subscribers FROM audience WHERE channel_id = ?", channel) == [(4300,)]


def _opens_the_reply_field_of(person, question) -> bool:
    """`selective` is for people who are mentioned, and for whoever wrote the message that is replied to."""
    markup = question.raw["reply_markup"]
    mentioned = [entity["user"]["id"] for entity in question.entities if entity["type"] == "text_mention"]
    replied = question.raw.get("reply_to_message", {}).get("from", {}).get("id")
    return markup["force_reply"] and markup["selective"] and person.id in (*mentioned, replied)


async def test_whoever_presses_for_subscribers_in_a_group_is_named_and_may_not_know(
    ann, team_of, some_file, kept
):
    group, _ = await team_of("Позовут")
    here = ann.at(group)
    await here.send_file(some_file(channel="Файл группы"), "файл.csv")
    asked = await here.wait_for("Сколько подписчиков")
    assert _opens_the_reply_field_of(ann, asked)
    await here.send("Не знаю.", reply_to=asked)
    assert "без подписчиков" in (await here.wait_for_answer()).text
    await here.send("/er Файл группы 30d")
    answer = await here.wait_for(lambda shown: shown.photo_id is not None)
    await here.press(answer, "подписчик")
    asked = await here.wait_for("Сколько подписчиков")
    assert _opens_the_reply_field_of(ann, asked)
    await here.send("~12к", reply_to=asked)
    assert "12 000" in (await here.wait_for("Записал")).text.replace("\xa0", " ")


async def test_a_member_does_not_decide_for_the_admin_who_was_asked_to_confirm(ann, team_of):
    group, bob = await team_of("Решает админ")
    await ann.at(group).send("/channels")
    listed = await ann.at(group).wait_for("⚙️")
    await ann.at(group).press(listed, "⚙️")
    await ann.at(group).press(await ann.at(group).wait_for("Что сделать"), "🗑")
    sure = await ann.at(group).wait_for("У владельца данные останутся")
    for button in ("Убрать", "Оставить"):
        assert "администратор" in (await (await bob.at(group).press(sure, button)).answer()).text
    press = await ann.at(group).press(sure, "Убрать")
    assert "убран" in (await press.edited()).text
    await ann.send("/channels")
    assert "Решает админ" in (await ann.wait_for_answer()).text


async def test_two_people_drop_the_same_file_at_once(box, ann, some_file, kept):
    bob = await box.person("Боб", language="ru")
    group = await box.group("Двое", owner=ann, members=[bob], bot=False)
    await group.add(bob, admin=True)
    await group.add_bot(rights=["can_invite_users"])
    data = some_file(channel="Один на двоих")
    here = [ann.at(group), bob.at(group), ann, bob]  # together, and each at home
    await asyncio.gather(*(place.send_file(data, "один.csv") for place in here))
    for place in (ann, bob):
        await place.wait_for("12 постов", timeout_s=40)
        assert len(kept.figures(place.id)["post"]) == 12
    await here[0].wait_for("уже загружен", timeout_s=40)
    said = [shown.text for shown in await here[0].messages() if shown.is_from_bot]
    assert sum("Новых постов: 12" in text for text in said) == 1
    assert len(kept.figures(group.id)["reading"]) == 12


async def test_other_files_pass_a_group_by_in_silence(ann, team_of):
    group, bob = await team_of("Тихий")
    here = bob.at(group)
    before = len(await here.messages())
    await here.send_file(b"%PDF-1.7 minutes of the meeting", "протокол.pdf")
    await here.send("/er 30d")
    await here.wait_for("Тихий")
    assert len(await here.messages()) == before + 3  # the document, the question, its answer


@pytest.mark.parametrize("in_group", [False, True])
async def test_made_up_ids_of_others_are_refused_and_tell_nothing(box, ann, with_channel, kept, in_group):
    await with_channel(ann, "Тайна")
    [channel] = kept.channels(ann.id)
    [(upload,)] = kept.rows("SELECT id FROM import WHERE workspace_id = ?", kept.workspace(ann.id))
    before = kept.figures(ann.id)

    async def told(channel: int, upload: int) -> list[str]:
        eve = await box.person("Ева", language="ru")
        place = eve.at(await box.group("Чужие", owner=eve)) if in_group else eve
        await place.send("/privacy")
        message = await place.wait_for(lambda shown: bool(shown.buttons))
        forged = [
            f"er:{channel}:30d",
            *(
                f"ch:{action}:{channel}"
                for action in ("ask_remove", "remove", "keep", "grant", "subscribers")
            ),
            *(
                f"im:{action}:{upload}:{channel}"
                for action in ("undo", "into", "new", "drop", "chat", "columns")
            ),
            *(f"col:{upload}:{asked}:0" for asked in ("date", "order", "confirm")),
        ]
        answers = [await (await place.press(message, data=data)).answer() for data in forged]
        assert all(answer.is_alert for answer in answers)
        assert not any("Тайна" in shown.text for shown in await place.messages())
        return [answer.text for answer in answers]

    # The same words as for what does not exist: nobody learns whether it does.
    assert await told(channel, upload) == await told(10**9, 10**9)
    assert kept.figures(ann.id) == before
