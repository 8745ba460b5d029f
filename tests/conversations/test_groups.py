"""What breaks: who may do what. A member reads, an admin changes, a stranger sees nothing of others."""

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
    bin_button = await here.wait_for("Общий")
    refused = await (await here.press(bin_button, "🗑")).answer()
    assert refused.is_alert
    assert "администратор" in refused.text
    assert (kept.figures(ann.id), kept.rows("SELECT * FROM channel_access")) == before


async def test_a_member_does_not_take_back_what_an_admin_brought(ann, team_of, some_file, kept):
    group, bob = await team_of("Наш")
    await ann.at(group).send_file(some_file(channel="Файловый"), "данные.csv")
    told = await ann.at(group).wait_for("Файловый")
    before = kept.figures(group.id)
    refused = await (await bob.at(group).press(told, "Отменить")).answer()
    assert "администратор" in refused.text
    assert kept.figures(group.id) == before
    undone = await ann.at(group).press(told, "Отменить")
    assert "отменена" in (await undone.edited()).text
    assert kept.channels(group.id) == []


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
    eve = await box.person("Ева", language="ru")
    place = eve
    if in_group:
        place = eve.at(await box.group("Чужие", owner=eve))
    await place.send("/privacy")
    message = await place.wait_for(lambda shown: bool(shown.buttons))
    forged = [
        f"er:{channel}:30d",
        *(f"ch:{action}:{channel}" for action in ("ask_remove", "remove", "grant", "subscribers")),
        *(f"im:{action}:{upload}:{channel}" for action in ("undo", "into", "new", "drop")),
    ]
    for data in forged:
        answer = await (await place.press(message, data=data)).answer()
        assert answer.is_alert, data
        assert "больше нет" in answer.text or "уже нет" in answer.text, (data, answer.text)
    assert not any("Тайна" in shown.text for shown in await place.messages())
    assert kept.figures(ann.id) == before
