"""What breaks: a channel where the bot is admin and that it does not see live: posts, reactions, comments, joins, rights."""

import pytest

from tests.sandbox.conftest import png


@pytest.fixture
def own_channel(box):
    async def make(owner, title: str, username: str | None = None, subscribers: int = 1_000):
        await owner.start()
        await owner.wait_for_answer()
        channel = await box.channel(title, owner=owner, username=username, subscribers=subscribers)
        group = await box.group(f"Чат {title}", owner=owner, bot=False)
        await channel.change_page(preview=False)  # what comes, comes from updates
        await channel.link(group)
        await group.add_bot(rights=["can_manage_chat"])
        await channel.add_bot(rights=["can_invite_users"])
        await owner.wait_for(title)
        return channel, group

    return make


@pytest.fixture
def shown(kept):
    """(reactions, stars, comments, format) of every post of the only channel."""

    def look(person):
        query = "SELECT reactions, stars, comments, format FROM post WHERE channel_id = ? ORDER BY published_at, id"
        return lambda: kept.rows(query, kept.channels(person.id)[0])

    return look


async def test_a_life_is_collected_and_er_counts_by_subscribers(
    box, ann, own_channel, shown, eventually, kept
):
    channel, group = await own_channel(ann, "Живой", "the_living")
    bob = await box.person("Борис")
    await group.add(bob)
    posts = [(await channel.post(f"Пост {number}"))[0] for number in range(4)]
    album = await channel.post("Три картинки", photos=[png(8, 8)] * 3)
    for number in posts:
        await channel.react(number, {"👍": 20, "🔥": 10, "paid": 2})
    await channel.react(posts[0], {"👍": 25}, late=True)
    await channel.react(album[0], {"👍": 7})
    comment = await channel.comment(posts[1], "Ого", by=bob)
    await channel.comment(posts[1], "И правда", by=bob, reply_to=comment)
    await channel.edit(posts[2], "Пост 2, исправленный")
    await channel.delete(posts[3])
    expected = [
        (25, 0, 0, "text"),
        (30, 2, 2, "text"),
        (30, 2, 0, "text"),
        (30, 2, 0, "text"),
        (7, 0, 0, "album"),
    ]
    await eventually(shown(ann), expected)

    await ann.send("/er 7d")
    answer = await ann.wait_for_answer()
    # 2.5 % as it stands; posts of minutes have about .41 of the reactions of their 7 days: 2.5 / .41, all of them young
    assert "ER по подписчикам: ≈6,0" in answer.text
    assert "÷ подписчики" in answer.text
    assert answer.text.count("Просмотров Telegram ботам не даёт") == 1
    assert "Нет в данных: репосты" in answer.text
    await channel.change_page(preview=True)
    await answer.press("публичной страницы")
    assert "Взял с публичной страницы" in (await ann.wait_for("уже здесь")).text
    titles = kept.rows("SELECT title FROM post WHERE channel_id = ?", kept.channels(ann.id)[0])
    assert max(len(str(title)) for (title,) in titles) <= 80


async def test_joins_by_a_link_are_counted_and_named_to_nobody(
    box, ann, own_channel, eventually, kept, running_bot
):
    channel, _ = await own_channel(ann, "С ссылкой", "the_linked")
    channel_id = kept.channels(ann.id)[0]
    link = await running_bot.bot.create_chat_invite_link(channel.id, name="Реклама 7")
    people = [await box.person(f"Подписчик{number}") for number in range(3)]
    for person in people:
        await person.join(channel, invite_link=link.invite_link)
    await people[0].leave(channel)
    query = (
        "SELECT is_join, link_name, count(*) FROM member_event WHERE channel_id = ? GROUP BY 1, 2 ORDER BY 1"
    )
    await eventually(lambda: kept.rows(query, channel_id), [(0, None, 1), (1, "Реклама 7", 3)])


async def test_rights_that_are_lost_and_come_back_leave_a_gap(box, ann, own_channel, eventually, kept):
    channel, _ = await own_channel(ann, "С перерывом")
    channel_id = kept.channels(ann.id)[0]
    await channel.remove_bot()
    await ann.wait_for("Меня убрали")
    query = "SELECT reason, ended_at IS NULL FROM gap WHERE channel_id = ?"
    await eventually(lambda: kept.rows(query, channel_id), [("rights", 1)])
    await channel.post("Этого я не увижу")
    await kept.change("UPDATE gap SET started_at = started_at - 200000 WHERE channel_id = ?", channel_id)
    await channel.add_bot(rights=["can_invite_users"])
    await eventually(lambda: kept.rows(query, channel_id), [("rights", 0)])
    await channel.post("А это увижу")
    await eventually(lambda: kept.rows("SELECT count(*) FROM post WHERE channel_id = ?", channel_id), [(1,)])
    await ann.send("/er")
    assert "данные не собирались" in (await ann.wait_for_answer()).text


async def test_a_command_among_comments_is_answered_and_counted(box, ann, own_channel, eventually, kept):
    channel, _ = await own_channel(ann, "С вопросом")
    (post,) = await channel.post("Спрашивайте")
    await channel.comment(post, "/help", by=ann)
    channel_id = kept.channels(ann.id)[0]
    await eventually(lambda: kept.rows("SELECT comments FROM post WHERE channel_id = ?", channel_id), [(1,)])
