"""Section 1 of the table: nothing has to be learnt, words and links are understood."""

from docs.tour.asking import Ask, asking
from docs.tour.steps import Expected
from docs.tour.walk import Walk

ER = Expected(says=["ER"], picture=True)
SUMMARY = Expected(says=[("Сводка", "Summary")], button=["👀"])
CHECK = Expected(says=["CPM"], picture=True)
FRESH_VIEWS = 2_100
ROUTE = ("Маршрут", "Route")
KITCHEN = ("Кухня", "Kitchen")


def _er(period: str, english: str) -> Expected:
    return Expected(says=[KITCHEN, (period, english)], picture=True)


COMMANDS = asking(
    "commands",
    Ask(("/ER кухня", "/ER kitchen"), ER),
    Ask("/digst", SUMMARY, group="/digst@BOT"),
    Ask(("/сводка", "/summary"), SUMMARY, group=("сводка", "summary")),
    Ask(("статистика кухни", "kitchen stats"), ER),
    Ask(("рост кухни", "kitchen growth"), Expected(says=[("Пришли", "Joined")], picture=True)),
)
NAMES = asking(
    "names",
    Ask("@kitchen_next_door", Expected(says=[KITCHEN], lacks=[("накрут", "inflation")], picture=True)),
    Ask("@city_walks", Expected(says=["@city_walks", "ER"], picture=True)),
    Ask("https://t.me/weekend_map", Expected(says=["@weekend_map"], picture=True)),
    Ask("https://vk.com/kuhnya_primer", Expected(says=["ВКонтакте", "ER"])),
    Ask("youtube.com/@marshrut_primer", Expected(says=["видео"])),
)
PERIODS = asking(
    "periods",
    Ask(("кухня за неделю", "kitchen for a week"), _er("7 дней", "7 days")),
    Ask(("за прошлый месяц кухня", "last month kitchen"), _er("окт", "Oct")),
    Ask(("кухня сегодня", "kitchen today"), Expected(says=[KITCHEN])),
    Ask(("кухня вчера", "kitchen yesterday"), _er("22 нояб", "Nov 22")),
    Ask(("кухня все", "kitchen all time"), _er("дней", "days")),
    Ask(("кухня с 1 по 15 октября", "kitchen 10/1-10/15"), _er("1–15 окт", "Oct 1–15")),
    Ask(("рост за квартал кухня", "growth last 90 days kitchen"), Expected(says=[("90 дней", "90 days")])),
)
PARTS_OF_NAMES = asking(
    "parts",
    Ask(("СОСЕДСТВУ", "NEXT DOOR"), _er("7 дней", "7 days")),
    Ask(("кухн за 7 дней", "kitchn 7 days"), _er("7 дней", "7 days")),
    Ask(
        ("кухня против маршрута", "kitchen vs weekend route"),
        Expected(says=[KITCHEN, ROUTE], button=["ERR"]),
    ),
    Ask(
        ("сравни кухню с прошлым месяцем", "compare kitchen with last month"),
        Expected(says=[KITCHEN, ("30 дней", "30 days")]),
    ),
)
NOT_UNDERSTOOD = asking(
    "not_understood",
    Ask(
        ("съешь ещё этих мягких булок", "the quick brown fox"),
        Expected(button=["ER", ("Сводка", "Summary"), ("Сравнить", "Compare")]),
    ),
)


async def posts(walk: Walk) -> None:
    """A post's link or the forwarded post: an own one has its card, another's a check."""
    kitchen = walk.stage.playing[0]
    link = f"https://t.me/{kitchen.channel.username}/{_day_old(walk)}"
    card = Expected(
        says=[KITCHEN, ("пост", "post"), ("обычно", "usual")], lacks=[("накрут", "inflation")], picture=True
    )
    for _ in walk.both():
        walk.begin("post_link")
        await walk.say(link, card)
    seller = walk.stage.sellers[0]
    [fresh] = await kitchen.channel.post(walk.words(("Открыли запись на мастер-класс", "The class is open")))
    [foreign] = await seller.post(walk.words(("Реклама у нас недорого", "Ads here are cheap")))
    await kitchen.channel.set_views(fresh, FRESH_VIEWS)
    await walk.stage.box.wait_until_read()
    walk.begin("forward")
    await walk.forward(
        kitchen.channel, fresh, Expected(says=[KITCHEN, ("мастер-класс", "The class is open")])
    )
    await walk.forward(seller, foreign, Expected(says=["@city_walks"], picture=True))


def _day_old(walk: Walk) -> str:
    """A post of less than a day, so that a day's views are still expected."""
    kitchen = walk.stage.playing[0]
    known = [one for one in kitchen.example.posts if one.published_at < walk.stage.now.timestamp() - 7 * 3600]
    return known[-1].external_id


async def why_and_how(walk: Walk) -> None:
    for _ in walk.both():
        walk.begin("why_how")
        shown = await walk.say(("/er кухня 30d", "/er kitchen 30d"), ER)
        await walk.say(("как посчитано?", "how was it computed?"), Expected(says=["÷"]), reply_to=shown)
        await walk.press(shown, ("Как посчитано", "How it was computed"), Expected(says=["÷"]))
        await walk.say(("почему?", "why?"), Expected(says=["÷"]), reply_to=shown)


async def questions(walk: Walk) -> None:
    """A question that waits takes its own answer and nothing else."""
    for place in walk.both():
        if place == "group":
            walk.person = walk.stage.person  # who may answer it
        walk.begin("question")
        asked = await walk.say("/check", Expected(says=[("Какой канал", "Which channel")]))
        await walk.say(("спасибо", "thanks"), Expected(says=[("ещё открыт", "still open")]), reply_to=asked)
        await walk.say(("/er кухня", "/er kitchen"), ER)
        await walk.say("@city_walks", CHECK_OF_NAME, reply_to=asked)
        asked = await walk.say("/check", Expected(says=[("Какой канал", "Which channel")]))
        await walk.say(("потом", "later"), Expected(says=[("отменил", "cancelled")]), reply_to=asked)


CHECK_OF_NAME = Expected(says=["@city_walks"], picture=True)
PARTS = (COMMANDS, NAMES, posts, PERIODS, PARTS_OF_NAMES, why_and_how, NOT_UNDERSTOOD, questions)
