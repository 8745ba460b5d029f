"""What breaks: the whole way of a new person, from the first word to «delete everything»."""

from bot.answers.wording import units
from bot.demo import as_telethon_json

PNG = b"\x89PNG\r\n\x1a\n"
GIVEN = {
    "can_manage_chat",
    "can_invite_users",
}  # an admin is in the channel by the first; the second is the one asked for


async def test_from_first_contact_to_delete_everything(box, ann, team, drop, some_file, kept):
    await ann.start()
    assert len((await ann.wait_for_answer()).buttons) == 4

    coffee = team[0]
    channel = await box.channel(coffee.title, owner=ann, username="coffee_code", subscribers=12_400)
    await ann.send("/add")
    offer = await ann.wait_for_answer()
    rights = offer.keyboard[0].raw["request_chat"]["bot_administrator_rights"]
    assert {name for name, given in rights.items() if given} == GIVEN
    await ann.share(channel)
    assert coffee.title in (await ann.wait_for_answer()).text
    [channel_id] = kept.channels(ann.id)
    assert kept.rows("SELECT chat_id, bot_is_admin, added_by FROM channel WHERE id = ?", channel_id) == [
        (channel.id, 1, ann.id)
    ]

    told = await drop(ann, some_file(channel=coffee.title, posts=20), "старое.csv")
    assert "20 постов" in told.text
    assert kept.channels(ann.id) == [channel_id]
    # Where a full minute comes now, subscribers are counted again, which no undoing takes back.
    await kept.change("UPDATE collection SET count_at = 4000000000 WHERE channel_id = ?", channel_id)
    before = kept.figures(ann.id)

    newer = await drop(ann, some_file(channel=coffee.title, posts=60, newest_days_ago=1), "новое.csv")
    assert kept.figures(ann.id) != before

    await ann.send("/er 30d")
    week = await ann.wait_for_answer()
    assert week.photo_size == (1280, 720)
    assert (await week.file_bytes()).startswith(PNG)
    press = await week.press("90 дней")
    quarter = await press.edited()
    assert quarter.id == week.id
    assert quarter.photo_id != week.photo_id
    assert "90 дней" in quarter.text
    assert "• 90 дней •" in quarter.labels
    await press.answer()

    undo = await ann.press(newer, "Отменить")
    assert "как до" in (await undo.edited()).text
    await undo.answer()
    assert kept.figures(ann.id) == before

    workspace = kept.workspace(ann.id)
    await ann.send("/privacy")
    await (await ann.wait_for_answer()).press("Удалить")
    sure = await ann.wait_for_answer()
    await (await sure.press(row=0)).edited()
    await box.wait_until_read()
    assert not any(kept.traces(workspace, ann.id).values())


async def test_a_year_of_a_channel_is_asked_for_its_subscribers_once(ann, team, drop):
    told = await drop(ann, as_telethon_json(team[0]), "кофе.json")
    assert "Telethon" in told.text
    assert "ERR" in (question := await ann.wait_for_answer()).text
    assert question.labels == ["Не знаю", "Отмена"]
    await ann.send("12,5 тыс.")
    assert "12 500" in (await ann.wait_for_answer()).text.replace("\xa0", " ")
    await ann.send("/er")
    answer = await ann.wait_for_answer()
    assert units(answer.text) <= 1024
    words = answer.text.replace("\xa0", " ")
    for named in ("÷ просмотры", "пост", "7 дней", "мск", "Данные на", "12 500"):
        assert named in words, (named, words)
