"""What breaks: a channel that goes to another chat is not the same there, is still here, or goes without the right to."""

import pytest


@pytest.fixture
def in_group(box):
    async def make(owner, title: str, members=()):
        group = await box.group(title, owner=owner, members=list(members), bot=False)
        await group.add_bot(rights=["can_invite_users"])
        await owner.at(group).wait_for_answer()
        return group

    return make


async def care_of(who, title: str, asked: str):
    await who.send(f"/channels {title}")
    await who.press(await who.wait_for("⚙️"), "⚙️")
    return await who.wait_for(asked)


async def test_a_channel_goes_to_a_group_as_it_is_and_comes_back(ann, with_channel, in_group, kept):
    await with_channel(ann, "Кухня", posts=20)
    await ann.send("/goal кухня ER 3%")
    await ann.wait_for("3")
    care = await care_of(ann, "кухня", "Что сделать")
    await ann.press(care, "Перенести в другой чат")
    assert "некуда" in (await ann.wait_for("Переносить")).text
    team = await in_group(ann, "Команда")
    await ann.send("/er кухня 30d")
    shown = (await ann.wait_for("ER")).text
    [channel] = kept.channels(ann.id)
    await ann.press(care, "Перенести в другой чат")
    where = await ann.wait_for("Куда перенести")
    sure = await (await ann.press(where, "Команда")).edited()
    assert all(word in sure.text for word in ("посты", "цели", "заметки", "останутся сводка"))
    moved = await (await ann.press(sure, "Перенести")).edited()
    assert "перенесён в чат «Команда»" in moved.text
    told = await ann.at(team).wait_for("со всей историей")
    assert (kept.channels(ann.id), kept.channels(team.id)) == ([], [channel])
    await ann.send("/er кухня 30d")
    assert "нет" in (await ann.wait_for_answer()).text
    await ann.at(team).send("/er кухня 30d")
    assert (await ann.at(team).wait_for("ER")).text == shown
    assert told.labels == ["ER · Кухня"]
    back = await (await ann.press(moved, "Вернуть сюда")).edited()
    assert "снова здесь" in back.text
    assert (kept.channels(ann.id), kept.channels(team.id)) == ([channel], [])
    assert kept.rows("SELECT metric FROM goal WHERE channel_id = ?", channel) == [("er",)]
    await ann.send("/er кухня 30d")
    assert (await ann.wait_for("ER")).text == shown


async def test_only_who_administers_both_moves_and_the_same_channel_there_refuses(
    box, ann, with_channel, in_group, kept
):
    bob = await box.person("Боб", language="en")
    for one in (ann, bob):
        await one.start()
        await one.wait_for_answer()
    team = await in_group(ann, "Общая", members=[bob])
    theirs = await in_group(bob, "Bob’s team", members=[ann])
    source = await box.channel("Живой", owner=ann, subscribers=40)
    await source.add_bot(rights=["can_invite_users"])
    await ann.wait_for("Живой")
    care = await care_of(ann, "живой", "Что сделать")
    await ann.press(care, "Перенести")
    where = await ann.wait_for("Куда перенести")
    assert where.labels == ["Общая", "Оставить"]  # not the one where she is a member
    sure = await (await ann.press(where, "Общая")).edited()
    await team.add(bob, admin=True)
    await (await ann.press(sure, "Перенести")).edited()
    await ann.at(team).wait_for("со всей историей")
    assert kept.rows("SELECT person FROM proof WHERE channel_id = ?", kept.channels(team.id)[0]) == [
        (ann.id,)
    ]
    here = bob.at(team)
    await here.send("/channels")
    await here.press(await here.wait_for("Живой"), "⚙️")
    await here.press(await here.wait_for("Что сделать"), "Перенести")
    where = await here.wait_for("Куда перенести")
    assert where.labels == ["Личный чат со мной", "Bob’s team", "Оставить"]
    sure = await (await here.press(where, "Bob’s team")).edited()
    refused = await (await here.press(sure, "Перенести")).answer()  # he is no admin of the channel
    assert "только администратор самого канала" in refused.text
    assert (await (await ann.at(team).press(sure, "Перенести")).answer()).is_alert  # nor is she one there
    assert kept.channels(theirs.id) == []
    await source.remove_bot()
    await ann.at(team).wait_for("меня убрали")
    await source.add_bot(rights=["can_invite_users"])
    await ann.wait_for("Живой")  # hers again, beside the group's
    await ann.at(team).send("/channels")
    await ann.at(team).press(await ann.at(team).wait_for("Нажмите на канал"), "⚙️")
    await ann.at(team).press(await ann.at(team).wait_for("Что сделать"), "Перенести")
    where = await ann.at(team).wait_for("Куда перенести")
    sure = await (await ann.at(team).press(where, "Личный чат со мной")).edited()
    before = kept.channels(ann.id), kept.channels(team.id)
    refused = await (await ann.at(team).press(sure, "Перенести")).answer()
    assert "уже есть этот канал" in refused.text
    assert (kept.channels(ann.id), kept.channels(team.id)) == before


async def test_in_english_a_channel_shown_to_a_group_becomes_its_own_and_is_shown_again_after_the_way_back(
    box, with_channel, in_group, kept
):
    eve = await box.person("Eve", language="en")
    await eve.start()
    await eve.wait_for_answer()
    await with_channel(eve, "Coffee", posts=20)
    team = await in_group(eve, "Team")
    await eve.at(team).send("/add")
    offer = await eve.at(team).wait_for("Which of your channels")
    await (await eve.at(team).press(offer, "Coffee")).edited()
    care = await care_of(eve, "coffee", "What would you like to do")
    await eve.press(care, "Move to another chat")
    where = await eve.wait_for("Where should")
    sure = await (await eve.press(where, "Team")).edited()
    moved = await (await eve.press(sure, "Move")).edited()
    assert "is now in the chat “Team”" in moved.text
    assert len(kept.channels(team.id)) == 1
    await (await eve.press(moved, "Bring it back here")).edited()
    assert len(kept.channels(eve.id)) == 1
    await eve.at(team).send("/er coffee 30d")
    assert "Coffee" in (await eve.at(team).wait_for("ER")).text
