"""Section 2 of the table: what is asked of a channel, and how an answer is made."""

from docs.tour.asking import Ask, asking
from docs.tour.steps import Expected
from docs.tour.walk import Walk

KITCHEN = ("Кухня", "Kitchen")
LEADING = ("90", "🏆", ("Рост", "Growth"), ("Сводка", "Summary"), ("Выгрузить", "Export"))

ENGAGEMENT = asking(
    "answer",
    Ask(
        ("какой ER у кухни за 30 дней", "what is the er of kitchen last 30 days"),
        Expected(says=[KITCHEN, "÷", "ER"], button=LEADING, picture=True),
    ),
)
GROWTH = asking(
    "growth",
    Ask(
        ("откуда подписчики кухня", "kitchen growth last 30 days"),
        Expected(says=[("Откуда пришли", "Where they came from"), ("остались", "still there")], picture=True),
    ),
)
TIMING = asking(
    "when",
    Ask(
        ("когда лучше постить кухня", "best time to post kitchen"),
        Expected(says=[("почти ничего не меняет", "makes hardly any difference")], picture=True),
    ),
)
CONTENT = asking(
    "content", Ask(("что заходит кухня", "what works kitchen"), Expected(says=[KITCHEN], picture=True))
)
BENCHMARK = asking(
    "benchmark",
    Ask(
        ("/benchmark кухня", "/benchmark kitchen"),
        Expected(says=[("Похожих", "Similar"), ("опубликовано", "published"), "2025"]),
    ),
)
EXPORT = asking(
    "export_asked",
    Ask(("выгрузи кухню", "export kitchen"), Expected(says=[("В книге", "workbook")], document=True)),
)


async def best_posts(walk: Walk) -> None:
    for _ in walk.both():
        walk.begin("top")
        shown = await walk.say(
            ("/top кухня", "/top kitchen"), Expected(says=[("Лучшие", "Best")], button=["ERR"])
        )
        for label, title in (
            ("ERR", "ERR"),
            (("Репосты", "Reposts"), ("епост", "epost")),
            (("Комментарии", "Comments"), ("омментари", "omment")),
        ):
            await walk.press(shown, label, Expected(says=[title, ("Лучшие", "Best")]), edits=True)


async def goals_and_notes(walk: Walk) -> None:
    """A group has goals and notes of its own, which an admin sets; a member reads them."""
    for place in walk.both():
        walk.person = walk.stage.person
        walk.begin("goal")
        await walk.say(
            ("/goal кухня ER 4% к 1 марта", "/goal kitchen ER 4% by March 1"), Expected(says=["🎯"])
        )
        await walk.say(
            ("/note Кухня: запустили розыгрыш, 12 ноября", "/note Kitchen: started a giveaway, Nov 12"),
            Expected(says=[("Записал", "Noted")]),
        )
        if place == "group":
            walk.person = walk.stage.colleague
        await walk.say(("/er кухня 30d", "/er kitchen 30d"), Expected(says=["🎯"], picture=True))


async def shared(walk: Walk) -> None:
    """Inline: a card that goes into any chat; the team's group is one, and so is one without the bot."""
    elsewhere = await walk.stage.box.group(walk.stage.names["elsewhere"], owner=walk.stage.person, bot=False)
    assert walk.group is not None
    for place in walk.both():
        walk.person = walk.stage.person
        walk.begin("inline")
        asked = walk.words(("кухня 30", "kitchen 30"))
        walk.acted("send", f"@{walk.bot_name} {asked}")
        offered = await walk.person.ask_inline(asked, timeout_s=40)
        walk.acted("pick", str(offered.results[0]["title"]))
        await walk.record(await walk.person.choose(offered, walk.group if place == "group" else elsewhere))


PARTS = (ENGAGEMENT, GROWTH, TIMING, CONTENT, best_posts, BENCHMARK, EXPORT, goals_and_notes, shared)
