"""What breaks: a key that stays in a chat, is shown to a group, or that nobody can test, replace or take back."""

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
    assert "does not answer now" in (await ann.wait_for("I have kept the key")).text
    workspace = kept.workspace(ann.id)
    await ann.send("/privacy")
    await (await ann.wait_for("a TGStat key, if you gave one")).press(row=0)
    sure = await ann.wait_for("can’t be brought back")
    await sure.press(row=0)
    await sure.wait_for_edit()
    assert kept.rows("SELECT * FROM workspace_key WHERE workspace_id = ?", workspace) == []
