"""What breaks: how channels come and go without /er: promotions, removals, /subs."""

import pytest

from bot.answers.wording import units


async def test_a_person_who_never_started_the_bot_adds_it_and_finds_the_channel_later(box, ann, kept):
    channel = await box.channel("Ранний", owner=ann, subscribers=321)
    await channel.add_bot(rights=["can_invite_users"])
    # The sandbox is shared by all walks, so that the log is full of other people's messages.
    to_ann = await box.wait_for_call(
        "sendMessage", lambda call: str(call["params"]["chat_id"]) == str(ann.id)
    )
    assert to_ann["status"] == 403
    await ann.send("/channels")
    answer = await ann.wait_for_answer()
    assert "Ранний" in answer.text
    assert "321" in answer.text


async def test_a_removal_from_the_channel_is_told_and_keeps_the_figures(box, ann, kept):
    await ann.start()
    await ann.wait_for_answer()
    channel = await box.channel("Бывший", owner=ann, subscribers=10)
    await channel.add_bot(rights=["can_invite_users"])
    await ann.wait_for("Бывший")
    before = kept.channels(ann.id)
    await channel.remove_bot()
    assert "Бывший" in (await ann.wait_for("Меня убрали")).text
    assert kept.channels(ann.id) == before
    assert kept.rows("SELECT bot_is_admin FROM channel WHERE id = ?", before[0]) == [(0,)]


async def test_a_channel_is_removed_after_a_confirmation_only(ann, with_channel, kept):
    await with_channel(ann, "Лишний")
    await ann.send("/channels")
    listed = await ann.wait_for_answer()
    await listed.press("⚙️")
    care = await ann.wait_for("Что сделать")
    await care.press("Убрать")
    sure = await ann.wait_for_answer()
    assert kept.channels(ann.id)
    press = await sure.press("Оставить")
    assert "остаётся" in (await press.edited()).text
    assert kept.channels(ann.id)
    await ann.press(care, "Убрать")
    sure = await ann.wait_for_answer()
    press = await sure.press("Убрать")
    assert "убран" in (await press.edited()).text
    assert kept.channels(ann.id) == []
    stale = await ann.press(listed, "ER")
    assert "уже нет" in (await stale.answer()).text


async def test_a_channel_is_called_otherwise_put_away_found_and_brought_back(ann, with_channel):
    await with_channel(ann, "Кухня", posts=20)
    await with_channel(ann, "Маршрут", posts=20)
    await ann.send("/channels кухня")
    found = await ann.wait_for_answer()
    assert [label for label in found.labels if label.startswith("ER")] == ["ER · Кухня"]
    await ann.press(found, "⚙️")
    care = await ann.wait_for("Что сделать")
    await ann.press(care, "Переименовать")
    await ann.wait_for("Как назвать")
    await ann.send("Кухня без спешки")
    assert "«Кухня» теперь «Кухня без спешки»" in (await ann.wait_for_answer()).text
    away = await (await ann.press(care, "В архив")).edited()
    assert "в архиве" in away.text
    await ann.send("/er")  # one channel is left to be meant
    assert "Маршрут" in (await ann.wait_for("ER")).text
    await ann.send("/er без спешки")
    assert "Кухня без спешки" in (await ann.wait_for("Кухня без спешки")).text
    await ann.send("/channels")
    listed = await ann.wait_for_answer()
    assert "Кухня" not in listed.text
    await ann.send("/channels спешки")  # found in the archive, however many lie there
    assert "Кухня без спешки" in (await ann.wait_for_answer()).text
    await ann.press(listed, "Архив · 1")
    await ann.press(await ann.wait_for("Архив."), "Кухня без спешки")
    care = await ann.wait_for("Что сделать")
    back = await (await ann.press(care, "Вернуть из архива")).edited()
    assert "снова в списках" in back.text
    await ann.send("/channels")
    assert "Кухня без спешки" in (await ann.wait_for_answer()).text


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("12500", 12_500),
        ("12 500", 12_500),
        ("12.5K", 12_500),
        ("12,5 тыс.", 12_500),
        ("Кофе и код 1,2 млн", 1_200_000),
        ("Кофе и код ~12к подписчиков", 12_000),
    ],
)
async def test_subscribers_are_taken_as_people_write_them(ann, with_channel, kept, said, count):
    await with_channel(ann, "Кофе и код", subscribers=None)
    await ann.send(f"/subs {said}")
    assert "Кофе и код" in (await ann.wait_for_answer()).text
    [(kept_count,)] = kept.rows(
        "SELECT subscribers FROM audience WHERE channel_id = ?", kept.channels(ann.id)[0]
    )
    assert kept_count == count


async def test_what_is_no_number_is_told_so_and_asked_on(ann, with_channel, kept):
    await with_channel(ann, "Кофе и код", subscribers=None)
    await ann.send("/subs")
    await ann.wait_for_answer()
    await ann.send("много")
    assert "много" in (await ann.wait_for_answer()).text
    await ann.send("900")
    assert "900" in (await ann.wait_for_answer()).text


async def test_a_title_that_ends_with_a_number_is_no_count(ann, with_channel, kept):
    await with_channel(ann, "Топ 10", subscribers=None)
    await ann.send("/subs топ 10")
    assert "Сколько подписчиков" in (await ann.wait_for_answer()).text
    await ann.send("/subs Топ 10 700")
    assert "700" in (await ann.wait_for_answer()).text


async def test_a_channel_picked_again_stays_one(box, ann, kept):
    channel = await box.channel("Снова", owner=ann, subscribers=50)
    for said in ("добавлен", "уже здесь"):
        await ann.send("/add")
        await ann.wait_for_answer()
        await ann.share(channel)
        assert said in (await ann.wait_for_answer()).text
    assert len(kept.channels(ann.id)) == 1


async def test_twenty_channels_with_long_names_fit_into_one_list(ann, drop, kept):
    rows = [
        f"{n},{'Очень длинное имя ' * 7}{n % 25},2026-10-{1 + n // 25:02}T12:00:00Z,{900 + n},9"
        for n in range(50)
    ]
    await drop(ann, ("id,channel,date,views,reactions\n" + "\n".join(rows)).encode(), "сеть.csv")
    await ann.send("/channels")
    listed = await ann.wait_for_answer()
    assert units(listed.text) <= 4096
    assert len(listed.buttons) == 2 * 20 + 3
    assert "Всего 25" in listed.text
    second = await (await listed.press("›")).edited()
    assert len(second.buttons) == 2 * 5 + 3
