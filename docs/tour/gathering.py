"""Between the newcomer and the table: the team's channels come, and an admin shows them to the team's group."""

from docs.tour.steps import Expected
from docs.tour.walk import Walk


async def gathering(walk: Walk) -> None:
    await walk.stage.gather()
    walk.group = await walk.stage.box.group(
        walk.stage.names["group"], owner=walk.stage.person, members=[walk.stage.colleague]
    )
    walk.place = "group"
    walk.begin("group")
    await walk.take(Expected(says=["/add"]))
    for code in ("kitchen", "route"):
        title = walk.stage.names[code]
        offer = await walk.say("/add", Expected(button=[title]))
        await walk.press(offer, title, Expected(says=[title], button=["ER"]), edits=True)
    await walk.stage.settle(walk.group.id)
    walk.place = "private"
