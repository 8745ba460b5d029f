"""Section 3 of the table: settings, checks, purchases, channels, the group's own ways."""

from bot.demo.client import Message
from docs.tour.newcomer import shown_last
from docs.tour.steps import Expected, Place
from docs.tour.walk import Walk

ONLY_ADMINS = Expected(says=[("Анна", "Anna"), ("администратор", "admin")])
THREE = "/check @city_walks 15000 @weekend_map 9000 @open_roads"
CHECKED = Expected(says=["CPM", ("Не проверено", "Not checked")], picture=True)
TOPIC = ("Обычная цена темы", "usual price")


async def shown_before(walk: Walk) -> None:
    """A group has its own summary and alerts, which an admin turns on; a member is told who can."""
    for place in walk.both():
        walk.begin("show_now")
        if place == "group":
            shown = await walk.say("/alerts", Expected(button=[("Включить", "Turn alerts on")]))
            await walk.press(shown, ("Включить", "Turn alerts on"), None)
            walk.person = walk.stage.person
        else:
            shown = await walk.say("/alerts", Expected(button=[("Включить", "Turn alerts on")]))
        await walk.press(shown, ("Показать сейчас", "Show it now"), Expected(says=["👀"]))
        await walk.press(shown, ("Включить", "Turn alerts on"), Expected(says=["09:00"]), edits=True)
        if place == "group":
            shown = await walk.say("/digest", Expected(button=[("каждое утро", "every morning")]))
            await walk.press(
                shown,
                ("Показать сейчас", "Show it now"),
                Expected(says=[("#сводка", "#digest")], picture=True),
            )


async def routine(walk: Walk) -> None:
    for _ in walk.both():
        walk.person = walk.stage.person
        walk.begin("routine")
        for words, said in (
            (("/digest 10:00 пн-пт", "/digest 10:00 mon-fri"), ("По будням в 10:00", "On weekdays at 10:00")),
            ("/digest off", ("Выключена", "Off")),
            (
                ("/digest каждый день в 9:00", "/digest every day at 9:00"),
                ("Каждый день в 09:00", "Every day at 09:00"),
            ),
        ):
            await walk.say(words, Expected(says=[said]))
        await walk.say(("/digest как-нибудь", "/digest somehow"), Expected(says=["/digest 10:00"]))


async def checks(walk: Walk) -> None:
    for place in walk.both():
        walk.begin("check_topic")
        await walk.say("/check @city_walks 15000", CHECKED)
        card = await shown_last(walk, TOPIC)
        asked = await walk.press(card, TOPIC, Expected(button=[("Другая", "Another")]))
        await walk.press(
            asked, ("Другая", "Another"), Expected(says=[("Обычной цены", "usual price")]), edits=True
        )
        if place == "group":
            walk.person = walk.stage.person
        walk.begin("watch")
        card = await shown_last(walk, ("48 часов", "48 hours"))
        await walk.press(card, ("48 часов", "48 hours"), Expected(says=[("Наблюдаю", "Watching")]))
        walk.begin("check_three")
        shown = await walk.say(THREE, Expected(button=[("назвать цену", "add the price")]))
        asked = await walk.press(shown, ("назвать цену", "add the price"), Expected(says=["@open_roads"]))
        await walk.say(
            "7000",
            Expected(button=[("Открытые дороги: 7", "Open Roads: 7")]),
            reply_to=asked if place == "group" else None,
        )


async def placement(walk: Walk) -> None:
    for place in walk.both():
        if place == "group":
            walk.person = walk.stage.person
        walk.begin("placement")
        form = await walk.say("/placement", Expected(button=[("Выход", "Goes live")]))
        asked = await walk.press(
            form, ("Выход", "Goes live"), Expected(says=[("Когда выйдет", "When does")]), edits=True
        )
        asked = await walk.say(
            ("завтра в 18:00", "tomorrow at 6 pm"), Expected(says=["18:00"]), reply_to=_to(asked, place)
        )
        asked = await walk.say(
            ("@city_walks 15000 ₽ 1/24 20000", "@city_walks $150 1/24 2000"),
            Expected(button=[("Кухня", "Kitchen")]),
            reply_to=_to(asked, place),
        )
        saved = await walk.press(asked, ("Кухня", "Kitchen"), Expected(says=[("Записал", "Saved")]))
        edited = await walk.press(
            saved, ("Изменить условия", "Edit the terms"), Expected(button=[("Цена", "Price")])
        )
        edited = await walk.press(edited, ("Цена", "Price"), Expected(button=[("Цена", "Price")]), edits=True)
        await walk.say(("14000 ₽", "$140"), Expected(says=[("14 000", "140")]), reply_to=_to(edited, place))


def _to(message: Message, place: Place) -> Message | None:
    """In a group a question is answered by a reply."""
    return message if place == "group" else None


async def group_ways(walk: Walk) -> None:
    """What a group does otherwise: the way of a file, and who may change what."""
    walk.place, walk.person = "group", walk.stage.colleague
    walk.begin("help")
    await walk.say("/help", Expected(says=[f"@{walk.bot_name}", "/er"]))
    walk.begin("non_admin")
    await walk.say("/add", ONLY_ADMINS)
    await walk.say(("/subs 100", "/subs 100"), ONLY_ADMINS)
    walk.place, walk.person = "private", walk.stage.person
    walk.begin("help")
    await walk.say("/help", Expected(says=["/er"]))


async def corrected(walk: Walk) -> None:
    for _ in walk.both():
        walk.begin("edited")
        walk.acted("send", "/compre кухня")
        await walk.turn()
        sent = await walk.here.send("/compre кухня")
        walk.acted("edit", walk.words(("/er кухня 7d", "/er kitchen 7d")))
        await walk.turn()
        await walk.here.edit(sent, walk.words(("/er кухня 7d", "/er kitchen 7d")))
        await walk.take(Expected(says=["ER"], picture=True))


PARTS = (shown_before, routine, checks, placement, group_ways, corrected)
