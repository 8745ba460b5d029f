"""What breaks: a placement shown to the wrong people, a page that stays shut, a card that comes twice or never."""

from tests.features.placements.conftest import bare, card_after, link_in


async def test_in_a_group_admins_write_down_and_members_read(box, ann, own_channel, seller):
    await own_channel(ann)
    bob = await box.person("Боб", language="ru")
    team = await box.group("Команда", owner=ann, members=[bob])
    await team.add_bot()
    _, handle, number = await seller()
    there, here = bob.at(team), ann.at(team)
    await there.wait_for("Здравствуйте")
    await there.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    assert "админ" in (await there.wait_for_answer()).text
    await here.send(f"/placement t.me/{handle}/{number}")
    asked = await here.wait_for("Сколько стоило")
    await here.send("7 000", reply_to=asked)
    asked = await here.wait_for("Какой формат")
    await here.send("нет", reply_to=asked)
    told = await here.wait_for("Записал")
    await there.send("/placements")
    ledger = await there.wait_for("Размещения")
    assert f"@{handle}" in ledger.text
    await here.send("просмотры 900", reply_to=told)
    assert "Не жду просмотров" in (await here.wait_for_answer()).text
    press = await there.press(told, "Удалить")
    assert (await press.answer()).is_alert
    await there.send("/placements")
    assert f"@{handle}" in (await there.wait_for("Размещения")).text


async def test_what_another_chat_wrote_down_can_not_be_reached(box, ann, own_channel, seller):
    await own_channel(ann)
    _, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    told = await ann.wait_for("Записал")
    mine = told.button("Карточка").data.split(":")[2]
    eve = await box.person("Ева", language="ru")
    await eve.send("/placements")
    shown = await eve.wait_for_answer()
    assert handle not in shown.text
    await eve.send("/help")
    other = await eve.wait_for_answer()
    for action in ("card", "views", "revenue", "out", "ask_remove", "remove"):
        press = await eve.press(other, data=f"pl:{action}:{mine}:0")
        assert "больше нет" in (await press.answer()).text
    await ann.send("/placements")
    assert handle in (await ann.wait_for_answer()).text


async def test_a_removed_placement_sends_no_more_cards(ann, own_channel, seller, passes):
    await own_channel(ann)
    _, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    told = await ann.wait_for("Записал")
    await told.press("Удалить")
    question = await ann.wait_for("Удалить размещение")
    await question.press("Да, удалить")
    assert "Размещение удалено" in (await question.wait_for_edit()).text
    before = len(await ann.messages())
    await passes(hours=2)
    assert len(await ann.messages()) == before


async def test_a_page_that_does_not_open_is_tried_again(box, ann, own_channel, seller, passes):
    await own_channel(ann)
    sold, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    await ann.wait_for("Записал")
    await sold.set_views(number, 70)
    await box.page_trouble("broken")
    before = len(await ann.messages())
    await passes(hours=1)
    assert len(await ann.messages()) == before
    assert "1 ч: 70" in await card_after(ann, passes, "1 час", seconds=10)


async def test_a_page_that_stays_shut_leaves_the_figure_to_the_person(box, ann, own_channel, seller, passes):
    await own_channel(ann)
    _, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    await ann.wait_for("Записал")
    await box.page_trouble("broken", times=4)
    for wait_s in (3600, 10, 20):
        await passes(seconds=wait_s)
    card = await card_after(ann, passes, "1 час", seconds=90)
    assert "1 ч: — страница не открылась" in card


async def test_rights_that_are_lost_are_said_on_the_card(ann, own_channel, seller, passes):
    channel = await own_channel(ann)
    _, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
    await ann.wait_for("Записал")
    await channel.remove_bot()
    await ann.wait_for("Меня убрали")
    assert "Меня убрали из админов канала" in await card_after(ann, passes, "1 час", hours=1)


async def test_in_a_group_a_channel_shown_there_gets_its_link_from_its_admin_alone(
    box, ann, own_channel, seller
):
    await own_channel(ann, "Показанный")
    boris = await box.person("Борис", language="ru")
    team = await box.group("Команда", owner=ann, members=[boris])
    await team.add_bot()
    await team.add(boris, rights=["can_invite_users"])
    here, there = ann.at(team), boris.at(team)
    await here.send("/add")
    offer = await here.wait_for(lambda shown: bool(shown.buttons))
    await offer.press("Показанный")
    await offer.wait_for_edit()
    for person, says in (
        (here, "только для этого размещения"),
        (there, "только админ рекламируемого канала"),
    ):
        _, handle, number = await seller()
        await person.send(f"/placement t.me/{handle}/{number} 500 1/24 100")
        assert says in (await person.wait_for("Записал")).text


async def test_the_ledger_begins_with_the_cheapest_kept_subscriber(box, ann, own_channel, seller, come):
    channel = await own_channel(ann)
    sold = []
    for price, guests in ((9_000, 2), (4_000, 4), (1_000, 0)):
        _, handle, number = await seller(views=100)
        await ann.send(f"/placement t.me/{handle}/{number} {price} 1/24 100")
        told = await ann.wait_for("Записал")
        await come(channel, link_in(told.text), joined=guests)
        sold.append(handle)
    await ann.send("/placements")
    text = bare((await ann.wait_for_answer()).text)
    places = [text.index(f"@{handle}") for handle in sold]
    assert places[1] < places[0] < places[2]
    assert "Итого потрачено 14 000" in text
    assert "Вступили 6, остались 6 · CPF 2 333, оставшийся 2 333" in text


async def test_of_ages_that_passed_while_the_bot_was_away_only_the_last_one_speaks(
    ann, own_channel, seller, passes
):
    await own_channel(ann)
    sold, handle, number = await seller()
    await ann.send(f"/placement t.me/{handle}/{number} 500 2/48 100")
    await ann.wait_for("Записал")
    await sold.set_views(number, 800)
    card = await card_after(ann, passes, "24 часа", hours=25)
    assert "1 ч: — в это время я был недоступен" in card
    assert "24 ч: 800" in card
    assert "CPM: — посчитаю через 48 ч" in card
