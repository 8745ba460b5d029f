"""Section 3 of the table, last: a chat with more channels than a picture holds, and its list of channels."""

from dataclasses import replace

from bot.demo.client import Message
from bot.demo.plans import PLANS
from bot.demo.readings import at_age, readings_between
from bot.demo.team import generate_channel
from docs.tour.steps import Expected
from docs.tour.team import HISTORY
from docs.tour.walk import Walk
from storage.workspace import audience, channels, posts

MANY = 11
GEAR, RENAME = "⚙️", ("Переименовать", "Rename")


async def many(walk: Walk) -> None:
    """Eleven more channels come, as if files of theirs had been sent; the summary becomes a table."""
    stage = walk.stage
    place = stage.playing[0].workspace_id
    now = int(stage.now.timestamp())
    async with stage.database.begin() as conn:
        for number in range(MANY):
            title = walk.words((f"Район {number + 1}", f"District {number + 1}"))
            made = await channels.add(
                conn, place, platform="telegram", title=title, chat_id=-2_000_000 - number,
                added_by=stage.person.id, now=now,
            )  # fmt: skip
            example = generate_channel(replace(PLANS[number % 2], drop=None), now, seed=30 + number)
            known = readings_between(example.posts[-200:], stage.now - HISTORY, stage.now)
            rows = [at_age(post, age_h) for post, age_h in known]
            await posts.store(conn, place, made.id, rows, import_id=None, source="page", now=now)
            await audience.store(conn, place, made.id, example.audience[-90:], source="bot", now=now)
    walk.begin("many")
    shown = await walk.say("/digest", Expected(button=["👀"]))
    await walk.press(shown, "👀", Expected(says=[("#сводка", "#digest"), ("таблиц", "table")], picture=True))
    await walk.take(Expected(document=True))


async def care(walk: Walk) -> None:
    walk.begin("channels")
    title, other = walk.stage.names["route"], walk.words(("Походы", "Hikes"))
    await walk.say(("/channels кухня", "/channels kitchen"), Expected(says=[walk.stage.names["kitchen"]]))
    asked = await _care_of(walk, title)
    await walk.press(asked, RENAME, Expected(says=[title, ("Как назвать", "called")]))
    await walk.say(other, Expected(says=[other, title]))
    asked = await _care_of(walk, other)
    await walk.press(asked, ("В архив", "Archive"), Expected(says=["📦", other]), edits=True)
    listed = await walk.say("/channels", Expected(button=["📦"]))
    archive = await walk.press(listed, "📦", Expected(button=[other]))
    care_of = await _opened(walk, archive, other)
    await walk.press(care_of, ("Вернуть", "Bring back"), Expected(says=[other]), edits=True)


async def _care_of(walk: Walk, title: str) -> Message:
    listed = await walk.say(f"/channels {title}", Expected(says=[title], button=[GEAR]))
    return await _opened(walk, listed, title)


async def _opened(walk: Walk, listed: Message, title: str) -> Message:
    """Presses the gear beside a channel in a list, or the channel in the archive."""
    row = next(one.row for one in listed.buttons if title in one.text)
    [last] = [one for one in listed.buttons if one.row == row][-1:]
    walk.acted("press", last.text)
    await walk.turn()
    await walk.here.press(listed, row=last.row, col=last.col)
    return await walk.take(Expected(says=[title], button=["🗑"]))


PARTS = (care, many)
