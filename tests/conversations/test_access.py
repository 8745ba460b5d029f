"""What breaks: a right that outlives its person. Bob was an admin of Ann's private channel once."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(loop_scope="session")
async def bob(box):
    return await box.person("Боб", language="ru")


@pytest.fixture
def titles(kept):
    """Of the posts of the person's only channel."""

    def look(person):
        query = "SELECT title FROM post WHERE channel_id = ? ORDER BY published_at, id"
        return [title for (title,) in kept.rows(query, kept.channels(person.id)[0])]

    return look


@pytest.fixture
def eventually(box):
    async def wait(look, wanted):
        await box.wait_until_read()
        for _ in range(400):
            if look() == wanted:
                return
            await asyncio.sleep(0.02)
        assert look() == wanted

    return wait


@pytest.fixture
def shared_secret(box, ann, bob, titles, eventually):
    """Both are admins of Ann's private channel, and the bot has told both of its first post."""

    async def make(title):
        for person in (ann, bob):
            await person.start()
            await person.wait_for_answer()
        channel = await box.channel(title, owner=ann, subscribers=10)
        await channel.add(bob, admin=True)
        await channel.add_bot(by=bob, rights=["can_invite_users"])
        await bob.wait_for(title)
        await ann.send("/add")
        await ann.wait_for_answer()
        await ann.share(channel)
        await ann.wait_for("добавлен")
        await channel.post("До")
        await eventually(lambda: (titles(ann), titles(bob)), (["До"], ["До"]))
        return channel

    return make


async def _reads_nothing_newer(bob):
    await bob.send("/export csv")
    sent = await bob.wait_for(lambda shown: (shown.document_name or "").endswith(".csv"), timeout_s=40)
    text = (await sent.file_bytes()).decode("utf-8-sig")
    assert "До" in text
    assert "После" not in text


async def test_bob_is_kicked_and_reads_nothing_newer(ann, bob, shared_secret, titles, eventually):
    channel = await shared_secret("Тайна первая")
    await channel.remove(bob)
    await channel.post("После")
    await eventually(lambda: (titles(ann), titles(bob)), (["До", "После"], ["До"]))
    told = await bob.wait_for("вы там больше не администратор", timeout_s=40)
    assert "Всё собранное осталось" in told.text
    await _reads_nothing_newer(bob)


async def test_the_bot_that_ann_adds_anew_does_not_wake_bobs_channel(
    ann, bob, shared_secret, titles, eventually, kept
):
    channel = await shared_secret("Тайна вторая")
    await channel.remove_bot(by=ann)
    told = await bob.wait_for("меня убрали из администраторов", timeout_s=40)
    assert "Вернуть меня может любой администратор" in told.text
    assert {"Вернуть меня в канал"} < {button.text for button in told.buttons}
    await ann.wait_for("Меня убрали")
    assert not any("меня убрали из администраторов" in shown.text for shown in await ann.messages())
    await channel.remove(bob)
    await channel.add_bot(by=ann, rights=["can_invite_users"])
    collecting = "SELECT bot_is_admin FROM channel WHERE id = ?"
    await eventually(
        lambda: [kept.rows(collecting, kept.channels(one.id)[0]) for one in (ann, bob)], [[(1,)], [(0,)]]
    )
    await channel.post("После")
    await eventually(lambda: (titles(ann), titles(bob)), (["До", "После"], ["До"]))
    await _reads_nothing_newer(bob)


async def test_the_owner_sees_who_reads_a_channel_and_takes_it_back(box, ann, with_channel):
    await with_channel(ann, "Показанный")
    group = await box.group("Читатели", owner=ann, bot=False)
    await group.add_bot(rights=["can_invite_users"])
    here = ann.at(group)
    await here.send("/add")
    offer = await here.wait_for("Какой из ваших каналов")
    await (await here.press(offer, "Показанный")).edited()
    await ann.send("/channels")
    listed = await ann.wait_for("читают: «Читатели»")
    edited = await (await listed.press("Забрать")).edited()
    assert "Показанный" in edited.text
    assert "читают" not in edited.text
    await here.send("/channels")
    assert "Каналов пока нет" in (await here.wait_for("Каналов пока нет")).text
