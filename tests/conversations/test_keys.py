"""What breaks: a key that stays in a chat, is shown to a group, or that nobody can test, replace or take back."""

import time

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


async def _serve(box):
    await box.tgstat.key(KEY, requests_most=10_000)
    await box.tgstat.key(OTHER, requests_most=500)


async def _is_in_chat(who, word: str) -> bool:
    return any(word in message.text for message in await who.messages())


async def test_a_key_is_taken_in_private_checked_listed_without_itself_replaced_and_removed(box, ann, kept):
    await _serve(box)
    await ann.start()
    await ann.send("/keys")
    offer = await ann.wait_for("Своих ключей здесь пока нет")
    await offer.press("🔑 Добавить ключ TGStat")
    await ann.wait_for("Пришлите ключ TGStat")
    await ann.send("вот: короткий")
    await ann.wait_for("не похоже на ключ")
    await ann.send(f"вот он {KEY}")
    told = await ann.wait_for("Ключ работает, сообщение с ним удалено")
    assert "…cdef работает" in told.text
    assert "из 10\u00a0000" in told.text
    assert not await _is_in_chat(ann, KEY)
    await ann.send("0" * 32)  # nobody's: the earlier one stays
    await ann.wait_for("не узнал этот ключ")
    await ann.send(OTHER)  # a bare one, without being asked
    told = await ann.wait_for("…3210 работает")
    await box.tgstat.key(OTHER, revoked=True)
    await told.press("🔄 Проверить")
    told = await told.wait_for_edit()
    assert "больше не принимает ключ …3210" in told.text
    sealed = kept.rows("SELECT sealed FROM workspace_key WHERE workspace_id = ?", kept.workspace(ann.id))
    assert len(sealed) == 1
    assert OTHER not in str(sealed)
    await told.press("🗑 Удалить")
    assert "Ключ удалён" in (await told.wait_for_edit()).text
    assert kept.rows("SELECT * FROM workspace_key WHERE workspace_id = ?", kept.workspace(ann.id)) == []


async def test_in_a_group_a_key_is_deleted_and_not_taken_and_privacy_erases_the_one_given_in_private(
    box, kept
):
    await _serve(box)
    ann = await box.person("Ann", language="en")
    await ann.send(f"/keys {KEY}")
    await ann.wait_for("The key works")
    group = await box.group("Team", owner=ann)
    here = ann.at(group)
    await here.send(f"/keys {KEY}")
    assert (
        "Delete your message" in (await here.wait_for("private chat only")).text
    )  # the bot may not delete there
    await here.send("/keys")
    told = await here.wait_for(lambda shown: "private chat only" in shown.text and "Delete" not in shown.text)
    assert told.labels == ["Write to me"]
    await box.tgstat.trouble("broken")
    await ann.send(f"/keys {OTHER}")
    assert "isn’t answering right now" in (await ann.wait_for("I’ve saved the key")).text
    workspace = kept.workspace(ann.id)
    await ann.send("/privacy")
    await (await ann.wait_for("a TGStat key, if you gave one")).press(row=0)
    sure = await ann.wait_for("can’t be undone")
    await sure.press(row=0)
    await sure.wait_for_edit()
    assert kept.rows("SELECT * FROM workspace_key WHERE workspace_id = ?", workspace) == []


def _hours(views: int) -> list[int]:
    """Of a post so many views in all, of which 2,100 within three hours from its thirtieth on."""
    quiet = [round((views - 2_100) * 0.1 * 0.9**hour) for hour in range(120)]
    loud = [grew + (700 if hour in (30, 31, 32) else 0) for hour, grew in enumerate(quiet)]
    return [*loud, views - sum(loud)]


async def _with_repost(box, channel, *, days_ago: float, number: int, views: int) -> None:
    published = int(time.time() - days_ago * 86_400)
    at = published + 30 * 3600
    about = {"title": "Большой <канал>", "members": 90_000, "hours": _hours(views)}
    await box.tgstat.refer(channel, number, by="big_news", at=at, **about)


async def test_top_says_who_brought_readers_and_how_many_where_counts_show_it(box, ann, public, running_bot):
    await _serve(box)
    channel = await public("the_reposted")
    await ann.send("/add @the_reposted")
    await ann.wait_for("45 постов")
    await _with_repost(box, channel, days_ago=21.5, number=3, views=5_111)
    await ann.send(f"/keys {KEY}")
    await ann.wait_for("первые числа будут через минуту")
    await running_bot.tgstat.run()
    await ann.send("/keys")
    assert "Соседний: прочитан" in (await ann.wait_for("С ним читаю каналы")).text
    await ann.send("/top @the_reposted")
    said = (await ann.wait_for("Лучшие")).text.replace("\u00a0", " ")
    assert "↗ репост у @big_news: +1 700 просмотров" in said
    assert "≈" not in said  # the page rounds its views, TGStat does not
    await ann.send("https://t.me/the_reposted/3")
    card = await ann.wait_for(lambda shown: shown.photo_id is not None)
    assert "↗ репост у @big_news: +1 700 просмотров" in card.text.replace("\u00a0", " ")
    await ann.send("/er @the_reposted")
    assert "ER по просмотрам" in (await ann.wait_for(lambda shown: shown.photo_id is not None)).text


async def test_in_english_a_repost_without_counts_is_named_and_no_more(box, public, running_bot):
    await _serve(box)
    kate = await box.person("Kate", language="en")
    channel = await public("the_mentioned", "Neighbour")
    await kate.send("/add @the_mentioned")
    await kate.wait_for("45 posts")
    at = int(time.time()) - 21 * 86_400
    await box.tgstat.refer(channel, 3, by="small_one", at=at, members=50, is_named=False)
    await kate.send(f"/keys {KEY}")
    await kate.wait_for("The key works")
    await running_bot.tgstat.run()
    await kate.send("/top @the_mentioned")
    said = (await kate.wait_for("Best")).text
    assert "↗ repost by @small_one\n" in said
    await kate.send("/post https://t.me/the_mentioned/3")
    card = await kate.wait_for(lambda shown: "↗ repost by @small_one" in shown.text and "usual" in shown.text)
    assert ": +" not in card.text
